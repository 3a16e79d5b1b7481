"""Settings of an installation, from the environment and the data folder."""

import json
import os
import secrets
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from keti.kernel.durable import write_new
from keti.kernel.envfile import adopt

PACKAGE = Path(__file__).resolve().parent


def _secret(name: str, default: str = "") -> str:
    """An environment value, or the content of the file named by NAME_FILE."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(name, default)


os.umask(0o077)  # whatever this process writes is its owner's alone
KETI_DATA = os.environ.get("KETI_DATA", str(Path.cwd() / "data"))
adopt(Path(KETI_DATA))  # what stands in the folder, where the environment says nothing
KETI_URL = os.environ.get("KETI_URL", "http://127.0.0.1:8000").rstrip("/")
Path(KETI_DATA).mkdir(parents=True, exist_ok=True)


def _mode() -> str:
    """What the data folder is: normal, demo or play. The marker is written when it is made."""
    marker = Path(KETI_DATA) / "keti.json"
    return str(json.loads(marker.read_text())["mode"]) if marker.exists() else "normal"


def _secret_key() -> str:
    given = _secret("KETI_SECRET_KEY")
    if given:
        return given
    file = Path(KETI_DATA) / "secret-key"
    if not file.exists():
        with suppress(FileExistsError):
            write_new(file, secrets.token_urlsafe(48).encode())
    return file.read_text()


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "keti.kernel.sqlite",
            "NAME": str(Path(KETI_DATA) / "keti.sqlite3"),
            "TEST": {"NAME": ":memory:"},
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA cache_size=-8000; PRAGMA mmap_size=134217728;"
                " PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "keti.kernel.postgres",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or _secret("KETI_DATABASE_PASSWORD"),
        "HOST": dict(parse_qsl(parts.query)).get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c lock_timeout=10s"},
    }


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks, parted by commas or blanks."""
    try:
        return tuple(ip_network(one, strict=False) for one in text.replace(",", " ").split())
    except ValueError as wrong:
        raise ImproperlyConfigured(f"KETI_TRUSTED_PROXY: {wrong}") from wrong


def _one_of(name: str, *words: str) -> str:
    """An environment value that is one of these words; the first where nothing is said."""
    given = os.environ.get(name) or words[0]
    if given not in words:
        raise ImproperlyConfigured(f"{name}: {given!r} is none of {', '.join(words)}")
    return given


KETI_MODE = _mode()
KETI_TRUSTED_PROXY = _networks(os.environ.get("KETI_TRUSTED_PROXY", ""))
KETI_SECOND_FACTOR = _one_of("KETI_SECOND_FACTOR", "offered", "required")
KETI_LOOPBACK = os.environ.get("KETI_LOOPBACK") == "1"
_NEAR = {"127.0.0.1", "localhost", "::1"}
KETI_DEMO_DOORS = KETI_MODE == "demo" and KETI_LOOPBACK and urlsplit(KETI_URL).hostname in _NEAR

SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [urlsplit(KETI_URL).hostname or "localhost", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [KETI_URL]
ROOT_URLCONF = "keti.urls"
WSGI_APPLICATION = "keti.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ROOMS = [
    "kernel",
    "programmes",
    "ledger",
    "accounts",
    "drafts",
    "jobs",
    "notify",
    "documents",
    "charter",
    "groups",
    "consents",
    "witness",
    "lists",
    "duties",
    "monitoring",
    "intake",
    "work",
    "meetings",
    "research",
    "reports",
    "consultation",
    "review",
    "release",
    "letters",
    "honours",
    "gatherings",
    "promises",
    "media",
    "activities",
    "planning",
    "backups",
    "site",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    *[f"keti.{room}" for room in SITE_ROOMS if (PACKAGE / room / "apps.py").exists()],
]
MIDDLEWARE = [
    "keti.site.middleware.VisitorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "keti.site.middleware.ContentPolicyMiddleware",
    "keti.site.published.PublishedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "keti.site.tongue.ChineseFirst",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "keti.site.access.AccessMiddleware",
    # From the CSRF check on a body is read: who may not come in is sent away before it.
    "keti.site.middleware.PolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "keti.site.middleware.ReceivingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "keti.site.sending.SendingMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(PACKAGE / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "keti.site.context.frame",
            ]
        },
    }
]
FORM_RENDERER = "keti.kernel.drawing.Renderer"
DATABASES = {"default": _database(_secret("DATABASE_URL"))}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "keti_cache",
    }
}

