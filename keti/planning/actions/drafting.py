"""A person's working copies of a charter. They are private: what is made of one is recorded."""

from dataclasses import dataclass

from django.db import transaction

from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold, hold_row
from keti.planning.models import CharterDraft, DraftStep
from keti.programmes.models import Programme

MOST_STEPS = 40


@transaction.atomic
def open_draft(
    act: Act,
    *,
    person: Person,
    file: CharterFile,
    programme: Programme | None = None,
    base: str = "",
) -> CharterDraft:
    """Begin a working copy; for a programme everybody has one, which is gone on with."""
    if programme is not None:
        hold_row(Programme, programme.pk)
        standing = CharterDraft.objects.filter(programme=programme, by=person).first()
        if standing:
            return standing
    return CharterDraft.objects.create(
        programme=programme,
        by=person,
        name=file.name,
        text=file.text,
        clauses=file.clauses,
        base_sha256=base,
        updated_at=act.recorded_at,
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """What a saving says of where the draft comes from: marks that are kept, its clauses."""

    kept: tuple[str, ...] = ()
    clauses: str | None = None


@transaction.atomic
def save_draft(
    act: Act,
    *,
    draft: CharterDraft,
    text: str,
    base: int,
    what: str = "",
    origin: Origin | None = None,
) -> CharterDraft:
    """Keep the changed text, and what is said of its origin. Refuses when the draft was changed
    in another window since `base`."""
    locked = _own(act, draft)
    if locked.revision != base:
        raise Refused("planning.draft-moved-on", mine=base, now=locked.revision)
    if origin is not None:
        locked.kept = sorted({*(locked.kept or ()), *origin.kept})
        locked.clauses = locked.clauses if origin.clauses is None else origin.clauses
        locked.save(update_fields=["kept", "clauses"])
    if locked.text == text:
        return locked
    DraftStep.objects.create(
        draft=locked,
        revision=locked.revision,
        what=shortened(what, 200),
        text=locked.text,
        at=act.recorded_at,
    )
    old = DraftStep.objects.filter(draft=locked, revision__lte=locked.revision - MOST_STEPS)
    old.delete()
    return _set(act, locked, text)


@transaction.atomic
def undo_draft(act: Act, *, draft: CharterDraft, base: int) -> CharterDraft:
    """Take the last change back. Refuses when there is none."""
    locked = _own(act, draft)
    if locked.revision != base:
        raise Refused("planning.draft-moved-on", mine=base, now=locked.revision)
    last = DraftStep.objects.filter(draft=locked).first()
    if last is None:
        raise Refused("planning.nothing-to-undo")
    text = last.text
    last.delete()
    return _set(act, locked, text)


@transaction.atomic
def discard_draft(act: Act, *, draft: CharterDraft) -> None:
    """Throw the working copy away."""
    _own(act, draft).delete()


def _set(act: Act, draft: CharterDraft, text: str) -> CharterDraft:
    draft.text = text
    draft.revision += 1
    draft.updated_at = act.recorded_at
    draft.save(update_fields=["text", "revision", "updated_at"])
    return draft


def _own(act: Act, draft: CharterDraft) -> CharterDraft:
    """The draft, locked. It is its owner's alone."""
    locked = hold(CharterDraft.objects.all()).filter(pk=draft.pk).first()
    if locked is None or locked.by_id != getattr(act.by, "pk", None):
        raise Refused("planning.not-your-draft")
    return locked
