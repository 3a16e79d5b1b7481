"""What an installation shows: every page of its people, under a mask, as one JSON text.

For a process of its own, as a folder is chosen once.
"""

import hashlib
import json
import re

from django.conf import settings
from django.test import Client
from django.urls import reverse

from keti.accounts.models import Person
from keti.programmes.models import Programme

MASK = [
    (r'name="csrfmiddlewaretoken" value="[^"]+"', "a token of each form"),
    (r'name="key" [^>]*value="[^"]+"|value="[^"]+" [^>]*name="key"', "a key of each form"),
    (r'name="key" value="[^"]+"', "a key of each form"),
    (r'nonce="[^"]+"', "a nonce of each page"),
    (r"hx-headers='[^']+'", "the token again"),
    (r'(?s)<p class="whynot" id="held">.*?</p>', "what only a restored installation says"),
]
"""Every difference that is allowed, and why; besides how many blanks stand between words."""
TAILS = (
    "", "desk/", "charter/", "duties/", "groups/", "applications/", "taskbooks/", "meetings/",
    "reports/", "consultations/", "reviews/", "findings/", "release/", "ledger/", "mailbox/",
    "ledger.jsonl",
)  # fmt: skip
HOUSE = ("/", "/me/", "/search/?q=测试")


def main() -> None:
    """Print path by person: status, hash, and whether it says that all is held."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    found = {}
    slugs = Programme.objects.order_by("pk").values_list("slug", flat=True)
    homes = [reverse("site:home", args=[slug]) for slug in slugs]
    for person in Person.objects.filter(user__isnull=False).order_by("pk")[:3]:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(person.user, "allauth.account.auth_backends.AuthenticationBackend")
        for path in [*HOUSE, *(f"{home}{tail}" for home in homes for tail in TAILS)]:
            answer = client.get(path)
            body = b"".join(answer) if answer.streaming else answer.content
            text = body.decode()
            for mask, _why in MASK:
                text = re.sub(mask, "", text)
            said = "held" if b'id="held"' in body else ""
            digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
            found[f"{person.mail} {path}"] = [answer.status_code, digest, said]
    print(json.dumps(found))
