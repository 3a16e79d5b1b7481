"""Task books and tasks: moves, content, what changed, until when to accept. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.typed import shown
from keti.documents.rules.written import PLAIN
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.work.enums import BOOK_WORDS, TaskBookState

TIME_TO_ACCEPT = timedelta(days=7)

BOOK_MOVES: dict[str, dict[str, str]] = {
    TaskBookState.DRAFT: {"issue": TaskBookState.ISSUED},
    TaskBookState.ISSUED: {
        "accept": TaskBookState.ACCEPTED,
        "decline": TaskBookState.DECLINED,
        "supersede": TaskBookState.SUPERSEDED,
    },
    TaskBookState.ACCEPTED: {"supersede": TaskBookState.SUPERSEDED},
    TaskBookState.DECLINED: {"supersede": TaskBookState.SUPERSEDED},
    TaskBookState.SUPERSEDED: {},
}
LIVE = (TaskBookState.ISSUED, TaskBookState.ACCEPTED, TaskBookState.DECLINED)

USUAL_SECTIONS = (
    ("charge", Text("研究任务", "Research task")),
    ("yield", Text("成果要求", "Expected results")),
    ("basis", Text("依据与材料", "Evidence and material")),
)
USUAL_TEXTS = {
    "charge": Text(
        "参加“{group}”的研究，承担组内分工，按时参加小组会议。",
        "Take part in the research of {group}, do the share agreed in the group, attend its "
        "meetings.",
    ),
    "yield": Text(
        "按下列考核指标交付成果；成果须写明依据。",
        "Deliver the targets below; say what each result rests on.",
    ),
    "basis": Text(
        "使用的案例、数据和政策文件注明出处，随成果一并提交。",
        "Name the source of every case, figure and policy paper used, and hand them in together.",
    ),
}
START_TITLE = Text("{group}任务书", "Task book of {group}")
START_TARGET = Text("{title}：{dates} 前提交", "{title}: by {dates}")
START_SEPARATOR = Text("；", "; ")


@dataclass(frozen=True, slots=True)
class BookContent:
    """What a task book says: a title, one text per section key, the targets."""

    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    targets: Sequence[str] = ()


def parts_of(work: WorkSpec) -> tuple[tuple[str, Text], ...]:
    """What a task book of this kind consists of: the charter's sections and boxes, or the usual."""
    declared: list[tuple[str, Text]] = [(one.key, one.title) for one in work.sections]
    declared += [(one.key, one.title) for one in work.fields]
    return tuple(declared) or USUAL_SECTIONS


def moved(state: str, verb: str) -> str:
    """The state after `verb`. Refuses a move that is not in the table."""
    try:
        return BOOK_MOVES[state][verb]
    except KeyError:
        raise Refused("work.not-in-this-state", state=BOOK_WORDS[state]) from None


def accept_by(charter_due: datetime | None, issued_at: datetime) -> datetime:
    """Until when to accept: as the charter says; a week where that instant is past or unsaid."""
    if charter_due is not None and charter_due > issued_at:
        return charter_due
    return issued_at + TIME_TO_ACCEPT


def stored(content: BookContent, sections: Sequence[tuple[str, Text]]) -> dict[str, object]:
    """The content as it is kept: sections in the charter's order, blank targets dropped."""
    return {
        "title": content.title.strip(),
        "sections": [
            {
                "key": key,
                "title_zh": title.zh,
                "title_en": title.en,
                "text": shown(str(content.texts.get(key, ""))).strip("\n"),
                "form": PLAIN,
            }
            for key, title in sections
        ],
        "targets": [line.strip() for line in content.targets if line.strip()],
    }


def fingerprint(kept: Mapping[str, object]) -> str:
    """SHA-256 of the content, over its canonical JSON."""
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def missing(kept: Mapping[str, object]) -> list[Text]:
    """What has to be written before a task book may be issued."""
    gaps = [] if kept["title"] else [Text("题目", "title")]
    sections = kept["sections"]
    if isinstance(sections, list):
        gaps += [
            Text(one["title_zh"], one["title_en"]) for one in sections if not one["text"].strip()
        ]
    return gaps


@dataclass(frozen=True, slots=True)
class BookChange:
    """One changed part of a task book."""

    label: Text
    before: str
    after: str


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[BookChange]:
    """What a new version changes, part by part, in the order of the paper."""
    old, new = _parts(before), _parts(after)
    labels = {key: label for key, (label, _) in (old | new).items()}
    pairs = [
        BookChange(label, old[key][1] if key in old else "", new[key][1] if key in new else "")
        for key, label in labels.items()
    ]
    return [one for one in pairs if one.before != one.after]


def _parts(kept: Mapping[str, object]) -> dict[str, tuple[Text, str]]:
    sections, targets = kept["sections"], kept["targets"]
    parts = {"title": (Text("题目", "Title"), str(kept["title"]))}
    if isinstance(sections, list):
        for one in sections:
            label = Text(one["title_zh"], one["title_en"])
            parts[f"section:{one['key']}"] = (label, str(one["text"]))
    if isinstance(targets, list):
        parts["targets"] = (Text("考核指标", "Targets"), "\n".join(str(one) for one in targets))
    return parts
