"""Measure the pages of the installation in KETI_DATA, in this process; prints JSON."""

import json
import statistics
import time
from collections import deque
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.addresses import addresses, reader
from bench.filling import fill

SHORTEST = 0.4
MOST = 40


def measure(page: Callable[[], object]) -> float:
    """The median CPU time of one call, in milliseconds, after two to warm up."""
    page()
    page()
    times: list[float] = []
    while len(times) < 5 or (sum(times) < SHORTEST and len(times) < MOST):
        begun = time.process_time()
        page()
        times.append(time.process_time() - begun)
    return statistics.median(times) * 1000


def fetched(client: Client, path: str) -> HttpResponseBase:
    """The answer, read to its last line where it is sent as it is made."""
    answer = client.get(path)
    if answer.streaming:
        deque(answer, maxlen=0)
    return answer


def main(rows: int) -> None:
    """Fill, then measure the yardstick and every page in this one process."""
    call_command("createcachetable", verbosity=0)
    fill(rows)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    found: dict[str, dict[str, float]] = {}
    with override_settings(ROOT_URLCONF="bench.bare", MIDDLEWARE=[]):
        client = Client(headers={"host": "localhost"})
        found["bare"] = {"ms": measure(lambda: client.get("/")), "statements": 1}
    with override_settings(STORAGES={"default": kept, "staticfiles": plain}):
        for name, path, signed_in in addresses():
            client = Client(headers={"host": "localhost"})
            if signed_in:
                client.force_login(
                    reader(), backend="allauth.account.auth_backends.AuthenticationBackend"
                )
            answer = fetched(client, path)
            if answer.status_code != 200:
                found[name] = {"ms": 0, "statements": 0, "status": answer.status_code}
                continue
            with CaptureQueriesContext(connection) as asked:
                fetched(client, path)
            statements = len(asked)
            took = measure(lambda client=client, path=path: fetched(client, path))
            found[name] = {"ms": took, "statements": statements}
    print(json.dumps(found))
