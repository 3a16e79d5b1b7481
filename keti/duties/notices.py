"""Reminders, escalations and the group announcement: all read from obligations."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q

from keti.duties.enums import FINDING, Pool
from keti.duties.models import Claim, Obligation
from keti.duties.rules import titled
from keti.groups.models import Seat, seated
from keti.kernel.acts import Text
from keti.kernel.refusals import both, sentence
from keti.kernel.templatetags.keti_dates import day_text, deadline_text
from keti.notify.actions import Letter
from keti.notify.enums import SEALED, Sort
from keti.programmes.models import Programme


def deadline(programme: Programme, at: datetime) -> Text:
    """A due instant in words: the end of a day reads 24:00 of that day."""
    return Text(*(deadline_text(at, programme.tz, lang) for lang in ("zh-hans", "en")))


def owed_first(seat: Seat) -> tuple[Text, Text] | None:
    """What is expected first of whoever holds the seat, and by when: owed by it, or by its role in
    its group while nobody holds that."""
    waiting = Q(seat=None, role=seat.role_id, group=seat.group_id)
    found = Obligation.objects.filter(waiting | Q(seat=seat), programme=seat.programme_id)
    duty = found.apart_from_responses().open().with_names().first()
    return (what(duty), deadline(duty.programme, duty.due_instant)) if duty else None


def what(duty: Obligation) -> Text:
    """The duty as a letter names it: whose, of which month."""
    return duty.group.named(duty.titled)


def whose(duty: Obligation) -> Text:
    """Who is to do it: its holder, the pool any of whom may, or the role nobody holds yet."""
    if duty.seat is not None:
        return duty.seat.called
    if duty.pool in ("", Pool.ROLE):
        return duty.role.title if duty.role else Text()
    leads = duty.pool_group.title if duty.pool_group else Text()
    return both(f"duties.pool-{duty.pool}", group=leads)


def reminder(duty: Obligation, step: int) -> Letter:
    """The letter of one reminder step (seconds before the due instant). That somebody's vote is
    still missing nobody else learns, nor from the list of what went out."""
    sealed = SEALED if duty.is_closed and duty.seat_id else ""
    facts = {"title": what(duty), "due": deadline(duty.programme, duty.due_instant)}
    return Letter(
        f"duties.reminder{sealed}",
        f"remind:{duty.public_id}:{duty.sequence}:{step}",
        both("duties.reminder-subject", **facts),
        both("duties.reminder", **facts),
        duty.path,
        Sort.REMINDER,
    )


def escalation(duty: Obligation, step: int) -> Letter:
    """The letter to the role that helps, `step` seconds after the due instant."""
    due = deadline(duty.programme, duty.due_instant)
    facts = {"title": what(duty), "due": due, "who": whose(duty)}
    return Letter(
        "duties.escalation",
        f"escalate:{duty.public_id}:{duty.sequence}:{step}",
        both("duties.escalation-subject", **facts),
        both("duties.escalation", **facts),
        duty.path,
        Sort.REMINDER,
    )


def extension_announced(duty: Obligation) -> Text:
    """The text for a chat group after one duty was extended."""
    return both(
        "duties.announced-extension",
        title=what(duty),
        before=deadline(duty.programme, duty.due_at),
        after=deadline(duty.programme, duty.due_instant),
        reason=duty.reason.rstrip("。.") or "—",
    )


def extended(duty: Obligation, before: datetime, reason: str) -> Letter:
    """Told to the holder when their duty is extended."""
    programme = duty.programme
    return Letter(
        "duties.extended",
        f"extended:{duty.public_id}:{duty.sequence}",
        both("duties.extended-subject", title=what(duty)),
        both(
            "duties.extended",
            title=what(duty),
            before=deadline(programme, before),
            after=deadline(programme, duty.due_instant),
            reason=reason,
        ),
        duty.path,
        Sort.DUTY,
    )


def owed_again(duty: Obligation, what_of: str, reason: str, at: datetime) -> Letter:
    """Told to the holder when what freed them of the duty, or gave them longer, was taken back."""
    facts = {
        "title": what(duty),
        "due": deadline(duty.programme, duty.due_instant),
        "reason": reason,
    }
    return Letter(
        "duties.owed-again",
        f"owed-again:{duty.public_id}:{what_of}:{at.isoformat()}",
        both("duties.owed-again-subject", **facts),
        both(f"duties.owed-again-{what_of}", **facts),
        duty.path,
        Sort.DUTY,
    )


def explained(duty: Obligation) -> Letter:
    """Told to the secretariat when who owes a duty says why it is late."""
    day = duty.expected_on
    when = both("duties.explained-when", day=_day(day)) if day else Text()
    facts = {
        "title": what(duty),
        "who": whose(duty),
        "text": duty.said.rstrip("。."),
        "when": when,
        "due": deadline(duty.programme, duty.due_instant),
    }
    return Letter(
        "duties.explained",
        f"explained:{duty.public_id}:{duty.said_at}",
        both("duties.explained-subject", title=what(duty)),
        both("duties.explained", **facts),
        duty.path,
    )


def _day(day: date) -> Text:
    return Text(*(day_text(day, lang) for lang in ("zh-hans", "en")))


def unanswered(waited: Sequence[Obligation], why: Text, at: datetime) -> Letter:
    """Told to who waited for answers that nobody gives any more, as all has ended."""
    titles = Text(
        "；".join(what(one).in_("zh") for one in waited),
        "; ".join(what(one).in_("en") for one in waited),
    )
    return Letter(
        "duties.unanswered",
        f"unanswered:{waited[0].public_id}:{at.isoformat()}",
        both("duties.unanswered-subject", count=len(waited)),
        both("duties.unanswered", why=why, titles=titles),
        waited[0].about_path,
    )


def claimed(claim: Claim) -> Letter:
    """Told to the secretariat when somebody claims a moment for what they did themselves."""
    return Letter(
        "duties.claimed",
        f"claim:{claim.public_id}",
        both("duties.claimed-subject", title=what(claim.obligation)),
        both("duties.claimed", who=claim.seat.called, **_claim_facts(claim)),
        claim.obligation.path,
    )


def claim_answered(claim: Claim) -> Letter:
    """Told to who claimed, once somebody else has judged the evidence."""
    code = f"duties.claim-{claim.state}"
    facts = {"by": claim.answered_by, "reason": claim.reason, **_claim_facts(claim)}
    return Letter(
        code,
        f"claim:{claim.public_id}:{claim.state}",
        both(f"{code}-subject", title=what(claim.obligation)),
        both(code, **facts),
        claim.obligation.path,
    )


def _claim_facts(claim: Claim) -> dict[str, object]:
    duty = claim.obligation
    return {
        "title": what(duty),
        "when": duty.programme.local(claim.at).strftime("%Y-%m-%d %H:%M"),
    }


def chase(
    programme: Programme, title: Text, duties: Sequence["Told"], url: str, *, named: bool
) -> Text:
    """Text for a chat about one kind alone: how many are awaited and, where they are `named`, who.
    Nobody is called late before everybody."""
    return Text(*(_chase(programme, title, duties, url, lang, named) for lang in ("zh", "en")))


def _chase(*asked: Any) -> str:
    programme, title, duties, url, lang, named = asked
    head = "duties.announce-chase-head" if duties else "duties.announce-all-in"
    parts = [
        sentence("duties.announce-head", {"programme": programme.title}, lang),
        sentence(head, {"title": title, "count": len(duties)}, lang),
    ]
    lines = _lines(programme, "duties.announce-coming", duties, lang, named=named)
    parts += [f"· {line}" for line in lines]
    parts.append(sentence("duties.announce-foot", {"url": url}, lang))
    return "\n".join(parts)


class Told(NamedTuple):
    """What a group announcement says of one duty: there may be thousands, read as bare values."""

    due: datetime
    form: str
    title_zh: str
    title_en: str
    period: str
    beneath: int | None
    group_zh: str
    group_en: str
    seat: int | None
    role_zh: str | None
    role_en: str | None
    place_zh: str | None
    place_en: str | None

    @property
    def of_group(self) -> bool:
        """Its group is named: one beneath the whole, or nobody holds the seat."""
        return self.beneath is not None or self.seat is None

    def who(self, lang: str) -> str:
        """Who owes it: its group, or the seat in the group of the whole."""
        group = Text(self.group_zh, self.group_en)
        if self.of_group:
            return group.in_(lang)
        role = Text(self.role_zh or "", self.role_en or "")
        return seated(role, Text(self.place_zh or "", self.place_en or "")).in_(lang)


TOLD = (
    "due", "form", "title_zh", "title_en", "period", "group__parent_id", "group__title_zh",
    "group__title_en", "seat_id", "seat__role__title_zh", "seat__role__title_en",
    "seat__group__title_zh", "seat__group__title_en",
)  # fmt: skip


def announcement(
    programme: Programme, duties: Sequence[Told], now: datetime, url: str, lang: str
) -> str:
    """Polite text to paste into a chat group (群公告): what is not yet in, what comes, a link.

    Of a finding only that an answer is due is said; its words are for the group it concerns.
    """
    parts = [sentence("duties.announce-head", {"programme": programme.title}, lang)]
    waited = [duty for duty in duties if duty.due <= now]
    coming = [duty for duty in duties if duty.due > now]
    for code, some in (("waited", waited), ("coming", coming)):
        if some:
            parts.append(sentence(f"duties.announce-{code}-head", {}, lang))
            lines = _lines(programme, f"duties.announce-{code}", some, lang)
            parts += [f"· {line}" for line in lines]
    if not duties:
        parts.append(sentence("duties.announce-none", {}, lang))
    parts.append(sentence("duties.announce-foot", {"url": url}, lang))
    return "\n".join(parts)


def _lines(
    programme: Programme, code: str, duties: Sequence[Told], lang: str, *, named: bool = True
) -> list[str]:
    """One line for the same thing due of several groups at the same time; how many, where they are
    not `named`."""
    words: dict[tuple[object, ...], tuple[str, str]] = {}
    owing: dict[tuple[str, str, bool], dict[str, None]] = {}
    for duty in duties:
        thing = duty[:5]  # when, what, of which month
        if thing not in words:
            title = (
                both("duties.announce-finding")
                if duty.form == FINDING
                else titled(Text(duty.title_zh, duty.title_en), duty.period)
            )
            words[thing] = deadline(programme, duty.due).in_(lang), title.in_(lang)
        owing.setdefault((*words[thing], duty.of_group), {})[duty.who(lang)] = None
    return [
        sentence(
            code,
            {
                "due": due,
                "title": title,
                "who": _whose(list(who), of_group, lang)
                if named
                else sentence("duties.announce-count", {"count": len(who)}, lang),
            },
            lang,
        )
        for (due, title, of_group), who in owing.items()
    ]


def _whose(names: list[str], of_group: bool, lang: str) -> str:
    """One name; several names; of groups also how many."""
    joined = sentence("duties.announce-separator", {}, lang).join(names)
    if len(names) == 1 or not of_group:
        return joined
    return sentence("duties.announce-groups", {"count": len(names), "groups": joined}, lang)
