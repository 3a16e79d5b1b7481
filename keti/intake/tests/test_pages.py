"""The pages: who gets them, what they say, in both languages, at constant cost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keti.documents.rules.sheet import read_xlsx, to_xlsx
from keti.duties.enums import DutyState
from keti.groups.models import Seat
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, Call, RosterImport
from keti.intake.tests.scene import CLOSES, HEADER, checked, drafted, published, submitted
from keti.kernel import clock
from tests.cast import local

CALL = "/calls/cast/"
SOLO = "/calls/cast/apply/solo/"
TYPED = {
    "name": "吴路人（演示）",
    "mobile": "13800000000",
    "choices": ["cell.red"],
    "field_topic": "测试方法",
    "field_offer": "写第一章。",
    "declarations": ["lawful", "truthful"],
    "consent": "on",
    "key": "k1",
}
LANGUAGES = ["zh-hans", "en"]


def plain(response) -> str:
    """The page without what differs between any two requests: tokens, nonces, its own address."""
    text = response.content.decode()
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=)"[^"]*"', "", text)
    return text.replace(response.wsgi_request.path, "")


def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_before_publication_there_is_no_call(cast):
    assert Client().get(CALL).status_code == 404
    assert cast.wu.client.get(SOLO).status_code == 404


def test_the_call_reads_as_a_notice(cast):
    published(cast)
    body = Client().get(CALL).content.decode()
    for words in (
        "测〔2030〕1号",
        "测试课题征集通知",
        "2030 年 3 月 1 日",
        "印章处",
        "各单位",
        "2030-03-04 至 03-20",
        "2030-03-20 周三 24:00 截止",
        "委员会成员；守法",
        "2030-04-01 至 06-30",
        "测试课题研究测试。",
        "填写申报表",
        "<svg",
    ):
        assert words in body
    assert "<script nonce" not in body


def test_the_call_in_english(cast):
    published(cast)
    body = english(Client()).get(CALL).content.decode()
    for words in (
        "Call of the test programme",
        "1 March 2030",
        "All units",
        "Fill in the form",
        'seal-place">Seal',
    ):
        assert words in body


def test_after_the_close_the_call_says_so(cast):
    published(cast)
    clock.stand_at(local(CLOSES))
    body = Client().get(CALL).content.decode()
    assert "报名已截止" in body
    assert "2030-03-20 周三 24:00" in body
    assert "填写申报表</a>" not in body


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_the_call_downloads(cast, form, start):
    published(cast)
    response = Client().get(f"{CALL}{form}/")
    assert response.content.startswith(start)
    assert "attachment" in response["Content-Disposition"]


def test_the_secretary_publishes_and_others_read_why_they_cannot(cast):
    path = f"/p/cast/call/for/{cast.duty('invite').public_id}/"
    body = cast.mao.client.get(path).content.decode()
    assert "此事由测试秘书处（演示）（秘书）办理" in body
    assert "编号并发布" not in body
    refused = cast.mao.client.post(path, {"key": "k"})
    assert refused.status_code == 422
    assert not Call.objects.exists()
    done = cast.qin.client.post(path, {"key": "k"})
    assert (done.status_code, done["Location"]) == (302, CALL)
    assert Call.objects.get().number == "测〔2030〕1号"


def test_an_applicant_signs_in_first(cast):
    published(cast)
    response = Client().get(SOLO)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_draft_is_saved_incomplete(cast):
    published(cast)
    response = cast.wu.client.post(SOLO, {"name": "吴", "key": "k", "do": "save"})
    assert response.status_code == 302
    assert Application.objects.get().content["name"] == "吴"
    assert "草稿已保存" in cast.wu.client.get(SOLO).content.decode()


def test_autosave_answers_with_when_it_saved(cast):
    published(cast)
    response = cast.wu.client.post(f"{SOLO}save/", {**TYPED, "field_offer": "写一半"})
    assert "草稿已保存 <time" in response.content.decode()
    assert Application.objects.get().content["fields"]["offer"] == "写一半"


def test_submitting_twice_gives_one_receipt(cast):
    published(cast)
    cast.at("2030-03-10T10:00")
    first = cast.wu.client.post(SOLO, {**TYPED, "do": "submit"})
    again = cast.wu.client.post(SOLO, {**TYPED, "do": "submit"})
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    assert Application.objects.get().number == "测申〔2030〕1号"
    body = cast.wu.client.get(first["Location"]).content.decode()
    for words in (
        "测申〔2030〕1号",
        "2030-03-10 周日 10:00",
        "北京时间",
        "写第一章。",
        "撤回申报表",
    ):
        assert words in body


def test_at_the_close_the_page_keeps_the_text_and_says_why(cast):
    published(cast)
    cast.wu.client.get(SOLO)
    clock.stand_at(local(CLOSES))
    response = cast.wu.client.post(SOLO, {**TYPED, "do": "submit"})
    body = response.content.decode()
    assert response.status_code == 422
    assert "报名已于2030-03-20 周三 24:00（Asia/Shanghai）截止" in body
    assert "写第一章。" in body
    kept = Application.objects.get()
    assert (kept.state, kept.content["fields"]["offer"]) == (ApplicationState.DRAFT, "写第一章。")


def test_what_is_missing_stands_beside_its_field(cast):
    published(cast)
    cast.at("2030-03-10T10:00")
    response = cast.wu.client.post(SOLO, {**TYPED, "field_topic": "", "do": "submit"})
    body = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_field_topic"' in body
    assert "请填写“研究方向”" in body
    assert "写第一章。" in body


def test_withdrawing_from_the_receipt(cast):
    one = submitted(cast)
    response = cast.wu.client.post(f"{one.receipt_path}withdraw/", {"key": "k"})
    assert response["Location"] == "/calls/cast/apply/"
    one.refresh_from_db()
    assert one.state == ApplicationState.WITHDRAWN
    assert "申报表已撤回" in cast.wu.client.get(one.receipt_path).content.decode()


def test_a_neighbour_and_nobody_look_the_same(cast):
    one = submitted(cast)
    missing = one.receipt_path.replace(one.public_id, "a" * 26)
    for who in ("mao", "he", "ji"):
        client = cast.players[who].client
        other, absent = client.get(one.receipt_path), client.get(missing)
        assert (other.status_code, absent.status_code) == (404, 404)
        assert plain(other) == plain(absent)
        assert client.post(f"{one.receipt_path}withdraw/", {"key": "k"}).status_code == 404
    assert cast.qin.client.get(one.receipt_path).status_code == 200


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
    assert "共 2 份" in body
    rows = read_xlsx(list_of("/p/cast/applications/export/xlsx/?group=cell.blue").content)
    assert [row[2] for row in rows] == ["姓名或单位", "米研究员（演示）"]
    csv = list_of("/p/cast/applications/export/csv/?track=firm").content.decode("utf-8-sig")
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
    assert cast.qin.client.get(f"{one.path}paper/").content == pdf


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
    assert errors[1][:3] == ["3", "组别", "黄组"]
    done = cast.qin.client.post(f"{response['Location']}import/", {"key": "i"})
    assert done.status_code == 302
    assert Seat.objects.count() == before + 1
    assert RosterImport.objects.get().state == "imported"


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_renders_in_both_languages(cast, language):
    one = checked(cast, submitted(cast))
    seat = Seat.objects.get(person=cast.mao.person)
    duty, closing = cast.duty("seat.cell", "cell.red"), cast.duty("admit")
    paths = {
        "qin": [
            f"/p/cast/call/for/{cast.duty('invite').public_id}/",
            "/p/cast/applications/",
            one.path,
            f"/p/cast/applications/for/{closing.public_id}/",
            "/p/cast/applications/paper/firm/",
            "/p/cast/roster/",
            "/p/cast/roster/appoint/",
            f"/p/cast/roster/seats/{seat.public_id}/",
            f"/p/cast/groups/for/{duty.public_id}/",
        ],
        "wu": [CALL, "/calls/cast/apply/", "/calls/cast/apply/firm/", one.receipt_path],
    }
    for who, each in paths.items():
        client = cast.players[who].client
        client.cookies["django_language"] = language
        for path in each:
            response = client.get(path)
            assert response.status_code == 200, path
            assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/p/cast/applications/", ("Applications and roster", "Under review")),
        ("/p/cast/roster/", ("Import a roster", "Present seats")),
        ("/calls/cast/apply/firm/", ("Full name of the unit", "Save draft", "Delegate")),
    ],
)
def test_the_pages_speak_english(cast, path, words):
    submitted(cast)
    who = cast.qin if path.startswith("/p/") else cast.wu
    body = english(who.client).get(path).content.decode()
    for word in words:
        assert word in body
