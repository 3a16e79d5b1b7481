"""The page of a duty offers what the acts allow, and nothing else."""

import pytest

from keti.duties.actions import extend
from keti.duties.enums import Nature, Verb
from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.reports.tests.conftest import Desk
from keti.review.tests.bench import opened
from tests.cast import Cast, Player, local

BUTTONS = {"file/", "extend/", "waive/", "link/"}


def offered(player: Player, duty: Obligation) -> set[str]:
    """The forms on the page of this duty, by the ends of their addresses."""
    page = player.client.get(f"/p/cast/duties/{duty.public_id}/")
    assert page.status_code == 200
    text = page.content.decode()
    return {one for one in BUTTONS if f"duties/{duty.public_id}/{one}" in text}


def response(verb: Verb) -> Obligation:
    found = Obligation.objects.filter(nature=Nature.RESPONSE, form=verb)
    return found.select_related("programme", "group", "seat").first()


def test_the_secretariat_is_offered_everything_for_what_a_file_meets(cast: Cast) -> None:
    cast.at("2030-03-12T10:00")
    assert offered(cast.qin, cast.duty("paper")) == BUTTONS


def test_the_holder_hands_in_and_others_are_offered_nothing(cast: Cast) -> None:
    cast.at("2030-03-12T10:00")
    duty = cast.duty("paper")
    assert offered(cast.tao, duty) == {"file/"}
    assert offered(cast.lu, duty) == set()


def test_an_answer_to_others_is_given_in_its_room(cast: Cast) -> None:
    cast.at("2030-04-28T10:00")
    Desk(cast).submitted()
    duty = response(Verb.ACCEPT)
    assert offered(cast.qin, duty) == {"extend/"}
    assert offered(cast.fang, duty) == set()
    place = f"/p/cast/duties/{duty.public_id}/"
    for player in (cast.qin, cast.fang):
        assert "去办理" in player.client.get(place).content.decode(), player.person
    assert "用文件办理" not in cast.qin.client.get(place).content.decode()


@pytest.mark.parametrize("form", ["file/", "waive/", "link/"])
def test_what_is_not_offered_is_refused(cast: Cast, form: str) -> None:
    cast.at("2030-04-28T10:00")
    Desk(cast).submitted()
    duty = response(Verb.ACCEPT)
    sent = {"key": "k", "reason": "不再需要。", "line1": "一"}
    answer = cast.qin.client.post(f"/p/cast/duties/{duty.public_id}/{form}", sent)
    assert answer.status_code == 422
    duty.refresh_from_db()
    assert duty.state == "open"


def test_a_vote_is_extended_with_its_gate_alone(cast: Cast) -> None:
    opened(cast)
    cast.at("2030-05-16T10:00")
    duty = response(Verb.JUDGE)
    with pytest.raises(Refused) as refused:
        extend(cast.qin.act(), obligation=duty, to=local("2030-07-01T00:00"), reason="出差。")
    assert refused.value.code == "duties.ends-with-its-process"
    assert refused.value.sentence("en")
    assert cast.qin.client.get(f"/p/cast/duties/{duty.public_id}/").status_code == 404


def test_only_who_may_record_for_others_is_asked_for_whom(cast: Cast) -> None:
    cast.at("2030-03-12T10:00")
    duty = cast.duty("paper")
    place = f"/p/cast/duties/{duty.public_id}/"
    for player, asked in ((cast.tao, False), (cast.qin, True)):
        form = player.client.get(place).context["hand_in"]
        assert form.for_others is asked
        assert form["on_behalf_of"].is_hidden is not asked
