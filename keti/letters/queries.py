"""Reading offices, lists, letters and pieces; how far a letter reached."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from keti.charter.queries import compiled
from keti.documents.rules.numbering import paper_number
from keti.documents.rules.paper import printed_day
from keti.kernel.addresses import absolute
from keti.kernel.refusals import sentence
from keti.letters.enums import WAITING_WORD, ListState, MailingState
from keti.letters.models import Mailing, MailPiece, MailPieceQuerySet, Office, RecipientList
from keti.letters.rules.divisions import name_of
from keti.letters.rules.merging import code_of, merged, paragraphs
from keti.letters.rules.passage import ARRIVED, coverage
from keti.programmes.models import Programme
from keti.release.queries import published


def offices_of(programme: Programme) -> list[Office]:
    """The offices that stand, by division and name."""
    found = Office.objects.filter(programme=programme, withdrawn_at=None)
    return list(found.order_by("division", "name"))


def approved_list(programme: Programme, key: str) -> RecipientList | None:
    """The newest approved edition of a list."""
    found = RecipientList.objects.filter(programme=programme, key=key, state=ListState.APPROVED)
    return found.order_by("-edition").first()


def pieces_of(programme: Programme, key: str = "") -> MailPieceQuerySet:
    """Every piece of an issued letter to this list (`list.<key>` of the charter), of all its
    editions, with its `state`; to all lists without a key."""
    found = MailPiece.objects.filter(
        mailing__programme=programme, mailing__state=MailingState.ISSUED
    )
    return (found.filter(mailing__list__key=key) if key else found).standing()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pieces there are, how many stand in each state, how many arrived."""

    pieces: int
    states: dict[str, int]
    offices: int

    @property
    def arrived(self) -> int:
        return sum(self.states.get(one, 0) for one in ARRIVED)


def counts(programme: Programme, key: str = "") -> Counts:
    """The figures of a list that a promise can take as its evidence."""
    rows = _states(pieces_of(programme, key), "office")
    states = Counter(state for state, _office in rows)
    return Counts(len(rows), dict(states), len({office for _state, office in rows}))


def _states(pieces: MailPieceQuerySet, beside: str) -> list[tuple[str, Any]]:
    """The state of each piece, and another of its columns."""
    rows: Any = pieces
    return list(rows.values_list("state", beside))


def reached(mailing: Mailing) -> dict[str, tuple[int, int, int]]:
    """Division -> pieces, gone out, arrived, of one letter."""
    rows = _states(MailPiece.objects.filter(mailing=mailing).standing(), "division")
    return coverage((division, state) for state, division in rows)


def states_of(mailing: Mailing) -> dict[str, int]:
    """State -> how many pieces of this letter stand in it."""
    rows = _states(MailPiece.objects.filter(mailing=mailing).standing(), "pk")
    return dict(Counter(state for state, _key in rows))


@dataclass(frozen=True, slots=True)
class Said:
    """What one letter says to one office, every field filled."""

    title: str
    number: str
    to: str
    body: list[str]
    date: str


def said(mailing: Mailing, piece: MailPiece, report: str | None = None) -> Said:
    """The letter as it goes to this office; a piece that is not stored yet is a preview. Who merges
    many gives the address of the report, which is looked up else."""
    programme = mailing.programme
    values = {
        "office": piece.name,
        "addressee": piece.addressee or piece.name,
        "division": name_of(piece.division),
        "number": piece.number,
        "date": printed_day(mailing.day, "zh-hans") if mailing.day else "",
        "programme": programme.title.zh or programme.title.en,
        "report": report_address(programme) if report is None else report,
        "code": piece.code,
    }
    title = merged(mailing.title, values | {"title": ""})
    body = paragraphs(merged(mailing.body, values | {"title": title}))
    return Said(title, piece.number, piece.name, body, values["date"])


def said_to(mailing: Mailing, place: int) -> tuple[MailPiece, Said] | None:
    """The letter as it goes to the office at this place of its list: as issued, else a preview with
    a gap for the number."""
    if mailing.state == MailingState.ISSUED:
        piece = MailPiece.objects.filter(mailing=mailing, serial=place).first()
        return (piece, said(mailing, piece)) if piece else None
    line = mailing.list.lines.select_related("office").filter(place=place).first()
    if line is None:
        return None
    words = line if line.name else line.office
    envelope = {name: getattr(words, name) for name in ENVELOPE}
    piece = MailPiece(
        mailing=mailing, office=line.office, serial=place, number=number_shown(mailing),
        code=code_of(mailing.ordinal, place), channel=mailing.channel, kind=line.office.kind,
        division=line.office.division, **envelope,
    )  # fmt: skip
    return piece, said(mailing, piece)


def names_beside(mailing: Mailing, place: int) -> dict[int, str]:
    """The offices whose letters come before and after the one at this place, by their places."""
    beside = (place - 1, place + 1)
    if mailing.state == MailingState.ISSUED:
        pieces = MailPiece.objects.filter(mailing=mailing, serial__in=beside)
        return dict(pieces.values_list("serial", "name"))
    lines = mailing.list.lines.filter(place__in=beside)
    return {at: name or own for at, name, own in lines.values_list("place", "name", "office__name")}


ENVELOPE = ("name", "addressee", "address", "postcode", "mail")
"""The words of an envelope, of an office, of a line of an approved list, of a piece."""


def report_address(programme: Programme) -> str:
    """Where everybody reads the published report; "" while there is none."""
    if published(programme) is None:
        return ""
    return absolute(reverse("release:book", args=[programme.slug]))


def printed(mailing: Mailing) -> dict[str, Any]:
    """All that the press needs of an issued letter: what is the same on all, and every piece."""
    programme = mailing.programme
    lang = "zh-hans" if programme.title_zh else "en"
    day = mailing.day or programme.local(mailing.drafted_at).date()
    pieces = MailPiece.objects.filter(mailing=mailing).order_by("serial")
    report = report_address(programme)
    return {
        "lang": lang,
        "say": {key: sentence(f"letters.say-{key}", {}, lang) for key in SAY},
        "demo": programme.is_demo,
        "day": [day.year, day.month, day.day],
        "issuer": mailing.issuer,
        "head-size": max(14, min(26, 400 // max(len(mailing.issuer), 1))),
        "copies": mailing.copies,
        "signer": mailing.signer,
        "printer": mailing.printer or mailing.issuer,
        "letters": [_printed(mailing, one, report) for one in pieces],
    }


SAY = ("demo", "colon", "copies", "printed", "signed", "code", "labels", "to")
"""The words of the house on a letter and a label."""


def _printed(mailing: Mailing, piece: MailPiece, report: str) -> dict[str, Any]:
    told = said(mailing, piece, report)
    envelope = {
        name: getattr(piece, name)
        for name in ("serial", "code", "name", "addressee", "address", "postcode")
    }
    return {"title": told.title, "number": told.number, "to": told.to, "body": told.body,
            "date": told.date, **envelope}  # fmt: skip


def number_shown(mailing: Mailing) -> str:
    """How the number of a letter will look that has none yet: with a gap for it."""
    programme = mailing.programme
    year = programme.local(mailing.drafted_at).year
    form = compiled(programme).number_format
    return paper_number(form, year, "____", prefix=programme.number_prefix, series=mailing.series)


__all__ = [
    "WAITING_WORD", "Counts", "Said", "approved_list", "counts", "names_beside", "number_shown",
    "offices_of", "pieces_of", "printed", "reached", "report_address", "said", "said_to",
    "states_of",
]  # fmt: skip
