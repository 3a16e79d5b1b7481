"""What the PDF would lack is said while minutes are written and before they are confirmed."""

from keti.meetings.enums import MeetingState
from keti.meetings.models import Meeting

from .test_pages import minutes_form

SIGN = "\ue123"
HEAD = "有的字符印不出来"


def test_while_minutes_are_written_nothing_is_recorded(cast, planned):
    cast.at("2030-04-11T17:00")
    url = f"{planned.path}record/"
    assert HEAD not in cast.lu.client.get(url).content.decode()
    data = minutes_form(planned, body=f"甲\n乙{SIGN}", resolutions=SIGN, what_0=f"补{SIGN}")
    part = cast.lu.client.post(url, data, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and part.count("(U+E123)") == 3
    assert "“会议情况”第 2 行" in part and "“议定事项”第 1 行" in part and "“待办事项”" in part
    planned.refresh_from_db()
    assert planned.state == MeetingState.PLANNED


def test_the_attendance_form_presets_nobody(cast, planned):
    cast.at("2030-04-11T17:00")
    url = f"{planned.path}record/"
    form = cast.lu.client.get(url).context["form"]
    fields = form.attendance_fields()
    assert fields and not any(one.value() for one in fields)
    assert all('<option value="" selected>' in str(one) for one in fields)
    left = minutes_form(planned) | {fields[0].name: ""}
    assert cast.lu.client.post(url, left).status_code == 422
    assert cast.lu.client.post(url, minutes_form(planned)).status_code == 302
    again = cast.lu.client.get(url).context["form"]
    assert {one.value() for one in again.attendance_fields()} == {"present"}


def test_the_chair_sees_it_before_confirming_and_may_confirm(cast, planned):
    cast.at("2030-04-11T17:00")
    data = minutes_form(planned, body=f"甲{SIGN}")
    assert cast.lu.client.post(f"{planned.path}record/", data).status_code == 302
    page = cast.lu.client.get(planned.path).content.decode()
    assert HEAD in page and "“会议情况”第 1 行" in page
    assert HEAD not in cast.mao.client.get(planned.path).content.decode()
    cast.lu.client.post(f"{planned.path}confirm/", {"key": "c"})
    assert Meeting.objects.get().state == MeetingState.CONFIRMED
    assert HEAD not in cast.lu.client.get(planned.path).content.decode()
