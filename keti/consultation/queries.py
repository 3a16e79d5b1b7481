"""Reading rounds and their comments."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from keti.charter.queries import compiled
from keti.charter.rules.dates import add_months, at_local, duration
from keti.consultation import permissions
from keti.consultation.enums import Disposition, RoundState
from keti.consultation.models import Comment, NoRemarks, Round, RoundQuerySet
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Box, Grid
from keti.duties.actions import Response
from keti.duties.enums import DutyState, Nature, Verb
from keti.duties.models import Obligation
from keti.duties.notices import deadline
from keti.duties.queries import number_of, of_programme
from keti.groups.models import Seat
from keti.groups.permissions import Sight, sights
from keti.groups.queries import standing
from keti.kernel.prepared import prepared
from keti.kernel.refusals import YES, Verdict, both, no, sentence
from keti.programmes.models import Programme
from keti.reports.models import Report, Version
from keti.reports.queries import latest_version
from keti.reports.rules import Use


def round_of(obligation: Obligation) -> Round | None:
    """The round of this obligation, or None before it was opened."""
    return Round.objects.with_names().filter(obligation=obligation).first()


def least_until(round: Round) -> datetime | None:
    """Until when the round stays open at the least by the charter, counted from its opening; None
    where the charter asks nothing."""
    programme = round.programme
    least = compiled(programme).work(round.obligation.kind).least_open
    if not least:
        return None
    length, begun = duration(least), programme.local(round.opened_at)
    day = add_months(begun.date(), length.months, "up") + timedelta(days=length.days)
    minutes = begun.hour * 60 + begun.minute + length.minutes
    return at_local(day, minutes, ZoneInfo(programme.zone))


def open_until(round: Round) -> datetime:
    """Until when comments are taken: the round's due instant; later where it was opened so late
    that it would be open for less than the charter asks."""
    due = round.obligation.due_instant
    return max(due, least_until(round) or due)


def may_end(round: Round, at: datetime) -> Verdict:
    """Not before it was open as long as the charter asks at the least."""
    until = least_until(round)
    if until is None or at >= until:
        return YES
    return no("consultation.open-longer", until=deadline(round.programme, until))


def with_id(sight: Sight | None, public_id: str) -> RoundQuerySet:
    """The round with this id, if the seat may see it."""
    return permissions.visible(sight, Round.objects.with_names()).filter(public_id=public_id)


def comments_of(round: Round) -> list[Comment]:
    """All comments in the order they came."""
    return prepared(("consultation.comments",), _comments, round.pk)


NAMED = [f"seat__{one}" for one in ("role", "group", "person", "organisation", "delegate")]


def _comments(round: int) -> QuerySet[Comment]:
    above = ("round", "round__obligation", "round__programme")
    found = Comment.objects.filter(round=round).select_related(*above, "seat", *NAMED)
    return found.order_by("number")


def subject_duty(obligation: Obligation) -> Obligation | None:
    """The report duty whose text is discussed: of the same group where it has one."""
    subject = compiled(obligation.programme).work(obligation.kind).subject
    found = list(of_programme(obligation.programme).filter(kind=subject)) if subject else []
    own = [one for one in found if one.group_id == obligation.group_id]
    return next(iter(own or found), None)


def subject_version(obligation: Obligation) -> Version | None:
    """The newest frozen version of the text to be discussed, or None."""
    duty = subject_duty(obligation)
    return latest_version(obligation.programme, duty.key) if duty else None


def without_remarks(round: Round) -> list[NoRemarks]:
    """Who said they have no remarks, in the order they said so; not who commented afterwards."""
    return prepared(("consultation.silent",), _silent, round.pk)


def _silent(round: int) -> QuerySet[NoRemarks]:
    spoke = Comment.objects.filter(round=round, sender="").values("seat")
    found = NoRemarks.objects.filter(round=round).exclude(seat__in=spoke)
    return found.select_related("seat", *NAMED)


def has_spoken(round: Round, seat: Seat) -> bool:
    """Has this seat commented in its own name?"""
    return Comment.objects.filter(round=round, seat=seat, sender="").exists()


def said_nothing(round: Round, seat: Seat) -> NoRemarks | None:
    """The seat's word that it has no remarks, or None."""
    found = NoRemarks.objects.filter(round=round, seat=seat)
    return found.select_related("round", "round__obligation", "round__programme", "seat").first()


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """What is owed in answer in the rounds under way: by who holds the round, or where nobody does
    by who wrote the text, an answer to the comments; by every seat that takes part a comment, or
    the word that it has none."""
    one = [subject_id] if subject_id else []
    rounds = prepared(("consultation.under-way", bool(one)), _under_way, programme.pk, *one)
    if not rounds:
        return []
    asked = [one for one in rounds if one.obligation.state != DutyState.MET]
    return [*_answers(rounds), *_remarks(programme, asked, at)]


def _under_way(programme: int, *one: str) -> RoundQuerySet:
    found = Round.objects.with_names().filter(programme=programme, state=RoundState.OPEN)
    found = found.filter(public_id__in=one) if one else found
    return found.exclude(obligation__state__in=[DutyState.WAIVED, DutyState.CANCELLED])


