"""Mistakes in dates: what no one sees until it hurts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bench.defects.ground import Block, Defect, Ground, Planted, below, removing, setting
from keti.charter.rules.findings import Path
from keti.charter.rules.writing import put, remove

DAY = timedelta(days=1)
PAPER = ("report", "file")


def paper(one: Block) -> bool:
    return "due" in one and one.get("form", "report") in PAPER


def single(here: Ground) -> Path | None:
    """A paper that is due once, on a date that nothing else hangs on in the file."""
    for path, one in here.works():
        spec = here.spec(path)
        if paper(one) and spec.form in PAPER and not spec.recurring and "resolve" not in one:
            return (*path, "due")
    return None


def recurring(here: Ground) -> Path | None:
    """A paper that is due again and again."""
    return here.work(lambda one: paper(one) and one["due"] in {s.key for s in here.compiled.series})


def term(here: Ground) -> Any:
    """The span in which something recurs."""
    spans = {one.key: one for one in here.compiled.anchors if one.kind == "span"}
    for one in here.block("calendar").values():
        stem = str(one.get("from", "")).partition(".")[0]
        if "rrule" in one and stem in spans:
            return spans[stem]
    return None


def sunday(here: Ground, path: Path) -> str:
    day = here.due(path[:2])
    return (day + (6 - day.weekday()) * DAY).isoformat()


def before_the_holidays(here: Ground, path: Path) -> str | None:
    """The last working day before the October holidays of the programme's year."""
    if here.compiled.workdays != "cn":
        return None
    return date(here.due(path[:2]).year, 9, 30).isoformat()


def _days(here: Ground) -> Planted:
    anchor = next(one for one in here.compiled.anchors if one.kind == "span")
    path: Path = ("calendar", anchor.key)
    text = remove(here.text, (*path, "resolve")) if "resolve" in here.data["calendar"][
        anchor.key] else here.text  # fmt: skip
    real = (anchor.last - anchor.date).days + 1
    return put(text, (*path, "stated"), {"days": real + 4}), (*path, "stated")


def _words(here: Ground) -> Planted:
    path = here.first("calendar", lambda one: "date" in one)
    if path is None:
        return None
    text = put(here.text, (*path, "stated"), {"text": {"zh": "适时", "en": "in due course"}})
    return remove(text, (*path, "date")), path


def _closing(here: Ground) -> Planted:
    founded = here.first("groups", lambda one: "founded" in one)
    if founded is None or "window" not in here.data.get("admission", {}):
        return None
    day = here.compiled.anchor(str(here.data["groups"][founded[1]]["founded"])).date - DAY
    text = remove(here.text, ("admission", "resolve")) if "resolve" in here.data[
        "admission"] else here.text  # fmt: skip
    place: Path = ("admission", "window", "close")
    return put(text, place, day.isoformat()), place


def _first(here: Ground) -> Planted:
    """A recurring paper due two days after its group begins."""
    path, founded = recurring(here), here.first("groups", lambda one: "founded" in one)
    if path is None or founded is None:
        return None
    day = here.compiled.anchor(str(here.data["groups"][founded[1]]["founded"])).date + 2 * DAY
    text = remove(here.text, (*path, "due"))
    if "first" in here.data[path[0]][path[1]]:
        text = remove(text, (*path, "first"))
    rule = {"from": day.isoformat(), "to": (day + 90 * DAY).isoformat(), "rrule": "FREQ=WEEKLY"}
    for key, value in rule.items():
        text = put(text, (*path, key), value)
    return text, (*path, "rrule")


def _same_day(here: Ground) -> Planted:
    path, other = single(here), recurring(here)
    if path is None or other is None or path[:2] == other:
        return None
    return put(here.text, path, here.due(other).isoformat()), path


def _no_slack(here: Ground) -> Planted:
    for path, one in here.works():
        source = one.get("collects")
        if source and "due" in one:
            due = next(other["due"] for where, other in here.works() if where[1] == source)
            return put(here.text, (*path, "due"), due), (*path, "due")
    return None


def _late_input(here: Ground) -> Planted:
    """A paper due after the gate that decides on it."""
    for key, gate in here.block("gates").items():
        for word in gate.get("inputs", []):
            path = next((one for one, _ in here.works() if one[1] == word), None)
            if path and "resolve" not in gate and gate.get("max_rounds", 1) == 1:
                day = here.due(("gates", key)) + 3 * DAY
                return put(here.text, (*path, "due"), day.isoformat()), ("gates", key, "by")
    return None


def _rounds(here: Ground) -> Planted:
    path = here.first("gates", lambda one: "by" in one)
    if path is None:
        return None
    text = put(here.text, (*path, "max_rounds"), 9)
    return put(text, (*path, "revise_within"), "P90D"), (*path, "by")


