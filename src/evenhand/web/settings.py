"""Settings: safe as they stand, from a few environment variables, and with no host but our own.

``EVENHAND_HOME`` (folder), ``DATABASE_URL`` (PostgreSQL), ``EVENHAND_HOSTS`` (comma-separated names
the service answers to), ``EVENHAND_HTTPS`` (``1`` behind a proxy that speaks HTTPS),
``EVENHAND_ADDRESS`` (where people reach it, for links in mail), ``EVENHAND_MAIL_HOST``, ``_PORT``,
``_USER``, ``_PASSWORD``, ``_TLS``, ``_FROM``; without a host, mail goes to the console.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from evenhand.web.databases import choose_database
from evenhand.web.home import Home

HOME = Home.from_environment()
HERE = Path(__file__).parent

# Without a prepared home the key lasts as long as the process: enough for checks and tests.
SECRET_KEY = HOME.find_secret() or secrets.token_hex(32)
DEBUG = False
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("EVENHAND_HOSTS", "127.0.0.1,localhost").split(",")
    if host.strip()
]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "evenhand.web.foundation",
    "evenhand.web.ledger",
    "evenhand.web.accounts",
    "evenhand.web.search",
    "evenhand.web.register",
    "evenhand.web.work",
    "evenhand.web.meetings",
    "evenhand.web.judgement",
    "evenhand.web.imports",
    "evenhand.web.measures",
    "evenhand.web.loads",
    "evenhand.web.remnants",
    "evenhand.web.releases",
    "evenhand.web.api",
    "evenhand.web.digests",
    "evenhand.web.reconciling",
    "evenhand.web.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "evenhand.web.foundation.middleware.PrivateByDefault",
    "evenhand.web.foundation.middleware.ErrorsAsPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "evenhand.web.urls"
WSGI_APPLICATION = "evenhand.web.wsgi.application"
DATABASES = {"default": choose_database(os.environ.get("DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand.web.foundation.context.everywhere",
            ],
            "builtins": ["evenhand.web.foundation.templatetags.register_pages"],
        },
    }
]

# Who somebody is
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",  # the seam: put an SSO backend before this one
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "work:exceptions"
AUTH_PASSWORD_VALIDATORS = [
    {
        # NCSC and NIST SP 800-63B §5.1.1.2: length and a list of known passwords, no composition.
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# What a browser may do with our pages: load what is beside them, and nothing else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = os.environ.get("EVENHAND_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0  # a year, as browsers' preload lists ask
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20  # a form; files have limits of their own where they are read
FILE_UPLOAD_PERMISSIONS = 0o600

# How long work is begun: any function of an order.
JOBS = "evenhand.web.loads.jobs.run_in_process"

CSRF_FAILURE_VIEW = "evenhand.web.foundation.views.stale_form"

# Mail: to this console until a server is named; see the guide of settings at the top.
EVENHAND_ADDRESS = os.environ.get("EVENHAND_ADDRESS", "http://127.0.0.1:8000")
EMAIL_HOST = os.environ.get("EVENHAND_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EVENHAND_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EVENHAND_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EVENHAND_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EVENHAND_MAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 20  # seconds: a run of digests is not to hang on one server
DEFAULT_FROM_EMAIL = os.environ.get("EVENHAND_MAIL_FROM", "register@localhost")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
# Style sheets and images are served from where they are installed: nothing is collected.
STATICFILES_DIRS = [HERE / "static", ("publication", HERE.parent / "publication" / "static")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS, secure cookies and redirects follow EVENHAND_HTTPS: on a laptop there
    "security.W008",  # is no certificate, and a redirect to HTTPS would only break the page
    "security.W012",
    "security.W016",
]
