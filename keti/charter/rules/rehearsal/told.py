"""A rehearsal in words and as JSON. Ranges under assumptions; nothing in it foretells. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator

from keti.charter.rules.findings import in_chinese
from keti.charter.rules.rehearsal.assumptions import TITLES, as_numbers
from keti.charter.rules.rehearsal.outlook import Outlook, Range, Shift

HEAD = (
    "演练 {runs} 次（种子 {seed}）。下面是在所列假设之下的范围，不是预测；换了假设，范围就变。",
    "{runs} runs (seed {seed}). These are ranges under the assumptions below, not a forecast; "
    "other assumptions give other ranges.",
)
COLUMNS = (
    ("事项", "期限", "十次中一次不晚于", "半数不晚于", "十次中九次不晚于", "逾期的比例"),
    ("duty or gate", "due", "1 run in 10 by", "half by", "9 runs in 10 by", "share late"),
)
HELD = ("拖住结尾的事项（平均占用工作日）", "What holds the end (working days on average)")
EARLIER = ("提前一个工作日会怎样", "What one working day earlier changes")
GAINS = (
    "{title}：结尾提前 {end:.1f} 个工作日；“{most}”的逾期比例减少 {late:.0%}",
    "{title}: the end comes {end:.1f} working days earlier; '{most}' is late {late:.0%} less often",
)
ASSUMED = ("假设", "Assumptions")
RECORDED = ("已用实际办理时长代替假设", "Replaced by recorded durations")
NOT_DONE = ("（有 {share:.0%} 的演练没有办完）", " ({share:.0%} of the runs never got there)")


def as_text(outlook: Outlook, changes: tuple[Shift, ...], lang: str) -> str:
    """The outcome as lines for a terminal."""
    return "\n".join(_lines(outlook, changes, lang))


def _lines(outlook: Outlook, changes: tuple[Shift, ...], lang: str) -> Iterator[str]:
    english = not in_chinese(lang)
    yield HEAD[english].format(runs=outlook.runs, seed=outlook.seed)
    yield ""
    yield "\t".join(COLUMNS[english])
    for one in outlook.ranges:
        yield _row(one, lang)
    yield ""
    yield f"{HELD[english]}: " + ", ".join(
        f"{one.title.in_(lang)} {one.days:.1f}" for one in outlook.held
    )
    titles = {one.kind: one.title.in_(lang) for one in outlook.ranges}
    if changes:
        yield f"{EARLIER[english]}:"
    for change in changes:
        yield "  " + GAINS[english].format(
            title=change.title.in_(lang),
            end=change.end,
            most=titles[change.most],
            late=max(change.most_late, 0.0),
        )
    if outlook.recorded:
        names = (f"{titles.get(kind, kind)} × {count}" for kind, count in outlook.recorded.items())
        yield f"{RECORDED[english]}: " + ", ".join(names)
    numbers = as_numbers(outlook.assumed)
    yield f"{ASSUMED[english]}: " + ", ".join(f"{name}={one:g}" for name, one in numbers.items())


def _row(one: Range, lang: str) -> str:
    days = (one.due, one.p10, one.p50, one.p90)
    cells = [one.title.in_(lang), *(day.isoformat() for day in days), f"{one.late:.0%}"]
    never = NOT_DONE[not in_chinese(lang)].format(share=one.never) if one.never else ""
    return "\t".join(cells) + never


def as_json(outlook: Outlook, changes: tuple[Shift, ...], lang: str) -> str:
    """The outcome for a program to read."""
    numbers = as_numbers(outlook.assumed)
    data = {
        "note": HEAD[not in_chinese(lang)].format(runs=outlook.runs, seed=outlook.seed),
        "runs": outlook.runs,
        "seed": outlook.seed,
        "assumptions": {
            name: {"value": one, "title": title_of(name, lang)} for name, one in numbers.items()
        },
        "recorded": dict(outlook.recorded),
        "ranges": [_data(one, lang) for one in outlook.ranges],
        "end": _data(outlook.end, lang) if outlook.end else None,
        "held": [
            {"kind": one.kind, "title": one.title.in_(lang), "days": round(one.days, 2)}
            for one in outlook.held
        ],
        "one_day_earlier": [
            {
                "kind": one.kind,
                "title": one.title.in_(lang),
                "end_earlier_by": round(one.end, 2),
                "late_less_by": round(one.late, 4),
                "helps_most": one.most,
                "helps_by": round(one.most_late, 4),
            }
            for one in changes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def title_of(name: str, lang: str) -> str:
    """What an assumption means; one of a form by the form's word."""
    plain, _, form = name.partition(".")
    return TITLES[plain].in_(lang) + (f": {form}" if form else "")


def _data(one: Range, lang: str) -> dict[str, object]:
    return {
        "kind": one.kind,
        "title": one.title.in_(lang),
        "form": one.form,
        "due": one.due.isoformat(),
        "p10": one.p10.isoformat(),
        "p50": one.p50.isoformat(),
        "p90": one.p90.isoformat(),
        "share_late": round(one.late, 4),
        "share_never_done": round(one.never, 4),
    }
