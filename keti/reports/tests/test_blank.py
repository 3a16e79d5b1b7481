"""The empty report as a Word file: it names what is asked, and filled in it finds its way back."""

import io

import docx

from keti.documents.rules.paper import Paper
from keti.documents.rules.render import render
from keti.reports import queries, rules
from tests.cast import Cast

from .conftest import Desk
from .test_files import choose, fields, where


def blank(cast: Cast, lang: str = "zh-hans") -> bytes:
    spec = queries.spec_of(cast.duty("moon", "cell.red", "2030-04"))
    body = rules.blank_body(spec, lang)
    return render(Paper(kind="form", title="四月月报（演示）", lang=lang, body=body), "docx").data


def test_filled_in_it_is_laid_out_by_itself(cast: Cast, desk: Desk) -> None:
    file = docx.Document(io.BytesIO(blank(cast)))
    heads = [one for one in file.paragraphs if one.style.name == "Heading 1"]
    for head, words in zip(heads, ("办了两次研讨。", "有两处。", "继续观察。"), strict=False):
        head.insert_paragraph_before("")
        head._p.addnext(file.add_paragraph(words)._p)
    row = file.tables[0].rows[1].cells
    row[0].text, row[1].text, row[2].text = "写案例", "毛研究员（演示）", "2030-05-20"
    data = io.BytesIO()
    file.save(data)
    page = choose(cast.lu, where(cast), data.getvalue())
    said = fields(page) | {"key": "k2"}
    assert [said.get(f"s{n}") for n in range(3)] == ["办了两次研讨。", "有两处。", "继续观察。"]
    assert (said["p0-title"], said["p0-due"]) == ("写案例", "2030-05-20")
    assert said["p0-who"] == cast.mao.seat.public_id
    assert said["r0-to"] == " none" and "r1-words" not in said
    assert cast.lu.client.post(where(cast), fields(page)).status_code == 302


def test_nothing_that_it_prints_is_anybodys_word(cast: Cast, desk: Desk) -> None:
    for lang in ("zh-hans", "en"):
        said = fields(choose(cast.lu, where(cast), blank(cast, lang)))
        assert not [name for name in said if name[0] == "s" or name.endswith("-title")]
        assert said["r0-words"] == "四月月报（演示）" and "r1-words" not in said


def test_it_is_offered_where_the_report_is_begun_and_its_file_chosen(
    cast: Cast, desk: Desk
) -> None:
    address = where(cast).replace("file/", "blank.docx")
    for page in (where(cast), where(cast).replace("file/", "")):
        assert f'href="{address}"' in cast.lu.client.get(page).content.decode()
    assert cast.lu.client.get(address).status_code in (200, 202)
    assert cast.he.client.get(address).status_code == 404
