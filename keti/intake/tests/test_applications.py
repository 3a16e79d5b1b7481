"""The window, the receipt, one application each, withdrawal, paper."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from keti.consents.models import Consent
from keti.documents.actions import keep_upload
from keti.intake import actions, permissions, queries
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, Call
from keti.intake.tests.scene import CLOSES, OPENS, content, drafted, published, submitted
from keti.kernel import clock
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast, local
from tests.house.predicates import sees_application

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def refused(do) -> Refused:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value


def sent(cast, who="wu", **more):
    """What this person sends as the clock stands."""
    return replace(cast.players[who].act(**more), recorded_at=clock.instant())


def test_a_draft_is_saved_as_often_as_wanted_and_the_ledger_notes_it_once(cast):
    first = drafted(cast)
    second = drafted(cast, name="吴老师（演示）")
    assert second.pk == first.pk
    assert Application.objects.get().content["name"] == "吴老师（演示）"
    assert Entry.objects.filter(kind="intake.application.begun").count() == 1


def test_before_the_window_opens_nothing_is_received(cast):
    draft = drafted(cast)
    clock.stand_at(local(OPENS) - timedelta(milliseconds=1))
    no = refused(lambda: actions.submit_application(sent(cast), application=draft))
    assert no.code == "intake.not-yet-open"
    assert "2030-03-03 周日 24:00" in no.sentence("zh-hans")


def test_the_first_instant_of_the_window_is_inside(cast):
    draft = drafted(cast)
    clock.stand_at(local(OPENS))
    done = actions.submit_application(cast.wu.act(OPENS), application=draft)
    assert done.submitted_at == local(OPENS)


@pytest.mark.parametrize("tick", [timedelta(microseconds=1), timedelta(milliseconds=1)])
def test_one_tick_before_the_close_is_received(cast, tick):
    draft = drafted(cast)
    at = local(CLOSES) - tick
    clock.stand_at(at)
    done = actions.submit_application(sent(cast), application=draft)
    assert (done.state, done.submitted_at) == (ApplicationState.SUBMITTED, at)


def test_at_the_closing_instant_it_is_refused_and_the_text_kept(cast):
    draft = drafted(cast)
    clock.stand_at(local(CLOSES))
    no = refused(lambda: actions.submit_application(sent(cast), application=draft))
    assert no.code == "intake.closed"
    assert "2030-03-20 周三 24:00" in no.sentence("zh-hans")
    kept = Application.objects.get()
    assert kept.state == ApplicationState.DRAFT
    assert kept.content["fields"]["offer"] == "写第一章。"
    assert not Entry.objects.filter(kind="intake.application.submitted").exists()


def test_received_in_time_counts_however_long_it_waited(cast):
    draft = drafted(cast)
    at = local(CLOSES) - timedelta(microseconds=1)
    act = replace(cast.wu.act(), recorded_at=at)
    clock.stand_at(local(CLOSES) + timedelta(hours=1))
    done = actions.submit_application(act, application=draft)
    assert (done.submitted_at, done.recorded_at) == (at, at)


def test_withdrawn_in_time_counts_however_long_it_waited(cast):
    first = submitted(cast)
    act = replace(cast.wu.act(), recorded_at=local(CLOSES) - timedelta(microseconds=1))
    clock.stand_at(local(CLOSES) + timedelta(hours=1))
    actions.withdraw_application(act, application=first)
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_a_receipt_has_number_time_and_fingerprint_and_is_sent(cast):
    done = submitted(cast)
    assert done.number == "测申〔2030〕1号"
    assert done.submitted_at == local("2030-03-10T10:00")
    assert len(done.sha256) == 64
    letter = Message.objects.get(kind="intake.told-received")
    assert letter.recipient_id == cast.wu.person.public_id
    assert "测申〔2030〕1号" in letter.subject
    assert "2030-03-10 10:00:00（Asia/Shanghai）" in letter.body
    assert letter.path == done.receipt_path


def test_a_double_submit_gives_one_application_and_the_same_receipt(cast):
    first = submitted(cast)
    again = actions.submit_application(cast.wu.act(key="k"), application=first)
    assert (again.pk, again.number) == (first.pk, first.number)
    assert Entry.objects.filter(kind="intake.application.submitted").count() == 1
    assert Message.objects.filter(kind="intake.told-received").count() == 1


@pytest.mark.parametrize("change", [{}, {"track": "firm", "unit": "乙公司（演示）"}])
def test_a_form_that_was_sent_already_answers_with_what_it_sent(cast, change):
    """Two clicks at once: the second finds the draft gone and the form's own application there."""
    call = published(cast)
    cast.at("2030-03-10T10:00")
    act, typed = cast.wu.act(key="one-form"), content(**change)
    first = actions.submit_application(
        act, application=actions.save_application(act, call=call, content=typed)
    )
    again = actions.save_application(act, call=call, content=typed)
    assert actions.submit_application(act, application=again).number == first.number
    assert Application.objects.get() == first


