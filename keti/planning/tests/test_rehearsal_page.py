"""The rehearsal page: ranges as pictures, assumptions as a form, who may see it."""

import re
from datetime import date, timedelta

import pytest

from keti.charter.queries import compiled
from keti.charter.rules.rehearsal import Range, elapsed
from keti.duties.models import Obligation
from keti.kernel.acts import Text
from keti.planning.queries import recorded
from keti.planning.rules.ranges import axis, bar, scale_of

PAGE = "/p/cast/charter/rehearsal/"


def halves(page: str) -> list[str]:
    return re.findall(r"半数不晚于 (\d{4}-\d\d-\d\d)", page)


def test_every_seat_sees_ranges_and_a_stranger_nothing(cast):
    for name in ("qin", "lu", "mao", "ji"):
        page = getattr(cast, name).client.get(PAGE)
        assert page.status_code == 200, name
        assert page.content.decode().count('<svg class="rehearsal"') == 1 + len(
            {one.kind for one in compiled(cast.programme).obligations}
        )
    assert cast.wu.client.get(PAGE).status_code in (403, 404)


def test_it_says_that_it_is_no_forecast_and_on_what_it_rests(cast):
    page = cast.qin.client.get(PAGE).content.decode()
    assert page.count("预测") == page.count("不是预测") == 1
    assert "每人每工作日投入（小时）" in page
    assert 'name="hours.report"' in page


def test_other_assumptions_give_other_ranges(cast):
    quick = cast.qin.client.get(PAGE, {"go": "1", "hours_a_day": "12"})
    slow = cast.qin.client.get(PAGE, {"go": "1", "hours_a_day": "0.5"})
    assert quick.status_code == slow.status_code == 200
    assert halves(quick.content.decode())[0] < halves(slow.content.decode())[0]
    assert halves(cast.qin.client.get(PAGE, {"go": "1"}).content.decode()) == halves(
        cast.qin.client.get(PAGE).content.decode()
    )


@pytest.mark.parametrize("wrong", [{"hours_a_day": "0"}, {"begin": "2"}, {"hours.report": "x"}])
def test_a_number_out_of_range_is_told_at_its_field(cast, wrong):
    page = cast.qin.client.get(PAGE, {"go": "1", **wrong})
    assert page.status_code == 422
    assert next(iter(wrong)) in page.content.decode()


def test_the_charter_page_leads_there(cast):
    assert PAGE in cast.qin.client.get("/p/cast/charter/").content.decode()


def test_what_was_recorded_counts_once_there_is_enough_of_it(cast):
    duties = list(Obligation.objects.filter(form="report", opens_at__isnull=False)[:3])
    kind = duties[0].kind
    same = [one for one in Obligation.objects.filter(kind=kind, opens_at__isnull=False)]
    for one in same[:2]:
        done = one.opens_at + timedelta(days=7)
        Obligation.objects.filter(pk=one.pk).update(state="met", met_at=done)
    assert recorded(cast.programme) == {}
    one = same[2]
    Obligation.objects.filter(pk=one.pk).update(state="met", met_at=one.opens_at)
    assert recorded(cast.programme) == {kind: (0.0, 5.0, 5.0)}
    page = cast.qin.client.get(PAGE).content.decode()
    assert "已有实际记录" in page


def test_a_week_is_five_working_days(cast):
    charter = compiled(cast.programme)
    monday = charter.obligations[0].due_at
    rows = [("x", monday, monday + timedelta(days=days)) for days in (7, 14, 21)]
    assert elapsed(charter, rows) == {"x": (5.0, 10.0, 15.0)}


def test_a_bar_lies_between_its_days_on_the_scale():
    one = Range("k", Text("甲", "a"), "file", date(2030, 3, 1), date(2030, 1, 1), date(2030, 2, 1),
                date(2030, 3, 1), 0.5, 0.0, (0.0, 0.0, 0.0, 0.0))  # fmt: skip
    scale = scale_of([one])
    drawn = bar(one, scale, "zh")
    assert (scale.x(one.p10), scale.x(one.p90)) == (8.0, 352.0)
    assert 'x="8.0"' in drawn and 'width="344.0"' in drawn
    assert "style" not in drawn and "2030-02-01" in drawn
    assert [day.month for day in scale.months()] == [1, 2, 3]
    assert axis(scale).count("<text") == 2  # the last month has no room
