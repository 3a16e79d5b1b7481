"""The installation signs with another key, and its older one says so."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from keti.accounts.models import Person
from keti.backups.permissions import may_change_key
from keti.kernel.acts import Act, Subject
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each
from keti.ledger import actions as ledger
from keti.ledger.models import KeyChange
from keti.ledger.queries.signing import prepared_change, take_next

CHANGED = "backups.key.changed"


@transaction.atomic
def change_key(act: Act, *, reason: str) -> None:
    """Sign with a fresh key from now on. The older key signs that this one follows it, and the
    fresh one that it follows: whoever holds either can check what the other signed. Broken off
    between the row and the file, the same call finishes it.

    Refuses everybody who may not found, no reason, and a folder that is played.

    Taken back by: nothing, because what was signed is in other hands; it can be changed again.
    """
    hold_each(Person.objects.filter(may_found=True))
    if ledger.repeated(act, CHANGED, programme=None):
        return
    may_change_key(act).or_refuse()
    if settings.KETI_MODE != "normal":
        raise Refused("backups.key-of-a-demo")
    if not reason.strip():
        raise Refused("backups.key-needs-a-reason")
    change = prepared_change(act.recorded_at)
    transaction.on_commit(take_next)
    if KeyChange.objects.filter(new=change.new.text()).exists():
        return
    KeyChange.objects.create(new=change.new.text(), text=change.text())
    about = Subject("backups.installation", "house", "keti", reverse("site:installation"))
    facts = {"old": change.old.text(), "new": change.new.text(), "reason": reason.strip()}
    ledger.record(act, CHANGED, programme=None, about=about, facts=facts)
