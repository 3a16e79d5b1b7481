"""Every door of the house. Each room's `urls.POLICY` says who may come in."""

from importlib import import_module

from allauth.account import views as library
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from keti.accounts.doors import needs_mail


def _rooms() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for room in settings.SITE_ROOMS:
        module = settings.PACKAGE / room / "urls.py"
        if module.exists():
            import_module(f"keti.{room}.urls")
            found.append(path("", include(f"keti.{room}.urls")))
    return found


handler400 = "keti.site.trouble.bad_request"
handler403 = "keti.site.trouble.forbidden"
handler404 = "keti.site.trouble.not_found"
handler500 = "keti.site.trouble.server_error"
urlpatterns = [
    path("i18n/setlang/", set_language, name="set_language"),
    path("accounts/signup/", needs_mail(library.signup), name="account_signup"),
    path(
        "accounts/password/reset/",
        needs_mail(library.password_reset),
        name="account_reset_password",
    ),
    path(
        "accounts/login/code/",
        needs_mail(library.request_login_code),
        name="account_request_login_code",
    ),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    *_rooms(),
]
