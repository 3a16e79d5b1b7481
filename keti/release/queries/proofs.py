"""Reads of the proof round: its entries, its counts, what waits for the office."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet

from keti.charter.queries import compiled
from keti.duties.actions import Response
from keti.duties.enums import Pool, Verb
from keti.duties.models import Obligation
from keti.groups.models import Seat, seat_names
from keti.kernel.acts import Text
from keti.kernel.refusals import both, sentence
from keti.programmes.models import Programme
from keti.release.enums import Answered
from keti.release.models import ProofEntry, ProofRound

LEAVE_OUT = "leave_out"


def proof_rounds(programme: Programme) -> QuerySet[ProofRound]:
    """Every proof round of a programme, the newest first."""
    found = ProofRound.objects.filter(programme=programme)
    return found.select_related("obligation__programme", "programme").order_by("-pk")


def proof_of(obligation: Obligation) -> ProofRound | None:
    """The newest proof round of this roll."""
    return proof_rounds(obligation.programme).filter(obligation=obligation).first()


def proof_counts(round_: ProofRound) -> dict[str, int]:
    """How many entries stand at each answer; all of them named, none at 0 too."""
    rows = ProofEntry.objects.filter(round=round_).order_by()
    found = dict(rows.values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in Answered.values}


def proof_entries(round_: ProofRound) -> list[ProofEntry]:
    """The entries of a round in the order of the roll, with who acts for each."""
    found = ProofEntry.objects.filter(round=round_).select_related(
        "programme", "obligation", "round__obligation__programme", *seat_names("seat")
    )
    return list(found.order_by("position"))


def entry_of(duty: Obligation) -> ProofEntry | None:
    """The entry that this duty asks to be looked at, while its round is open."""
    found = ProofEntry.objects.filter(obligation=duty, round__closed_at=None).select_related(
        "programme", "obligation", "round__obligation__programme", *seat_names("seat")
    )
    return found.first()


def proof_said(obligation: Obligation) -> str:
    """The time the charter gives owners to look at their entry; "" where it asks for no proof."""
    return compiled(obligation.programme).work(obligation.kind).proofread


def silent_seats(programme: Programme) -> frozenset[str]:
    """The seats that did not answer the last proof and so are not named, where the charter says
    that silence leaves out; else nobody."""
    rounds = proof_rounds(programme).exclude(closed_at=None)
    last = rounds.first()
    if last is None or compiled(programme).work(last.obligation.kind).silent != LEAVE_OUT:
        return frozenset()
    silent = ProofEntry.objects.filter(round=last, state=Answered.SILENT)
    return frozenset(silent.values_list("seat__public_id", flat=True))


def why_proof(obligation: Obligation) -> list[Text]:
    """Why the roll waits for its proof."""
    last = proof_of(obligation)
    if last is not None and last.closed_at is None:
        return [both("release.why-proof-open")]
    if last is None and proof_said(obligation):
        return [both("release.why-no-proof")]
    return []


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """Corrections that wait for the office."""
    found = ProofEntry.objects.filter(
        programme=programme, state=Answered.CORRECTED, round__closed_at=None
    ).select_related("round__obligation__group", "seat", "programme")
    found = found.filter(public_id=subject_id) if subject_id else found
    return [
        Response(
            verb=Verb.DECIDE,
            about=one.subject(),
            title=both("release.correction-title", position=one.position),
            group=one.round.obligation.group,
            since=one.answered_at or at,
            turn=str(one.round.number),
            pool=Pool.SECRETARIAT,
            caused_by=one.seat,
            closed=True,
        )
        for one in found
    ]


def seats_of(entries: Iterable[ProofEntry]) -> dict[int, Seat]:
    """The seats behind these entries, with everything that names them."""
    found = Seat.objects.filter(pk__in={one.seat_id for one in entries}).with_names()
    return {one.pk: one for one in found}


def wished_or_shown(one: ProofEntry) -> dict[str, str]:
    """How the owner wants it; how it was shown where nothing else is wanted."""
    if one.wished_zh:
        said = (one.wished_zh, one.wished_en, one.wished_honorific)
    else:
        said = (one.name_zh, one.name_en, one.honorific)
    names = ("name_zh", "name_en", "honorific")
    return dict(zip(names, said, strict=True)) | {"wish": one.wish}


def proof_line(one: ProofEntry, lang: str) -> str:
    """The entry as it will be printed: role, name, title."""
    name = " ".join(part for part in (one.name.in_(lang), one.honorific) if part)
    return sentence("release.roll-line", {"role": one.seat.role.title.in_(lang), "who": name}, lang)


def neighbours(one: ProofEntry, lang: str) -> list[tuple[str, bool]]:
    """The units of the same role and group in their order, this one marked: who looks at the order
    sees it. Of persons nobody else is shown: they have not all agreed yet."""
    if one.seat.organisation_id is None:
        return []
    beside = ProofEntry.objects.filter(
        round=one.round_id, seat__role=one.seat.role_id, seat__group=one.seat.group_id,
        seat__organisation__isnull=False,
    ).order_by("position")  # fmt: skip
    return [(row.name.in_(lang), row.pk == one.pk) for row in beside[:200]]
