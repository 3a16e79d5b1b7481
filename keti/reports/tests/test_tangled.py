"""A report whose marks nobody can set is read, printed and quoted all the same."""

import pytest

from keti.documents.rules import pandoc, tree
from keti.reports.tests.conftest import Desk
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TANGLED = "\"'" * 500


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(pandoc, "SECONDS", 5)
    tree._TANGLED.clear()
    yield
    tree._TANGLED.clear()


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_page_pdf_and_word_of_a_tangled_report(cast: Cast, desk: Desk, lang: str) -> None:
    version = desk.submitted(snags=TANGLED)
    client = cast.qin.client
    client.cookies["django_language"] = lang
    page = client.get(version.report.path)
    assert page.status_code == 200
    assert "标记过于复杂" in page.content.decode()
    for tail, start in (("pdf/", b"%PDF"), ("docx/", b"PK")):
        made = client.get(f"{version.report.path}{tail}")
        assert made.status_code == 200
        assert made.content.startswith(start)


def test_a_tangled_draft_is_saved_and_shown(cast: Cast, desk: Desk) -> None:
    report = desk.written(snags=TANGLED)
    shown = cast.lu.client.get(f"{report.path}preview/")
    assert shown.status_code == 200
    assert "标记过于复杂" in shown.content.decode()
