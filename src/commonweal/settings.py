"""Settings of the project. What an operator may change is in `common/environment.py`."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from commonweal.common.database_address import settings_of
from commonweal.common.environment import variable

HERE = Path(__file__).resolve().parent
DATA = Path(variable("COMMONWEAL_DATA").value).resolve()

DEBUG = variable("COMMONWEAL_DEBUG").on
DEMO = variable("COMMONWEAL_DEMO").on
INSECURE_HTTP = DEBUG or variable("COMMONWEAL_INSECURE_HTTP").on
SECRET_KEY = variable("COMMONWEAL_SECRET").value
if not SECRET_KEY and (DEBUG or DEMO):
    from commonweal.common.secret_file import made_once

    SECRET_KEY = made_once(DATA / "secret")
EXPORT_ROWS_A_DAY = variable("COMMONWEAL_EXPORT_ROWS").number
AWAY = variable("COMMONWEAL_AWAY").value
RECORDS_AN_HOUR = variable("COMMONWEAL_RECORDS_AN_HOUR").number
NAMES_AN_HOUR = variable("COMMONWEAL_NAMES_AN_HOUR").number
COMMONWEAL_KEY_FILE = variable("COMMONWEAL_KEYS").value or str(DATA / "keys")
ORIGIN = variable("COMMONWEAL_ORIGIN").value.rstrip("/")
ALLOWED_HOSTS = variable("COMMONWEAL_HOSTS").words
if not ALLOWED_HOSTS and INSECURE_HTTP:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []

INSTALLED_APPS = [
    "commonweal.apps.CommonwealConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that our templates/django/forms come first
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "commonweal.common.measure.Measured",
    "commonweal.common.headers.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "commonweal.accounts.views.scope.ScopeOfRequest",
    "commonweal.accounts.views.looking.CountedLooks",
    "commonweal.common.headers.PlainRefusals",
]
if DEBUG:
    MIDDLEWARE.insert(0, "commonweal.common.panel.Panel")
ROOT_URLCONF = "commonweal.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["commonweal.common.marks"],
            "libraries": {
                "exports": "commonweal.exchange.views.export_note",
                "alarms": "commonweal.accounts.views.alarm_note",
                "tests_to_ask": "commonweal.structure_tests.views.to_ask_note",
                "talks": "commonweal.listening.views.person_note",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "commonweal.people.views.shell.shell",
            ],
        },
    }
]

if variable("COMMONWEAL_DATABASE").value:
    DATABASES = {"default": settings_of(variable("COMMONWEAL_DATABASE").value)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "commonweal.common.sqlite",
            "NAME": DATA / "commonweal.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;PRAGMA cache_size=-16000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "commonweal.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "people:home"

LANGUAGE_CODE = variable("COMMONWEAL_LANGUAGE").value
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = sorted(path for path in (HERE / "locale").glob("*") if path.is_dir())
TIME_ZONE = variable("COMMONWEAL_TIME_ZONE").time_zone
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "commonweal.common.formats"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = DATA / "uploads"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
if variable("COMMONWEAL_BEHIND_PROXY").on:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_NAME = "s" if INSECURE_HTTP else "__Host-s"
CSRF_COOKIE_NAME = "c" if INSECURE_HTTP else "__Host-c"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = not INSECURE_HTTP, True, "Lax"
SESSION_ENGINE = "commonweal.common.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {25: "ok", 30: "warn", 40: "bad"}  # the classes of the look for success, warning and error
if variable("COMMONWEAL_MAIL").value:
    _mail = urlsplit(variable("COMMONWEAL_MAIL").value)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = variable("COMMONWEAL_MAIL_FROM").value or "commonweal@localhost"

# No names, addresses or query strings in logs: paths are logged as patterns by our own middleware.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "commonweal.common.quiet_log.WithoutPeople"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["quiet"], "formatter": "line"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
