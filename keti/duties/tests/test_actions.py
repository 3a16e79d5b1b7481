"""Extending, waiving, handing in a file, linking, announcing, reminding."""

from dataclasses import replace
from datetime import timedelta

import pytest

from keti.accounts.actions import hashed
from keti.accounts.models import DutyLink
from keti.charter.queries import compiled
from keti.documents.actions import keep_upload
from keti.documents.models import StoredFile
from keti.duties import actions
from keti.duties.enums import DutyState
from keti.duties.models import Filing, Obligation, Reminder
from keti.duties.queries import number_of, to_say
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Announcement, Message
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccff0"
    "bf1e000682027f0bd9a3c10000000049454e44ae426082"
)


def moon(cast: Cast, group: str = "cell.red") -> Obligation:
    return cast.duty("moon", group, "2030-04")


def stored(cast: Cast, act: Act) -> StoredFile:
    return keep_upload(act, programme=cast.programme, name="scan.png", data=PNG)


def kinds(cast: Cast) -> list[str]:
    return list(Entry.objects.filter(programme=cast.programme).values_list("kind", flat=True))


def test_the_secretariat_extends_with_a_reason_and_the_due_date_stays(cast: Cast) -> None:
    duty = moon(cast)
    later = duty.due_at + timedelta(days=3)
    actions.extend(cast.qin.act(), obligation=duty, to=later, reason="出差")
    duty.refresh_from_db()
    assert (duty.extended_to, duty.sequence, duty.reason) == (later, 1, "出差")
    assert duty.due_at == local("2030-05-01T00:00")
    assert kinds(cast)[-1] == "duties.obligation.extended"
    assert Message.objects.get(kind="duties.extended").recipient_id == cast.lu.person.public_id


@pytest.mark.parametrize("who", ["lu", "he", "ji"])
def test_nobody_else_extends(cast: Cast, who: str) -> None:
    duty = moon(cast)
    with pytest.raises(Refused) as refused:
        actions.extend(
            getattr(cast, who).act(),
            obligation=duty,
            to=duty.due_at + timedelta(days=1),
            reason="x",
        )
    assert refused.value.code == "groups.only-the-secretariat"


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [(0, "x", "duties.extension-must-be-later"), (1, " ", "duties.give-a-reason")],
)
def test_an_extension_is_later_and_has_a_reason(
    cast: Cast, days: int, reason: str, code: str
) -> None:
    duty = moon(cast)
    to = duty.due_at + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        actions.extend(cast.qin.act(), obligation=duty, to=to, reason=reason)
    assert refused.value.code == code


def test_extending_twice_with_one_key_extends_once(cast: Cast) -> None:
    duty = moon(cast)
    act = cast.qin.act(key="one")
    for _ in range(2):
        actions.extend(act, obligation=duty, to=duty.due_at + timedelta(days=2), reason="x")
    duty.refresh_from_db()
    assert duty.sequence == 1


def test_waiving(cast: Cast) -> None:
    duty = moon(cast)
    actions.waive(cast.qin.act(), obligation=duty, reason="本月停工")
    duty.refresh_from_db()
    assert (duty.state, duty.reason) == (DutyState.WAIVED, "本月停工")
    with pytest.raises(Refused) as refused:
        actions.waive(cast.lu.act(), obligation=moon(cast, "cell.blue"), reason="x")
    assert refused.value.code == "groups.only-the-secretariat"


def test_a_file_with_lines_meets_any_duty(cast: Cast) -> None:
    duty = cast.duty("paper")
    act = cast.tao.act(key="k")
    filing = actions.hand_in_file(
        act, obligation=duty, file=stored(cast, act), lines=[" 合作书 ", ""]
    )
    duty.refresh_from_db()
    assert (duty.state, duty.with_id, filing.lines) == (DutyState.MET, filing.public_id, ["合作书"])
    again = actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["x"])
    assert again == filing
    assert Filing.objects.count() == 1


def test_a_file_has_the_number_of_its_series_and_keeps_it_handed_in_anew(cast: Cast) -> None:
    duty = cast.duty("paper")
    for number in range(2):
        act = cast.tao.act()
        actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["x"])
        assert number_of(duty) == "测合作书〔2030〕1号", number
        if not number:
            actions.withdraw_filing(act, obligation=duty, reason="交错了。")
    page = cast.tao.client.get(duty.path, follow=True).content.decode()
    assert "编号 测合作书〔2030〕1号" in page


@pytest.mark.parametrize(("who", "code"), [("lu", "duties.not-yours"), ("he", "duties.not-yours")])
def test_a_neighbour_does_not_hand_in(cast: Cast, who: str, code: str) -> None:
    act = getattr(cast, who).act()
    with pytest.raises(Refused) as refused:
        actions.hand_in_file(
            act, obligation=cast.duty("paper"), file=stored(cast, act), lines=["x"]
        )
    assert refused.value.code == code


def test_a_file_needs_a_file_and_a_line(cast: Cast) -> None:
    act = cast.tao.act()
    with pytest.raises(Refused) as refused:
        actions.hand_in_file(act, obligation=cast.duty("paper"), file=None, lines=["x"])
    assert refused.value.code == "duties.file-needed"
    with pytest.raises(Refused) as refused:
        actions.hand_in_file(
            act, obligation=cast.duty("paper"), file=stored(cast, act), lines=[" "]
        )
    assert refused.value.code == "duties.summary-needed"