def _window(here: Ground) -> Planted:
    """Comments asked for over a weekend."""
    path = here.work(lambda one: one.get("form") == "consultation")
    if path is None:
        return None
    last = here.due(path)
    last += (6 - last.weekday()) * DAY
    text = put(here.text, (*path, "opens"), (last - DAY).isoformat())
    return put(text, (*path, "due"), last.isoformat()), (*path, "due")


def _chain(here: Ground) -> Planted:
    """A gate that must decide before the gate it waits for."""
    for key, gate in here.block("gates").items():
        for other in here.block("gates"):
            asked = str(gate.get("when", "")).replace("(", " ").split()
            if f"{other}.approve" in [word.strip(")") for word in asked] and other != key:
                if "opens" in gate or "first_by" in gate:
                    continue
                day = here.due(("gates", other)) - 2 * DAY
                return put(here.text, ("gates", key, "by"), day.isoformat()), ("gates", key, "by")
    return None


def _early_phase(here: Ground) -> Planted:
    """A phase that begins before the gate that opens it has decided."""
    path = here.first("phases", lambda one: "opens_with" in one)
    if path is None:
        return None
    kind = here.data["phases"][path[1]]["opens_with"]
    day = here.due(("gates", kind)) - DAY
    return put(here.text, (*path, "from"), day.isoformat()), (*path, "from")


def _long_before(here: Ground) -> Planted:
    """A term that begins two months before the groups."""
    span, founded = term(here), here.first("groups", lambda one: "founded" in one)
    if span is None or founded is None:
        return None
    path: Path = ("calendar", span.key)
    entry = here.data["calendar"][span.key]
    text = remove(here.text, (*path, "resolve")) if "resolve" in entry else here.text
    day = here.compiled.anchor(str(here.data["groups"][founded[1]]["founded"])).date - 60 * DAY
    return put(text, (*path, "from"), day.isoformat()), (*path, "from")


def _joining_late(here: Ground) -> Planted:
    """Applications taken for three weeks of the term."""
    span = term(here)
    if span is None or "window" not in here.data.get("admission", {}):
        return None
    text = remove(here.text, ("admission", "resolve")) if "resolve" in here.data[
        "admission"] else here.text  # fmt: skip
    close = (span.date + 21 * DAY).isoformat()
    return put(text, ("admission", "window", "close"), close), ("admission", "window")


def _idle(here: Ground) -> Planted:
    """A date nothing hangs on."""
    path: Path = ("calendar", "nothing_hangs_on_it")
    return put(
        here.text, path, {"en": "Idle", "date": here.compiled.anchors[0].date.isoformat()}
    ), path


DATES = [
    Defect("CAL101", "a stated length the calendar does not have", _days),
    Defect("CAL102", "a term that begins two months before the groups", _long_before),
    Defect("CAL103", "applications inside the term", _joining_late),
    setting("CAL104", "due on the 31st of each month", lambda here: below(
        here.first("calendar", lambda one: "rrule" in one and "resolve" not in one), "rrule"),
        "FREQ=MONTHLY;BYMONTHDAY=31"),
    setting("CAL105", "a paper due on a Sunday", single, sunday),
    setting("CAL105", "a decision due on a Sunday", lambda here: below(
        here.first("gates", lambda one: "by" in one), "by"), sunday),
    Defect("CAL106", "a report two days after the founding", _first),
    Defect("CAL107", "applications until the day before the founding", _closing),
    Defect("CAL108", "a date in words alone", _words),
    Defect("CAL109", "a paper due on the day of a recurring one", _same_day),
    Defect("CAL110", "a summary due with what it is made from", _no_slack),
    setting("CAL111", "a paper due before the long holidays", single, before_the_holidays),
    setting("CAL112", "a month before the 31st", lambda here: below(
        here.first("calendar", lambda one: "date" in one and "round" not in one), "date"),
        "2022-10-31 - P1M"),
    removing("CAL113", "an admission nobody decides", lambda here: (
        "admission", "decide_by") if "admission" in here.data else None),
    Defect("CAL115", "a weekend for comments", _window),
    Defect("CAL117", "a date nothing hangs on", _idle),
    setting("CAL122", "a last day beside a single one", lambda here: below(
        here.first("calendar", lambda one: "date" in one and "to" not in one), "to"),
        "2022-10-31"),
    Defect("CAL120", "nine rounds of ninety days", _rounds),
    Defect("CAL120", "a paper due after its gate", _late_input),
    Defect("CAL120", "a gate before the gate it waits for", _chain),
    Defect("CAL120", "a phase before its gate", _early_phase),
]  # fmt: skip
