"""Settings of a site. What differs between sites comes from the environment; everything else is the same everywhere.

| variable | what it is |
|---|---|
| LOCALITY_HOME | folder of the site's own files (database, mail folder, secret key); default `./site` |
| DATABASE_URL | PostgreSQL instead of the embedded database, like `postgres://user:password@host/name` |
| LOCALITY_SECRET_KEY | the signing key; default: made once and kept in the home folder |
| LOCALITY_HOSTS | host names that the site answers to, separated by commas; default: this machine only |
| LOCALITY_ADDRESS | the front page, for links in mail and letters; default: `https://` and the first of the hosts |
| LOCALITY_HTTPS | `no` only for a site on this machine; otherwise cookies are sent over HTTPS alone |
| LOCALITY_DEMO | `yes` for the demo: shows demo sign-ins and the mail folder; on this machine only |
| LOCALITY_MAIL_URL | where mail is sent, like `smtp://user:password@host:587/?tls=yes`; default: the mail folder |
| LOCALITY_MAIL_FROM | the sender of mail |
| LOCALITY_OIDC_URL | the address of an OpenID Connect server for single sign-on; default: none |
| LOCALITY_OIDC_ID | the site's name there; needed with LOCALITY_OIDC_URL |
| LOCALITY_OIDC_SECRET | the site's secret there; needed with LOCALITY_OIDC_URL |
| LOCALITY_OIDC_NAME | what people call it; default `Your organisation's account` |
| LOCALITY_OIDC_MFA | words in its `amr` or `acr` that say that it asked for a second factor; default `mfa` |
| LOCALITY_PROXIES | how many servers stand in front of the site; default 1 with HTTPS, otherwise 0 |
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from locality_web.config.environment import (
    count_proxies,
    is_yes,
    mail_settings,
    open_home,
    rate_limits,
    read_address,
    read_hosts,
    read_secret_key,
    second_factor_words,
    single_sign_on,
    single_sign_on_origin,
)

BASE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("LOCALITY_HOME", "site")).resolve()
open_home(HOME)

DEMO = is_yes("LOCALITY_DEMO", default=False)
DEMO_DOMAIN, DEMO_PASSWORD = "demo.invalid", "walk the whole road"
HTTPS = is_yes("LOCALITY_HTTPS", default=not DEMO)
DEBUG = False
SECRET_KEY = read_secret_key(HOME, is_live=HTTPS)
_LOCAL = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = read_hosts() or _LOCAL
if DEMO and not set(ALLOWED_HOSTS) <= {*_LOCAL, "testserver"}:
    raise ImproperlyConfigured(
        "The demo shows its passwords: it may answer to this machine only. Unset LOCALITY_HOSTS."
    )
SITE_ADDRESS = read_address(https=HTTPS, hosts=read_hosts())
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

INSTALLED_APPS = [
    "locality_web.plans",
    "locality_web.voice",
    "locality_web.money",
    "locality_web.members",
    "locality_web.areas",
    "locality_web.core",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "locality_web.core.privacy.PrivacyMiddleware",
    "locality_web.core.languages_middleware.LanguageMiddleware",
    "locality_web.core.visitors.VisitorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "locality_web.core.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "locality_web.config.urls"
WSGI_APPLICATION = "locality_web.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "locality_web.core.context.site",
            ],
            "builtins": ["locality_web.core.templatetags.locality"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(default=f"sqlite:///{HOME / 'locality.sqlite3'}", conn_max_age=600)
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A deferred transaction that turns into a writer half-way is refused at once when another writes; an immediate
    # one waits its turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits count in the database, so that all processes of a site count together.
# Django throws entries away at 300 unless told otherwise: then a flood of strange addresses would wipe the counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:today"
LOGOUT_REDIRECT_URL = "core:front"
ACCOUNT_ADAPTER = "locality_web.core.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "locality_web.core.sign_in_name.NameForm"
ACCOUNT_FORMS = {
    "login": "locality_web.core.sign_in_forms.SignInForm",
    "signup": "locality_web.core.sign_in_forms.SignUpForm",
    "reset_password": "locality_web.core.sign_in_forms.ForgottenForm",
    "reset_password_from_key": "locality_web.core.sign_in_forms.NewPasswordForm",
    "change_password": "locality_web.core.sign_in_forms.ChangePasswordForm",
    "set_password": "locality_web.core.sign_in_forms.SetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # otherwise the site could be used to write to strangers
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end all the same
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before a way to sign in is changed
ACCOUNT_RATE_LIMITS = rate_limits()
ALLAUTH_TRUSTED_PROXY_COUNT = count_proxies(default=1 if HTTPS else 0)

SOCIALACCOUNT_ADAPTER = "locality_web.core.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = single_sign_on()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only for addresses that the identity server calls verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SINGLE_SIGN_ON_SECOND_FACTOR = second_factor_words()

MFA_ADAPTER = "locality_web.core.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "locality_web.core.sign_in_forms.CodeForm",
    "reauthenticate": "locality_web.core.sign_in_forms.CodeForm",
    "activate_totp": "locality_web.core.sign_in_forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Locality"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute wrong

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # scripts of ours take the token from the form
if HTTPS:  # with this prefix no neighbouring host can plant a cookie
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
CSRF_FAILURE_VIEW = "locality_web.core.refusals.csrf_failure"
SECURE_SSL_REDIRECT = False  # the server in front of the site does this
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Plain HTTP is sent on to HTTPS by the server in front (W008); other names of the host's domain, and browsers' own list
# of sites, are for its owner to decide (W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Some browsers hold the form of single sign-on to this also when it leads on to the identity server.
        "form-action": [SELF, *single_sign_on_origin()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

MAINTENANCE_FILE = HOME / "maintenance.txt"  # while it is there, every page says what it says
KEEP_VISITOR_PAGES = True  # tests change tables behind the record's back and set it aside
# Only what `core.incidents` and the worker say is written; Django's own messages may hold what people typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"locality_web": {"handlers": ["log"], "level": "INFO"}},
}

MAIL_FOLDER = HOME / "mail"
globals().update(mail_settings())
