"""The calendar file: whole days for midnights, stable ids, cancellations."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from keti.notify.rules import DueDate, calendar

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2030, 3, 1, 1, tzinfo=UTC)


def events(*dates: DueDate) -> list[object]:
    return list(Calendar.from_ical(calendar("应办事项", dates, NOW)).walk("VEVENT"))


def test_a_deadline_at_midnight_is_its_last_day() -> None:
    due = datetime(2030, 4, 30, 16, tzinfo=UTC)
    (event,) = events(DueDate("a@keti", "提交报告", due, 0, False, ZONE))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2030, 4, 30), date(2030, 5, 1))
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("a@keti", 0, "CONFIRMED")


def test_a_deadline_in_the_day_is_the_hour_before_it() -> None:
    due = datetime(2030, 4, 30, 10, tzinfo=UTC)
    (event,) = events(DueDate("a@keti", "签到", due, 2, True, ZONE))
    assert event["DTEND"].dt == due
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")


def test_the_same_dates_give_the_same_bytes() -> None:
    due = datetime(2030, 4, 30, 16, tzinfo=UTC)
    date_ = DueDate("a@keti", "换行\n与；逗号,都安全", due, 0, False, ZONE)
    first, second = (calendar("应办事项", [date_], NOW) for _ in range(2))
    assert first == second
    (event,) = events(date_)
    assert event["SUMMARY"] == "换行 与；逗号,都安全"
