"""Forms as they are sent: each with a key; what met others and could not be run is told so."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from keti.drafts import doors as drafts
from keti.groups.doors import forget_read_forms, was_refused
from keti.kernel import transactions
from keti.kernel.refusals import Refused
from keti.ledger.actions import forget_used_keys
from keti.site.middleware import READING, View, refused_page

# Routes whose forms carry no key, and why sending them twice does no harm.
OWN_RULE = "the working copy of one person: what is saved names the revision it was made from"
WORKING_COPIES = dict.fromkeys(
    ("planning:begin", "planning:new", "planning:draft", "planning:file", "planning:undo",
     "planning:discard", "planning:step", "planning:part"), OWN_RULE,
) | {"reports:edit": "a draft: what is saved names the revision it was made from"}  # fmt: skip
"""Keyless all the same, but forms with texts: what they save is done, and their drafts may go."""
KEYLESS = {
    "set_language": "the language of the pages; nothing is recorded",
    "account_login": "signing in; the library's own forms",
    "account_logout": "signing out",
    "account_signup": "signing up; an address is registered once",
    "account_reauthenticate": "signing in again",
    "account_change_password": "one's own password",
    "account_set_password": "one's own password",
    "account_email": "one's own addresses",
    "account_request_login_code": "a code by mail, limited by address",
    "account_confirm_login_code": "a code opens once",
    "account_email_verification_sent": "a code opens once",
    "account_reset_password": "a letter, limited by address",
    "account_reset_password_from_key": "a link opens once",
    "mfa_authenticate": "signing in; a code opens once",
    "mfa_reauthenticate": "signing in again",
    "mfa_reauthenticate_webauthn": "signing in again",
    "mfa_activate_totp": "one's own second factor",
    "mfa_deactivate_totp": "one's own second factor",
    "mfa_generate_recovery_codes": "one's own second factor; new codes end the old ones",
    "mfa_add_webauthn": "one's own second factor; a key is registered once",
    "mfa_edit_webauthn": "the name of one's own key",
    "mfa_remove_webauthn": "one's own second factor",
    "site:switch_seat": "which of one's seats the pages show; nothing is recorded",
    "site:demo_sign_in": "a demo folder on this machine",
    "site:demo_advance": "a demo folder on this machine",
    "site:demo_next_due": "a demo folder on this machine",
    "duties:add_picture": "a picture is named by its bytes: put in twice it is kept once",
    "meetings:add_picture": "a picture is named by its bytes: put in twice it is kept once",
    "reports:add_picture": "a picture is named by its bytes: put in twice it is kept once",
    "drafts:save": OWN_RULE,
    "drafts:discard": "a draft discarded twice is discarded",
    "drafts:restore": "a draft taken back twice is taken back",
} | WORKING_COPIES


class SendingMiddleware:
    """A form that may change something carries a key; what could not be run because of others
    answers 409 or 503 with a sentence, never 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        transactions.gave_up.set(0)
        was_refused.set(False)
        forget_used_keys()
        forget_read_forms()
        response = self.get_response(request)
        if _was_done(request, response):
            drafts.sent(request, response)
        status = transactions.gave_up.get()
        if status and response.status_code in (200, 422):
            response.status_code = status
            response.headers["Retry-After"] = "5"
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Refuse what came without a key: sent again, it could not be told from the first."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method in READING or name in KEYLESS or _carries_key(request):
            vars(request)["was_let_in"] = True
            return None
        refused = refused_page(Refused("site.no-key"))
        refused.status_code = 400
        return refused

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What was not run as an act (signing in, a session) met another all the same."""
        if isinstance(error, DatabaseError) and transactions.is_passing(error):
            return refused_page(transactions.Unrun("kernel.busy", 503))
        return None


def _was_done(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether what a form asked for was done: its view ran, refused nothing, and leads on.

    Who is sent to sign in, or to set up a second factor, has done nothing yet; nor has who chose
    a language or a seat: no form with a text is sent there, whatever its boxes name.
    """
    led_on = request.method == "POST" and response.status_code in (302, 303)
    let_in = hasattr(request, "was_let_in") and not was_refused.get()
    return led_on and let_in and _takes_texts(request)


def _takes_texts(request: HttpRequest) -> bool:
    """Whether this route is one to which forms with texts are sent: not the keyless ones."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name not in KEYLESS or name in WORKING_COPIES


def _carries_key(request: HttpRequest) -> bool:
    """A form's key stands in `key`, or behind the prefix of one of several forms on its page."""
    keys = (text for name, text in request.POST.items() if name == "key" or name.endswith("-key"))
    return any(str(key).strip() for key in keys)