def test_a_second_application_of_the_same_person_is_refused(cast):
    first = submitted(cast)
    no = refused(lambda: drafted(cast))
    assert (no.code, no.facts["number"]) == ("intake.already-submitted", first.number)


def test_a_second_application_of_the_same_person_is_refused_for_another_unit_too(cast):
    first = submitted(cast, track="firm", unit="乌有公司（演示）")
    no = refused(lambda: drafted(cast, track="firm", unit="子虚公司（演示）"))
    assert (no.code, no.facts["number"]) == ("intake.already-submitted", first.number)


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"choices": ()}, "请至少选择一个组"),
        ({"choices": ("no-such-group",)}, "请至少选择一个组"),
        ({"fields": {"offer": "有"}}, "请填写“研究方向”"),
        ({"fields": {"topic": "长" * 101, "offer": "有"}}, "“研究方向”最多100字"),
        ({"declarations": ("lawful",)}, "请逐项确认声明"),
        ({"track": "firm"}, "请填写单位全称"),
    ],
)
def test_what_is_missing_is_named_and_the_draft_kept(cast, change, first):
    draft = drafted(cast, **change)
    cast.at("2030-03-10T10:00")
    no = refused(lambda: actions.submit_application(sent(cast), application=draft))
    assert no.code == "intake.incomplete"
    assert first in no.sentence("zh-hans")
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_consent_to_the_roll_is_separate_and_optional(cast):
    submitted(cast, consent=False)
    assert not Consent.objects.exists()
    submitted(cast, "mi", consent=True, name="米研究员（演示）", at="2030-03-11T10:00")
    given = Consent.objects.get()
    assert (given.person, given.purpose, given.programme) == (
        cast.mi.person,
        "roll",
        cast.programme,
    )
    assert given.given_by == cast.mi.person


def test_withdrawn_before_the_close_another_may_be_sent(cast):
    first = submitted(cast)
    actions.withdraw_application(cast.wu.act(), application=first)
    second = submitted(cast, at="2030-03-11T10:00")
    assert Application.objects.get(pk=first.pk).state == ApplicationState.WITHDRAWN
    assert second.number == "测申〔2030〕2号"


def test_no_withdrawal_at_the_closing_instant(cast):
    first = submitted(cast)
    clock.stand_at(local(CLOSES))
    no = refused(lambda: actions.withdraw_application(sent(cast), application=first))
    assert no.code == "intake.withdrawal-closed"


def test_nobody_submits_or_withdraws_for_another(cast):
    draft = drafted(cast)
    cast.at("2030-03-10T10:00")
    for who in ("lu", "he", "ji"):
        no = refused(
            lambda who=who: actions.submit_application(cast.players[who].act(), application=draft)
        )
        assert no.code == "groups.only-the-secretariat"
    no = refused(lambda: actions.withdraw_application(cast.qin.act(), application=draft))
    assert no.code == "intake.paper-needed"


def paper(cast):
    act = cast.qin.act()
    return keep_upload(act, programme=cast.programme, name="申报表.pdf", data=PDF)


def test_a_paper_of_the_window_is_recorded_after_it_and_marked_late(cast):
    call = published(cast)
    cast.at("2030-03-22T09:00")
    act = cast.qin.act(happened=local("2030-03-20T17:00"), evidence=paper(cast))
    draft = actions.save_application(act, call=call, content=content(), applicant=cast.wu.person)
    done = actions.submit_application(act, application=draft)
    assert done.recorded_late
    assert done.on_behalf
    assert done.submitted_at == local("2030-03-20T17:00")
    assert done.recorded_at == local("2030-03-22T09:00")


