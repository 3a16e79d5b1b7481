"""Another start and length: every shipped template at sampled terms fits, or names what gave. The
whole grid is `tests/prove/starts.py`; that what was moved can be founded, `tests/prove/founded.py`.
"""

import random
from datetime import date, timedelta

import pytest

from keti.charter.rules.reading import read
from keti.planning.models import CharterDraft
from keti.planning.rules.origin import remains
from keti.planning.rules.rescaling import term_of
from keti.planning.rules.shifting import days_in
from keti.planning.tests.test_pages import begun, what
from tests.cast import Cast
from tests.prove import founded, starts

METAVERSE, FUND = "metaverse-governance-2022", "fund-project"


@pytest.mark.parametrize("name", list(starts.offered()))
def test_a_sampled_term_fits_or_is_told(name: str) -> None:
    chance = random.Random(name)
    for days in starts.lengths(name)[::3]:
        start = starts.BEGIN + timedelta(days=chance.randrange(starts.STARTS))
        assert starts.tried(name, start, days)[1] == []


def test_what_is_offered_and_how_long() -> None:
    assert list(starts.offered()) == [
        "association-standard", "commissioned-study", FUND, METAVERSE,
    ]  # fmt: skip
    for name in starts.offered():
        found = starts.lengths(name)
        assert len(set(found)) == 10 and starts.own(name) in found
        assert (found[0], found[-1]) == (30, 2 * starts.own(name))


def test_a_term_long_enough_is_kept_and_a_short_one_grows_by_what_its_steps_need() -> None:
    """What is counted back from the end stays where it was when the end moves on."""
    kept = starts.at(METAVERSE, date(2026, 3, 1), 80)
    assert (kept.left, _length(kept.text)) == ((), 80)
    assert ("calendar", "research", "to") not in {one.path for one in kept.gave}
    for days, most in ((45, 60), (20, 45)):
        grown = starts.at(METAVERSE, date(2026, 3, 1), days)
        assert grown.left == ()
        assert days < _length(grown.text) < most
        end = next(one for one in grown.gave if one.path == ("calendar", "research", "to"))
        assert end.wanted == (date(2026, 3, 1) + timedelta(days=days)).isoformat()
        assert end.got == (date(2026, 3, 1) + timedelta(days=_length(grown.text))).isoformat()


def _length(text: str) -> int:
    term = term_of(read(text).data)
    return term.days if term else 0


def test_months_that_are_a_good_part_of_the_term_are_in_proportion() -> None:
    data = read(starts.at(FUND, date(2026, 1, 1), 2 * 1095).text).data
    assert data["calendar"]["half_term"]["date"] == "term.from + P36M - P1D"
    assert data["calendar"]["final_due"]["date"] == "term.to - P3M"
    short = read(starts.at(FUND, date(2026, 1, 1), 200).text).data
    assert short["calendar"]["half_term"]["date"] == "term.from + P100D - P1D"
    assert short["calendar"]["final_due"]["date"].startswith("term.to - P")


def test_a_start_on_a_day_that_months_do_not_have_is_rounded_and_told() -> None:
    made = starts.at(FUND, date(2027, 5, 31), 1095)
    assert made.left == ()
    names = [one.path[1] for one in made.gave if one.path[-1] == "round"]
    assert "progress_due" in names
    assert read(made.text).data["calendar"]["progress_due"]["round"] == "down"


def test_sentences_follow_their_dates() -> None:
    made = starts.at(METAVERSE, date(2026, 11, 30), 122)
    data = read(made.text).data
    body = data["call"]["body"]["zh"]
    window = data["calendar"]["registration"]
    for end in ("from", "to"):
        day = date.fromisoformat(window[end])
        assert f"{day.month} 月 {day.day} 日" in body
    assert "2026 年 11 月 30 日至 2027 年 4 月 1 日" in body, body
    assert len(days_in(made.text)) > 20


@pytest.mark.parametrize("name", list(starts.offered()))
def test_each_text_of_the_template_has_a_label_of_its_own(name: str) -> None:
    """Also one whose dates have moved is still the template's."""
    before = read(starts.offered()[name][0]).data
    after = read(starts.at(name, date(2027, 1, 4), starts.own(name)).text).data
    found = remains(after, before)
    assert {one.path for one in found} == {one.path for one in remains(before, before)}
    for lang in ("zh", "en"):
        labels = [one.label.in_(lang) for one in found]
        assert len(labels) == len(set(labels))


@pytest.mark.slow
def test_some_are_founded_and_one_is_played(cast: Cast) -> None:
    told, faults = founded.all_founded(cast, founded.sampled(4)[1:] + founded.sampled(1), 1)
    assert faults == []
    assert sum(told.values()) == 5


def test_one_is_founded(cast: Cast) -> None:
    told, faults = founded.all_founded(cast, founded.sampled(1), 0)
    assert (faults, sum(told.values())) == ([], 1)


def test_new_names_follow_into_the_call_and_what_follows_is_still_the_templates(
    cast: Cast,
) -> None:
    client = cast.qin.client
    url = begun(client, f"template:{METAVERSE}")
    facts = what(client, url, **{"title.zh": "自己的课题", "party.committee.zh": "自己的协会"})
    assert client.post(f"{url}step/what/", facts).status_code == 302
    call = read(CharterDraft.objects.get().text).data["call"]
    assert call["title"]["zh"] == "关于征集《自己的课题》课题组成员的通知"
    assert call["signatory"]["zh"] == "自己的协会"
    left = {one[0]: one[2] for one in client.get(f"{url}step/origin/").context["pages"]}
    assert {"call/title/zh", "call/signatory/zh"} <= set(left["call"].fields)
