# SPDX-License-Identifier: Apache-2.0
"""All settings of the site. What an operator may change comes from HIPFIRST_* variables."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from hipfirst.web.project.database import database
from hipfirst.web.project.env import env_bool, env_count, env_list, env_secret, env_site, env_text
from hipfirst.web.project.mail import mail

WEB = Path(__file__).resolve().parent.parent
DATA = Path(env_text("HIPFIRST_DATA", "data")).resolve()
"""Database, secret key and uploads; `hipfirst serve --data DIR` sets it."""


def starter_pack() -> Path:
    """The pack that comes with the site: in a wheel beside the code, in a checkout at its root."""
    inside = WEB.parent / "content" / "starter"
    return inside if inside.is_dir() else WEB.parents[2] / "content" / "starter"


def _secret_key() -> str:
    """Empty where there is none: Django then refuses to sign, and check hipfirst.E003 says why.

    Tools that only look at the code need none.
    """
    key = env_secret("HIPFIRST_SECRET_KEY")
    if key is None and (DATA / "secret_key").is_file():
        key = (DATA / "secret_key").read_text(encoding="utf-8").strip()
    return key or ""


SECRET_KEY = _secret_key()
DEBUG = env_bool("HIPFIRST_DEBUG", default=False)
ALLOWED_HOSTS = env_list("HIPFIRST_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
HTTPS = env_bool("HIPFIRST_HTTPS", default=False)
"""The site is reached over https (directly or behind a proxy that sets X-Forwarded-Proto)."""
LISTENS_URL = env_site("HIPFIRST_LISTENS", "http://127.0.0.1:8000")
"""Where `hipfirst serve` listens: in mails of a site that was told no address of its own."""
SITE_URL = env_site("HIPFIRST_URL", "") if env_text("HIPFIRST_URL", "").strip() else ""
"""Where the site is reached, as it says to whoever stands elsewhere; empty: nobody said it."""

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    # Before allauth, whose pages wear the templates of this site.
    "hipfirst.web.shared",
    "hipfirst.web.site",
    "hipfirst.web.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "hipfirst.web.membership",
    "hipfirst.web.library",
    "hipfirst.web.journal",
    "hipfirst.web.training",
    "hipfirst.web.progress",
    "hipfirst.web.project",
    # After the project, whose templates it wears.
    "hipfirst.web.project.apps.Admin",
]

MIDDLEWARE = [
    "hipfirst.web.site.middleware.settings_once",
    "hipfirst.web.project.middleware.headers",
    "hipfirst.web.project.middleware.cookies_without_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hipfirst.web.project.middleware.wrong_methods",
    "hipfirst.web.project.middleware.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hipfirst.web.accounts.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hipfirst.web.project.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "hipfirst.web.project.urls"
WSGI_APPLICATION = "hipfirst.web.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "hipfirst.web.project.context.site",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STARTER_PACK = starter_pack()

DATABASES = {"default": database(DATA)}
CACHES = {
    # Shared by all processes: what limits how often somebody may try to sign in.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Far more than come in an hour: whoever floods it must not push out what limits them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Parts of pages, made anew by each process.
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["hipfirst.web.accounts.sign_backend.Standing"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:account"
ALLAUTH_TRUSTED_PROXY_COUNT = env_count("HIPFIRST_PROXIES", default=int(HTTPS))
"""Proxies in front that note in X-Forwarded-For whom they speak for: limits are per address."""
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_ADAPTER = "hipfirst.web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "hipfirst.web.accounts.sign_forms.SignInForm",
    "confirm_email_verification_code": "hipfirst.web.accounts.sign_forms.ConfirmAddressForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
"""A password may be set later; nobody needs one."""
ACCOUNT_SIGNUP_FORM_CLASS = "hipfirst.web.accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# The mails and pages say 15 minutes.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900
# Three tries each: one address can be guessed at 60 times an hour, of a hundred million codes.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,5/15m/key",
    "reset_password": "20/m/ip,5/15m/key",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "hipfirst.web.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "signup_webauthn": "hipfirst.web.accounts.sign_forms.PasskeyForm",
    "login_webauthn": "hipfirst.web.accounts.sign_forms.PasskeySignInForm",
    "authenticate_webauthn": "hipfirst.web.accounts.sign_forms.PasskeyStepForm",
    "reauthenticate_webauthn": "hipfirst.web.accounts.sign_forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
# Clocks of phones go wrong by some seconds.
MFA_TOTP_TOLERANCE = 1
# Browsers allow passkeys without https only on this very machine, and so does the site.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = True

EMAIL_BACKEND, MAIL = mail()
globals().update(MAIL)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [WEB / "locale"]
FORMAT_MODULE_PATH = "hipfirst.web.project.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
ASSETS = WEB / "assets"
"""What the front-end build wrote: content-hashed files and their manifest."""
STATICFILES_DIRS = [ASSETS] if ASSETS.is_dir() else []
# Assets are served from where they were built: nothing to collect, and a wheel is ready to run.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[A-Za-z0-9_-]{8}\.[a-z0-9]+$"
WHITENOISE_MAX_AGE = 3600

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "hipfirst.web.project.handlers.csrf_failure"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

# What breaks is said where the service runs: without a debug page there is no other trace of it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"keys": {"()": "hipfirst.web.project.logs.BlankKeys"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        # They name addresses, for whichever handler.
        "django.request": {"filters": ["keys"]},
        "django.security.csrf": {"filters": ["keys"]},
        # What they warn of quotes the words of a page for a professional.
        "weasyprint": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False},
        "fontTools": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False},
    },
}
