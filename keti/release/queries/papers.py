"""The papers of the room: the final report, the roll, the closing paper, the public book page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from keti.charter.queries import compiled
from keti.consents.enums import Purpose
from keti.consents.queries import consenting
from keti.documents.rules.headings import annex_label, chapter_label
from keti.documents.rules.html import many_to_html, shown_under
from keti.documents.rules.paper import Chapter, Lang, Paper, RollGroup, printed_day, tongue
from keti.documents.rules.qr import qr_svg
from keti.documents.rules.words import WORDS
from keti.documents.rules.written import as_body
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Text
from keti.kernel.addresses import absolute, only_here
from keti.kernel.refusals import sentence
from keti.ledger.queries import checkpoint, public_key, signed
from keti.ledger.rules import read_note
from keti.programmes.models import Programme
from keti.release.enums import EndStep
from keti.release.models import Closure, Publication, Roll
from keti.release.queries import ends, rolls
from keti.release.queries.annexes import annexes_of
from keti.release.rules import RollEntry, fingerprint
from keti.reports.models import Version
from keti.reports.queries import numbered
from keti.reports.queries import paper as report_paper
from keti.review.models import Decision

SIGNED = ("gate__programme", "seat__role", "seat__person", "seat__organisation", "seat__delegate")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the publication adds to the report: number, moment, the body in whose name it goes out,
    who approved it, where it lies."""

    number: str
    at: datetime
    url: str
    roll: tuple[RollGroup, ...]
    checkpoint: str
    gate: Text
    decision: Decision | None
    issuer: Text


def paper_of(version: Version, lang: str, imprint: Imprint) -> Paper:
    """The report as it goes out: byline with consent only, its roll, its checkpoint."""
    spoken = tongue(lang)
    programme = version.programme
    bare = report_paper(version, spoken)
    issuer = imprint.issuer.in_(spoken)
    local = programme.local(imprint.at)
    other: Lang = "zh-hans" if spoken == "en" else "en"
    chapters = _signed(version, bare.chapters, spoken)
    signed = _signatory(programme, imprint.decision, spoken) or issuer
    paper = replace(
        bare,
        number=imprint.number,
        date=printed_day(local, spoken),
        day=local.date(),
        issuer=issuer,
        signatory=signed,
        other_title=report_title(version, other),
        chapters=chapters,
        annexes=annexes_of(version, imprint.decision, spoken),
        colophon=_colophon(version, imprint, spoken),
        roll=imprint.roll,
        checkpoint=imprint.checkpoint,
        version=version.sha256[:16],
        qr=imprint.url,
    )
    return replace(paper, facts=_facts(paper, version, imprint))


def report_title(version: Version, lang: Lang) -> str:
    """The title in another language; "" where the charter does not say it in that language."""
    title = version.report.obligation.title
    said = title.en if lang == "en" else title.zh
    return "" if said == title.in_("zh" if lang == "en" else "en") else said


def _signatory(programme: Programme, decision: Decision | None, lang: str) -> str:
    """Who signed the decision by which it goes out: by name with consent, else by role."""
    if decision is None:
        return ""
    seat = decision.seat
    role = Text(seat.role.title_zh, seat.role.title_en).in_(lang)
    person = seat.acting_person
    if person is None or person.public_id not in consenting(programme):
        return seat.called.in_(lang) if seat.organisation_id else role
    name = Text(person.name, person.name_en).in_(lang)
    return _say("signed-by", lang, role=role, name=name)


def _facts(paper: Paper, version: Version, imprint: Imprint) -> tuple[tuple[str, str], ...]:
    """The table of basic information."""
    lang = paper.lang
    gate = imprint.gate.in_(lang)
    if gate and imprint.decision:
        gate = _say("gate-and-paper", lang, gate=gate, number=imprint.decision.number)
    authors = dict.fromkeys(who for one in paper.chapters for who in one.authors)
    rows = [
        ("other-title", paper.other_title),
        ("number", paper.number),
        ("classification", paper.classification),
        ("authors", WORDS[lang]["sep"].join(authors)),
        ("issuer", paper.issuer),
        ("signatory", paper.signatory if paper.signatory != paper.issuer else ""),
        ("approved", gate),
        ("version", numbered(version, lang)),
        ("day", paper.date if paper.number else ""),
    ]
    return tuple((_say(f"fact-{key}", lang), value) for key, value in rows if value)


