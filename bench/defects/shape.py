"""Mistakes of writing: keys, words, references, dates that do not exist."""

from __future__ import annotations

from bench.defects.ground import (
    Defect,
    Ground,
    Planted,
    below,
    removing,
    rewriting,
    setting,
)
from keti.charter.rules.findings import Path
from keti.charter.rules.writing import put, rename_key


def role(here: Ground) -> Path | None:
    return here.first("roles")


def gate(here: Ground) -> Path | None:
    return here.first("gates", lambda one: "by" in one)


def day(here: Ground) -> Path | None:
    return below(here.first("calendar", lambda one: "date" in one), "date")


def dated(here: Ground) -> Path | None:
    """A work that is due once."""
    series = {one.key for one in here.compiled.series}
    return here.work(lambda one: "due" in one and one["due"] not in series)


def span(here: Ground) -> str:
    """The name of a term of several days."""
    return next(one.key for one in here.compiled.anchors if one.kind == "span")


def renamed(number: str, says: str, where: str, new: str) -> Defect:
    def plant(here: Ground) -> Planted:
        path = here.first(where)
        if path is None:
            return None
        return rename_key(here.text, path, new), (where, new)

    return Defect(number, says, plant)


def appended(number: str, says: str, new: str, path: Path) -> Defect:
    def plant(here: Ground) -> Planted:
        return here.text.rstrip() + new, path

    return Defect(number, says, plant)


def _key(here: Ground) -> Planted:
    return rename_key(here.text, ("workdays",), "werkdays"), ("werkdays",)


def _elsewhere(here: Ground) -> Planted:
    top = next(one.kind for one in here.compiled.groups if not one.parent)
    inner = next((one.key for one in here.compiled.roles if one.group_kind != top), None)
    path = here.work(lambda one: one.get("per", top) == top and "by" in one)
    return (put(here.text, (*path, "by"), inner), (*path, "by")) if inner and path else None


def _override(here: Ground) -> Planted:
    path = here.first("groups", lambda one: one.get("instances"))
    if path is None:
        return None
    first = next(iter(here.data["groups"][path[1]]["instances"]))
    place = (*path, "instances", first, "overrides")
    entry = here.data["groups"][path[1]]["instances"][first]
    if not isinstance(entry, dict):
        return None
    return put(here.text, place, {"roles.nobody.min": 3}), (*place, "roles.nobody.min")


def _counts(here: Ground) -> Planted:
    path = role(here)
    if path is None:
        return None
    text = put(put(here.text, (*path, "min"), 5), (*path, "max"), 3)
    return text, (*path, "max")


def _subject(here: Ground) -> Planted:
    """The text of a publication or consultation becomes a file."""
    path = here.work(lambda one: one.get("form") in ("consultation", "publication"))
    if path is None:
        return None
    subject = here.data[path[0]][path[1]]["subject"]
    place = next(one for one, _ in here.works() if one[1] == subject)
    return put(here.text, (*place, "form"), "file"), (*path, "subject")


def _choice(here: Ground) -> Planted:
    boxes = here.block("admission").get("form", {}).get("fields")
    if not boxes:
        return None
    path: Path = ("admission", "form", "fields", next(iter(boxes)))
    return put(here.text, (*path, "kind"), "choice"), path


