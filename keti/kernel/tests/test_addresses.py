"""Whose address counts, behind no proxy, one, several, and one that lies."""

from ipaddress import ip_network

import pytest

from keti.kernel.addresses import nearest, settle

NONE = ()
ONE = (ip_network("127.0.0.1"),)
TWO = (ip_network("127.0.0.1"), ip_network("10.1.0.0/16"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "chain", "trusted", "visitor"),
    [
        ("203.0.113.5", "", NONE, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.9", NONE, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.9", ONE, "203.0.113.5"),
        ("127.0.0.1", "198.51.100.9", ONE, "198.51.100.9"),
        ("127.0.0.1", "", ONE, "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.9", ONE, "198.51.100.9"),
        ("127.0.0.1", "127.0.0.1, 198.51.100.9", ONE, "198.51.100.9"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.9, 10.1.2.3", TWO, "198.51.100.9"),
        ("127.0.0.1", "198.51.100.9, 10.2.2.3", TWO, "10.2.2.3"),
        ("127.0.0.1", "10.1.2.3", TWO, "10.1.2.3"),
        ("127.0.0.1", "198.51.100.9, rubbish, 10.1.2.3", TWO, "10.1.2.3"),
        ("127.0.0.1", "198.51.100.9:51000", ONE, "198.51.100.9"),
        ("127.0.0.1", "[2001:db8::7]:51000", ONE, "2001:db8::7"),
        ("::ffff:127.0.0.1", "198.51.100.9", ONE, "198.51.100.9"),
        ("fd00::1", "2001:db8::7", TWO, "2001:db8::7"),
        ("", "198.51.100.9", ONE, ""),
    ],
)
def test_the_nearest_address_that_is_no_trusted_proxy(peer, chain, trusted, visitor):
    assert nearest(peer, chain, trusted)[0] == visitor


@pytest.mark.parametrize(
    ("peer", "scheme", "secure"),
    [
        ("127.0.0.1", "https", True),
        ("127.0.0.1", "http", False),
        ("127.0.0.1", "https, http", False),
        ("127.0.0.1", "", False),
        ("203.0.113.5", "https", False),
    ],
)
def test_only_a_trusted_proxy_says_that_the_visitor_came_by_https(peer, scheme, secure):
    environ = {
        "REMOTE_ADDR": peer,
        "HTTP_X_FORWARDED_FOR": "198.51.100.9",
        "HTTP_X_FORWARDED_PROTO": scheme,
        "HTTP_X_REAL_IP": "6.6.6.6",
        "HTTP_X_FORWARDED_HOST": "evil.example",
    }
    settle(environ, ONE)
    left = {name for name in environ if "FORWARDED" in name or "REAL" in name}
    assert left == ({"HTTP_X_FORWARDED_PROTO"} if secure else set())
