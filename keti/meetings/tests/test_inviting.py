"""Who is invited beside the group: seats, whole groups, guests without an account."""

import pytest
from django.db import DatabaseError, transaction
from icalendar import Calendar

from keti.kernel.refusals import Refused
from keti.meetings import actions, queries, rules
from keti.meetings.actions import Beside, GuestFacts, MinutesFacts
from keti.meetings.models import Guest, Meeting
from keti.notify.actions import deliver_due
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message
from tests.cast import local
from tests.office import Office, opened

GUESTS = "商务司 白处长（演示） bai@example.org\n\n顾教授（演示）<gu@example.org>"
BAI = GuestFacts("商务司 白处长（演示）", "bai@example.org")


def told(kind: str) -> list[str]:
    found = Message.objects.filter(kind=kind, recalled_at=None).order_by("pk")
    return [one.recipient_label for one in found]


class TestLines:
    def test_a_name_and_an_address_in_any_writing(self):
        lines = "白处长，bai@example.org\n白（商务司） bai@Example.org\n顾 <gu@example.org>"
        assert rules.guests(lines) == [
            GuestFacts("白处长", "bai@example.org"),
            GuestFacts("顾", "gu@example.org"),
        ]

    @pytest.mark.parametrize("line", ["白处长", "bai@example.org", "白处长 bai@", "白 bai@a b"])
    def test_what_is_no_guest_is_named_with_its_line(self, line):
        with pytest.raises(Refused) as refused:
            rules.guests(f"顾 gu@example.org\n{line}")
        assert f"第2行“{line}”" in refused.value.sentence()

    def test_fifty_are_enough(self):
        with pytest.raises(Refused, match="too-many-guests"):
            rules.guests("\n".join(f"客{n} k{n}@example.org" for n in range(51)))


