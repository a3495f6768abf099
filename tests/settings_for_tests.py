"""The site's own settings, with a home folder of its own and without what only a live site needs."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="locality-site-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["LOCALITY_HOME"] = str(_HOME)
os.environ["LOCALITY_HTTPS"] = "no"
os.environ.setdefault("LOCALITY_SECRET_KEY", "only for tests")

from locality_web.config.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
KEEP_VISITOR_PAGES = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, as on a live site: an embedded database in memory locks in another way when several connections write.
    DATABASES["default"]["TEST"] = {"NAME": str(_HOME / "test.sqlite3")}  # noqa: F405