def test_recorded_late_with_evidence_counts_from_when_it_happened(cast: Cast) -> None:
    duty = cast.duty("paper")
    act = cast.qin.act("2030-03-18T10:00")
    act = replace(
        act,
        on_behalf_of=cast.tao.seat,
        happened=local("2030-03-14T17:00"),
        evidence=stored(cast, act),
    )
    actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["纸本"])
    duty.refresh_from_db()
    assert duty.met_at == local("2030-03-14T17:00")
    assert (duty.recorded_late, duty.on_behalf) == (True, True)
    told = Message.objects.get(kind="groups.on-behalf")
    assert told.recipient_id == cast.tao.person.public_id


def test_a_link_keeps_only_its_hash_and_ends(cast: Cast) -> None:
    duty = moon(cast)
    token = actions.issue_link(cast.qin.act(), obligation=duty)
    link = DutyLink.objects.get()
    assert link.token_hash == hashed(token)
    assert link.expires_at == duty.due_at + timedelta(days=7)
    assert token not in str(list(Entry.objects.values_list("content", "leaf")))
    with pytest.raises(Refused) as refused:
        actions.issue_link(cast.lu.act(), obligation=duty)
    assert refused.value.code == "groups.only-the-secretariat"


def test_a_link_form_sent_twice_makes_one_link(cast: Cast) -> None:
    act = cast.qin.act(key="one-form")
    actions.issue_link(act, obligation=moon(cast))
    with pytest.raises(Refused) as refused:
        actions.issue_link(act, obligation=moon(cast))
    assert refused.value.code == "duties.link-shown-once"
    assert DutyLink.objects.count() == 1


def test_an_announcement_is_logged_once(cast: Cast) -> None:
    act = cast.qin.act(key="a")
    for _ in range(2):
        actions.announce(act, programme=cast.programme, text="各位老师")
    assert list(Announcement.objects.values_list("text", flat=True)) == ["各位老师"]
    assert kinds(cast).count("duties.announcement.copied") == 1


def test_two_missed_days_lose_nothing_and_a_second_run_says_nothing(cast: Cast) -> None:
    now = moon(cast).due_at - timedelta(hours=2)
    before = Message.objects.filter(kind="duties.reminder").count()
    first = actions.remind_due(now, cast.programme)
    wrote = Message.objects.filter(kind="duties.reminder", path=moon(cast).path)
    assert [one.recipient_id for one in wrote] == [cast.lu.person.public_id]
    assert before == 0
    assert first > 0
    assert actions.remind_due(now, cast.programme) == 0
    assert Reminder.objects.filter(obligation=moon(cast)).count() == 1


def test_a_run_reads_what_is_due_and_nothing_else(cast: Cast, django_assert_num_queries) -> None:
    due = moon(cast).due_at
    actions.remind_due(due - timedelta(days=40))
    assert not to_say(due - timedelta(days=40)).exists()
    with django_assert_num_queries(1):
        assert actions.remind_due(due - timedelta(days=40)) == 0
    next_ones = {duty.next_word_at for duty in Obligation.objects.filter(pk=moon(cast).pk)}
    assert next_ones == {due - timedelta(seconds=max(moon(cast).remind))}
    assert list(to_say(min(next_ones)).filter(pk=moon(cast).pk)) == [moon(cast)]


def test_a_moved_or_reseated_duty_is_due_for_words_again(cast: Cast) -> None:
    now = moon(cast).due_at - timedelta(days=40)
    actions.remind_due(now)
    actions.extend(
        cast.qin.act(), obligation=moon(cast), to=moon(cast).due_at + timedelta(days=3), reason="病"
    )
    assert list(to_say(now)) == [moon(cast)]
    actions.remind_due(now)
    Obligation.objects.filter(pk=moon(cast).pk).update(seat=None)
    actions.seat_the_duties(cast.programme, now)
    assert list(to_say(now)) == [moon(cast)]


def test_escalation_goes_to_the_role_of_the_charter(cast: Cast) -> None:
    duty = moon(cast)
    actions.remind_due(duty.due_at + timedelta(days=1), cast.programme)
    told = Message.objects.filter(kind="duties.escalation", path=duty.path)
    assert [one.recipient_id for one in told] == [cast.ji.person.public_id]


def test_establishing_again_changes_nothing(cast: Cast) -> None:
    count = Obligation.objects.count()
    assert actions.found_duties(cast.programme, compiled(cast.programme).obligations) == 0
    assert Obligation.objects.count() == count


def test_an_extension_reaches_five_years_at_most(cast: Cast) -> None:
    duty = cast.duty("moon", "cell.red")
    with pytest.raises(Refused) as refused:
        actions.extend(
            cast.qin.act(), obligation=duty, to=duty.due_at + timedelta(days=1831), reason="远"
        )
    assert refused.value.code == "duties.extension-too-far"
    duty.refresh_from_db()
    assert duty.extended_to is None
