"""One policy entry for every route. A route without one keeps the server from starting."""

from collections.abc import Callable, Iterator
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = "public"
SIGNED_IN = "signed-in"
SEAT = "seat"
TOKEN = "token"
DEMO = "demo"

MEANING = {
    PUBLIC: "Anybody, without signing in.",
    SIGNED_IN: "Anybody signed in.",
    SEAT: "Whoever holds a seat in the programme; the act asks the finer right.",
    TOKEN: "Whoever holds the secret of the personal link.",
    DEMO: "Only in a demo folder served on loopback.",
}

# What a request may carry. No page open to all takes a file; elsewhere a form has at most two of
# them (what is handed in, and the evidence of who hands it in), and its own texts.
FEW_BYTES = 256 << 10
MANY_BYTES = (2 * 50 << 20) + (4 << 20)

OUTSIDE = {
    "set_language": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_signup": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_inactive": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_request_login_code": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
}


def table() -> dict[str, str]:
    """Route name -> policy, from every room's `urls.POLICY` and the libraries' routes above."""
    found = dict(OUTSIDE)
    for room in settings.SITE_ROOMS:
        if not (settings.PACKAGE / room / "urls.py").exists():
            continue
        urls = import_module(f"keti.{room}.urls")
        found |= {f"{urls.app_name}:{name}": policy for name, policy in urls.POLICY.items()}
    return found


def openers() -> dict[str, Callable[[str], bool]]:
    """Route name -> whether a secret opens it, for the routes of secrets that take something."""
    found: dict[str, Callable[[str], bool]] = {}
    for room in settings.SITE_ROOMS:
        if (settings.PACKAGE / room / "urls.py").exists():
            urls = import_module(f"keti.{room}.urls")
            opens = getattr(urls, "OPENS", {})
            found |= {f"{urls.app_name}:{name}": opener for name, opener in opens.items()}
    return found


def contacts() -> frozenset[str]:
    """The routes whose pages show addresses or telephone numbers of others (`urls.CONTACTS`)."""
    found: set[str] = set()
    for room in settings.SITE_ROOMS:
        if (settings.PACKAGE / room / "urls.py").exists():
            urls = import_module(f"keti.{room}.urls")
            found |= {f"{urls.app_name}:{name}" for name in getattr(urls, "CONTACTS", ())}
    return frozenset(found)


def most_bytes(policy: str) -> int:
    """How much a request to a route of this policy may carry: one file and its form, or a form."""
    return FEW_BYTES if policy in (PUBLIC, DEMO) else MANY_BYTES


def routes() -> Iterator[str]:
    """The full name of every route the server answers; an unnamed one shows its pattern."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}" if pattern.name else f"unnamed {pattern.pattern}"


def require_complete() -> None:
    """Refuse to go on while a route has no policy, or a policy has no meaning."""
    known = table()
    missing = sorted(set(routes()) - set(known))
    wrong = sorted(name for name, policy in known.items() if policy not in MEANING)
    if missing or wrong:
        raise ImproperlyConfigured(f"routes without a policy: {missing}; unknown policies: {wrong}")
