"""A round on a text that came as a Word file shows its pictures to whom it shows the text."""

from django.test import Client

from keti.consultation.actions import open_round
from keti.reports.tests.word import SHA, handed_in_word
from tests.cast import Cast


def test_the_round_shows_the_pictures_of_its_text(cast: Cast) -> None:
    cast.at("2030-06-03T09:00")
    handed_in_word(cast.tao, cast.duty("skeleton"), "bones", "2030-06-03T09:00")
    found = open_round(cast.qin.act(), obligation=cast.duty("remarks"))
    place = f"{found.path}pictures/{SHA}/"
    assert f'<img src="{place}" alt="红图"' in cast.mao.client.get(found.path).content.decode()
    assert cast.mao.client.get(place).headers["Content-Type"] == "image/png"
    assert cast.mao.client.get(place.replace(SHA, "0" * 64)).status_code == 404
    assert Client().get(place).status_code != 200
    assert cast.ren.client.get(place).status_code == cast.ren.client.get(found.path).status_code
