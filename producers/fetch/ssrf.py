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
# Of IPv6, what is not in here is no machine of the public internet (IANA's registry of address space): site-local
# addresses, NAT64 for local use, segment routing, and whatever will be given a meaning later.
UNICAST = ipaddress.ip_network("2000::/3")
# Special though they lie among the global ones; not every version of Python knows them.
SPECIAL = tuple(map(ipaddress.ip_network, ("3fff::/20", "192.88.99.0/24")))  # RFC 9637, RFC 7526
# Prefixes behind which the last 32 bits are an IPv4 address: NAT64 (RFC 6052), IPv4-compatible (RFC 4291, withdrawn)
# and IPv4-translated (RFC 2765).
CARRYING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# The middle of an interface's number by which ISATAP (RFC 5214) says that an IPv4 address follows; private, or public.
ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})


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
    if (number.version == 6 and number not in UNICAST) or any(number in network for network in SPECIAL):
        return "a private address"
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
    """The IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64, ISATAP …), or the address itself."""
    if isinstance(number, ipaddress.IPv4Address) or number.is_loopback or number.is_unspecified:
        return number
    is_isatap = number in UNICAST and (int(number) >> 32 & 0xFFFFFFFF) in ISATAP
    if is_isatap or any(number in network for network in CARRYING):
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    teredo = number.teredo[1] if number.teredo else None
    return number.ipv4_mapped or number.sixtofour or teredo or number
