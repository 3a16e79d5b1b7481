"""A role of several seats whose holders the charter names: a seat each."""

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.tests.test_one_group import PACKAGES

HELD = PACKAGES.replace(
    "  a: {en: A council (demo), kind: authority}\n",
    "  a: {en: A council (demo), kind: authority}\n"
    "  b: {en: B board (demo), kind: authority}\n"
    "  c: {en: C centre (demo), kind: academic, affiliated_with: d}\n"
    "  d: {en: D depot (demo), kind: academic, affiliated_with: b}\n",
).replace("min: 1, max: 1, holder: a,", "min: 2, max: 2, holder: [a, b],")


def codes(text):
    return [(one.line, one.number, one.path) for one in lint(text, "x")]


def test_each_of_several_holders_has_a_seat():
    charter, found = load(HELD, "x")
    assert charter is not None, [one.as_text("en") for one in found]
    assert charter.role("boss").holders == ("a", "b")
    assert codes(HELD) == []


def test_the_holders_in_chinese_are_the_same():
    chinese, _ = load(HELD.replace("holder: [a, b]", "担任者: [a, b]"), "x")
    assert chinese is not None
    assert chinese.role("boss").holders == ("a", "b")


@pytest.mark.parametrize(
    ("change", "number", "path"),
    [
        (("max: 2, holder: [a, b]", "max: 2, holder: [a, bb]"), "SHP139", "roles.boss.holder[1]"),
        (("max: 2, holder: [a, b]", "max: 2, holder: [a, a]"), "ROL230", "roles.boss.holder[1]"),
        (("max: 2, holder: [a, b]", "max: 2, holder: [a, b, c]"), "ROL231", "roles.boss.max"),
    ],
)
def test_who_cannot_have_a_seat_is_told_at_its_place(change, number, path):
    charter, found = load(HELD.replace(*change), "x")
    assert charter is None
    assert [(one.number, one.path) for one in found] == [(number, path)]


def test_one_of_several_who_is_kin_to_the_author_makes_the_decision_doubtful():
    head = "head: {en: Head, in: whole,"
    written = HELD.replace("holder: [a, b]", "holder: [a, d]")
    written = written.replace(head, f"{head} holder: c,")
    told = {(one.number, one.path) for one in lint(written, "x")}
    assert ("ROL205", "gates.ok.decides[0]") in told


def test_fewer_holders_than_seats_and_nothing_that_seats_the_rest_is_told():
    unasked = HELD.replace(
        "  wp_seats: {en: WP seats, form: appointment, per: wp, by: clerk, opens: term.from, "
        "due: 2023-03-10}\n", "",
    )  # fmt: skip
    assert unasked != HELD
    lead = "lead: {en: WP lead, in: wp, min: 1, max: 1,"
    for many, holders, told in ((2, "[c, d]", False), (3, "[c, d]", True)):
        more = f"lead: {{en: WP lead, in: wp, min: {many}, max: {many}, holder: {holders},"
        found = {(one.number, one.path) for one in lint(unasked.replace(lead, more), "x")}
        assert (("RUN925", "groups.wp") in found) is told, found
