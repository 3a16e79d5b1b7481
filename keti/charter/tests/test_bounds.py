"""A charter that asks for more than can be judged in time is refused with words, and at once."""

from time import process_time

import pytest

from keti.charter.messages import MESSAGES
from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.tests.sound import SOUND, bent

MONTHS = "  m: {rrule: FREQ=MONTHLY;BYMONTHDAY=1, from: 2022-05-02, to: 2052-05-02}\n"
SHARE = "charter.bad-value"
TEAMS = "instances: {a: 甲组, b: 乙组, c: 丙组}"


def teams(count: int, text: str = SOUND) -> str:
    made = ", ".join(f"g{number}: 组{number}" for number in range(count))
    return bent(TEAMS, f"instances: {{{made}}}", text)


def more(part: str, line: str, count: int, text: str = SOUND) -> str:
    """The sound charter with this line so many times in a part, `#` its number."""
    made = "".join(f"  {line}\n".replace("#", str(number)) for number in range(count))
    return bent(f"\n{part}:\n", f"\n{part}:\n{made}", text)


def monthly() -> str:
    """Two hundred groups, three hundred and sixty months: 72,000 reports."""
    text = bent("\ncalendar:\n", f"\ncalendar:\n{MONTHS}")
    return teams(200, more("deliverables", "r#: {zh: 月报, per: team, by: head, due: m}", 1, text))


ROUND = "g#: {decides: [asker], outcomes: [approve, revise], by: 2022-05-27, max_rounds: 20}"
NEEDS = f"w#: {{by: clerk, due: 2022-08-31, needs: [{', '.join(['last'] * 20)}]}}"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (monthly(), "obligations"),
        (teams(5_001), "groups.team.instances"),
        (more("gates", "g#: {decides: [asker], outcomes: [close], by: 2022-05-27}", 61), "gates"),
        (more("gates", ROUND, 20), "gates.max_rounds"),
        (more("obligations", NEEDS, 150), "obligations.needs"),
        (more("parties", "z#: {zh: 某院}", 501), "parties"),
        (more("calendar", "c#: {date: 2022-05-02}", 120), "calendar"),
    ],
)
def test_too_much_is_refused_by_its_part_and_at_once(text: str, path: str):
    begun = process_time()
    found = lint(text, "n")
    assert ("charter.too-many", path) in [(one.code, one.path) for one in found]
    assert load(text, "n")[0] is None
    assert process_time() - begun < 5


def test_a_large_programme_is_not_too_much():
    assert load(teams(2_000), "n")[0] is not None


def test_a_rule_that_never_fits_is_not_sought_for_ever():
    never = "  m: {rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30, from: 1950-01-01, to: 2190-01-01}\n"
    found = lint(bent("\ncalendar:\n", f"\ncalendar:\n{never}"), "n")
    assert "charter.too-many-dates" in [one.code for one in found]


def test_a_share_is_no_power():
    found = lint(bent("quorum: 2/3", "quorum: 1e99999999"), "n")
    assert [(one.code, one.path) for one in found] == [(SHARE, "gates.panel.rule.quorum")]


def test_names_are_as_long_as_tables_keep_them():
    text = bent("zh: 小课题", f"zh: {'课' * 201}")
    text = bent("head: {in: team", f"head: {{zh: {'长' * 81}, in: team", text)
    found = [(one.code, one.path) for one in lint(text, "n") if one.severity == "error"]
    assert found == [
        ("charter.too-long", "programme.title.zh"),
        ("charter.too-long", "roles.head.zh"),
    ]
    assert load(bent("zh: 小课题", f"zh: {'课' * 200}"), "n")[0] is not None


def test_a_torrent_of_findings_is_cut():
    assert len(lint(SOUND + "".join(f"k{number}: 1\n" for number in range(2_000)), "n")) == 300
    assert len(lint(SOUND + "tz: Asia/Shanghai\n" * 2_000, "n")) == 300


def test_what_is_too_much_is_said_in_both_languages():
    assert {"charter.too-many", "charter.too-long"} <= MESSAGES.keys()
    (found,) = [one for one in lint(teams(5_001), "n") if one.code == "charter.too-many"]
    assert "5000" in found.sentence("zh")
    assert "5000" in found.sentence("en")
