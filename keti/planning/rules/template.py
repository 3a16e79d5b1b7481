"""A shipped charter as a template: what a newcomer changes in a form goes back into it. Pure."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ruamel.yaml import YAML

DAY = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?=T\d{2}:\d{2}|[\s,}\]]|$)")
TONGUES = ("zh", "en")
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing that may be changed: where it lies, what it is of, its kind and present value."""

    place: Place
    of: tuple[str, str]
    kind: str
    value: str

    @property
    def name(self) -> str:
        """The field name of the form."""
        return ".".join(self.place)


def blanks(text: str) -> list[Blank]:
    """Names of the programme, its units and groups, the call's words, the plain dates."""
    charter = _yaml().load(text)
    found = [*_texts(charter, ("programme", "title"), "title")]
    found.append(_one(charter, ("programme", "number_prefix"), "prefix"))
    for key in charter.get("parties") or {}:
        found += _texts(charter, ("parties", str(key)), "party")
    for key, group in (charter.get("groups") or {}).items():
        for inner in group.get("instances") or {}:
            found += _texts(charter, ("groups", str(key), "instances", str(inner)), "group")
    for part in ("title", "signatory", "body"):
        if part in (charter.get("call") or {}):
            found += _texts(charter, ("call", part), f"call-{part}")
    found += _dates(charter)
    return [blank for blank in found if blank.value]


def _texts(charter: Any, place: Place, kind: str) -> Iterator[Blank]:
    for tongue in TONGUES:
        yield _one(charter, (*place, tongue), kind)


def _one(charter: Any, place: Place, kind: str, of: tuple[str, str] = ("", "")) -> Blank:
    value = _at(charter, place)
    return Blank(place, of, kind, str(value) if value is not None else "")


def _at(charter: Any, place: Place) -> Any:
    for step in place:
        if not isinstance(charter, Mapping) or step not in charter:
            return None
        charter = charter[step]
    return charter


def _dates(charter: Any) -> Iterator[Blank]:
    """Every date of the calendar that is written as a day, not as a rule."""
    for key, entry in (charter.get("calendar") or {}).items():
        if not isinstance(entry, Mapping):
            continue
        zh, en = (str(entry.get(tongue) or "") for tongue in TONGUES)
        title = (zh or en or str(key), en or zh or str(key))
        for part in ("from", "to", "date"):
            value = entry.get(part)
            if isinstance(value, date) and not isinstance(value, datetime):
                yield Blank(("calendar", str(key), part), title, f"date-{part}", value.isoformat())


def filled(text: str, answers: Mapping[str, str]) -> str:
    """The charter with these answers (field name -> value) in place of its blanks.

    Comments and everything else stay as they were.
    """
    yaml = _yaml()
    charter = yaml.load(text)
    for blank in blanks(text):
        answer = answers.get(blank.name, "").strip()
        if not answer or answer == blank.value:
            continue
        *above, last = blank.place
        holder = _at(charter, tuple(above))
        is_day = blank.kind.startswith("date-")
        holder[last] = date.fromisoformat(answer) if is_day else answer
    out = io.StringIO()
    yaml.dump(charter, out)
    return out.getvalue()


def shifted(text: str, days: int) -> str:
    """The charter with every written day moved by so many days; comments are left alone."""
    if not days:
        return text
    return "\n".join(_shifted_line(line, timedelta(days=days)) for line in text.split("\n"))


def _shifted_line(line: str, by: timedelta) -> str:
    code, mark, comment = line.partition(" #") if not line.startswith("#") else ("", line, "")

    def move(found: re.Match[str]) -> str:
        year, month, day = (int(part) for part in found.groups())
        try:
            return (date(year, month, day) + by).isoformat()
        except (ValueError, OverflowError):
            return found.group(0)

    return DAY.sub(move, code) + mark + comment


def renamed(text: str, programme_id: str) -> str:
    """The charter under another programme id."""
    yaml = _yaml()
    charter = yaml.load(text)
    charter["programme"]["id"] = programme_id
    out = io.StringIO()
    yaml.dump(charter, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
