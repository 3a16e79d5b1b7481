"""The words of a roster that the programme does not have: what is asked, and what was answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from keti.groups.doors import Door
from keti.groups.models import Group, Role
from keti.groups.queries import groups_of
from keti.intake.models import RosterImport
from keti.intake.rules.roster import COLUMNS
from keti.intake.rules.wording import GROUP, HEADING, ROLE, is_idle, key_of

Choice = tuple[str, str]


def words_asked(one: RosterImport, door: Door) -> list[dict[str, Any]]:
    """Each word with what it may mean; chosen is what was said, else what is perhaps meant."""
    roles = list(Role.objects.filter(programme=door.programme))
    groups = list(groups_of(door.programme))
    rows = [*_headings(one), *one.notes.get("words", ())]
    places = _places(groups, door.lang)
    return [
        {
            **row,
            "name": f"word-{row['key']}",
            "of": COLUMNS[row["column"]][_at(door)] if row["column"] in COLUMNS else _("列名"),
            "place": places.get(row["among"], ""),
            "chosen": one.answers.get(row["key"], row["near"]),
            "choices": _choices(row, roles, groups, door),
        }
        for row in rows
    ]


def words_said(post: Mapping[str, Any], one: RosterImport, door: Door) -> dict[str, str]:
    """What was answered now, by the key of each word; "" takes an answer back."""
    said: dict[str, str] = {}
    for row in words_asked(one, door):
        value = str(post.get(row["name"], ""))
        known = {key for key, _title in row["choices"]}
        if row["name"] in post and (not value or value in known):
            said[row["key"]] = value
    return said


def _headings(one: RosterImport) -> list[dict[str, Any]]:
    """The headings that were not read, and those that were read because it was said."""
    begin = key_of(HEADING, "")
    said = [key.removeprefix(begin) for key in one.answers if key.startswith(begin)]
    unread = [word for word in one.notes.get("unread", ()) if not is_idle(word)]
    words = dict.fromkeys([*unread, *said])
    made = {key_of(HEADING, word): word for word in reversed(list(words))}
    row = {"column": HEADING, "among": "", "near": "", "rows": 0}
    return [{**row, "key": key, "word": word} for key, word in reversed(made.items())]


def _choices(
    row: Mapping[str, Any], roles: list[Role], groups: list[Group], door: Door
) -> list[Choice]:
    lang = door.lang
    if row["column"] == HEADING:
        return [(key, names[_at(door)]) for key, names in COLUMNS.items()]
    if row["column"] == GROUP:
        return [(group.key, group.title.in_(lang)) for group in groups]
    fitting = [role for role in roles if not row["among"] or role.group_kind == row["among"]]
    return [(role.key, role.title.in_(lang)) for role in fitting] if row["column"] == ROLE else []


def _places(groups: Sequence[Group], lang: str) -> dict[str, str]:
    """Each kind of group in words: its one group, or the first of several and how many."""
    kinds: dict[str, list[str]] = {"": [""]}
    for group in groups:
        kinds.setdefault(group.kind, []).append(group.title.in_(lang))
    return {
        kind: titles[0]
        if len(titles) == 1
        else _("{first}等 {n} 组").format(first=titles[0], n=len(titles))
        for kind, titles in kinds.items()
    }


def _at(door: Door) -> int:
    return 1 if door.lang.startswith("en") else 0