def _colophon(version: Version, imprint: Imprint, lang: str) -> tuple[tuple[str, str], ...]:
    """Where it lies and what proves it: an address only this machine can open is none."""
    rows = [
        ("sha", version.sha256),
        ("address", imprint.url),
        ("key", _key(imprint.checkpoint)),
    ]
    return tuple((_say(f"fact-{key}", lang), value) for key, value in rows if value)


def _key(checkpoint: str) -> str:
    """Name and fingerprint of the key, where it is ours that signed; a printed report says no more
    of a key that was changed since."""
    key = public_key()
    return f"{key.name} {key.short()}" if read_note(checkpoint).signed_by(key) else ""


def _say(code: str, lang: str, **facts: object) -> str:
    return sentence(f"release.{code}", facts, lang)


def _signed(version: Version, chapters: tuple[Chapter, ...], lang: str) -> tuple[Chapter, ...]:
    """The byline of each chapter: the person who agreed to be named, else the unit or group."""
    names = _bylines(version.programme, lang)
    return tuple(
        replace(one, authors=tuple(names[who] for who in one.authors if who in names))
        for one in chapters
    )


def _bylines(programme: Programme, lang: str) -> dict[str, str]:
    """Label of a seat -> how it is named in public. Versions carry the label alone: where two seats
    have the same, either may be meant: the name stands there only if it may stand for both, else
    their group where they are of one, else nothing."""
    agree = consenting(programme)
    seats = Seat.objects.filter(programme=programme).with_names()
    names: dict[str, str] = {}
    groups: dict[str, set[str]] = {}
    for seat in seats.select_related("roll_correction"):
        name = _public_name(seat, agree, lang)
        groups.setdefault(seat.label, set()).add(seat.group.title.in_(lang))
        if names.setdefault(seat.label, name) != name:
            names[seat.label] = ""
    for label in [label for label, name in names.items() if not name]:
        names[label] = "".join(groups[label]) if len(groups[label]) == 1 else ""
    return {label: name for label, name in names.items() if name}


def _public_name(seat: Seat, agree: frozenset[str], lang: str) -> str:
    person, unit = seat.person, seat.organisation
    if unit is not None:
        return Text(unit.name_zh, unit.name_en).in_(lang)
    if person is None or person.public_id not in agree:
        return seat.group.title.in_(lang)
    fixed = rolls.correction_of(seat)
    if fixed is not None:
        return Text(fixed.name_zh, fixed.name_en).in_(lang)
    return Text(person.name, person.name_en).in_(lang)


def final_paper(programme: Programme, lang: str, at: datetime | None = None) -> Paper | None:
    """The final report as published; before that as it would go out; None without approval."""
    out = ends.published(programme)
    if out is not None:
        entries = rolls.printed(out.roll) if out.roll else []
        return paper_of(out.version, lang, imprint_of(out, rolls.roll_groups(entries, lang)))
    duties = [one for one in ends.duties_of(programme) if one.form == EndStep.PUBLICATION]
    return proof(duties[0], lang, at or duties[0].due_instant) if duties else None


def imprint_of(out: Publication, roll: tuple[RollGroup, ...]) -> Imprint:
    """What was printed on this publication."""
    return Imprint(
        number=out.number,
        at=out.published_at,
        url="" if only_here() else absolute(out.path),
        roll=roll,
        checkpoint=out.checkpoint,
        gate=out.gate_title,
        decision=_decision(out),
        issuer=_issuer(out.obligation),
    )


def _decision(out: Publication) -> Decision | None:
    found = Decision.objects.filter(gate__programme=out.programme, number=out.decision_number)
    return found.select_related(*SIGNED).first() if out.decision_number else None


def proof(obligation: Obligation, lang: str, at: datetime) -> Paper | None:
    """The report as it would go out at `at`, without a number; None while nothing is approved."""
    found = ends.approval(obligation)
    if found.version is None:
        return None
    programme = obligation.programme
    roll = roll_before(obligation)
    entries = rolls.printed(roll) if roll else []
    imprint = Imprint(
        number="",
        at=at,
        url="",
        roll=rolls.roll_groups(entries, lang),
        checkpoint=signed(checkpoint(programme)).text(),
        gate=found.gate.title if found.gate else Text(""),
        decision=found.decision,
        issuer=_issuer(obligation),
    )
    return paper_of(found.version, lang, imprint)


def roll_before(obligation: Obligation) -> Roll | None:
    """The newest edition of the roll that this publication carries, or None."""
    duties = [one for one in ends.duties_of(obligation.programme) if one.form == EndStep.ROLL]
    found = [roll for roll in (rolls.drawn(one) for one in duties) if roll is not None]
    return found[-1] if found else None


