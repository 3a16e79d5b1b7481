"""Writing a charter: what is not changed stays byte for byte, what is set is read back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keti.charter.rules import load
from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.findings import Path as Steps
from keti.charter.rules.reading import read
from keti.charter.rules.writing import (
    NoSuchPlace,
    move,
    put,
    put_all,
    remove,
    remove_all,
    rename,
    uses,
    without_remarks,
)

ROOT = Path(__file__).parents[3]
FILES = [*sorted((ROOT / "charters").glob("*.yaml")), ROOT / "tests" / "cast.yaml"]
TEXTS = {file.stem: file.read_text() for file in FILES}
CAST = TEXTS["cast"]
SMALL = """\
# head
keti: charter/1
roles:   # in order
  # the first
  one: {zh: 甲, in: whole, can: [read]}   # behind
  # the second
  two:
    zh: 乙
    excludes: [one]
    text: |
      line one

      line two
calendar:
  start: 2022-01-01
  end: {date: start + P1M, at: "24:00"}
"""


def places(data: Any, path: Steps = ()) -> Iterator[Steps]:
    if path:
        yield path
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in inner:
        yield from places(value, (*path, key))


def at(data: Any, path: Steps) -> Any:
    for step in path:
        data = data[step]
    return data


PLACES = {name: list(places(read(text).data)) for name, text in TEXTS.items()}
# A key without a value is a key left out: no form writes one, so none is drawn inside a map.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=30
    ) | st.sampled_from(["two\nlines\n", "a: b", "# no", "2022-05-25T24:00", "1.5", "yes", "- x"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
        inner.filter(lambda one: one is not None),
        max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_writing_what_stands_there_changes_no_byte(name: str) -> None:
    assert put(TEXTS[name], (), read(TEXTS[name]).data) == TEXTS[name]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TEXTS)), st.data(), VALUES)
def test_what_is_set_is_read_back_and_nothing_else_changes(
    name: str, data: st.DataObject, value: Any
) -> None:
    path = data.draw(st.sampled_from(PLACES[name]))
    wanted = read(TEXTS[name]).data
    at(wanted, path[:-1])[path[-1]] = value
    assert read(put(TEXTS[name], path, value)).data == wanted


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_what_is_removed_is_gone_alone(name: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PLACES[name]))
    wanted = read(TEXTS[name]).data
    del at(wanted, path[:-1])[path[-1]]
    assert read(remove(TEXTS[name], path)).data == wanted


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_move_and_the_move_back_leave_no_trace(name: str, data: st.DataObject) -> None:
    keys = [one for one in PLACES[name] if isinstance(one[-1], str)]
    path = data.draw(st.sampled_from(keys))
    there = move(TEXTS[name], path, 1)
    last = list(at(read(TEXTS[name]).data, path[:-1]))[-1] == path[-1]
    assert there == TEXTS[name] if last else move(there, path, -1) == TEXTS[name]


def test_one_value_changes_one_line() -> None:
    new = put(SMALL, ("roles", "one", "zh"), "丙: 丁")
    assert new == SMALL.replace("zh: 甲", 'zh: "丙: 丁"')
    assert put(SMALL, ("roles", "one", "min"), 2) == SMALL.replace(
        "can: [read]}", "can: [read], min: 2}"
    )
    assert remove(SMALL, ("roles", "one", "in")) == SMALL.replace("in: whole, ", "")
    assert remove(SMALL, ("calendar", "start")) == SMALL.replace("  start: 2022-01-01\n", "")


def test_an_entry_moves_and_goes_with_the_words_above_it() -> None:
    moved = move(SMALL, ("roles", "one"), 1)
    assert moved.index("# the second") < moved.index("two:") < moved.index("# the first")
    assert moved.index("# the first") < moved.index("one:")
    assert "# behind" in moved
    gone = remove(SMALL, ("roles", "two"))
    assert "# the second" not in gone
    assert "# the first" in gone


def test_new_entries_stand_last_and_are_spelled_like_the_file() -> None:
    new = put(SMALL, ("roles", "three"), {"zh": "戊", "can": ["read"]})
    assert "    text: |\n      line one\n\n      line two\n  three: {zh: 戊, can: [read]}\n" in new
    chinese = "课题语言: charter/1\n时区: UTC\n角色: {one: {中文: 甲}}"
    wrote = put(chinese, ("roles", "one", "min"), 1)
    assert wrote == chinese.replace("甲}", f"甲, {CHINESE['min']}: 1}}")


def test_blocks_missing_on_the_way_are_made() -> None:
    new = put(SMALL, ("gates", "last", "rule", "approve"), "2/3")
    assert read(new).data["gates"] == {"last": {"rule": {"approve": "2/3"}}}
    assert new.startswith(SMALL)


def test_a_renamed_id_takes_every_reference_with_it_and_back() -> None:
    compiled, _found = load(CAST, "cast.yaml")
    assert compiled is not None
    data = read(CAST).data
    for section, new in (
        ("roles", "zz_q"), ("parties", "zz_q"), ("groups", "zz_q"), ("calendar", "zz_q"),
        ("gates", "zz.q"), ("deliverables", "zz.q"),
    ):  # fmt: skip
        for key in data[section]:
            wrote = rename(CAST, (section, key), new)
            again, found = load(wrote, "cast.yaml")
            assert again is not None, [one.as_text("en") for one in found]
            assert len(again.obligations) == len(compiled.obligations)
            assert rename(wrote, (section, new), key) == CAST


def test_a_taken_or_broken_id_is_refused() -> None:
    for new in ("two", "No", "a b", ""):
        with pytest.raises(NoSuchPlace):
            rename(SMALL, ("roles", "one"), new)


def test_uses_are_the_places_that_refer_to_it() -> None:
    assert uses(SMALL, ("roles", "one")) == (("roles", "two", "excludes"),)
    assert uses(SMALL, ("calendar", "start")) == (("calendar", "end", "date"),)
    assert uses(SMALL, ("roles", "two")) == ()


def test_many_places_at_once_are_written_as_one_after_another() -> None:
    """In one pass what can be; the rest, such as a block of one entry, after another."""
    text = (
        "a: {zh: 一, en: one}  # first\nb:\n  x: 1\n  # about y\n  y: {source: 甲.1, n: 2}\n"
        "  source: [甲.2, 甲.3]\nc:\n  source: 甲.4\n"
    )
    wanted = {("a", "en"): "uno", ("b", "y", "n"): 3, ("d", "new"): "x", ("b", "x"): 1}
    assert put_all(text, wanted) == put(
        put(put(text, ("a", "en"), "uno"), ("b", "y", "n"), 3), ("d", "new"), "x"
    )
    assert put_all(text, {("b", "x"): 7}) == text.replace("x: 1", "x: 7")
    assert put_all(text, {("b", "x"): 1}) == text
    gone = [("b", "y", "source"), ("b", "source"), ("c", "source")]
    assert read(remove_all(text, gone)).data == {
        "a": {"zh": "一", "en": "one"}, "b": {"x": 1, "y": {"n": 2}}, "c": {},
    }  # fmt: skip
    assert remove_all(text, gone[:2]) == text.replace("source: 甲.1, ", "").replace(
        "  source: [甲.2, 甲.3]\n", ""
    )


def test_remarks_go_and_signs_in_values_stay() -> None:
    text = (
        "# head\n\na: 1   # one\nb: 'x # y'\nc: |\n  ## title\n  # not a remark\n# tail\nd: x#y\n"
    )
    assert without_remarks(text) == (
        "a: 1\nb: 'x # y'\nc: |\n  ## title\n  # not a remark\nd: x#y\n"
    )
