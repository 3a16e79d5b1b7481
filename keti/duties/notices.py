"""Reminders, escalations and the group announcement: all read from obligations."""

from datetime import datetime, timedelta

from keti.duties.models import Obligation
from keti.groups.notices import both
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence
from keti.notify.actions import Letter
from keti.programmes.models import Programme

_DAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def deadline(programme: Programme, at: datetime) -> Text:
    """A due instant in words: the end of a day reads 24:00 of that day."""
    local = programme.local(at)
    clock = local.strftime("%H:%M")
    if clock == "00:00":
        local -= timedelta(days=1)
        clock = "24:00"
    date, day = local.strftime("%Y-%m-%d"), local.weekday()
    return Text(f"{date} 周{_DAYS['zh'][day]} {clock}", f"{_DAYS['en'][day]} {date} {clock}")


def reminder(duty: Obligation, step: int) -> Letter:
    """The letter of one reminder step (seconds before the due instant)."""
    facts = {"title": duty.title, "due": deadline(duty.programme, duty.due_instant)}
    return Letter(
        "duties.reminder",
        f"remind:{duty.public_id}:{duty.sequence}:{step}",
        both("duties.reminder-subject", **facts),
        both("duties.reminder", **facts),
        duty.path,
    )


def escalation(duty: Obligation, step: int) -> Letter:
    """The letter to the role that helps, `step` seconds after the due instant."""
    who = duty.seat.label if duty.seat else (duty.role.title_zh if duty.role else "")
    facts = {"title": duty.title, "due": deadline(duty.programme, duty.due_instant), "who": who}
    return Letter(
        "duties.escalation",
        f"escalate:{duty.public_id}:{duty.sequence}:{step}",
        both("duties.escalation-subject", **facts),
        both("duties.escalation", **facts),
        duty.path,
    )


def extended(duty: Obligation, before: datetime, reason: str) -> Letter:
    """Told to the holder when their duty is extended."""
    programme = duty.programme
    return Letter(
        "duties.extended",
        f"extended:{duty.public_id}:{duty.sequence}",
        both("duties.extended-subject", title=duty.title),
        both(
            "duties.extended",
            title=duty.title,
            before=deadline(programme, before),
            after=deadline(programme, duty.due_instant),
            reason=reason,
        ),
        duty.path,
    )


def announcement(programme: Programme, duties: list[Obligation], url: str, lang: str) -> str:
    """Polite text to paste into a chat group (群公告): titles, duty, date, a general link."""
    lines = [sentence("duties.announce-head", {"programme": programme.title}, lang)]
    for duty in duties:
        facts = {
            "due": deadline(programme, duty.due_instant),
            "title": duty.title,
            "who": duty.seat.title if duty.seat else duty.group.title,
        }
        lines.append("· " + sentence("duties.announce-line", facts, lang))
    if not duties:
        lines.append(sentence("duties.announce-none", {}, lang))
    lines.append(sentence("duties.announce-foot", {"url": url}, lang))
    return "\n".join(lines)
