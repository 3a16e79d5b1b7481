"""A restored installation runs again: somebody who keeps it has looked at it."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from keti.accounts.models import Person
from keti.backups.permissions import may_resume
from keti.kernel.acts import Act, Subject
from keti.kernel.held import is_held, let_go
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each
from keti.ledger import actions as ledger
from keti.notify.actions import doubt_waiting

RESUMED = "backups.installation.resumed"


@transaction.atomic
def resume(act: Act, *, send: bool) -> int:
    """Let a restored installation send and remind again. Letters that waited when the backup was
    made may have arrived since: they become uncertain, each to be sent again by hand, unless
    `send` is said. Returns how many became so.

    Refuses everybody who may not found, and an installation that is not held.

    Taken back by: nothing, because letters that went out cannot be called back.
    """
    hold_each(Person.objects.filter(may_found=True))
    if ledger.repeated(act, RESUMED, programme=None):
        return 0
    may_resume(act).or_refuse()
    if not is_held(settings.KETI_DATA):
        raise Refused("backups.not-held")
    doubted = 0 if send else doubt_waiting()
    about = Subject("backups.installation", "house", "keti", reverse("site:installation"))
    facts = {"letters": doubted, "send": send}
    ledger.record(act, RESUMED, programme=None, about=about, facts=facts)
    transaction.on_commit(partial(let_go, Path(settings.KETI_DATA)))
    return doubted
