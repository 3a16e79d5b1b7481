"""How a group came to be stands on a page for its own people."""

import pytest
from django.urls import reverse

from keti.groups.actions import end_seat
from keti.intake.actions import decide_application
from keti.intake.tests.scene import checked, submitted
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_members_see_how_their_group_was_formed_and_others_do_not(cast: Cast) -> None:
    sent = checked(cast, submitted(cast))
    done = decide_application(cast.qin.act(), application=sent, admit=True, reason="内部评语。")
    cast.at("2030-03-21T10:00")
    end_seat(cast.qin.act(), seat=cast.mi.seat, reason="调往外地。")
    red = cast.group("cell.red")
    page = reverse("site:formed", args=["cast", red.public_id])
    assert page in cast.mao.client.get(red.path).content.decode()
    shown = cast.mao.client.get(page).content.decode()
    for words in (
        "卢组长（演示）（组长）",
        f"经申报入选（{done.number}）",
        "调往外地。",
        "秦秘书（演示）",
    ):
        assert words in shown
    assert "内部评语" not in shown
    assert "华研究员" not in shown
    for stranger in (cast.hua, cast.ren):
        assert stranger.client.get(page).status_code == 404
    assert cast.gao.client.get(page).status_code == 200