def _answers(rounds: Iterable[Round]) -> list[Response]:
    """One for each round, for the first comment without an answer; then for the next."""
    waiting = Comment.objects.filter(round__in=rounds, disposition=Disposition.WAITING)
    first: dict[int, Comment] = {}
    for one in waiting.order_by("number"):
        first.setdefault(one.round_id, one)
    return [
        Response(
            verb=Verb.ANSWER,
            about=one.subject(),
            title=both("consultation.comments-of", title=one.title),
            group=one.obligation.group,
            since=first[one.pk].at,
            turn=str(first[one.pk].number),
            seat=one.obligation.seat or one.version.report.obligation.seat,
            asker=None if first[one.pk].sender else first[one.pk].seat.acting_person,
        )
        for one in rounds
        if one.pk in first
    ]


def _remarks(programme: Programme, rounds: list[Round], at: datetime) -> list[Response]:
    """Every seat that takes part and has said nothing yet, not even that it has nothing to say."""
    if not rounds:
        return []
    seen = sights([one for one in standing(programme, at) if permissions.takes_part(one)])
    own = Comment.objects.filter(round__in=rounds, sender="")
    said = set(own.values_list("round_id", "seat_id"))
    said |= set(NoRemarks.objects.filter(round__in=rounds).values_list("round_id", "seat_id"))
    until = {one.pk: open_until(one) for one in rounds}
    return [
        Response(
            verb=Verb.COMMENT,
            about=one.subject(),
            title=one.version.report.group.named(one.version.report.obligation.titled),
            group=one.obligation.group,
            since=one.opened_at,
            turn=sight.seat.public_id,
            seat=sight.seat,
            due=until[one.pk],
        )
        for one in rounds
        for sight in seen
        if (one.pk, sight.seat.pk) not in said and permissions.sees(sight, one)
    ]


TABLE_WIDTHS = (5, 12, 36, 18, 9, 20)
COLUMNS = ("number", "place", "remark", "who", "answer", "reason")


def table(round: Round, lang: str, at: datetime) -> Paper:
    """意见汇总处理表: what was said about the text and what became of it, each remark one row, and
    below it how many were asked, how many said something, how many nothing."""
    programme, comments = round.programme, comments_of(round)
    silent = without_remarks(round)
    head = tuple(Box(_say(f"table-{one}", lang), label=True) for one in COLUMNS)
    rows = [_row(one, lang) for one in comments] or [_last(_say("table-no-remarks", lang))]
    note = _counted(round, comments, silent, lang)
    day = programme.local(round.closed_at or at).date()
    subject = round.version.report.title.in_(lang)
    version = _say("table-version", lang, subject=subject, number=round.version.number)
    return Paper(
        kind="table",
        title=_say("table-title", lang),
        lang=tongue(lang),
        subtitle=version,
        number=number_of(round.obligation),
        issuer=_say("table-held-by", lang, who=_holder(round, lang)),
        date=printed_day(day, lang),
        day=day,
        body=(Grid((head, *rows, _last(note, _say("table-signed", lang))), TABLE_WIDTHS, heads=1),),
        demo=programme.is_demo,
    )


def _say(code: str, lang: str, **facts: object) -> str:
    return sentence(f"consultation.{code}", facts, lang)


def _holder(round: Round, lang: str) -> str:
    seat = round.obligation.seat
    return seat.called.in_(lang) if seat else round.obligation.group.title.in_(lang)


def _row(one: Comment, lang: str) -> tuple[Box, ...]:
    """One remark: the words it is about and those proposed stand under what is said."""
    said = [one.text]
    if one.original:
        said.append(_say("table-original", lang, words=one.original))
    if one.proposed:
        said.append(_say("table-proposed", lang, words=one.proposed))
    who = f"{one.seat.group.title.in_(lang)}\n{one.seat.called.in_(lang)}"
    answer = _say(f"answer-{one.disposition or 'waiting'}", lang)
    words = (
        one.place or _say("table-whole", lang),
        "\n".join(said),
        _say("table-public", lang, who=one.sender) if one.sender else who,
        answer,
        one.reason,
    )
    return (Box(str(one.number), label=True), *map(Box, words))


def taken_for_comment(report: Report) -> dict[str, Use]:
    """The versions of a report on which a round was opened, by their public id."""
    found = Round.objects.filter(version__report=report).values_list(
        "version__public_id", flat=True
    )
    return dict.fromkeys(found, Use.COMMENT)


def _last(words: str, sign: str = "") -> tuple[Box, ...]:
    return (Box(words, across=len(COLUMNS), sign=sign),)


def _counted(round: Round, comments: list[Comment], silent: list[NoRemarks], lang: str) -> str:
    """The note under the table, as the standard form counts it."""
    asked = Obligation.objects.filter(
        programme=round.programme_id, nature=Nature.RESPONSE, form=Verb.COMMENT,
        subject_id=round.public_id,
    )  # fmt: skip
    spoke = {one.seat_id for one in comments if not one.sender}
    answers = [one.disposition for one in comments]
    names = _say("separator", lang).join(one.seat.called.in_(lang) for one in silent)
    counts = _say(
        "table-counts",
        lang,
        asked=max(asked.values("seat").distinct().count(), len(spoke) + len(silent)),
        answered=len(spoke) + len(silent),
        spoke=len(spoke),
        silent=len(silent),
        public=sum(bool(one.sender) for one in comments),
        said=len(comments),
        **{str(name): answers.count(name) for name in Disposition.values if name},
        waiting=answers.count(Disposition.WAITING),
    )
    return f"{counts}\n{_say('table-silent', lang, names=names)}" if names else counts
