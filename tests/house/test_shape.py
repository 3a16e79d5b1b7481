"""Files, functions and models keep the shape the house agreed on."""

import ast
import re
import tomllib
from typing import get_args

from django.apps import apps
from django.db import models

from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.shape import Form, Verb
from keti.programmes.models import Programme
from tests.house.sources import (
    HOUSE,
    ROOT,
    charter_ids,
    literals,
    name,
    python_files,
    templates,
    trees,
)

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
SHARED = {
    "accounts.Organisation": "units are shared by all programmes",
    "accounts.FormerName": "what a unit was called; units are shared by all programmes",
    "accounts.Person": "people are shared by all programmes",
    "accounts.User": "one sign-in serves all programmes",
    "accounts.SignedIn": "one sign-in serves all programmes",
    "accounts.Tally": "counts tries at the doors of signing in, before anybody is known",
    "accounts.DutyLink": "names its duty by public id; the duty holds the programme",
    "drafts.Draft": "what one person typed, on whatever page; it goes when it is sent",
    "documents.ReadText": "what a text reads as, kept under its hash: of any programme",
    "notify.Preference": "how one person wants to be told, whatever programme tells",
    "planning.DraftStep": "earlier texts of a draft, whose programme may not exist yet",
    "kernel.SimulatedInstant": "one clock per installation",
    "ledger.KeyChange": "one key signs for the installation",
    "ledger.HouseCheckpoint": "of the book of the house, which belongs to no programme",
    "ledger.Head": "one per book; the book is a programme's public id, or the house",
    "programmes.Programme": "it is the key",
    "programmes.Holiday": "the calendar of a country, not of a programme",
}
NUMBERS = {"number", "before", "after", "year", "page"}
PARTS = {
    "groups.Colleague": "groups.Seat",
    "duties.Reminder": "duties.Obligation",
    "duties.Withdrawal": "duties.Filing",
    "honours.Certificate": "honours.Nomination",
    "honours.HonourVote": "honours.Nomination",
    "honours.Nominator": "honours.Nomination",
    "activities.OutsideGuest": "activities.Activity",
    "activities.Spot": "activities.Activity",
    "honours.Objection": "honours.Nomination",
    "intake.Check": "intake.Application",
    "intake.Reversal": "intake.Application",
    "letters.Listed": "letters.RecipientList",
    "letters.OfficeName": "letters.Office",
    "letters.Passage": "letters.MailPiece",
    "meetings.Attendance": "meetings.Meeting",
    "meetings.AttendanceNote": "meetings.Meeting",
    "meetings.Guest": "meetings.Meeting",
    "meetings.Resolution": "meetings.Meeting",
    "monitoring.Follower": "monitoring.Finding",
    "notify.Delivery": "notify.Message",
    "notify.Enclosure": "notify.Written",
    "monitoring.Step": "monitoring.Finding",
    "planning.Approval": "planning.Amendment",
    "planning.Vote": "planning.Amendment",
    "release.Artefact": "release.Publication",
    "release.Page": "release.Publication",
    "release.RollRow": "release.Roll",
    "review.Conflict": "review.Gate",
    "review.Decision": "review.Gate",
    "review.Input": "review.Gate",
    "review.Opinion": "review.Gate",
    "review.OpinionChange": "review.Gate",
    "review.Request": "review.Gate",
}


def storeys() -> list[set[str]]:
    """The rooms, highest storey first, as the import contract lists them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(one for one in contracts["contracts"] if one["id"] == "storeys")["layers"]
    return [{room.strip() for room in layer.split("|")} for layer in layers]


def ours() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("keti.")]


def test_no_file_is_longer_than_the_limit():
    files = [*python_files(), *templates(), *sorted((ROOT / "tests").rglob("*.py"))]
    long = {name(one): len(one.read_text().splitlines()) for one in files}
    assert {one: lines for one, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_the_limit():
    long = {
        f"{name(file)}:{node.name}": node.end_lineno - node.lineno + 1
        for file, tree in trees(tests=True)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert {one: lines for one, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_no_charter_id_is_written_in_the_code():
    ids = charter_ids() - {*CHINESE, *get_args(Form), *get_args(Verb)} - set().union(*storeys())
    assert len(ids) > 100
    written = [
        f"{name(file)}:{line} {text}"
        for file, tree in trees()
        for line, text in literals(tree)
        if text in ids
    ]
    written += [
        f"{name(file)} {text}"
        for file in templates()
        for text in re.findall(r"""(?<!=)["']([\w.-]+)["']""", file.read_text())
        if text in ids
    ]
    assert written == []


def test_nothing_is_left_for_later_in_a_comment():
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    files = [*python_files(), *templates(), *HOUSE.rglob("*.js"), *HOUSE.rglob("*.css")]
    assert [name(one) for one in files if marks.search(one.read_text())] == []


def test_foreign_keys_point_down():
    height = {room: storey for storey, rooms in enumerate(reversed(storeys())) for room in rooms}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label in height
        and height[field.related_model._meta.app_label] > height[model._meta.app_label]
    ]
    assert upward == []


def test_no_foreign_key_names_another_room_in_a_string():
    named = [
        f"{name(file)}:{call.lineno}"
        for file, tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") in ("ForeignKey", "OneToOneField", "ManyToManyField")
        and isinstance(call.args[0], ast.Constant)
        and "." in str(call.args[0].value)
    ]
    assert named == []


def keys(model: type[models.Model]) -> dict[str, bool]:
    """What the model's foreign keys point at, and whether they may be empty."""
    return {
        field.related_model._meta.label: field.null
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }


def test_everything_of_a_programme_has_its_key():
    keyed = {one._meta.label for one in ours() if Programme._meta.label in keys(one)}
    rest = {one._meta.label for one in ours()} - keyed
    assert sorted(rest - set(SHARED) - set(PARTS)) == []
    assert sorted((set(SHARED) | set(PARTS)) & keyed) == []


def test_a_part_hangs_on_one_row_that_has_the_key():
    labelled = {one._meta.label: one for one in ours()}
    for part, whole in PARTS.items():
        assert keys(labelled[part])[whole] is False, part
        assert Programme._meta.label in keys(labelled[whole]), whole


def test_public_ids_are_random_and_once_only():
    for model in ours():
        fields = {field.name: field for field in model._meta.get_fields()}
        if "public_id" in fields:
            assert fields["public_id"].unique, model
            assert fields["public_id"].default.__name__ == "new_id", model


def test_no_path_contains_a_primary_key():
    converters = [
        f"{name(file)}: {text}"
        for file, tree in trees()
        if file.name == "urls.py"
        for _, text in literals(tree)
        for found in re.findall(r"<int:(\w+)>", text)
        if found not in NUMBERS
    ]
    assert converters == []


def test_the_contracts_have_no_exemption():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert [one["id"] for one in contracts["contracts"] if "ignore_imports" in one] == []


def test_every_room_has_its_guide():
    guides = {room: HOUSE / room / "README.md" for layer in storeys() for room in layer}
    built = {room: guide for room, guide in guides.items() if (HOUSE / room / "apps.py").exists()}
    assert [room for room, guide in built.items() if not guide.exists()] == []
    long = {room: len(guide.read_text().splitlines()) for room, guide in built.items()}
    assert {room: lines for room, lines in long.items() if lines > 40} == {}
