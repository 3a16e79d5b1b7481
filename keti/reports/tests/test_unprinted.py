"""What the PDF would lack is said while a report is written, before it is handed in."""

import pytest

from tests.cast import Cast

from .conftest import Desk
from .test_pages import draft_data

SIGN = "\uf0b7"
HEAD = {"zh-hans": "有的字符印不出来", "en": "Some characters cannot be printed"}


@pytest.mark.parametrize("tail", ["edit/", "preview/", "submit/"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_page_before_handing_in_names_sign_part_and_line(
    cast: Cast, desk: Desk, tail: str, lang: str
) -> None:
    report = desk.written(snags=f"第一行\n{SIGN} 要点")
    client = cast.lu.client
    page = client.get(report.path + tail, headers={"accept-language": lang}).content.decode()
    shown = page.partition('id="unprinted"')[2].partition("</ul>")[0]
    assert HEAD[lang] in shown and f"{SIGN} <span" in shown and "(U+F0B7)" in shown
    assert ("第 2 行" in shown) is (lang == "zh-hans")
    assert ("line 2" in shown) is (lang == "en")


def test_the_warning_comes_and_goes_with_saving_and_blocks_nothing(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    client, url = cast.lu.client, report.path + "edit/"
    assert HEAD["zh-hans"] not in client.get(url).content.decode()
    for text, told in ((f"好{SIGN}", True), ("好", False), (f"{SIGN}", True)):
        report.refresh_from_db()
        data = draft_data(report, gains=text)
        saved = client.post(url, data, headers={"HX-Request": "true"}).content.decode()
        assert 'id="unprinted"' in saved and 'hx-swap-oob="true"' in saved
        assert (HEAD["zh-hans"] in saved) is told
    sent = client.post(report.path + "submit/", {"key": "k"})
    assert sent.status_code == 302