SHAPE = [
    Defect("SHP111", "a key misspelt", _key),
    removing("SHP112", "a required key left out", lambda here: ("programme", "commissioner")),
    setting("SHP113", "words where a number belongs", lambda here: below(role(here), "min"),
            "many"),
    setting("SHP115", "a right that does not exist", lambda here: below(role(here), "can"),
            ["mange"], lambda path: (*path, 0)),
    setting("SHP116", "another language", lambda here: ("keti",), "charter/9"),
    renamed("SHP117", "capitals in an id", "roles", "Chair-Man"),
    setting("SHP118", "a date in words", day, "1 June 2022"),
    setting("SHP119", "30 February", day, "2022-02-30"),
    setting("SHP121", "the year 3500", day, "3500-01-01"),
    setting("SHP122", "25 o'clock", lambda here: below(dated(here), "at"), "25:00"),
    setting("SHP123", "a length in words", lambda here: below(gate(here), "revise_within"),
            "five days"),
    setting("SHP125", "a month as a length", lambda here: below(gate(here), "revise_within"),
            "P1M"),
    setting("SHP126", "counting from a span", day, lambda here, path: f"{span(here)} + P1D"),
    setting("SHP127", "counting from a recurring date",
            lambda here: below(dated(here), "due"),
            lambda here, path: f"{here.compiled.series[0].key} + P1D"
            if here.compiled.series else None),
    setting("SHP128", "a date that depends on itself", day,
            lambda here, path: f"{path[1]} + P1D"),
    setting("SHP129", "a date given in two ways", lambda here: below(
        here.first("calendar", lambda one: "date" in one), "after"),
        lambda here, path: span(here), lambda path: path[:-1]),
    setting("SHP174", "something due every second", lambda here: below(
        here.first("calendar", lambda one: "rrule" in one), "rrule"), "FREQ=SECONDLY"),
    setting("SHP132", "a term that ends before it begins", lambda here: below(
        here.first("calendar", lambda one: "from" in one and "to" in one and "rrule" not in one),
        "to"), "1999-01-01"),
    setting("SHP133", "work that opens after it is due",
            lambda here: below(dated(here), "opens"), "2099-01-01"),
    setting("SHP134", "a time zone misspelt", lambda here: ("tz",), "Asia/Shanghigh"),
    setting("SHP135", "an unknown working-day calendar", lambda here: ("workdays",), "moon"),
    setting("SHP136", "a date nobody declared",
            lambda here: below(here.work(lambda one: "due" in one), "due"), "nowhere"),
    setting("SHP137", "a decider nobody declared", lambda here: below(gate(here), "decides"),
            ["nobody"], lambda path: (*path, 0)),
    setting("SHP138", "a role in no group", lambda here: below(role(here), "in"), "nowhere"),
    setting("SHP139", "a holder nobody declared", lambda here: below(
        here.first("roles", lambda one: "holder" in one), "holder"), "nobody"),
    setting("SHP140", "a gate on a paper nobody writes", lambda here: below(gate(here), "inputs"),
            ["nothing"], lambda path: (*path, 0)),
    setting("SHP141", "a phase opened by no gate",
            lambda here: below(here.first("phases"), "opens_with"), "nothing"),
    setting("SHP142", "a condition on a fact nobody states", lambda here: below(gate(here), "when"),
            "nothing.approve"),
    setting("SHP143", "an outcome without effect", lambda here: below(gate(here), "outcomes"),
            ["approve", "ponder"], lambda path: (*path, 1)),
    setting("SHP147", "half a condition", lambda here: below(gate(here), "when"), "all("),
    setting("SHP150", "nobody who runs the office", lambda here: below(
        here.first("roles", lambda one: "manage" in one.get("can", [])), "can"), ["read"],
        lambda path: ("roles",)),
    Defect("SHP145", "at most fewer than at least", _counts),
    Defect("SHP146", "a work of the whole by a member of a part", _elsewhere),
    Defect("SHP154", "a group that overrides what it may not", _override),
    Defect("SHP168", "a file that is to be published", _subject),
    Defect("SHP169", "a choice of nothing", _choice),
    setting("SHP170", "a decision without a gate", lambda here: below(dated(here), "form"),
            "decision"),
    rewriting("SHP164", "no space after a colon", "\ntz: ", "\ntz:", ("tz",)),
    rewriting("SHP105", "a YAML anchor", "\ntz: ", "\ntz: &here ", ("tz",)),
    rewriting("SHP106", "a YAML tag", "\ntz: ", "\ntz: !here ", ("tz",)),
    rewriting("SHP102", "a control character", "\ntz: ", "\ntz: \x07", ("tz",)),
    appended("SHP110", "a block written twice", "\ntz: UTC\n", ("tz",)),
    appended("SHP108", "a second document", "\n---\nketi: charter/1\n", ()),
]  # fmt: skip
