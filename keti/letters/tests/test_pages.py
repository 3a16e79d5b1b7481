"""Letters through their pages, from a messy sheet to the acknowledgement."""

import io
import re
import zipfile

import pypdf
import pytest
from django.urls import reverse

from keti.jobs.actions import at_once
from keti.letters.models import Mailing, MailPiece, Office, RecipientList
from keti.letters.queries import printed, said_to
from keti.letters.rules.printing import all_of
from keti.letters.tests.scene import BODY, sheet_of
from keti.notify.models import Message
from keti.reports.tests.conftest import PDF

pytestmark = pytest.mark.django_db
HEAD = ("序号", "单位名称（全称）", "级别", "所在地", "收件人", "通讯地址", "邮政编码", "email")
ROWS = (
    ("", "收件单位汇总表", "", "", "", "", "", ""),
    HEAD,
    (
        "1",
        "甲市政府办公室（演示）",
        "",
        "石家庄市",
        "办公室",
        "甲路 1 号",
        "50000",
        "a@example.org",
    ),
    ("2", " 乙省政府办公厅（演示） ", "省级", "410000", "办公厅", "乙路 2 号", "450000", ""),
    ("3", "丙部办公厅（演示）", "部委", "", "", "丙街 3 号", "100000", ""),
    ("4", "丁市政府办公室（演示）", "地市级", "某某市", "", "", "", ""),
    ("5", "甲市政府办公室（演示）", "", "石家庄市", "", "", "", ""),
)


def post(client, address, **said):
    """Send the form of a page with its own key."""
    shown = client.get(address)
    form = shown.context["form"]
    return client.post(address, {"key": form["key"].value(), **said})


def key_in(page, action):
    """The key of the form that is sent to this address."""
    html = page.content.decode()
    part = html[html.index(f'action="{action}"') :]
    return re.search(r'name="key" value="([^"]+)"', part)[1]


def push(client, page_at, action, **said):
    """Send another form of a page."""
    key = key_in(client.get(page_at), action)
    return client.post(action, {"key": key, **said})


def from_a_sheet(cast):
    """Offices by a messy sheet, a list of them, drafted."""
    qin, slug = cast.qin.client, cast.programme.slug
    offices = reverse("letters:offices", args=[slug])
    answer = post(qin, offices, file=sheet_of(*ROWS))
    html = answer.content.decode()
    assert answer.status_code == 200 and "新增 3 个" in html
    assert "不是省级或地级区划" in html and "与第 3 行是同一单位" in html
    first = Office.objects.get(name="甲市政府办公室（演示）")
    assert (first.kind, first.division, first.postcode) == ("prefectural", "130100", "050000")
    made = post(qin, reverse("letters:list_new", args=[slug]), key_word="offices", title="各单位",
                kinds=["provincial", "prefectural", "ministry"])  # fmt: skip
    recipients = RecipientList.objects.get()
    assert made.status_code == 302 and recipients.size == 3
    return recipients


def written(cast, recipients):
    """A letter to the list, drafted after a slip, issued after the approval."""
    qin, gao, slug = cast.qin.client, cast.gao.client, cast.programme.slug
    wrong = post(qin, reverse("letters:new", args=[slug]), recipients=recipients.public_id,
                 title="关于寄送报告的函", body="{姓名}", channel="mail", series="函")  # fmt: skip
    assert wrong.status_code == 422 and "不是可用的合并域" in wrong.content.decode()
    post(qin, reverse("letters:new", args=[slug]), recipients=recipients.public_id,
         title="关于寄送报告的函", body=BODY, channel="mail", series="函",
         copies="存档")  # fmt: skip
    mailing = Mailing.objects.get()
    issue = reverse("letters:issue", args=[slug, mailing.public_id])
    assert issue not in qin.get(mailing.path).content.decode(), "the list is not approved"
    approve = reverse("letters:list_approve", args=[slug, recipients.public_id])
    assert push(gao, recipients.path, approve).status_code == 302
    where = reverse("letters:preview", args=[slug, mailing.public_id, 2])
    preview = qin.get(where).content.decode()
    assert "河北省石家庄市" in preview and "测函〔2030〕____号" in preview
    before, after = (said_to(mailing, place)[0].name for place in (1, 3))
    assert f"上一封：{before}" in preview and f"下一封：{after}" in preview
    assert push(gao, mailing.path, issue).status_code == 302
    return mailing


def test_from_a_messy_sheet_to_the_acknowledgement(cast):
    qin, slug = cast.qin.client, cast.programme.slug
    mailing = written(cast, from_a_sheet(cast))
    pieces = {one.name: one for one in MailPiece.objects.all()}
    assert [one.number for one in MailPiece.objects.order_by("serial")] == [
        f"测函〔2030〕{n}号" for n in (1, 2, 3)
    ]
    assert pieces["甲市政府办公室（演示）"].channel == "mail"
    [letter] = Message.objects.filter(kind="letters.mailed")
    assert letter.address == "a@example.org" and "石家庄" in letter.body
    track = reverse("letters:track", args=[slug, mailing.public_id])
    code = pieces["乙省政府办公厅（演示）"].code
    answer = post(qin, track, kind="sent", carrier="邮政", codes=f"{code} EX1\n12345678901\n")
    html = answer.content.decode()
    assert "已登记 1 件" in html and "校验位不符" in html
    one = pieces["乙省政府办公厅（演示）"]
    post(qin, one.path, kind="returned", reason="查无此单位")
    post(qin, one.path, kind="resent", carrier="邮政", tracking="EX2")
    answer = post(qin, one.path, kind="acknowledged")
    assert answer.status_code == 422 and "回执" in answer.content.decode()
    receipt = io.BytesIO(PDF)
    receipt.name = "receipt.pdf"
    assert post(qin, one.path, kind="acknowledged", file=receipt).status_code == 302
    assert MailPiece.objects.standing().get(pk=one.pk).state == "acknowledged"
    shown = qin.get(reverse("letters:reach", args=[slug, mailing.public_id]))
    assert "367 个区划中：列入 2 个，已寄出 2 个，已送达 1 个" in shown.content.decode()


def words(data):
    """What stands on each page of a PDF, without its blanks."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return ["".join(one.extract_text().split()) for one in pages]


def test_all_is_printed_as_one_file_as_single_ones_and_as_labels(cast, two):
    qin, slug = cast.qin.client, cast.programme.slug
    with at_once():
        for what in ("all", "each", "labels"):
            where = reverse("letters:print", args=[slug, two.public_id, what])
            answer = qin.get(where, follow=True)
            assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
            data = b"".join(answer.streaming_content)
            if what == "each":
                files = zipfile.ZipFile(io.BytesIO(data))
                names = files.namelist()
                assert len(names) == 2 and names[0].startswith("00001 甲")
                data = files.read(names[1])
                text = words(data)[0]
                assert "测函〔2030〕2号" in text and "抄送" in text
            elif what == "all":
                pages = words(data)
                assert len(pages) == 2 and "测函〔2030〕1号" in pages[0]
            else:
                text = words(data)[0]
                assert all(one.code in text for one in two.pieces.all()) and "甲路1号" in text


def test_a_letter_of_several_pages_counts_its_own(cast, two):
    told = printed(two)
    long = [*told["letters"][0]["body"], *["补充一段。"] * 25]
    told["letters"] = [{**one, "body": long} for one in told["letters"]]
    pages = words(all_of(told))
    assert len(pages) == 4
    assert ["—2—" in one for one in pages] == [False, True, False, True]
