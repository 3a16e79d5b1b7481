"""When something happened is its recorder's claim: nobody is punctual by their own word."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from keti.duties import actions
from keti.duties.enums import ClaimState, DutyState
from keti.duties.models import Claim, Obligation
from keti.duties.rules import is_late
from keti.duties.tests.test_actions import PNG, kinds, stored
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
DONE, NOW = "2030-03-14T17:00", "2030-03-18T10:00"


def duty_of(cast: Cast) -> Obligation:
    return cast.duty("paper")


def claiming(cast: Cast, player: Player, happened: str = DONE, **more: object) -> Act:
    """An act recorded days later with a picture as evidence."""
    act = player.act(NOW, **more)
    return replace(act, happened=local(happened), evidence=stored(cast, act))


def handed_in(cast: Cast, act: Act) -> Obligation:
    duty = duty_of(cast)
    actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["合作书"])
    return Obligation.objects.with_names().get(pk=duty.pk)


def waiting(cast: Cast) -> Claim:
    cast.at(NOW)
    handed_in(cast, claiming(cast, cast.tao))
    return Claim.objects.get()


def code_of(do) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_the_holders_own_word_leaves_the_duty_late(cast: Cast) -> None:
    duty = handed_in(cast, claiming(cast, cast.tao))
    assert (duty.state, duty.met_at, duty.claim) == (DutyState.MET, local(NOW), "waiting")
    assert is_late(duty.clock(), local(NOW))
    claim = Claim.objects.get()
    assert (claim.at, claim.by, claim.seat) == (local(DONE), cast.tao.person, cast.tao.seat)
    line = Entry.objects.get(kind="duties.filing.handed-in")
    assert (line.content["late"], line.content["claimed"]) == (True, True)
    letter = Message.objects.get(kind="duties.claimed")
    assert letter.recipient_id == cast.qin.person.public_id


def test_paper_recorded_by_somebody_else_counts_at_once(cast: Cast) -> None:
    duty = handed_in(cast, claiming(cast, cast.qin, on_behalf_of=cast.tao.seat))
    assert (duty.met_at, duty.claim) == (local(DONE), "")
    assert "claimed" not in Entry.objects.get(kind="duties.filing.handed-in").content
    assert not Claim.objects.exists()


def test_a_recorder_of_the_holders_unit_only_claims(cast: Cast) -> None:
    cast.qin.person.unit = cast.tao.person.unit
    cast.qin.person.save()
    duty = handed_in(cast, claiming(cast, cast.qin, on_behalf_of=cast.tao.seat))
    assert (duty.met_at, duty.claim) == (local(NOW), "waiting")


def test_what_is_in_time_anyway_claims_nothing(cast: Cast) -> None:
    act = cast.tao.act("2030-03-05T10:00")
    act = replace(act, happened=local("2030-03-04T10:00"), evidence=stored(cast, act))
    duty = handed_in(cast, act)
    assert (duty.met_at, duty.claim) == (local("2030-03-04T10:00"), "")


@pytest.mark.parametrize("happened", ["1999-01-01T00:00", "2030-02-28T23:59"])
def test_nothing_is_claimed_before_it_could_be_done(cast: Cast, happened: str) -> None:
    act = claiming(cast, cast.tao, happened)
    assert code_of(lambda: handed_in(cast, act)) == "groups.claimed-too-early"


def test_nothing_is_claimed_before_the_duty_opened(cast: Cast) -> None:
    Obligation.objects.filter(pk=duty_of(cast).pk).update(opens_at=local("2030-03-14T17:01"))
    act = claiming(cast, cast.tao)
    assert code_of(lambda: handed_in(cast, act)) == "groups.claimed-too-early"
    Obligation.objects.filter(pk=duty_of(cast).pk).update(opens_at=local(DONE))
    assert handed_in(cast, act).claim == "waiting"


@pytest.mark.parametrize("who", ["qin", "ji"])
def test_accepted_by_another_it_counts_from_when_it_was_done(cast: Cast, who: str) -> None:
    claim = waiting(cast)
    for _ in range(2):
        actions.accept_claim(cast.players[who].act(key="k"), claim=claim)
    duty = duty_of(cast)
    assert (duty.met_at, duty.claim) == (local(DONE), "accepted")
    assert not is_late(duty.clock(), local(NOW))
    assert kinds(cast).count("duties.claim.accepted") == 1
    letter = Message.objects.get(kind="duties.claim-accepted")
    assert letter.recipient_id == cast.tao.person.public_id


def test_declined_with_a_reason_it_stays_late(cast: Cast) -> None:
    claim = waiting(cast)
    act = cast.qin.act(key="k")
    assert code_of(lambda: actions.decline_claim(act, claim=claim, reason=" ")) == (
        "duties.give-a-reason"
    )
    for _ in range(2):
        actions.decline_claim(act, claim=claim, reason="图片上看不出时间")
    duty = duty_of(cast)
    assert (duty.met_at, duty.claim) == (local(NOW), "declined")
    assert kinds(cast).count("duties.claim.declined") == 1
    assert "图片上看不出时间" in Message.objects.get(kind="duties.claim-declined").body
    again = code_of(lambda: actions.accept_claim(cast.ji.act(), claim=claim))
    assert again == "duties.claim-answered"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("tao", "duties.only-others-confirm"),
        ("lu", "duties.only-others-confirm"),
        ("gao", "duties.only-others-confirm"),
    ],
)
def test_nobody_else_confirms(cast: Cast, who: str, code: str) -> None:
    claim = waiting(cast)
    act = cast.players[who].act()
    assert code_of(lambda: actions.accept_claim(act, claim=claim)) == code


@pytest.mark.parametrize("who", ["qin", "ji"])
def test_a_colleague_of_the_holders_unit_does_not_confirm(cast: Cast, who: str) -> None:
    claim = waiting(cast)
    person = cast.players[who].person
    person.unit = cast.tao.person.unit
    person.save()
    act = cast.players[who].act()
    for do in (
        lambda: actions.accept_claim(act, claim=claim),
        lambda: actions.decline_claim(act, claim=claim, reason="x"),
    ):
        assert code_of(do) == "duties.who-gains-does-not-confirm"


def test_who_recorded_the_claim_does_not_confirm_it(cast: Cast) -> None:
    cast.qin.person.unit = cast.tao.person.unit
    cast.qin.person.save()
    handed_in(cast, claiming(cast, cast.qin, on_behalf_of=cast.tao.seat))
    cast.qin.person.unit = None
    cast.qin.person.save()
    claim = Claim.objects.get()
    assert (
        code_of(lambda: actions.accept_claim(cast.qin.act(NOW), claim=claim))
        == "duties.who-gains-does-not-confirm"
    )


def test_a_claim_never_changes_and_is_answered_once(cast: Cast) -> None:
    claim = waiting(cast)
    rows = Claim.objects.filter(pk=claim.pk)
    for change in ({"at": local("2030-03-02T00:00")}, {"by": cast.qin.person}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    rows.update(state=ClaimState.DECLINED)
    for do in (lambda: rows.update(state=ClaimState.ACCEPTED), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            do()


def sent(**more: object) -> dict[str, object]:
    file = SimpleUploadedFile("a.png", PNG, "image/png")
    proof = SimpleUploadedFile("截图.png", PNG, "image/png")
    return {"key": "k", "file": file, "evidence": proof, "line1": "好", "happened_at": DONE} | more


def test_the_pages_say_so_and_the_desk_asks_who_may_confirm(cast: Cast) -> None:
    cast.at(NOW)
    page = f"/p/cast/duties/{duty_of(cast).public_id}/"
    assert cast.tao.client.post(f"{page}file/", sent()).status_code == 302
    claim = Claim.objects.get()
    own = cast.tao.client.get(page).content.decode()
    assert "自报、待确认" in own and "迟交" in own
    assert f"{claim.public_id}/accept/" not in own
    desk = cast.qin.client.get("/p/cast/desk/").content.decode()
    assert "认定自报时间" in desk
    assert "认定自报时间" not in cast.lu.client.get("/p/cast/desk/").content.decode()
    assert "自报、待确认" in "".join(
        part.decode() for part in cast.qin.client.get("/p/cast/duties/export.csv").streaming_content
    )
    assert b"PNG" in b"".join(
        cast.ji.client.get(f"{page}claims/{claim.public_id}/evidence/").streaming_content
    )
    for who in (cast.he, cast.wu):
        assert who.client.get(f"{page}claims/{claim.public_id}/evidence/").status_code == 404
    for tail in ("accept", "decline"):
        answer = cast.tao.client.post(
            f"{page}claims/{claim.public_id}/{tail}/", {"key": "k2", "reason": "x"}
        )
        assert answer.status_code == 422
    done = cast.ji.client.post(f"{page}claims/{claim.public_id}/accept/", {"key": "k3"})
    assert done.status_code == 302
    assert "自报、已确认" in cast.tao.client.get(page).content.decode()
    assert "认定自报时间" not in cast.qin.client.get("/p/cast/desk/").content.decode()


def test_declining_on_the_page_needs_its_reason(cast: Cast) -> None:
    claim = waiting(cast)
    page = f"/p/cast/duties/{duty_of(cast).public_id}/claims/{claim.public_id}/decline/"
    assert cast.qin.client.post(page, {"key": "k"}).status_code == 422
    assert cast.qin.client.post(page, {"key": "k", "reason": "看不清"}).status_code == 302
    assert Claim.objects.get().state == ClaimState.DECLINED
