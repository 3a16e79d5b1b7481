"""Settings of the test run: a data folder of its own, no manifest of static files."""

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="keti-test-")
os.environ["KETI_DATA"] = _folder
os.makedirs(os.path.join(_folder, "static"), exist_ok=True)

from keti.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
KETI_MAIL = True
KETI_MAIL_HOLD = 0
"""Most tests send what they wrote at once; holding back is tested where it is turned on."""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {name: TASKS["at_once"] for name in TASKS}  # noqa: F405
