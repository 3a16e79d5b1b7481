"""A picture of a chapter that came as a Word file is public with the report, and not without it."""

from django.test import Client

from keti.reports.models import Version
from keti.reports.tests.word import SHA, handed_in_word
from tests.cast import Cast

from .ending import Walk

PLACE = f"/published/cast/pictures/{SHA}/"


class WordWalk(Walk):
    """The walk on which the red cell hands in its chapter as a Word file."""

    def report(self, who: str, kind: str, at: str, **texts: str) -> Version:
        if (who, kind) != ("lu", "part"):
            return super().report(who, kind, at, **texts)
        return handed_in_word(self.cast.lu, self.cast.duty(kind, "cell.red"), "matter", at)


def test_the_public_page_shows_the_pictures_of_its_chapters(cast: Cast) -> None:
    walk = WordWalk(cast)
    out = walk.published()
    cast.at("2030-07-19T10:00")
    page = Client().get("/published/cast/").content.decode()
    assert f'<img src="{PLACE}" alt="红图"' in page
    got = Client().get(PLACE)
    assert got.status_code == 200 and got.headers["Content-Type"] == "image/png"
    assert Client().get(PLACE.replace(SHA, "0" * 64)).status_code == 404
    inside = f"{out.version.path}pictures/{SHA}/"
    assert cast.tao.client.get(inside).status_code == 200
    assert Client().get(inside).status_code != 200
    out.retracted_at = out.published_at
    out.retracted_reason = "更正。"
    out.save()
    assert Client().get(PLACE).status_code == 404


def test_nobody_sees_it_before_it_is_public(cast: Cast) -> None:
    WordWalk(cast).to_the_panel()
    assert Client().get(PLACE).status_code == 404
