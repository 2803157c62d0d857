"""Which addresses may be dialled."""

import pytest

from producers.fetch.ssrf import Refused, check_addresses, check_url, forbidden, host_of


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:53aa:64c:0:f22c:80ff:fffe",
        "ff02::1",
        "::127.0.0.1",
        "::10.0.0.1",
        "::ffff:0:127.0.0.1",
        "::ffff:0:192.168.1.1",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::7f00:1",
        "fec0::1",
        "feff::1",
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:127.0.0.1",
        "fe80::5efe:8.8.8.8",
        "fec0::200:5efe:8.8.8.8",
        "fd00::5efe:8.8.8.8",
        "100::1",
        "5f00::1",
        "4000::1",
        "3fff::1",
        "2001:db8::1",
        "192.88.99.1",
    ],
)
def test_what_is_not_the_public_web_is_forbidden(address: str) -> None:
    assert forbidden(address)


# Public addresses of IPv4 in the forms of IPv6 that carry one.
CARRIED = ["::ffff:1.1.1.1", "::1.1.1.1", "::ffff:0:1.1.1.1", "2002:101:101::1", "2606:4700::5efe:1.1.1.1"]


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "1.1.1.1", "2606:4700::6810:84e5", "64:ff9b::5db8:d70e", *CARRIED]
)
def test_the_public_web_is_not(address: str) -> None:
    assert forbidden(address) is None


@pytest.mark.parametrize("allowed", [{"intra.example"}, {"intra.example:8080"}])
def test_a_host_may_be_allowed_by_name(allowed: set[str]) -> None:
    check_addresses("Intra.example", 8080, ["10.0.0.1"], allowed)
    with pytest.raises(Refused, match="a private address"):
        check_addresses("other.example", 8080, ["10.0.0.1"], allowed)


def test_a_host_allowed_at_one_port_is_not_at_another() -> None:
    with pytest.raises(Refused):
        check_addresses("intra.example", 22, ["10.0.0.1"], {"intra.example:8080"})


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://h/x", "gopher://h", "data:text/xml,x", "//h/x", "", "http:///x"]
)
def test_only_http_and_https_with_a_host(url: str) -> None:
    with pytest.raises(Refused):
        check_url(url)


def test_a_host_is_known_by_its_name_alone() -> None:
    assert host_of("HTTPS://user:pw@News.Example.:8443/feed?x") == "news.example"
    assert host_of("http://[::1") == ""