TASKS = {
    "default": {"BACKEND": "keti.jobs.actions.backend.JobBackend"},
    "at_once": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}
KETI_WORKERS = int(os.environ.get("KETI_WORKERS", "1"))

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [str(PACKAGE / "locale")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = str(Path(KETI_DATA) / "static")
STATICFILES_DIRS = [str(PACKAGE / "static")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["keti.documents.doors.receiving.Receiver"]
KETI_FILES_HOUR_MB = int(os.environ.get("KETI_FILES_HOUR_MB", "1000"))
KETI_FILES_PERSON_MB = int(os.environ.get("KETI_FILES_PERSON_MB", "10000"))
KETI_FILES_STRANGER_MB = int(os.environ.get("KETI_FILES_STRANGER_MB", "60"))
KETI_FILES_PROGRAMME_MB = int(os.environ.get("KETI_FILES_PROGRAMME_MB", "100000"))
KETI_FILES_ASIDE_MB = int(os.environ.get("KETI_FILES_ASIDE_MB", "150"))

_HTTPS = KETI_URL.startswith("https://")
SESSION_ENGINE = "keti.accounts.doors"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "keti.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "keti.accounts.forms.SignInForm",
    "signup": "keti.accounts.forms.SignUpForm",
    "add_email": "keti.accounts.forms.AddAddressForm",
    "change_email": "keti.accounts.forms.ChangeAddressForm",
    "reset_password": "keti.accounts.forms.ResetForm",
    "request_login_code": "keti.accounts.forms.CodeForm",
    "confirm_login_code": "keti.accounts.forms.SignInCodeForm",
    "confirm_email_verification_code": "keti.accounts.forms.AddressCodeForm",
}
MFA_FORMS = {"add_webauthn": "keti.accounts.forms.NewKeyForm"}
# The doors count by address and mail together (keti.accounts.doors); what the library would count
# by an address or by a mail alone is off. `login_failed` is left to the second factor, by account.
ACCOUNT_RATE_LIMITS = {
    **dict.fromkeys(("login", "signup", "request_login_code", "confirm_email"), None),
    **dict.fromkeys(("reset_password", "reset_password_from_key"), None),
    "login_failed": "10/5m/key",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

MFA_ADAPTER = "keti.accounts.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS  # browsers allow it on localhost alone

EMAIL_BACKEND = (
    "keti.notify.channels.outgoing.Backend"
    if KETI_MODE == "normal"
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = os.environ.get("KETI_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("KETI_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("KETI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = _secret("KETI_SMTP_PASSWORD")
_TLS = _one_of("KETI_SMTP_TLS", "0", "1", "implicit")
EMAIL_USE_TLS, EMAIL_USE_SSL = _TLS == "1", _TLS == "implicit"
KETI_MAIL = KETI_MODE == "normal" and "KETI_SMTP_HOST" in os.environ
KETI_NAME = os.environ.get("KETI_NAME", "").strip()
EMAIL_TIMEOUT = int(os.environ.get("KETI_SMTP_TIMEOUT", "10"))
KETI_BACKUP_FOLDER = os.environ.get("KETI_BACKUP_FOLDER", "")
KETI_BACKUP_KEEP = max(1, int(os.environ.get("KETI_BACKUP_KEEP", "14")))
KETI_BACKUP_AT = os.environ.get("KETI_BACKUP_AT", "02:30")
KETI_ACCESS_DAYS = max(180, int(os.environ.get("KETI_ACCESS_DAYS", "200")))
KETI_MAIL_HOLD = int(os.environ.get("KETI_MAIL_HOLD", "15"))
DEFAULT_FROM_EMAIL = os.environ.get("KETI_SMTP_FROM", "keti@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "keti.kernel.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
    "root": {"handlers": ["console"], "level": os.environ.get("KETI_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
