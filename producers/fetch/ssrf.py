"""Against server-side request forgery (SSRF): which addresses may be connected to, which URLs be followed.

A feed is written by strangers: without this, a redirect or a name that resolves to 127.0.0.1 would
read the machine's own services. Knows nothing of HTTP: it judges, `producers.fetch` obeys.
"""

import ipaddress
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Global by their number, yet answered by a cloud's own machinery (instance metadata): Azure's
# (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16) and Oracle's.
METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "192.0.0.192")))
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052


class Refused(Exception):  # noqa: N818 - a refusal by rule, not a fault
    """A URL or address that must not be asked; the message says which and why."""


@lru_cache(maxsize=16_384)  # asked for every feed at every reading of the list
def host_of(url: str) -> str:
    """The host name of a URL in lower case, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def check_url(url: str) -> None:
    """Raise Refused unless the URL is http or https and names a host."""
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        raise Refused(f"{url}: only http and https are fetched, not {scheme or 'this'}")
    if not host_of(url):
        raise Refused(f"{url}: no host name in it")


def forbidden(address: str) -> str | None:
    """Why the address must not be connected to ("a loopback address"), or None where it may."""
    number = _carried(ipaddress.ip_address(address.partition("%")[0]))
    if number.is_loopback:
        return "a loopback address"
    if number.is_link_local:
        return "a link-local address (cloud metadata lives there)"
    if number in METADATA:
        return "a cloud metadata address"
    if number.is_multicast or number.is_unspecified:
        return "no address of a single machine"
    # is_global and not is_private: shared address space (100.64.0.0/10) is neither
    return None if number.is_global else "a private address"


def check_addresses(host: str, port: int, addresses: Collection[str], allowed: Collection[str]) -> None:
    """Raise Refused where the host resolves to any forbidden address and is not allowed by name.

    `allowed` holds names as they stand in URLs, "host" or "host:port". Any forbidden address
    among good ones refuses the host: nobody publishes news on both.
    """
    if host.lower() in allowed or f"{host.lower()}:{port}" in allowed:
        return
    for address in addresses:
        if why := forbidden(address):
            raise Refused(f"{host} is at {address}, {why}: not fetched; if it is yours, allow it by name (allow_hosts)")


def _carried(number: Address) -> Address:
    """The IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64), or the address itself."""
    if isinstance(number, ipaddress.IPv4Address):
        return number
    if number in NAT64:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    teredo = number.teredo[1] if number.teredo else None
    return number.ipv4_mapped or number.sixtofour or teredo or number
