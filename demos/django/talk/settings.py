"""A small project, run by `runserver` in a container that only this laptop can reach."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = get_random_secret_key()
# With DEBUG, an empty ALLOWED_HOSTS means localhost, 127.0.0.1 and *.localhost: where a slide looks.
DEBUG = True
ALLOWED_HOSTS = []

INSTALLED_APPS = ["hello"]

# XFrameOptionsMiddleware is left out on purpose: it forbids every frame, and a slide shows this page in one.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]

ROOT_URLCONF = "talk.urls"
WSGI_APPLICATION = "talk.wsgi.application"

TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True


def skip_health(record):
    """The healthcheck asks twice a second: on a stage that would be all that the log shows."""
    return "/health" not in record.getMessage()


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"skip_health": {"()": "django.utils.log.CallbackFilter", "callback": skip_health}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["skip_health"]}},
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
