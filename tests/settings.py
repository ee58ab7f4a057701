"""The settings of the tests: the real ones, on a database and a folder of this run alone.

`COMMONWEAL_TEST_DATABASE` names a PostgreSQL server to run on; without it the tests run on SQLite.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("COMMONWEAL_") and "_TEST_" not in name]:
    del os.environ[_name]
for _name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
    os.environ.pop(_name, None)  # commands that a test starts speak English, whatever terminal the tests are run in
_folder = Path(tempfile.mkdtemp(prefix="commonweal-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
(_folder / "static").mkdir()
os.environ.update(
    COMMONWEAL_DATA=str(_folder),
    COMMONWEAL_SECRET="a secret of the tests alone, fifty characters long or longer",
    COMMONWEAL_DATABASE=os.environ.get("COMMONWEAL_TEST_DATABASE", ""),
    COMMONWEAL_HOSTS="testserver,localhost,127.0.0.1",
    COMMONWEAL_INSECURE_HTTP="1",
    COMMONWEAL_WORKER="0",
    LANG="C.UTF-8",
)
# Playwright's synchronous interface runs an event loop in the thread that also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from commonweal.settings import *  # noqa: E402, F403
from commonweal.settings import DATABASES, STORAGES  # noqa: E402

if not os.environ["COMMONWEAL_DATABASE"]:
    # A file, as in real use, so that the browser's server and the test see one database.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Real passphrase hashing takes a tenth of a second on purpose; tests that look at it ask for it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
