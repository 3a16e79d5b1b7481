"""Every paper the house prints: in Word and PDF, for whoever may read it and for nobody else."""

import ast
import inspect
import io
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import URLPattern
from pypdf import PdfReader

from tests.cast import Cast
from tests.house.sources import HOUSE, ROOT
from tests.papers.scenes import SCENES, Scene
from tests.papers.taking import Taken

PAGE = ROOT / "docs" / "papers.md"
ROW = re.compile(r"^\| [^|]+ \| `(?P<route>[\w:{}-]+)` \|", re.MULTILINE)
TONGUES = {"en": "en-GB", "zh-hans": "zh-CN"}


def inventory() -> list[str]:
    """The addresses that the page of papers names, in its order."""
    return [found["route"] for found in ROW.finditer(PAGE.read_text())]


def routes(address: str) -> list[str]:
    """The routes of one address: one that is handed the form, or one for each form."""
    return sorted({address.format(form=form) for form in ("docx", "pdf")})


def handed_out() -> Iterator[str]:
    """The routes whose view gives out a paper, read off the source of the views."""
    for file in sorted(HOUSE.glob("*/urls.py")):
        room = import_module(f"keti.{file.parent.name}.urls")
        for pattern in room.urlpatterns:
            if isinstance(pattern, URLPattern) and _gives_paper(pattern.callback):
                yield f"{room.app_name}:{pattern.name}"


def _gives_paper(view: Callable[..., Any]) -> bool:
    source = inspect.getsource(inspect.unwrap(view))
    calls = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call))
    return any(getattr(one.func, "id", "") == "paper_file" for one in calls)


def test_the_page_names_every_paper_and_nothing_else() -> None:
    named = [route for address in inventory() for route in routes(address)]
    assert sorted(named) == sorted(handed_out())
    assert sorted(SCENES) == sorted(inventory())


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda one: one.__name__)
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_paper_is_taken_in_both_forms_by_who_may(cast: Cast, scene: Scene, lang: str) -> None:
    taken = scene(cast)
    client = taken.who.client
    client.cookies["django_language"] = lang
    pdf = client.get(taken.at("pdf"))
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    _tagged_with_its_words(pdf.content, taken, lang)
    word = client.get(taken.at("docx"))
    assert word.status_code == 200
    _opens_with_what_it_is_made_of(word.content, taken, lang)


def _tagged_with_its_words(data: bytes, taken: Taken, lang: str) -> None:
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == TONGUES[lang]
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    if lang == "zh-hans":
        assert [word for word in taken.words if re.sub(r"\s", "", word) not in text] == []
    assert len(text) > 60


def _opens_with_what_it_is_made_of(data: bytes, taken: Taken, lang: str) -> None:
    """Tables are tables and headings are headings, not rows of blanks and large letters."""
    document = docx.Document(io.BytesIO(data))
    styles = {one.style.name for one in document.paragraphs if one.style}
    assert taken.letter or document.tables or any(one.startswith("Heading") for one in styles)
    assert styles & {"Title", "CoverTitle"}
    if lang == "zh-hans":
        said = [one.text for one in document.paragraphs]
        said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = re.sub(r"\s", "", "".join(said))
        assert [word for word in taken.words if re.sub(r"\s", "", word) not in text] == []


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda one: one.__name__)
def test_a_paper_does_not_exist_for_a_stranger(cast: Cast, scene: Scene) -> None:
    taken = scene(cast)
    for form in ("pdf", "docx"):
        for player in taken.strangers:
            assert player.client.get(taken.at(form)).status_code == 404, (player.person, form)
    if "{form}" not in taken.route:
        assert taken.who.client.get(taken.at("exe")).status_code == 404
    if taken.strangers:
        assert Client().get(taken.at("pdf")).status_code in (302, 404)
