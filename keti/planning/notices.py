"""Who is told of an amendment: its approvers, everybody it reaches, who proposed it."""

from datetime import datetime

from keti.accounts.models import Person
from keti.duties.notices import deadline
from keti.groups.queries import holders, people
from keti.kernel.acts import Text
from keti.kernel.refusals import both, sentence
from keti.notify.actions import Letter, post
from keti.planning.models import Amendment
from keti.planning.queries import Affected
from keti.planning.rules.changes import Change, Plan
from keti.planning.rules.wording import PlanTitles, line

MOST = 20


def proposed(amendment: Amendment, roles: list[str], reach: tuple[int, int]) -> None:
    """The holders of the roles that must approve it learn that it waits for them."""
    at = amendment.proposed_at
    seats = [seat for key in roles for seat in holders(amendment.programme, key, None, at)]
    count_people, count = reach
    letter = _letter(
        "proposed",
        amendment,
        who=amendment.proposed_by.called,
        when=deadline(amendment.programme, amendment.takes_effect_at),
        people=count_people,
        count=count,
        reason=amendment.reason,
    )
    post(amendment.programme, letter, to=people(seats), at=at)


def reached(
    amendment: Amendment, found: list[Affected], words: tuple[PlanTitles, PlanTitles], at: datetime
) -> None:
    """Everybody it reaches learns what changes for them: when it is coming, when it is in force."""
    verb = "applied" if amendment.version_id else "coming"
    moment = at if amendment.version_id else amendment.takes_effect_at
    for one in found:
        letter = _letter(
            verb,
            amendment,
            when=deadline(amendment.programme, moment),
            reason=amendment.reason,
            lines=Text(*(_lines(one.changes, each) for each in words)),
        )
        post(amendment.programme, letter, to=[one.person], at=at)


def ended(amendment: Amendment, to: list[Person], at: datetime) -> None:
    """Who proposed or approved it learns that it does not take effect."""
    state = both(f"planning.state-{amendment.state}")
    letter = _letter("ended", amendment, state=state, reason=amendment.settled_why)
    post(amendment.programme, letter, to=to, at=at)


def announcement(amendment: Amendment, plan: Plan, words: PlanTitles) -> str:
    """The text for a chat group: what changes, from when, why."""
    when = deadline(amendment.programme, amendment.takes_effect_at).in_(words.lang)
    facts = {
        "number": amendment.number,
        "when": when,
        "reason": amendment.reason.rstrip("。."),
        "lines": _lines(plan.doing, words),
    }
    return sentence("planning.announced", facts, words.lang)


def _lines(changes: tuple[Change, ...], words: PlanTitles) -> str:
    shown = [f"{one.sign} {line(one, words)}" for one in changes[:MOST]]
    if len(changes) > MOST:
        shown.append(words.say("more-lines", count=len(changes) - MOST))
    return "\n".join(shown)


def _letter(verb: str, amendment: Amendment, **facts: object) -> Letter:
    return Letter(
        f"planning.{verb}",
        f"{verb}:{amendment.public_id}",
        both(f"planning.told-{verb}-subject", number=amendment.number),
        both(f"planning.told-{verb}", number=amendment.number, **facts),
        amendment.path,
    )
