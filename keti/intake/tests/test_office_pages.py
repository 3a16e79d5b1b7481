"""The secretariat's pages: the list, one application, paper, roster, appointments, founding."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keti.documents.rules.sheet import read_xlsx, to_xlsx
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.doors import unchanged
from keti.groups.models import Seat
from keti.intake import queries
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, RosterImport
from keti.intake.tests.scene import HEADER, checked, drafted, published, submitted
from keti.intake.tests.test_pages import TYPED, plain
from tests.cast import local

OFFICE = [
    "applications/",
    "applications/export/xlsx/",
    "applications/{id}/",
    "roster/",
    "roster/template/",
    "roster/appoint/",
    "applications/paper/solo/",
    "roster/seats/{seat}/",
]


@pytest.mark.parametrize("tail", OFFICE)
def test_the_office_is_for_the_secretariat_alone(cast, tail):
    one = submitted(cast)
    seat = Seat.objects.get(person=cast.mao.person)
    path = "/p/cast/" + tail.format(id=one.public_id, seat=seat.public_id)
    assert cast.qin.client.get(path).status_code == 200
    absent = {"wu": "/p/no-such/roster/", "lu": f"/p/cast/applications/{'a' * 26}/"}
    for who in ("lu", "mao", "he", "ji", "ren", "gao", "wu"):
        client = cast.players[who].client
        response = client.get(path)
        assert response.status_code == 404
        if who in absent:
            assert plain(response) == plain(client.get(absent[who]))
    assert Client().get(path).status_code == 302


def test_a_draft_is_not_shown_to_the_secretariat(cast):
    draft = drafted(cast)
    assert cast.qin.client.get(draft.path).status_code == 404
    assert cast.qin.client.get(draft.receipt_path).status_code == 404
    assert "吴路人" not in cast.qin.client.get("/p/cast/applications/").content.decode()


def queries_of(client, path) -> int:
    unchanged.forget()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("path", ["/p/cast/applications/", "/p/cast/applications/export/csv/"])
def test_the_list_costs_the_same_at_one_and_three(cast, path):
    checked(cast, submitted(cast))
    one = queries_of(cast.qin.client, path)
    submitted(cast, "mi", name="米研究员（演示）")
    submitted(cast, "hua", track="firm", unit="花氏（演示）")
    assert queries_of(cast.qin.client, path) == one


def test_the_roster_page_costs_the_same_with_three_more_seats(cast):
    from_start = queries_of(cast.qin.client, "/p/cast/roster/")
    hand, red = cast.role("hand"), cast.group("cell.red")
    for who in ("wu", "tao", "fang"):
        Seat.objects.create(
            programme=cast.programme,
            group=red,
            role=hand,
            person=cast.players[who].person,
            starts_at=cast.moment,
        )
    assert queries_of(cast.qin.client, "/p/cast/roster/") == from_start


def test_the_list_is_narrowed_and_exported_as_narrowed(cast):
    submitted(cast)
    submitted(cast, "mi", name="米研究员（演示）", choices=("cell.blue",))
    list_of = cast.qin.client.get
    body = list_of("/p/cast/applications/?group=cell.blue").content.decode()
    assert "米研究员（演示）</a>" in body
    assert "吴路人（演示）</a>" not in body
    assert "共 1 条" in body
    rows = read_xlsx(list_of("/p/cast/applications/export/xlsx/?group=cell.blue").getvalue())
    assert [row[0] for row in rows] == ["姓名或单位", "米研究员（演示）"]
    csv = list_of("/p/cast/applications/export/csv/?track=firm").getvalue().decode("utf-8-sig")
    assert csv.count("\r\n") == 1


def test_checking_and_admitting_on_the_page(cast):
    one = submitted(cast)
    client = cast.qin.client
    response = client.post(
        f"{one.path}check/",
        {
            "key": "c",
            "verdict_known": "met",
            "verdict_lawful": "not_met",
            "reason_lawful": "",
        },
    )
    assert response.status_code == 422
    assert "请写明理由" in response.content.decode()
    client.post(
        f"{one.path}check/",
        {
            "key": "c2",
            "verdict_known": "met",
            "verdict_lawful": "met",
            "reason_known": "名单第 3 号",
        },
    )
    response = client.post(f"{one.path}decide/", {"key": "d", "do": "reject", "reason": ""})
    assert response.status_code == 422
    red = cast.group("cell.red")
    response = client.post(
        f"{one.path}decide/",
        {
            "key": "d2",
            "do": "admit",
            "group": red.public_id,
            "reason": "",
        },
    )
    assert response.status_code == 302
    one.refresh_from_db()
    assert (one.state, one.group) == (ApplicationState.ADMITTED, red)
    assert "名单第 3 号" in client.get(one.path).content.decode()


def test_closing_the_admission_on_the_list(cast):
    one = submitted(cast)
    duty = cast.duty("admit")
    path = f"/p/cast/applications/for/{duty.public_id}/"
    cast.at("2030-03-21T09:00")
    response = cast.qin.client.post(path, {"key": "k"})
    assert response.status_code == 422
    assert "还有1份申报表没有处理" in response.content.decode()
    cast.qin.client.post(f"{one.path}decide/", {"key": "d", "do": "reject", "reason": "名额已满"})
    assert cast.qin.client.post(path, {"key": "k2"}).status_code == 302
    duty.refresh_from_db()
    assert duty.state == DutyState.MET


def test_paper_is_recorded_with_its_scan(cast):
    published(cast)
    cast.at("2030-03-22T09:00")
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    given = {**TYPED, "applicant_mail": "paper@example.org", "received_at": "2030-03-20T16:30"}
    path = "/p/cast/applications/paper/solo/"
    assert "必填" in cast.qin.client.post(path, given).content.decode()
    assert not Application.objects.exists()
    scan = SimpleUploadedFile("申报表.pdf", pdf)
    response = cast.qin.client.post(path, {**given, "scan": scan})
    assert response.status_code == 302
    one = Application.objects.get()
    assert (one.recorded_late, one.submitted_at) == (True, local("2030-03-20T16:30"))
    assert one.applicant.mail == "paper@example.org"
    assert "补录" in cast.qin.client.get(one.path).content.decode()
    assert cast.qin.client.get(f"{one.path}paper/").getvalue() == pdf


def test_a_roster_is_previewed_then_imported(cast):
    data = to_xlsx(
        "名单",
        HEADER,
        [
            (
                "甲研究员（演示）",
                "甲公司（演示）",
                "红组",
                "组员",
                "教授",
                "1",
                "jia@example.org",
                "",
                "",
                "是",
            ),
            ("乙研究员（演示）", "", "黄组", "组员", "", "", "", "", "", ""),
        ],
    )
    file = SimpleUploadedFile("名单.xlsx", data)
    before = Seat.objects.count()
    response = cast.qin.client.post("/p/cast/roster/", {"key": "u", "file": file})
    page = cast.qin.client.get(response["Location"]).content.decode()
    for words in ("导入 1 个职务", "第 3 行", "黄组", "没有这个组", "请按模板中的组别名称填写"):
        assert words in page
    assert Seat.objects.count() == before
    errors = read_xlsx(cast.qin.client.get(f"{response['Location']}errors/").content)
    assert errors[1][:4] == ["3", "", "组别", "黄组"]  # of the only sheet: no name of one
    done = cast.qin.client.post(f"{response['Location']}import/", {"key": "i"})
    assert done.status_code == 302
    assert Seat.objects.count() == before + 1
    assert RosterImport.objects.get().state == "imported"
    page = cast.qin.client.get(response["Location"]).content.decode()
    for words in ("接下来", "重新上传同一份表", "核对现任职务", "/p/cast/desk/"):
        assert words in page
    owed = Obligation.objects.filter(form="appointment", state="open")
    assert all(f"/p/cast/do/{duty.public_id}/" in page for duty in owed)


def test_a_file_that_is_no_roster_is_refused(cast):
    file = SimpleUploadedFile("名单.xlsx", b"MZ\x90\x00 not a sheet at all")
    response = cast.qin.client.post("/p/cast/roster/", {"key": "u", "file": file})
    assert response.status_code == 422
    assert not RosterImport.objects.exists()


def test_the_template_names_every_role_where_it_belongs(cast):
    rows = read_xlsx(cast.qin.client.get("/p/cast/roster/template/").content)
    assert tuple(rows[0]) == HEADER
    assert ["蓝组", "组员"] in [row[2:4] for row in rows]
    assert ["核心组", "组员"] not in [row[2:4] for row in rows]


def test_confirming_and_founding_on_the_group_page(cast):
    duty = cast.duty("seat.cell", "cell.red")
    path = f"/p/cast/groups/for/{duty.public_id}/"
    seen = cast.mao.client.get(path).content.decode()
    assert "卢组长（演示）" in seen
    assert "确认任命" not in seen
    assert cast.mao.client.post(path, {"key": "k"}).status_code == 422
    assert cast.qin.client.post(path, {"key": "k"}).status_code == 302
    duty.refresh_from_db()
    assert duty.state == DutyState.MET
    found = f"/p/cast/groups/for/{cast.duty('form_up').public_id}/"
    assert cast.qin.client.post(found, {"key": "f"}).status_code == 302
    assert cast.group("cell.red").founded_at is not None
    assert cast.wu.client.get(path).status_code == 404


def test_appointing_ending_and_swapping_on_the_page(cast):
    client, red = cast.qin.client, cast.group("cell.red")
    given = {
        "key": "a",
        "group": red.public_id,
        "role": "hand",
        "unit": "丙公司（演示）",
        "delegate": "丙代表（演示）",
        "mail": "bing@example.org",
        "order": "5",
    }
    assert client.post("/p/cast/roster/appoint/", given).status_code == 302
    seat = Seat.objects.get(organisation__name_zh="丙公司（演示）")
    assert (seat.delegate.name, seat.order) == ("丙代表（演示）", 5)
    again = client.post("/p/cast/roster/appoint/", {**given, "key": "b"})
    assert again.status_code == 422
    assert "丙公司（演示）已在红组担任“组员”" in again.content.decode()
    path = f"/p/cast/roster/seats/{seat.public_id}/"
    client.post(path, {"key": "s", "name": "丁代表（演示）"})
    seat.refresh_from_db()
    assert seat.delegate.name == "丁代表（演示）"
    client.post(f"{path}end/", {"key": "e", "reason": "单位退出"})
    seat.refresh_from_db()
    assert seat.ends_at == cast.moment


def test_where_nobody_applies_the_page_of_applications_is_the_roster(cast, monkeypatch):
    page = "/p/cast/applications/"
    assert cast.qin.client.get(page).status_code == 200
    monkeypatch.setattr(queries, "admission_of", lambda programme: None)
    answer = cast.qin.client.get(page)
    assert (answer.status_code, answer.url) == (302, "/p/cast/roster/")