class TestInviting:
    def test_a_seat_reads_the_meeting_and_a_guest_has_all_in_the_letter(self, cast, planned):
        before = told("meetings.planned")
        actions.invite_beside(
            cast.lu.act(key="more"), meeting=planned, beside=Beside([cast.he.seat], [BAI])
        )
        assert told("meetings.planned") == [*before, "何组长（演示）", BAI.name]
        assert [one.pk for one in queries.beside(planned, cast.he.act().recorded_at)] == [
            cast.he.seat.pk
        ]
        assert cast.he.client.get(planned.path).status_code == 200
        letter = Message.objects.get(recipient_label=BAI.name)
        assert (letter.address, letter.path) == ("bai@example.org", "")
        assert "时间：2030-04-11 周四 14:00" in letter.body and "议程：通报进展" in letter.body
        assert "能否到会，请告知卢组长（演示）（lu@example.org）。" in letter.body
        assert [one.way for one in letter.deliveries.all()] == [Way.MAIL]

    def test_sent_twice_it_is_one_invitation(self, cast, planned):
        for _ in range(2):
            actions.invite_beside(
                cast.lu.act(key="more"), meeting=planned, beside=Beside(guests=[BAI])
            )
        assert Guest.objects.count() == 1
        assert told("meetings.planned").count(BAI.name) == 1

    @pytest.mark.parametrize(
        ("who", "beside", "code"),
        [
            ("he", Beside(guests=[BAI]), "only-the-lead-arranges"),
            ("lu", Beside(), "nobody-new"),
            ("lu", Beside(guests=[GuestFacts("何（演示）", "HE@example.org")]), "guest-sits-here"),
        ],
    )
    def test_what_is_refused(self, cast, planned, who, beside, code):
        with pytest.raises(Refused, match=code):
            actions.invite_beside(getattr(cast, who).act(), meeting=planned, beside=beside)
        assert Guest.objects.count() == 0

    def test_taken_back_the_seat_reads_no_more_and_both_are_told(self, cast, planned):
        actions.invite_beside(cast.lu.act(), meeting=planned, beside=Beside([cast.he.seat], [BAI]))
        for whom in (cast.he.seat, Guest.objects.get()):
            actions.uninvite(cast.lu.act(), meeting=planned, whom=whom)
        assert told("meetings.uninvited") == ["何组长（演示）", BAI.name]
        assert cast.he.client.get(planned.path).status_code == 404
        assert Guest.objects.count() == 0
        with pytest.raises(Refused, match="not-invited-beside"):
            actions.uninvite(cast.lu.act(), meeting=planned, whom=cast.mao.seat)

    def test_guests_hear_of_the_move_and_of_the_end_and_get_no_minutes(self, cast, planned):
        actions.invite_beside(cast.lu.act(), meeting=planned, beside=Beside(guests=[BAI]))
        actions.move_meeting(
            cast.lu.act(), meeting=planned, starts_at=local("2030-04-12T09:00"), reason="冲突。"
        )
        assert told("meetings.moved")[-1] == BAI.name
        assert "由 2030-04-11 周四 14:00 改到 2030-04-12 周五 09:00" in (
            Message.objects.get(kind="meetings.moved", recipient_label=BAI.name).body
        )
        actions.cancel_meeting(cast.lu.act(), meeting=planned, reason="改期再议。")
        assert told("meetings.cancelled")[-1] == BAI.name

    def test_a_calendar_takes_the_guests_letter_over_and_its_end(self, cast, planned, settings):
        settings.KETI_MODE, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "normal", "127.0.0.1", 5
        settings.DEFAULT_FROM_EMAIL = "课题 平台 <keti@example.org>"
        Delivery.objects.filter(way=Way.MAIL).update(state=DeliveryState.SENT)
        with opened(Office()) as office:
            settings.EMAIL_PORT = office.port
            actions.invite_beside(cast.lu.act(), meeting=planned, beside=Beside(guests=[BAI]))
            actions.uninvite(cast.lu.act(), meeting=planned, whom=Guest.objects.get())
            deliver_due(local("2030-04-10T09:00"))
            letters = [letter for to, letter in office.kept if "bai@example.org" in to]
        said = []
        for letter in letters:
            (part,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
            book = Calendar.from_ical(part.get_payload(decode=True).decode())
            (event,) = book.walk("VEVENT")
            said.append((str(book["METHOD"]), int(event["SEQUENCE"]), str(event["ATTENDEE"])))
        assert said == [
            ("REQUEST", 0, "MAILTO:bai@example.org"),
            ("CANCEL", 1, "MAILTO:bai@example.org"),
        ]

    def test_minutes_say_how_a_guest_came_and_freeze_it(self, cast, planned):
        actions.invite_beside(cast.lu.act(), meeting=planned, beside=Beside(guests=[BAI]))
        guest = Guest.objects.get()
        cast.at("2030-04-11T17:00")
        said = MinutesFacts(
            body="讨论了框架。",
            attendance={cast.lu.seat: "present"},
            guests={guest.public_id: "observer"},
        )
        meeting = actions.record_minutes(cast.lu.act(), meeting=planned, minutes=said)
        actions.confirm_minutes(cast.lu.act(), meeting=meeting)
        meeting.refresh_from_db()
        facts = dict(queries.paper(meeting, "zh-hans").facts)
        assert facts["列席"] == f"{BAI.name}（来宾）"
        assert BAI.name not in told("meetings.minutes")
        with pytest.raises(DatabaseError), transaction.atomic():
            Guest.objects.update(kind="present")


class TestPages:
    def test_the_invitation_is_read_before_the_meeting_is_called(self, cast, planned):
        url = f"/p/cast/meetings/call/?group={cast.group('cell.red').public_id}"
        data = {
            "key": "k", "title": "案例会", "starts_at": "2030-04-12T09:30", "mode": "room",
            "place": "三号", "agenda": "案例", "guests": GUESTS,
            "groups": [cast.group("cell.blue").public_id],
        }  # fmt: skip
        page = cast.lu.client.post(url, data | {"step": "look"})
        text = page.content.decode()
        assert page.status_code == 200 and Meeting.objects.count() == 1
        assert "会议通知：红组 · 案例会（2030-04-12 周五 09:30）" in text
        assert "何组长（演示）" in text and "顾教授（演示） gu@example.org" in text
        part = cast.lu.client.post(url, data, headers={"HX-Request": "true"}).content.decode()
        assert "邀请这样写" in part and "<form" not in part
        answer = cast.lu.client.post(url, data)
        assert answer.status_code == 302
        called = Meeting.objects.get(title_zh="案例会")
        assert list(called.guests.values_list("mail", flat=True)) == [
            "bai@example.org", "gu@example.org",
        ]  # fmt: skip
        assert cast.he.seat.pk in called.attendance.values_list("seat", flat=True)

    def test_a_slip_in_a_guest_keeps_everything_typed(self, cast, planned):
        page = cast.lu.client.post(f"{planned.path}invite/", {"key": "k", "guests": "白处长"})
        assert page.status_code == 422
        assert "第1行“白处长”看不出姓名和邮箱" in page.content.decode()
        assert ">白处长</textarea>" in page.content.decode().replace("\n", "")

    def test_inviting_further_and_taking_it_back_by_page(self, cast, planned):
        url = f"{planned.path}invite/"
        page = cast.lu.client.get(url).content.decode()
        assert "邀请这样写" in page and "谨请您参加红组 · 小组会" in page
        data = {"key": "k", "guests": GUESTS, "seats": [cast.he.seat.public_id]}
        assert cast.lu.client.post(url, data).url == planned.path
        shown = cast.lu.client.get(planned.path).content.decode()
        assert "顾教授（演示）（来宾）" in shown and "bai@example.org" not in shown
        guest = Guest.objects.get(mail="gu@example.org")
        back = f"{url}{guest.public_id}/back/"
        assert cast.he.client.post(back, {"key": "b"}).status_code == 422
        assert cast.lu.client.post(back, {"key": "b"}).url == planned.path
        assert cast.lu.client.post(back, {"key": "c"}).status_code == 404
        assert "会议由应办人" in cast.he.client.get(url).content.decode()

    def test_minutes_ask_of_each_guest(self, cast, planned):
        actions.invite_beside(cast.lu.act(), meeting=planned, beside=Beside(guests=[BAI]))
        guest = Guest.objects.get()
        cast.at("2030-04-11T17:00")
        data = {f"who_{row.seat.public_id}": "present" for row in planned.attendance.all()}
        data |= {"key": "m", "body": "讨论了框架。", "resolutions": ""}
        assert cast.lu.client.post(f"{planned.path}record/", data).status_code == 422
        data |= {"key": "m", f"guest_{guest.public_id}": "observer"}
        assert cast.lu.client.post(f"{planned.path}record/", data).status_code == 302
        guest.refresh_from_db()
        assert guest.kind == "observer"
