"""Every page of the house in a played programme, as the secretariat sees it, and what it asks.

`python -m bench.addresses ROWS` in the environment of a data folder: fills it, then prints JSON.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
NEVER = ("planning:start", "site:switch-seat", "account_", "mfa_")
"""What is no page of a programme, or makes something when it is opened."""
WORDS = {"form": ("csv", "xlsx"), "lang": ("zh", "en"), "address": ("roles",), "place": ("1-1",)}
CANDIDATES = 6
"""So many rows of a kind are tried until one is a page that this reader may open."""


def kinds() -> dict[str, Sequence[Any]]:
    """What the ids of a path are ids of."""
    get = import_module("django.apps").apps.get_model
    named = {
        "duty_id": ["duties.Obligation"], "filing_id": ["duties.Filing"],
        "finding_id": ["monitoring.Finding"], "gate_id": ["review.Gate"],
        "group_id": ["groups.Group"], "item_id": ["work.Task"],
        "meeting_id": ["meetings.Meeting"], "message_id": ["notify.Message"],
        "report_id": ["reports.Report"], "round_id": ["consultation.Round"],
        "seat_id": ["groups.Seat"], "book_id": ["work.TaskBook"], "task_id": ["work.Task"],
        "amendment_id": ["planning.Amendment"], "person_id": ["accounts.Person"],
        "file_id": ["documents.StoredFile"],
        "public_id": ["intake.Application", "intake.RosterImport", "groups.Seat"],
    }  # fmt: skip
    return {name: [get(one) for one in models] for name, models in named.items()}


def routes() -> dict[str, dict[str, str]]:
    """Route name -> the converters of its path."""
    urls = import_module("django.urls")
    found: dict[str, dict[str, str]] = {}

    def walk(patterns: list[Any], space: str, above: dict[str, str]) -> None:
        for pattern in patterns:
            converters = pattern.pattern.converters.items()
            here = above | {key: type(one).__name__ for key, one in converters}
            if hasattr(pattern, "url_patterns"):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner, here)
            else:
                found[f"{space}{pattern.name}"] = here

    walk(urls.get_resolver().url_patterns, "", {})
    return found


def candidates(parts: dict[str, str], slug: str, kinds: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Values for the parts of one path, the newest rows first."""
    for number in range(CANDIDATES):
        values: dict[str, Any] = {}
        for name, kind in parts.items():
            if name == "slug":
                values[name] = slug
            elif kind == "IntConverter":
                values[name] = 1
            elif name in kinds:
                rows = [
                    one
                    for model in kinds[name]
                    for one in model.objects.order_by("-pk")[:CANDIDATES]
                ]
                values[name] = rows[number].public_id if number < len(rows) else "x"
            else:
                words = WORDS.get(name, ("x",))
                values[name] = words[number % len(words)]
        yield values
        if len(parts) <= 1 and "slug" in parts:
            return


def pages(slug: str, client: Any) -> Iterator[dict[str, Any]]:
    """(name, path, statements) of every route that answers this reader with a page, or a file."""
    policy = import_module("keti.site.policy")
    urls = import_module("django.urls")
    reverse = urls.reverse
    capture = import_module("django.test.utils").CaptureQueriesContext
    connection = import_module("django.db").connection
    rows = kinds()
    for name, parts in sorted(routes().items()):
        rule = policy.table().get(name)
        if rule in (None, policy.DEMO, policy.TOKEN) or name.startswith(NEVER):
            continue
        for values in candidates(parts, slug, rows):
            try:
                path = reverse(name, kwargs=values)
            except urls.NoReverseMatch:
                break
            answer = client.get(path)
            if answer.status_code != 200:
                continue
            deque = b"".join(answer) if answer.streaming else answer.content
            with capture(connection) as asked:
                again = client.get(path)
                b"".join(again) if again.streaming else again.content
            yield {
                "name": name,
                "path": path,
                "statements": len(asked),
                "bytes": len(deque),
                "open": rule == policy.PUBLIC,
                "file": not again.headers["Content-Type"].startswith("text/html"),
            }
            break


def main(rows: int) -> None:
    """Fill, look at every page, print what there is and the cookie of the reader."""
    import_module("django").setup()
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    files = import_module("django.test.utils").override_settings
    files(STORAGES={"default": kept, "staticfiles": plain}).enable()
    import_module("django.core.management").call_command("createcachetable", verbosity=0)
    import_module("bench.filling").fill(rows)
    manager_of = import_module("keti.planning.actions").manager_of
    programme = import_module("keti.programmes.models").Programme.objects.order_by("pk")[0]
    seat = manager_of(programme)
    account = import_module("keti.accounts.actions").open_account(seat.acting_person)
    client = import_module("django.test").Client(headers={"host": "localhost"})
    client.force_login(account, backend=SIGN_IN)
    jobs = import_module("keti.jobs.models").Job.objects
    before = list(jobs.values_list("pk", flat=True))
    found = list(pages(programme.slug, client))
    jobs.exclude(pk__in=before).delete()  # what drawing ordered: the house is to be at rest
    print(json.dumps({"cookie": client.cookies["sessionid"].value, "pages": found}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
