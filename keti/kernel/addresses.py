"""Whose address a visitor has, and the one address under which this house is reached.

Nothing else reads the peer's address or what proxies put before it, and nothing else builds an
address for somebody outside: a letter, a printed sheet or a feed never repeats the Host header.
"""

from email.utils import formataddr, parseaddr
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from keti.kernel import named

Networks = tuple[IPv4Network | IPv6Network, ...]
FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
"""Names by which a machine reaches itself alone."""


def settle(environ: dict[str, object], trusted: Networks) -> None:
    """Put the visitor's own address in the place of the peer's, once, before anybody asks.

    Only a trusted peer is believed; afterwards no forwarded word is left that could be read.
    """
    said = {name: str(environ.pop(name, "")) for name in FORWARDED}
    peer = str(environ.get("REMOTE_ADDR", ""))
    chain = said["HTTP_X_FORWARDED_FOR"]
    environ["REMOTE_ADDR"], passed = nearest(peer, chain, trusted)
    schemes = [one.strip().lower() for one in said["HTTP_X_FORWARDED_PROTO"].split(",")]
    if passed and schemes[-min(passed, len(schemes))] == "https":
        environ["HTTP_X_FORWARDED_PROTO"] = "https"


def nearest(peer: str, chain: str, trusted: Networks) -> tuple[str, int]:
    """The nearest address that is no trusted proxy, and how many trusted ones lie before it.

    `chain` is read from the end, where the nearest proxy wrote; what a visitor put before that
    himself is never reached. Where a hop is no address the last proxy stands for the visitor.
    """
    here, passed = _plain(peer), 0
    for hop in reversed(chain.split(",")):
        if not _within(here, trusted):
            break
        passed += 1
        before = _plain(hop.strip())
        if not before:
            break
        here = before
    return here or peer, passed


def visitor(request: HttpRequest) -> str:
    """The address that limits count by: the visitor's, also behind a trusted proxy."""
    return str(request.META.get("REMOTE_ADDR", ""))


def came_from(request: HttpRequest) -> str:
    """The page of this very site that a browser says it comes from; empty for any other."""
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if (came.scheme, came.netloc) != (request.scheme, request.get_host()):
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


def absolute(path: str) -> str:
    """The full address of a page of this house for letters, prints and feeds (KETI_URL)."""
    return f"{settings.KETI_URL}{path}"


def absolute_of(request: HttpRequest, location: str | None = None) -> str:
    """What stands for `request.build_absolute_uri`: the configured address, whatever was asked."""
    if location is None:
        return absolute(request.get_full_path())
    return urljoin(absolute("/"), location)


def site_name() -> str:
    """The name of this site as letters say it: its own, else its host."""
    return named.site().called(get_language() or "zh") or house()


def sender() -> str:
    """From whom our letters come: the address of the settings, under the site's own name where
    the address has no other."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or named.site().called("zh"), address))


def house() -> str:
    """The name of this site as letters write it: host, and port where there is one."""
    return urlsplit(settings.KETI_URL).netloc


def only_here() -> bool:
    """Whether the house names an address that no other machine can open."""
    return urlsplit(settings.KETI_URL).hostname in LOOPBACK


def subscribed(path: str) -> str:
    """The full address a calendar subscribes to."""
    return f"webcal://{house()}{path}"


def _plain(text: str) -> str:
    """An address without port, brackets and the IPv4-in-IPv6 form; empty when it is none."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return ""
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(inner or found)


def _within(address: str, trusted: Networks) -> bool:
    return bool(address) and any(ip_address(address) in network for network in trusted)
