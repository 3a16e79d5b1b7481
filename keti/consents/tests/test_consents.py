"""A consent is the printed person's own, is proved or their own act, and may be taken back."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from keti.accounts.models import Person
from keti.consents.actions import give_consent, grant, withdraw_consent
from keti.consents.enums import Answer, Purpose
from keti.consents.models import Consent, version_of
from keti.consents.queries import asked_people, consenting, lines, wording
from keti.documents.actions import keep_upload
from keti.groups.models import Seat
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def own(cast: Cast, who: str, **more):
    """The player answers on their own page: no seat."""
    return replace(cast.players[who].act(**more), seat=None)


def paper(cast: Cast, **more):
    """The secretary records what somebody signed."""
    act = cast.qin.act()
    file = keep_upload(act, programme=cast.programme, name="卢组长同意书.pdf", data=PDF)
    return replace(act, evidence=file, **more)


def give(cast: Cast, act, who: str) -> Consent:
    return give_consent(act, programme=cast.programme, person=cast.players[who].person)


def withdraw(cast: Cast, act, who: str) -> Consent:
    return withdraw_consent(act, programme=cast.programme, person=cast.players[who].person)


def refused(do) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def agrees(cast: Cast, who: str) -> bool:
    return cast.players[who].person.public_id in consenting(cast.programme)


def test_given_withdrawn_and_given_again_leaves_two_rows(cast):
    first = give(cast, own(cast, "lu", key="a"), "lu")
    assert give(cast, own(cast, "lu", key="a"), "lu") == first == give(cast, own(cast, "lu"), "lu")
    assert agrees(cast, "lu")
    words = wording(cast.programme).in_("zh-hans")
    assert (first.wording, first.wording_hash) == (words, version_of(words))
    assert (first.given_by, first.evidence, first.by_themselves) == (cast.lu.person, None, True)
    withdraw(cast, own(cast, "lu", key="b"), "lu")
    withdraw(cast, own(cast, "lu", key="b"), "lu")
    assert not agrees(cast, "lu")
    assert refused(lambda: withdraw(cast, own(cast, "lu"), "lu")) == "consents.nothing-to-withdraw"
    give(cast, own(cast, "lu"), "lu")
    assert agrees(cast, "lu")
    assert Consent.objects.count() == 2


def test_nobody_answers_for_another(cast):
    code = "consents.only-ones-own"
    assert refused(lambda: give(cast, own(cast, "mao"), "lu")) == code
    assert refused(lambda: give(cast, cast.mao.act(), "lu")) == "groups.only-the-secretariat"
    assert refused(lambda: give(cast, cast.qin.act(), "lu")) == "consents.paper-needed"
    give(cast, own(cast, "lu"), "lu")
    assert refused(lambda: withdraw(cast, own(cast, "mao"), "lu")) == code
    assert refused(lambda: withdraw(cast, cast.qin.act(), "lu")) == "consents.paper-needed"
    assert agrees(cast, "lu")


def test_who_holds_no_seat_is_not_asked(cast):
    assert refused(lambda: give(cast, own(cast, "wu"), "wu")) == "consents.not-asked"
    assert refused(lambda: give(cast, paper(cast), "wu")) == "consents.not-of-this-programme"


def test_what_came_on_paper_is_recorded_with_it_and_told(cast):
    given = give(cast, paper(cast), "lu")
    assert (given.given_by, given.evidence.name) == (cast.qin.person, "卢组长同意书.pdf")
    told = Message.objects.get(kind="consents.recorded")
    assert told.recipient_id == cast.lu.person.public_id
    gone = withdraw(cast, paper(cast), "lu")
    assert (gone.withdrawn_by, bool(gone.withdrawal_evidence)) == (cast.qin.person, True)


def test_a_withdrawal_counts_at_once_and_never_before_it_was_given(cast):
    given = give(cast, own(cast, "lu"), "lu")
    early = paper(cast, happened=given.given_at.replace(year=2029))
    assert refused(lambda: withdraw(cast, early, "lu")) in (
        "consents.withdrawn-before-given",
        "groups.claimed-too-early",
    )
    withdraw(cast, own(cast, "lu"), "lu")
    [letter] = Message.objects.filter(kind="consents.withdrawn")
    assert letter.recipient_id == cast.qin.person.public_id
    assert "卢" not in letter.body + letter.subject


def test_of_every_purpose_the_secretariat_is_told_what_to_take_down(cast):
    """It was told of the roll alone: what stood on a platform stayed there."""
    for purpose in Purpose:
        give_consent(
            own(cast, "lu"), programme=cast.programme, person=cast.lu.person, purpose=purpose
        )
        withdraw_consent(
            own(cast, "lu"), programme=cast.programme, person=cast.lu.person, purpose=purpose
        )
    letters = Message.objects.filter(kind="consents.withdrawn").order_by("pk")
    assert {one.recipient_id for one in letters} == {cast.qin.person.public_id}
    bodies = [one.body for one in letters]
    assert len(set(bodies)) == len(Purpose)
    broadcast = bodies[list(Purpose).index(Purpose.BROADCAST)]
    assert "请逐一撤下或请平台撤下" in broadcast
    assert all("名册" not in body for body in bodies[2:])
    assert not any("卢" in body for body in bodies)


def test_the_secretariat_is_told_of_another_record_under_the_same_name(cast):
    """One human on record twice: what stands on the other record would print them on."""
    for who in ("lu", "mao"):
        give(cast, own(cast, who), who)
    page = f"/p/cast/consents/{cast.lu.person.public_id}/"
    other = f"/p/cast/consents/{cast.mao.person.public_id}/"
    assert other not in cast.qin.client.get(page).content.decode()
    namesake = Person.objects.get(pk=cast.mao.person.pk)
    namesake.name = " ".join(cast.lu.person.name)
    namesake.save()
    withdraw(cast, own(cast, "lu"), "lu")
    [letter] = Message.objects.filter(kind="consents.withdrawn")
    assert "另有1条同名人员的记录" in letter.body
    assert letter.path == other
    assert other in cast.qin.client.get(page).content.decode()
    withdraw(cast, paper(cast), "mao")
    assert other not in cast.qin.client.get(page).content.decode()


def test_no_line_of_the_record_names_who_agreed(cast):
    give(cast, own(cast, "lu"), "lu")
    withdraw(cast, own(cast, "lu"), "lu")
    give(cast, paper(cast), "lu")
    lines = Entry.objects.filter(kind__startswith="consents.")
    assert lines.count() == 3
    assert not any("卢" in str(line.content) + line.leaf for line in lines)
    assert {line.content["actor"] for line in lines} == {"本人", cast.qin.person.name}


def test_the_database_keeps_what_was_agreed(cast):
    given = give(cast, own(cast, "lu"), "lu")
    row = Consent.objects.filter(pk=given.pk)
    other = {"wording": "别的话"}, {"person": cast.mao.person}, {"given_by": cast.mao.person}
    for change in other:
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.create(
            programme=cast.programme, person=cast.mao.person, purpose="roll", wording="",
            wording_hash="", given_by=cast.qin.person, given_at=cast.moment,
            recorded_at=cast.moment,
        )  # fmt: skip
    withdraw(cast, own(cast, "lu"), "lu")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(withdrawn_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_a_standing_consent_is_kept_as_it_was_worded(cast):
    first = grant(own(cast, "lu"), programme=cast.programme, person=cast.lu.person, wording="一")
    assert (
        grant(own(cast, "lu"), programme=cast.programme, person=cast.lu.person, wording="二")
        == first
    )


def test_the_list_tells_who_has_not_answered(cast):
    give(cast, own(cast, "lu"), "lu")
    give(cast, own(cast, "he"), "he")
    withdraw(cast, own(cast, "he"), "he")
    people = asked_people(cast.programme)
    assert people.count() == 13
    said = {one.person.name: one.answer for one in lines(cast.programme, people)}
    agreed = [name for name, answer in said.items() if answer == Answer.AGREED]
    assert agreed == ["卢组长（演示）"]
    protocol = Seat.objects.filter(programme=cast.programme).with_names()
    assert list(said) == list(dict.fromkeys(one.acting_person.name for one in protocol))

    def found(words: str) -> list[str]:
        shown = cast.qin.client.get("/p/cast/consents/", {"q": words}).context["consents"]
        return [line[0][1].text for line in shown.lines]

    assert found("卢 组长") == found("卢·组长") == ["卢组长（演示）"]
    assert found("何氏研究所") == ["何组长（演示）"]
    page = cast.qin.client.get("/p/cast/consents/?answer=withdrawn").content.decode()
    assert "何组长（演示）" in page
    assert "卢组长（演示）" not in page
    assert "共 1 条" in page
    assert "未答复 11" in page
    assert cast.lu.client.get("/p/cast/consents/").status_code == 404
    sheet = cast.qin.client.get("/p/cast/consents/consents.csv?q=何").getvalue().decode("utf-8-sig")
    assert sheet.count("\n") == 2
    assert "已撤回" in sheet


def test_a_paper_is_recorded_on_the_page_of_one_person(cast):
    path = f"/p/cast/consents/{cast.lu.person.public_id}/"
    missing = cast.qin.client.post(path, {"key": "k1", "do": "give"})
    assert missing.status_code == 422
    file = SimpleUploadedFile("同意书.pdf", PDF)
    done = cast.qin.client.post(path, {"key": "k2", "do": "give", "evidence": file})
    assert done.status_code == 302
    given = Consent.objects.get()
    page = cast.qin.client.get(path).content.decode()
    assert "登记撤回" in page
    scan = f"{path}evidence/{given.evidence.public_id}/"
    assert scan in page
    assert cast.qin.client.get(scan).getvalue() == PDF
    assert cast.he.client.get(scan).status_code == 404
    stranger = f"/p/cast/consents/{cast.mao.person.public_id}/evidence/{given.evidence.public_id}/"
    assert cast.qin.client.get(stranger).status_code == 404
    letter = SimpleUploadedFile("来信.pdf", PDF)
    cast.qin.client.post(path, {"key": "k3", "do": "withdraw", "evidence": letter})
    assert not agrees(cast, "lu")


def test_a_paper_about_any_use_is_recorded_and_taken_back_there(cast):
    path = f"/p/cast/consents/{cast.lu.person.public_id}/"
    for number, do in enumerate(("give", "withdraw")):
        file = SimpleUploadedFile("来信.pdf", PDF)
        said = {"key": f"k{number}", "do": do, "purpose": "submission", "evidence": file}
        assert cast.qin.client.post(path, said).status_code == 302
        agreed = cast.lu.person.public_id in consenting(cast.programme, Purpose.SUBMISSION)
        assert agreed == (do == "give")
    assert not agrees(cast, "lu"), "the roll is another matter"
    page = cast.qin.client.get(path).content.decode()
    assert "名册报送部委" in page and "已撤回" in page
    wrong = {"key": "k9", "do": "give", "purpose": "anything", "evidence": file}
    assert cast.qin.client.post(path, wrong).status_code == 422


def test_my_page_asks_me_and_takes_my_answer_back(cast):
    client = cast.lu.client
    words = wording(cast.programme).in_("zh-hans")
    assert words in client.get("/me/").content.decode()
    assert client.post("/me/consents/cast/give/", {"key": "k1"}).status_code == 302
    page = client.get("/me/").content.decode()
    assert "撤回同意" in page
    assert "我同意" not in page
    assert client.post("/me/consents/cast/withdraw/", {"key": "k2"}).status_code == 302
    assert "已撤回" in client.get("/me/").content.decode()
    assert client.post("/me/consents/cast/withdraw/", {"key": "k3"}).status_code == 422
    assert cast.wu.client.post("/me/consents/cast/give/", {"key": "k4"}).status_code == 404
    english = client.post(
        "/me/consents/cast/give/", {"key": "k5"}, headers={"accept-language": "en"}
    )
    assert english.status_code == 302
    assert Consent.objects.latest("pk").wording.startswith("I agree")