def roll_paper(roll: Roll, lang: str) -> Paper:
    """The roll by itself: two lists, units and persons."""
    spoken = tongue(lang)
    programme = roll.programme
    local = programme.local(roll.at)
    return Paper(
        kind="roll",
        title=roll.obligation.title.in_(spoken),
        lang=spoken,
        subtitle=programme.title.in_(spoken),
        date=printed_day(local, spoken),
        day=local.date(),
        issuer=_issuer(roll.obligation).in_(spoken),
        facts=(
            (_say("fact-edition", spoken), str(roll.edition)),
            (_say("fact-sha", spoken), roll.sha256[:16]),
        ),
        roll=rolls.roll_groups(rolls.printed(roll), spoken),
        demo=programme.is_demo,
    )


def submitted(programme: Programme, at: datetime) -> tuple[RollEntry, ...]:
    """The entries that ministries get: units, and who agreed to exactly that."""
    return rolls.proposed(programme, at, Purpose.SUBMISSION).entries


def submitted_paper(duty: Obligation, lang: str, at: datetime) -> Paper:
    """The roll for ministries, by itself and of today."""
    spoken = tongue(lang)
    programme = duty.programme
    local = programme.local(at)
    entries = submitted(programme, at)
    return Paper(
        kind="roll",
        title=_say("submitted-title", spoken, title=duty.title),
        lang=spoken,
        subtitle=programme.title.in_(spoken),
        date=printed_day(local, spoken),
        day=local.date(),
        issuer=_issuer(duty).in_(spoken),
        facts=((_say("fact-sha", spoken), fingerprint(entries)[:16]),),
        roll=rolls.roll_groups(entries, spoken),
        demo=programme.is_demo,
    )


def closing_paper(closure: Closure, lang: str) -> Paper:
    """The numbered paper that closes the programme, with place for the seal."""
    spoken = tongue(lang)
    programme = closure.programme
    issuer = _issuer(closure.obligation).in_(spoken)
    local = programme.local(closure.at)
    day = printed_day(local, spoken)
    return Paper(
        kind="notice",
        title=_say("closing-title", spoken, programme=programme.title.in_(spoken)),
        lang=spoken,
        number=closure.number,
        date=day,
        day=local.date(),
        issuer=issuer,
        signatory=issuer,
        seal_place=True,
        body=as_body(
            _say(
                "closing-body",
                spoken,
                day=day,
                programme_zh=programme.title.in_("zh"),
                programme_en=programme.title.in_("en"),
                **closure.counts,
            )
        ),
        demo=programme.is_demo,
    )


def _issuer(duty: Obligation) -> Text:
    """The body in whose name the charter has the paper of this duty go out."""
    return compiled(duty.programme).issuer(duty.kind).name


def book(paper: Paper, where: str) -> dict[str, Any]:
    """The public page's content: one start of the text engine for all chapters. Its pictures lie
    under `where`."""
    texts = [
        paper.body,
        paper.summary,
        paper.other_summary,
        *(one.body for one in (*paper.chapters, *paper.annexes)),
    ]
    body, summary, other, *rest = many_to_html(texts, 3, shown_under(where))
    chapters, annexes = rest[: len(paper.chapters)], rest[len(paper.chapters) :]
    return {
        "paper": paper,
        "body": body,
        "summaries": _summaries(paper, summary, other),
        "chapters": [
            {
                "id": f"chapter-{place}",
                "label": chapter_label(one.title, place, paper.lang),
                "title": one.title,
                "authors": one.authors,
                "html": html,
            }
            for place, (one, html) in enumerate(zip(paper.chapters, chapters, strict=True), start=1)
        ],
        "annexes": [
            {
                "id": f"annex-{place}",
                "label": annex_label(place, len(annexes), paper.lang),
                "title": one.title,
                "html": html,
            }
            for place, (one, html) in enumerate(zip(paper.annexes, annexes, strict=True), start=1)
        ],
        "qr": qr_svg(paper.qr) if paper.qr else "",
    }


def _summaries(paper: Paper, summary: str, other: str) -> list[dict[str, str]]:
    """Summary, and title and summary in the other language."""
    foreign: Lang = "zh-hans" if paper.lang == "en" else "en"
    found = ((paper.lang, "", summary), (foreign, paper.other_title, other))
    return [
        {
            "lang": "en" if lang == "en" else "zh-Hans",
            "word": WORDS[lang]["summary"],
            "title": title,
            "html": html,
        }
        for lang, title, html in found
        if html.strip()
    ]
