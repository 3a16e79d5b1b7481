"""Run by a test in a process of its own: sixty guesses at one mailed code, all at once."""

import json
from concurrent.futures import ThreadPoolExecutor

from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

from keti.accounts.doors import CODES, spend
from keti.accounts.models import Tally, User
from keti.site.tests.doors import CODE, CODE_CONFIRM, code_in, is_in, secretary

GUESSES, WORKERS = 60, 8


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    account = secretary()
    client = Client()
    client.post(CODE, {"email": account.email})
    code, begun = code_in(mail.outbox[-1]), dict(client.session.items())

    def guess(number: int) -> bool:
        try:
            one = Client()
            one.cookies = client.cookies
            one.post(CODE_CONFIRM, {"code": "WRONG-CODE"})
            return spend(CODES, "counted") <= CODES.most
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        judged = sum(pool.map(guess, range(GUESSES)))
    session = client.session
    session.update(begun)
    session.save()
    client.post(CODE_CONFIRM, {"code": code})
    counts = sorted(Tally.objects.values_list("count", flat=True))
    print(json.dumps({"judged": judged, "most": counts[-1], "in": is_in(client)}))
    User.objects.filter(pk=account.pk).delete()


if __name__ == "__main__":
    main()
