"""The log of who was in touch with an office, and what came of it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from keti.documents.models import StoredFile
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.letters import permissions
from keti.letters.enums import ContactKind
from keti.letters.models import Contact, Office
from keti.programmes.models import Programme

CONTACT_NOTED = "letters.contact.noted"
CONTACT_WITHDRAWN = "letters.contact.withdrawn"


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """How and when somebody was in touch, with which post, what came of it, what is next."""

    kind: str
    on: date
    outcome: str
    post: str = ""
    next_step: str = ""
    next_on: date | None = None
    file: StoredFile | None = None


@transaction.atomic
def note_contact(act: Act, *, office: Office, facts: ContactFacts) -> Contact:
    """Note that somebody was in touch with an office.

    Refuses who is not the secretariat, no outcome, a kind nobody knows, and a day to come.

    Taken back by: withdraw_contact.
    """
    programme = office.programme
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, CONTACT_NOTED, programme=programme):
        return Contact.objects.get(public_id=entry.subject_id)
    permissions.may_keep(act, programme).or_refuse()
    if not facts.outcome.strip():
        raise Refused("letters.outcome-needed").at("outcome")
    if facts.kind not in ContactKind.values:
        raise Refused("letters.kind-unknown").at("kind")
    if facts.on > programme.local(act.recorded_at).date():
        raise Refused("ledger.happened-in-the-future").at("on")
    made = Contact.objects.create(
        programme=programme, office=office, kind=facts.kind, on=facts.on, post=facts.post.strip(),
        outcome=facts.outcome.strip(), next_step=facts.next_step.strip(), next_on=facts.next_on,
        file=facts.file, seat=principal(act, programme), by_label=act.by.label,
        recorded_at=act.recorded_at,
    )  # fmt: skip
    told = {"office": office.name, "kind": made.kind, "on": str(made.on)}
    ledger.record(act, CONTACT_NOTED, programme=programme, about=made.subject(), facts=told)
    return made


@transaction.atomic
def withdraw_contact(act: Act, *, contact: Contact, reason: str) -> Contact:
    """What was noted of an office was not so; it stays to be read with the reason.

    Refuses who is not the secretariat, no reason, and a second time.

    Taken back by: note_contact (it is noted anew).
    """
    programme = contact.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, CONTACT_WITHDRAWN, programme=programme):
        return contact
    permissions.may_keep(act, programme).or_refuse()
    found = Contact.objects.select_related("programme", "office__programme").get(pk=contact.pk)
    if not reason.strip():
        raise Refused("letters.reason-needed").at("reason")
    if found.withdrawn_at is not None:
        raise Refused("letters.withdrawn-already")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.save(update_fields=["withdrawn_at", "reason"])
    facts = {"reason": found.reason}
    ledger.record(act, CONTACT_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found
