"""The settings of the site: one file, every choice of an installation from an environment variable.

| variable | default | what |
| --- | --- | --- |
| ZIPING_DATA_DIR | var/ | where the database, the secret key and outgoing e-mail are kept |
| DATABASE_URL | SQLite in the data folder | e.g. postgres://user:password@host/name |
| DEBUG | 0 | 1 shows tracebacks: never on a site that others reach |
| SECRET_KEY | made once, kept in the data folder | 32 random characters or more |
| ALLOWED_HOSTS | localhost | host names, comma-separated |
| CSRF_TRUSTED_ORIGINS | none | origins with scheme, comma-separated |
| HTTPS | 0 | 1 sends everyone to https and marks the cookies secure |
| BEHIND_PROXY | 0 | 1 believes the X-Forwarded-Proto and X-Forwarded-For that a proxy sets |
| EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_FROM |
  files in the data folder | outgoing e-mail |
| EMAIL_CONSOLE | 0 | 1 prints outgoing e-mail instead (without EMAIL_HOST) |
| SITE_URL | http://127.0.0.1:8000 | where people reach the site: links in e-mail begin with it |
| PDF_SIGNING_KEY, PDF_SIGNING_PASSPHRASE | none: not signed | a PKCS#12 file that signs PDFs |
| CELERY_BROKER_URL | none: done in the web process | e.g. amqp://user:password@host: by a worker |
| INVITATION_DAYS | 7 | how long an invitation to join an organisation holds |
| NOTICE_DAYS | 365 | how long notices are kept; 0: for ever |
| OPEN_SIGN_UP | 1 | 0: only who is invited can have an account |
| REQUIRE_SECOND_FACTOR | regulators | who needs a passkey or an app: none, regulators, everyone |
| REDIS_URL | files in the data folder | e.g. redis://host:6379/0: attempts, for several hosts |
| S3_BUCKET, S3_ENDPOINT_URL, S3_REGION, S3_ADDRESSING, S3_ACCESS_KEY, S3_SECRET_KEY |
  files in the data folder | a bucket for the files that people hand in |
| LOG_LEVEL | INFO | how much is written to standard error |
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from compliance import environment, storage

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("ZIPING_DATA_DIR", str(BASE_DIR / "var"))).resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"The data folder {DATA_DIR} cannot be made ({error.strerror}): set ZIPING_DATA_DIR."
    ) from error

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret_key(DATA_DIR / "secret_key")

ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.items("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "compliance.audit",
    "compliance.accounts",
    "compliance.organisations",
    "compliance.notices",
    "compliance.library",
    "compliance.assessments",
    "compliance.reports",
    "compliance.reviews",
    "compliance.remediation",
    "compliance.oversight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "compliance.headers.safe_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "compliance.accounts.last_seen.LastSeenMiddleware",
    "compliance.headers.keep_private",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "compliance.accounts.second_factor.SecondFactorMiddleware",
    "compliance.failures.ConflictPages",
    "compliance.failures.UnfitForms",
]

ROOT_URLCONF = "compliance.urls"
WSGI_APPLICATION = "compliance.wsgi.application"
CSRF_FAILURE_VIEW = "compliance.failures.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "deadlines": "compliance.deadline_tags",
                "fields": "compliance.field_tags",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "compliance.context.frame",
                "compliance.notices.badge.unread_notices",
                "compliance.appearance.appearance",
            ],
        },
    }
]

# --- what is kept -----------------------------------------------------------------------------

DATABASES = {
    "default": environment.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'ziping.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets people read while someone saves. IMMEDIATE takes the write lock when a transaction
    # begins: one that starts by reading would otherwise fail at its first write instead of waiting.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL",
        "timeout": 20,
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A statement that a connection has sent five times is kept there with its plan: planning took
    # more of the server's time than everything else that saving an answer asks of it.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of attempts, which all processes of the site have to share.
CACHES: dict[str, dict[str, Any]]
if REDIS_URL := environment.text("REDIS_URL"):
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "compliance.file_cache.SharedFileCache",
            "LOCATION": DATA_DIR / "cache",
            # Beyond this, entries are thrown out at random, and counts with them.
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

STORAGES = {
    "default": storage.for_files(DATA_DIR / "files"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A wizard page of 20 questions whose comments are all far too long must still reach the form, so
# that each comment is refused with its limit and the rest of the page is kept.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = [
    "compliance.uploads.RefuseStrangeNames",
    "compliance.uploads.DropTheRest",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Evidence: a file may be as large as compliance.uploads lets through.
EVIDENCE_LARGEST_FILE = 20 * 1024 * 1024
EVIDENCE_MOST_PER_ANSWER = 10
EVIDENCE_MOST_BYTES = 2 * 1024**3  # of all files of one organisation

# --- who comes in -----------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "assessments:list"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 3600

OPEN_SIGN_UP = environment.flag("OPEN_SIGN_UP", default=True)
ACCOUNT_ADAPTER = "compliance.sign_in.SiteAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Besides allauth's own: what sends an e-mail to somebody, and what guesses a password or a code.
ACCOUNT_RATE_LIMITS = {
    "signup": "30/10m/ip",
    "reset_password": "30/10m/ip,3/10m/key",
    "login_failed": "10/m/ip,5/5m/key",
}
ACCOUNT_FORMS = {
    "login": "compliance.accounts.forms.SignIn",
    "signup": "compliance.accounts.forms.SignUp",
    "add_email": "compliance.accounts.forms.NewAddress",
    "change_password": "compliance.accounts.forms.PasswordChange",
    "reset_password": "compliance.accounts.forms.ForgottenPassword",
    "reset_password_from_key": "compliance.accounts.forms.NewPassword",
    "reauthenticate": "compliance.accounts.forms.Confirm",
}

REQUIRE_SECOND_FACTOR = environment.text("REQUIRE_SECOND_FACTOR", "regulators").lower()
if REQUIRE_SECOND_FACTOR not in {"none", "regulators", "everyone"}:
    raise ImproperlyConfigured(
        f"REQUIRE_SECOND_FACTOR={REQUIRE_SECOND_FACTOR!r}: write none, regulators or everyone."
    )
MFA_ADAPTER = "compliance.accounts.second_factor_secrets.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "自评 Ziping"
MFA_TOTP_TOLERANCE = 1
# Nobody comes in with an address that is not confirmed; one to which a person is only about to
# change must not stand in the way of a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "compliance.accounts.forms.Code",
    "authenticate_webauthn": "compliance.accounts.passkeys.Passkey",
    "reauthenticate": "compliance.accounts.forms.ConfirmByCode",
    "reauthenticate_webauthn": "compliance.accounts.passkeys.ConfirmByPasskey",
    "activate_totp": "compliance.accounts.forms.AddApp",
    "add_webauthn": "compliance.accounts.passkeys.AddPasskey",
    "login_webauthn": "compliance.accounts.passkeys.PasskeySignIn",
}

HTTPS = environment.flag("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Browsers' preload list is for the owner of a domain to enter, and hard to leave again.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if environment.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# The page that asks to sign in again carries the token of the page that was sent.
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

INVITATION_DAYS = environment.whole_number("INVITATION_DAYS", 7)
NOTICE_DAYS = environment.whole_number("NOTICE_DAYS", 365)

# --- language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# The second holds words of packages that we use, where theirs are missing or do not fit.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
FORMAT_MODULE_PATH = ["compliance.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- static files and e-mail --------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "compliance" / "static"]
# Served from the source tree: nothing has to be collected before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EMAIL_FROM", "ziping@localhost")
if EMAIL_HOST := environment.text("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_PORT = environment.whole_number("EMAIL_PORT", 587)
    EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
    EMAIL_TIMEOUT = 10  # seconds: without a worker, a page waits for the mail server
elif environment.flag("EMAIL_CONSOLE"):
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

SITE_URL = environment.address("SITE_URL", "http://127.0.0.1:8000")

# --- what is given out --------------------------------------------------------------------------

PDF_SIGNING_KEY = environment.text("PDF_SIGNING_KEY")
PDF_SIGNING_PASSPHRASE = environment.text("PDF_SIGNING_PASSPHRASE")

# --- what a worker does -------------------------------------------------------------------------

CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL")

# --- what is written down while running ---------------------------------------------------------

LOG_LEVEL = environment.text("LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise ImproperlyConfigured(f"LOG_LEVEL={LOG_LEVEL!r} is not a level: write INFO or WARNING.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "compliance": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
    },
}
