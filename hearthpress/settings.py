"""Settings, all from the environment, with defaults that are safe on one machine. docs/operating.md names each."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

from hearthpress.common.environment import flag, number, secret_in_file, views_url, web_address
from hearthpress.common.logs import one_line_for_strangers

HOME = Path(os.environ.get("HEARTHPRESS_HOME", "var")).resolve()
STATIC_ROOT, MEDIA_ROOT, LOGS = HOME / "static", HOME / "media", HOME / "logs"
# What is kept here is nobody else's on this machine. A folder that is there already keeps the rights it has.
for folder in (HOME, STATIC_ROOT, LOGS):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

# Public pages, kept as files; nginx or Caddy may serve them from here.
PAGE_STORE = Path(os.environ.get("PAGE_STORE") or HOME / "pages").resolve()
PAGE_STORE_MEGABYTES = max(1, number("PAGE_STORE_MEGABYTES", 1024))
CDN_PURGE_URL = os.environ.get("CDN_PURGE_URL", "").rstrip("/")
CDN_PURGE_SECRET = os.environ.get("CDN_PURGE_SECRET", "")
CDN_SECONDS = number("CDN_SECONDS", 86400) if CDN_PURGE_URL else 0

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = number("PORT", 8000)
PUBLIC_ADDRESS = os.environ.get("PUBLIC_ADDRESS", f"http://{HOST}:{PORT}").rstrip("/")
HTTPS = PUBLIC_ADDRESS.startswith("https://")

DEBUG = flag("DEBUG")
DEMO = flag("HEARTHPRESS_DEMO")
SECRET_KEY = os.environ.get("SECRET_KEY") or secret_in_file(HOME / "secret-key")
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", f"{urlsplit(PUBLIC_ADDRESS).hostname},localhost,127.0.0.1,[::1]").split(
    ","
)
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 0)
WEBSUB_HUB = web_address("WEBSUB_HUB")
UNPAID_VIEWS_DAYS = max(1, number("UNPAID_VIEWS_DAYS", 60))
REQUESTS_AT_ONCE = max(1, number("REQUESTS_AT_ONCE", 32))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "rules",
    # The look stands before allauth, so that its pages wear it.
    "hearthpress.masthead",
    "hearthpress.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "hearthpress.ledger",
    "hearthpress.edge",
    "hearthpress.mail",
    "hearthpress.care",
    "hearthpress.agreements",
    "hearthpress.submissions",
    "hearthpress.tasks",
    "hearthpress.correspondence",
    "hearthpress.editing",
    "hearthpress.stories",
    "hearthpress.doubles",
    "hearthpress.search",
    "hearthpress.magazine",
    "hearthpress.readership",
    "hearthpress.pay",
    "hearthpress.room",
    "hearthpress.desk",
    "hearthpress.books",
    "hearthpress.sample",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hearthpress.edge.headers.PolicyMiddleware",
    "hearthpress.masthead.middleware.MastheadMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hearthpress.people.marker.MarkerMiddleware",
    "hearthpress.people.zone.TimeZoneMiddleware",
]

ROOT_URLCONF = "hearthpress.urls"
WSGI_APPLICATION = None

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hearthpress.masthead.context.masthead",
            ],
        },
    },
]
FORM_RENDERER = "hearthpress.masthead.forms.FormRenderer"


# Seconds (tcp_user_timeout: milliseconds) after which a PostgreSQL that does not answer counts as away: libpq's names,
# https://www.postgresql.org/docs/current/libpq-connect.html. Without them a request waits for many minutes.
_PATIENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


def _database(url: str, test_name: str) -> dict[str, Any]:
    """A database by its URL. SQLite runs as WAL with IMMEDIATE transactions, and commits are on disk (FULL)."""
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    if "sqlite" in config["ENGINE"]:
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        config["TEST"] = {"NAME": str(HOME / f"{test_name}.sqlite3")}
    elif "postgresql" in config["ENGINE"]:
        config["OPTIONS"] = _PATIENCE | config.get("OPTIONS", {})
    return config


DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME}/hearthpress.sqlite3"
VIEWS_DATABASE_URL = os.environ.get("VIEWS_DATABASE_URL") or views_url(DATABASE_URL)
DATABASES = {"default": _database(DATABASE_URL, "test"), "views": _database(VIEWS_DATABASE_URL, "test-views")}
DATABASE_ROUTERS = ["hearthpress.readership.router.ViewsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
# How often somebody asked to sign in, above all. In the database: those counts must hold on every host, come what may.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "hearthpress.common.cache.unreadable",
        # Django's own limit of 300 would throw counts of sign-ins away while they still hold.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = os.environ.get("LANGUAGE_CODE", "en")
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
# Whose words the index of the search stems; read once, when it is made.
SEARCH_LANGUAGE = os.environ.get("SEARCH_LANGUAGE", "english")

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# People sign in by e-mailed code; staff have a second factor.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "hearthpress.people.signin.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "request_login_code": os.environ.get("SIGN_IN_LIMITS", "30/10m/ip,5/10m/key"),
    "wait_for_call": "20/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "hearthpress.people.signin.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "hearthpress_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
CSRF_FAILURE_VIEW = "hearthpress.masthead.views.page_expired"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# A pasted book is still a submission form; a larger one is refused when its fields are read. What is above 16 MB, with
# files, is refused by hearthpress.edge.bodies while it comes in.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600  # Django would let everybody on the machine read them
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

_smtp = urlsplit(os.environ.get("SMTP_URL", "smtp://127.0.0.1:25"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _smtp.hostname or "127.0.0.1"
EMAIL_PORT = _smtp.port or 25
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = "starttls" in parse_qs(_smtp.query, keep_blank_values=True)
EMAIL_TIMEOUT = 20
MAIL_DIR = os.environ.get("MAIL_DIR", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"strangers": {"()": "django.utils.log.CallbackFilter", "callback": one_line_for_strangers}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["strangers"]},
        "file": {
            "class": "hearthpress.common.logs.SharedFile",
            "filename": str(LOGS / "hearthpress.log"),
            "maxBytes": 4 * 1024 * 1024,
            "backupCount": 4,
            "delay": True,
            "formatter": "line",
            "filters": ["strangers"],
        },
    },
    "root": {"handlers": ["console", "file"], "level": "WARNING"},
    # That somebody asked for what is not there, or is not theirs, is no news.
    "loggers": {"hearthpress": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