def test_no_paper_no_record_and_no_paper_of_after_the_close(cast):
    call = published(cast)
    cast.at("2030-03-22T09:00")
    bare = cast.qin.act()
    no = refused(
        lambda: actions.save_application(
            bare, call=call, content=content(), applicant=cast.wu.person
        )
    )
    assert no.code == "intake.paper-needed"
    late = cast.qin.act(happened=local(CLOSES), evidence=paper(cast))
    draft = actions.save_application(late, call=call, content=content(), applicant=cast.wu.person)
    no = refused(lambda: actions.submit_application(late, application=draft))
    assert no.code == "intake.paper-came-late"


def attack(**change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.update(**change)


def test_the_database_refuses_what_the_window_refuses(cast):
    done = submitted(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.create(
            programme=done.programme,
            call=done.call,
            applicant=cast.lu.person,
            track="solo",
            track_kind="person",
            state="submitted",
            number="x",
            sha256="x",
            saved_at=local(CLOSES),
            submitted_at=local(CLOSES),
            recorded_at=local(CLOSES),
            window_opens=local(OPENS),
            window_closes=local(CLOSES),
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.create(
            programme=done.programme,
            call=done.call,
            applicant=cast.lu.person,
            track="solo",
            track_kind="person",
            state="submitted",
            number="x",
            sha256="x",
            saved_at=local(OPENS),
            submitted_at=local(OPENS),
            recorded_at=local(CLOSES),
            window_opens=local(OPENS),
            window_closes=local(CLOSES),
        )


def test_the_database_keeps_what_was_submitted(cast):
    done = submitted(cast)
    attack(content={**done.content, "name": "别人"})
    attack(sha256="0" * 64)
    attack(submitted_at=local("2030-03-05T00:00"))
    attack(submitted_at=None, recorded_at=None)
    attack(applicant=cast.lu.person)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Call.objects.update(closes_at=local("2030-03-20T00:00"))


def test_the_database_holds_one_live_application(cast):
    done = submitted(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.create(
            programme=done.programme,
            call=done.call,
            applicant=cast.wu.person,
            track="solo",
            track_kind="person",
            saved_at=done.saved_at,
        )


def test_visible_and_the_predicate_agree(cast):
    mine = submitted(cast)
    draft = drafted(cast, "mao", track="firm", unit="毛氏（演示）")
    every = [mine, draft]
    expected = {"wu": [mine], "mao": [draft], "qin": [mine], "lu": [], "ji": [], "gao": []}
    for who, sees in expected.items():
        person = cast.players[who].person
        found = list(permissions.visible(person, Application.objects.order_by("pk")))
        assert found == sees
        assert [one for one in every if sees_application(person, one)] == sees
    assert list(permissions.visible(None, Application.objects.all())) == []
    assert not sees_application(None, mine)


def test_an_application_is_found_without_reading_those_of_others(cast: Cast) -> None:
    """Long texts lie before the state in a row: to look at each of two thousand took half a
    second, for everybody who sent in the last minute."""
    if connection.vendor != "sqlite":
        pytest.skip("the other planner decides by its statistics")
    call = Call(pk=1, programme=cast.programme)
    for found in (queries.own(cast.wu.person, call).live(), queries.own(cast.wu.person, call)):
        plan = found.filter(track_kind="person").explain()
        assert "application_of_person (applicant_id=? AND call_id=? AND track_kind=?" in plan


def test_an_application_begun_is_listed_among_the_unsent_texts(cast):
    published(cast)
    cast.wu.client.post("/calls/cast/apply/solo/", {"name": "吴", "key": "k", "do": "save"})
    link = 'href="/calls/cast/apply/solo/"'
    assert link in cast.wu.client.get("/me/drafts/").content.decode()
    assert link not in cast.qin.client.get("/me/drafts/").content.decode()
    Application.objects.update(state=ApplicationState.WITHDRAWN)
    assert link not in cast.wu.client.get("/me/drafts/").content.decode()


def test_nothing_on_paper_came_later_than_now(cast: Cast) -> None:
    call = published(cast)
    ahead = cast.moment + timedelta(minutes=1)
    act = cast.qin.act(happened=ahead, evidence=paper(cast))
    no = refused(
        lambda: actions.save_application(
            act, call=call, content=content(), applicant=cast.wu.person
        )
    )
    assert no.code == "ledger.happened-in-the-future"
    assert not Application.objects.exists()
