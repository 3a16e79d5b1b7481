"""Lists of recipients are drafted from the offices, approved and frozen, withdrawn."""

import hashlib
import json
import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.letters import permissions
from keti.letters.enums import ListState
from keti.letters.models import Listed, Office, RecipientList
from keti.letters.queries import ENVELOPE
from keti.programmes.models import Programme

LIST_DRAFTED = "letters.list.drafted"
LIST_APPROVED = "letters.list.approved"
LIST_WITHDRAWN = "letters.list.withdrawn"
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@transaction.atomic
def draft_list(
    act: Act, *, programme: Programme, key: str, title: str, offices: Sequence[Office]
) -> RecipientList:
    """Draft a list of these offices under a key; a key that is known gets its next edition.

    Refuses who is not the secretariat, a key that is no word, no title, and no office.

    Taken back by: withdraw_list.
    """
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, LIST_DRAFTED, programme=programme):
        return RecipientList.objects.get(public_id=entry.subject_id)
    permissions.may_keep(act, programme).or_refuse()
    if not KEY.fullmatch(key):
        raise Refused("letters.key-unfit", key=key).at("key")
    if not title.strip():
        raise Refused("letters.title-needed").at("title")
    if not offices:
        raise Refused("letters.list-empty").at("kinds")
    editions = RecipientList.objects.filter(programme=programme, key=key)
    last = editions.aggregate(n=Max("edition"))["n"] or 0
    made = RecipientList.objects.create(
        programme=programme, key=key, edition=last + 1, title=title.strip(), size=len(offices),
        drafted_at=act.recorded_at,
    )  # fmt: skip
    Listed.objects.bulk_create(
        Listed(list=made, office=office, place=place)
        for place, office in enumerate(offices, start=1)
    )
    facts = {"key": key, "edition": made.edition, "size": made.size}
    ledger.record(act, LIST_DRAFTED, programme=programme, about=made.subject(), facts=facts)
    return made


@transaction.atomic
def approve_list(act: Act, *, recipients: RecipientList) -> RecipientList:
    """Approve a list: from now on its lines stand as they are today, under a hash, and letters may
    go to it. Editions of before that were approved are not used for new letters.

    Refuses whoever the charter does not name, a list that is not waiting for it, and one that
    names an office which was withdrawn meanwhile.

    Taken back by: withdraw_list.
    """
    programme = recipients.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, LIST_APPROVED, programme=programme):
        return recipients
    found = RecipientList.objects.select_related("programme").get(pk=recipients.pk)
    permissions.may_approve(act, found).or_refuse()
    if found.state != ListState.DRAFT:
        raise Refused("letters.list-decided")
    lines = list(found.lines.select_related("office"))
    gone = next((one.office.name for one in lines if one.office.withdrawn_at), "")
    if gone:
        raise Refused("letters.list-names-withdrawn", name=gone)
    for one in lines:
        for name in ENVELOPE:
            setattr(one, name, getattr(one.office, name))
    Listed.objects.bulk_update(lines, ENVELOPE, batch_size=500)
    found.state, found.decided_at = ListState.APPROVED, act.recorded_at
    found.decided_by, found.sha256 = principal(act, programme), hash_of(lines)
    found.save(update_fields=["state", "decided_at", "decided_by", "sha256"])
    facts = {"key": found.key, "edition": found.edition, "size": found.size,
             "sha256": found.sha256}  # fmt: skip
    ledger.record(act, LIST_APPROVED, programme=programme, about=found.subject(), facts=facts)
    return found


def hash_of(lines: Sequence[Listed]) -> str:
    """The hash of what a list says: office by office, the words of each envelope."""
    rows = [
        [one.place, one.office.public_id, one.office.division,
         *(getattr(one, name) for name in ENVELOPE)]
        for one in sorted(lines, key=lambda one: one.place)
    ]  # fmt: skip
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def withdraw_list(act: Act, *, recipients: RecipientList, reason: str) -> RecipientList:
    """A list is used for no more letters, with a reason; those that went out stay.

    Refuses who may not approve it, no reason, and one that was withdrawn before.

    Taken back by: draft_list (the next edition).
    """
    programme = recipients.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, LIST_WITHDRAWN, programme=programme):
        return recipients
    found = RecipientList.objects.select_related("programme").get(pk=recipients.pk)
    permissions.may_approve(act, found).or_refuse()
    if not reason.strip():
        raise Refused("letters.reason-needed").at("reason")
    if found.state == ListState.WITHDRAWN:
        raise Refused("letters.list-decided")
    found.state, found.reason = ListState.WITHDRAWN, reason.strip()
    found.decided_at, found.decided_by = act.recorded_at, principal(act, programme)
    found.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    facts = {"key": found.key, "edition": found.edition, "reason": found.reason}
    ledger.record(act, LIST_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found
