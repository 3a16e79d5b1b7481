"""What a single group arranges differently from its kind, where the charter allows it.

groups: {site: {may_override: [obligations.note.due],
                instances: {south: {overrides: {obligations.note.due: late_note_due}}}}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from pydantic import ValidationError

from keti.charter.rules.aliases import ENGLISH
from keti.charter.rules.findings import Path
from keti.charter.rules.scene import Scene, Variant
from keti.charter.rules.shape import Gate, Group, Work

OF_WORK = {
    "due", "at", "opens", "round", "rrule", "months", "at_least", "roll",
    "from", "to", "first", "remind",
}  # fmt: skip
OF_GATE = {
    "rule", "composition", "opens", "by", "at", "first_by", "round", "max_rounds", "revise_within",
    "within",
}  # fmt: skip


def variants(scene: Scene) -> dict[tuple[str, str], Variant]:
    """The works and gates that a group does otherwise, by kind of work or gate and group."""
    found: dict[tuple[str, str], Variant] = {}
    for kind, group in scene.charter.groups.items():
        allowed = _allowed(scene, kind)
        for key, instance in group.instances.items():
            path: Path = ("groups", kind, "instances", key, "overrides")
            for words, value in instance.overrides.items():
                steps = in_english(words)
                if not any(_covers(one, steps) for one in allowed):
                    known = ", ".join(group.may_override)
                    scene.report.error(
                        "charter.override-not-allowed", (*path, words), word=words, known=known
                    )
                    continue
                _vary(scene, found, steps, (path, words, value))
    return found


def in_english(path: str) -> str:
    """A path of the charter with its keys in English."""
    return ".".join(ENGLISH.get(step, step) for step in path.split("."))


def _allowed(scene: Scene, kind: str) -> tuple[str, ...]:
    """What groups of a kind may override: its own list, and that of the kind it inherits from."""
    groups: Mapping[str, Group] = scene.charter.groups
    own = groups[kind]
    above = groups.get(own.inherits)
    words = [*own.may_override, *(above.may_override if above else [])]
    return tuple(in_english(word) for word in words)


def _covers(pattern: str, path: str) -> bool:
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}.*")


Told = tuple[Path, str, object]


def _vary(scene: Scene, found: dict[tuple[str, str], Variant], steps: str, told: Told) -> None:
    path, words, value = told
    kind_of_group, instance = str(path[1]), path[3]
    group = f"{kind_of_group}.{instance}"
    here = next(_targets(scene, steps), None)
    if here is None or here[1].per not in {group, *_names_of(scene, kind_of_group)}:
        scene.report.error("charter.override-nowhere", (*path, words), word=words)
        return
    kind, declared, keys = here
    known = found.get((kind, group))
    try:
        shape = _changed(known.shape if known else declared, keys, value)
    except (ValidationError, TypeError, AttributeError):
        scene.report.error("charter.override-nowhere", (*path, words), word=words)
        return
    found[kind, group] = Variant(shape, (*path, words))


def _names_of(scene: Scene, kind: str) -> set[str]:
    """What `per` may say to mean a kind of group: its key, or a role that sits in it."""
    return {kind, *(role.key for role in scene.roles if role.group_kind == kind)}


def _targets(scene: Scene, steps: str) -> Iterator[tuple[str, Work | Gate, list[str]]]:
    """The declared thing a path leads into, its key and the keys that remain; longest first."""
    block, _, rest = steps.partition(".")
    charter = scene.charter
    blocks: dict[str, tuple[Mapping[str, Work | Gate], set[str]]] = {
        "obligations": (charter.obligations.__pydantic_extra__, OF_WORK),
        "deliverables": (charter.deliverables, OF_WORK),
        "gates": (charter.gates, OF_GATE),
    }
    declared, keys = blocks.get(block, ({}, set()))
    for key in sorted(declared, key=len, reverse=True):
        remaining = rest.removeprefix(f"{key}.").split(".")
        if rest.startswith(f"{key}.") and remaining[0] in keys:
            yield key, declared[key], remaining


def _changed(shape: Work | Gate, keys: list[str], value: object) -> Work | Gate:
    data: dict[str, Any] = shape.model_dump(by_alias=True, exclude_unset=True)
    here = data
    for key in keys[:-1]:
        here = here.setdefault(key, {})
    here[keys[-1]] = value
    return type(shape).model_validate(data)
