"""The roster as a sheet: out, corrected by hand, in again. Only what was corrected changes."""

import io
import re
import subprocess
from pathlib import Path

import pytest

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.documents.actions import keep_upload
from keti.documents.rules.sheet import read_table
from keti.groups.actions import Place, appoint
from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.tests.sheets import row
from keti.intake.tests.test_roster_upsert import changes, entered, kinds

ROWS = [
    row("戊一", "甲单位", 邮箱="wu1@example.org", 手机="+86 13800000001", 称谓="教授", 顺序="2"),
    row("戊二", "甲单位", 入册同意="是"),
    row("丁伟", "乙单位", 手机="13800000003"),
    row("丁伟", "乙单位", 手机="13800000004"),
    row("", "丙公司", 组别="蓝组", 代表人="丙代表", 邮箱="bing@example.org"),
    row("", "丁公司", 组别="蓝组"),
]


@pytest.fixture
def seated(cast):
    """Seats of every kind: persons, namesakes, units with and without somebody, a guest."""
    entered(cast, *ROWS)
    guest = enter_person(PersonFacts("客代表", unit=enter_organisation("别的单位")))
    unit = enter_organisation("戊公司")
    place = Place(
        cast.group("cell.blue"), cast.role("hand"), organisation=unit, delegate=guest, guest=True
    )
    appoint(cast.qin.act(), place=place)
    return cast


def out(cast, form="xlsx", lang="zh-hans") -> bytes:
    answer = cast.qin.client.get(f"/p/cast/roster/export.{form}", headers={"accept-language": lang})
    assert answer.status_code == 200
    return answer.content


def compared(cast, data: bytes, name: str):
    file = keep_upload(cast.qin.act(), programme=cast.programme, data=io.BytesIO(data), name=name)
    return actions.read_roster(cast.qin.act(), programme=cast.programme, file=file)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_out_and_in_again_changes_nothing(seated, form, lang):
    report = compared(seated, out(seated, form, lang), f"名单.{form}")
    assert set(kinds(report)) == {"unchanged"}
    assert len(report.lines) == Seat.objects.filter(ends_at=None).count()
    assert (report.problems, report.notes["unread"], report.notes["ignored"]) == ([], [], [])


def test_it_is_the_offices_alone(seated):
    assert seated.lu.client.get("/p/cast/roster/export.xlsx").status_code == 404
    assert seated.qin.client.get("/p/cast/roster/export.pdf").status_code == 404


def converted(folder: Path, name: str, to: str) -> Path:
    """The file as the office program writes it in another form."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            str(folder / name),
        ],
        check=True,
        timeout=240,
        capture_output=True,
    )
    return (folder / name).with_suffix(f".{to}")


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("saved_as", ["xlsx", "xls"])
def test_corrected_in_an_office_program_exactly_the_corrections_come_in(seated, tmp_path, saved_as):
    (tmp_path / "out.xlsx").write_bytes(out(seated))
    flat = converted(tmp_path, "out.xlsx", "fods")
    number = re.compile(r'(>教授<.*?office:value=")2(".*?<text:p>)2<', re.DOTALL)
    text, orders = number.subn(r"\g<1>5\g<2>5<", flat.read_text(), count=1)
    assert orders == 1
    for before, after in (
        ("wu1@example.org", "wuyi@example.org"),
        ("13800000004", "13800000044"),
        ("丙代表", "丙新人"),
        (">教授<", ">研究员<"),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    text = re.sub(r"bing@example\.org", "xin@example.org", text)
    (tmp_path / "corrected.fods").write_text(text)
    data = converted(tmp_path, "corrected.fods", saved_as).read_bytes()
    assert read_table(data, saved_as).rows
    report = compared(seated, data, f"名单.{saved_as}")
    assert report.problems == []
    changed = {line["who"]: changes(line) for line in report.lines if line["kind"] != "unchanged"}
    assert changed == {
        "戊一": {
            ("mail", "wu1@example.org", "wuyi@example.org"),
            ("honorific", "教授", "研究员"),
            ("order", 2, 5),
        },
        "丁伟": {("mobile", "13800000004", "13800000044")},
        "丙新人": {("delegate", "丙代表", "丙新人")},
    }
