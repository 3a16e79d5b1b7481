"""Keeping what was typed, letting it go when it was sent, discarding it and taking that back.

None of these leaves a line in the ledger: a draft is one person's working copy.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from django.db import transaction

from keti.accounts.models import Person
from keti.drafts import queries, rules
from keti.drafts.models import Draft
from keti.drafts.permissions import visible
from keti.drafts.rules import Sent, Typed, says_no_more, weight, written
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row


@transaction.atomic
def save_draft(act: Act, *, typed: Typed, base: str) -> Draft:
    """Keep what stands in a form. `base` is the revision it was written on, "" for none.

    Returns the draft with its new revision; one that says the same already is returned as it is.
    Refuses what was written on another revision than the stored one (both texts are kept then),
    what was sent or discarded since, a text that is too large, and more drafts than one person
    may have. The person is held: two first savings of one form meet there.
    """
    person = hold_row(Person, cast(Person, act.by).pk)
    live = queries.unsent(person).filter(form_key=typed.form_key).first()
    if live is None and base:
        raise Refused("drafts.gone")
    if live is not None and live.typed == typed.text:
        return live
    if live is not None and live.revision_id != base:
        raise Refused("drafts.another-window")
    size = weight(typed)
    _refuse_too_much(person, typed.form_key, size)
    facts = {
        "place": typed.place,
        "title": typed.title,
        "typed": typed.text,
        "begun": written(typed.begun),
        "size": size,
        "revision_id": new_id(),
        "saved_at": act.recorded_at,
    }
    if live is None:
        return Draft.objects.create(person=person, form_key=typed.form_key, **facts)
    for name, value in facts.items():
        setattr(live, name, value)
    live.save(update_fields=list(facts))
    return live


def _refuse_too_much(person: Person, form_key: str, size: int) -> None:
    """The limits of one draft and of all drafts of one person."""
    if size > rules.MOST_BYTES:
        raise Refused("drafts.too-large", most=rules.MOST_BYTES >> 10)
    count, bytes_ = queries.taken(person, form_key)
    if count >= rules.MOST:
        raise Refused("drafts.too-many", count=count)
    if bytes_ + size > rules.ALTOGETHER:
        raise Refused("drafts.too-much", most=rules.ALTOGETHER >> 20)


@transaction.atomic
def let_go(act: Act, *, sent: Sent, posted: Mapping[str, Iterable[str]]) -> bool:
    """What a form that was sent leaves of its draft: nothing, where it was that revision that was
    sent or every word of it. What another window wrote since stays. True where it went."""
    draft = visible(cast(Person, act.by)).filter(public_id=sent.draft_id).first()
    if draft is None:
        return False
    if draft.revision_id != sent.revision and not says_no_more(draft.fields, posted):
        return False
    gone, _each = Draft.objects.filter(pk=draft.pk, revision_id=draft.revision_id).delete()
    return bool(gone)


@transaction.atomic
def discard_draft(act: Act, *, draft: Draft) -> None:
    """Put a draft aside; for seven days it can be taken back, whatever is written meanwhile.

    Of more than one person may have, the oldest go.
    """
    draft.discarded_at = act.recorded_at
    draft.save(update_fields=["discarded_at"])
    Draft.objects.filter(pk__in=queries.too_many_discarded(draft.person)).delete()


@transaction.atomic
def restore_draft(act: Act, *, draft: Draft) -> None:
    """Take a discarded draft back; it counts as touched now.

    Refuses where another text was begun in its form since: neither is written over the other.
    """
    person = hold_row(Person, draft.person_id)
    live = queries.unsent(person).filter(form_key=draft.form_key).first()
    if live is not None and live.pk != draft.pk:
        raise Refused("drafts.begun-again")
    _refuse_too_much(person, draft.form_key, draft.size)
    draft.discarded_at = None
    draft.saved_at = act.recorded_at
    draft.save(update_fields=["discarded_at", "saved_at"])


def sweep_drafts(at: datetime) -> int:
    """Remove what nobody touched for half a year and what was discarded a week ago; how many."""
    return queries.outlived(at).delete()[0]
