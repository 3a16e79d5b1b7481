"""The guides say what stands on the pages, in both languages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from keti.site.views.help import FOLDER, GUIDES
from tests.house.sources import HOUSE

pytestmark = pytest.mark.django_db
QUOTED = re.compile("“([^”]+)”")


def spoken() -> str:
    """Every word of every page and sentence of the house."""
    files = [one for kind in ("*.html", "*.py", "*.yaml") for one in HOUSE.rglob(kind)]
    return "\n".join(one.read_text() for one in files if "tests" not in one.parts)


def test_whatever_a_guide_names_stands_on_a_page():
    house = spoken()
    named = {
        part.strip()
        for file in FOLDER.glob("*.zh-hans.txt")
        for words in QUOTED.findall(file.read_text())
        for part in words.split("›")
    }
    assert len(named) > 15
    assert sorted(one for one in named if one not in house) == []


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize(("lang", "first"), [("zh-hans", "一、"), ("en", "1. ")])
def test_a_guide_is_a_page_for_everybody(name, lang, first):
    text = (FOLDER / f"{name}.{lang}.txt").read_text()
    assert text.startswith(first)
    page = Client(headers={"accept-language": lang}).get(reverse("site:guide", args=[name]))
    assert page.status_code == 200
    shown = page.content.decode()
    assert text.splitlines()[0].removeprefix(first) in shown
    assert Client().get("/help/nobody/").status_code == 404
