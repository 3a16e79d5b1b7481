"""The pages: the whole way through them, who may open what, and what the public reads."""

import subprocess
import sys
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from keti.consents.actions import give_consent
from keti.consents.enums import Purpose
from keti.honours import actions
from keti.honours.enums import Stage
from keti.honours.models import Assessment, Certificate, Contribution, Nomination, Piece
from keti.jobs.actions import Asker, at_once
from keti.ledger.queries import public_key
from keti.ledger.rules import enclosed, opened, telling
from keti.ledger.rules.standalone import standalone
from keti.release.tests.ending import PNG

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"honours:{name}", args=["cast", *args])


def get(cast, who, path):
    return cast.players[who].client.get(path)


def send(cast, who, path, to="", **data):
    """A form of a page sent as somebody fills it in."""
    client = cast.players[who].client
    page = client.get(path)
    found = page.context.get("form") or next(iter(page.context["forms"].values()))
    answer = client.post(to or path, {"key": found["key"].value(), **data})
    said = (answer.context or {}).get("refused", "") if answer.status_code == 422 else ""
    assert answer.status_code == 302, (answer.status_code, said, answer.content.decode()[-600:])
    return answer


def prepared(cast, hall):
    """Assessed, declared, verified, drawn up and nominated, each by its page."""
    book = hall.books[cast.mao.seat.pk]
    marks = {f"state_{n}": "met" for n in range(len(book.content["targets"]))}
    send(cast, "lu", at("assess", book.public_id), **marks)
    assert Assessment.objects.count() == 1
    proof = SimpleUploadedFile("考勤.png", PNG, "image/png")
    said = {"kind": "people", "what": "派员调研", "amount": 20, "measure": "人日"}
    send(cast, "mao", at("declare"), **said, since="2030-04-01", until="2030-05-31", file=proof)
    one = Contribution.objects.get()
    send(cast, "ji", at("contribution", one.public_id), do="verify", reason="")
    assert "20" in get(cast, "qin", at("contributions")).content.decode()
    send(cast, "qin", at("records"), at("draw"))
    assert "达到" in get(cast, "qin", at("honour", "wreath")).content.decode()
    send(cast, "lu", at("nominate", "wreath", cast.mao.seat.public_id), reason="按时完成。")
    return Nomination.objects.get()


def step(cast, who, made, verb, **data):
    send(cast, who, at("nomination", made.public_id), at("act", made.public_id, verb), **data)
    made.refresh_from_db()


def test_the_whole_way_through_the_pages(cast, hall):
    made = prepared(cast, hall)
    basis = {"basis": "批复（演示）", "basis_day": "2030-05-01", "authority": "部门（演示）"}
    step(cast, "qin", made, "check", **basis)
    for who in ("gao", "ji"):
        step(cast, who, made, "vote", word="yes", text="")
    step(cast, "qin", made, "notice")
    public = cast.wu.client.get(at("public")).content.decode()
    assert "桂枝奖" in public and "毛研究员" not in public and "06-23" in public
    step(cast, "hua", made, "object", text="考勤不实。", sender="")
    objection = made.objections.get().public_id
    step(cast, "qin", made, "answer", objection=objection, upheld="no", answer="已核对，属实。")
    cast.at("2030-06-24T09:00")
    step(cast, "qin", made, "award")
    assert made.stage == Stage.AWARDED


def test_files_and_stock_by_their_pages(cast, hall):
    made = hall.awarded()
    with at_once():
        send(cast, "qin", at("honour", "wreath"), at("files"))
    assert Certificate.objects.count() == 1
    send(cast, "qin", at("stock"), kind="badge", serials="A1\nA2")
    piece = Piece.objects.first()
    client, path = cast.qin.client, at("piece", piece.public_id)
    key = client.get(path).context["hand"]["key"].value()
    data = {"key": key, "do": "hand", "nomination": made.public_id, "taken_by": "毛（演示）"}
    assert client.post(path, data).status_code == 302
    piece.refresh_from_db()
    assert piece.handed_to == made


@pytest.fixture
def file(cast, hall):
    """The bytes of a certificate as its owner takes it."""
    one = hall.awarded()
    with at_once():
        asker = Asker(cast.qin.person, cast.programme, cast.qin.seat.public_id)
        actions.order_all(cast.programme, asker, at("honours"))
    answer = get(cast, "mao", at("certificate", one.public_id))
    assert answer.status_code == 200
    return answer.content


def faults(data):
    """What the verifier holds against one file alone."""
    found = telling.look("证书.pdf", data, public_key())
    telling.compare([found])
    return found.faults


class TestFiles:
    def test_it_checks_from_the_file_alone(self, cast, file, tmp_path):
        found = telling.look("证书.pdf", file, public_key())
        assert found.faults == []
        assert [code for code, _ in found.said] == ["file", "receipt", "signed"]
        (tmp_path / "v.py").write_text(standalone())
        (tmp_path / "c.pdf").write_bytes(file)
        for name, code in (("c.pdf", 0), ("d.pdf", 1)):
            run = subprocess.run(
                [sys.executable, "v.py", name], cwd=tmp_path, capture_output=True, text=True
            )
            assert run.returncode == code, run.stderr
            (tmp_path / "d.pdf").write_bytes(file.replace(b"/Title", b"/Ditle", 1))

    def test_a_byte_changed_anywhere_is_found(self, cast, file):
        base, receipt = opened(file)
        for place in (20, len(base) // 2, len(base) - 3, len(base) + 10, len(base) + 400,
                      len(file) - 60, len(file) - 2):  # fmt: skip
            other = bytearray(file)
            other[place] ^= 1
            assert faults(bytes(other)), place
        for other in (file + b"\n", file[:-1], enclosed(base + b"%%EOF\n" * 0, receipt) + b"x"):
            assert faults(other)
        another = base.replace(b"/Info", b"/Inf0", 1)
        assert faults(enclosed(another, receipt)) == [(0, "ledger.enclosed-unnamed")]

    def test_it_is_still_a_pdf_and_says_what_it_must(self, cast, file):
        read = PdfReader(BytesIO(file), strict=True)
        text = "".join(page.extract_text() for page in read.pages)
        assert len(read.pages) == 1
        for words in ("桂枝奖", "Wreath", "毛研究员", "测证书", "certificates/"):
            assert words in text.replace(" ", "") or words in text
        assert get(cast, "mi", at("certificate", Nomination.objects.get().public_id)
                   ).status_code == 404  # fmt: skip


def test_who_opens_which_page(cast, hall):
    one, hidden = hall.noticed(), hall.nominated("mi")
    pages = {
        at("honours"): set(cast.players) - {"wu"},
        at("mine"): set(cast.players) - {"wu"},
        at("contributions"): set(cast.players) - {"wu"},
        at("records"): {"qin", "ji"},
        at("record", cast.mao.seat.public_id): {"qin", "ji", "mao"},
        at("stock"): {"qin"},
        at("contribution", Contribution.objects.get().public_id): {"qin", "ji", "mao"},
        at("nomination", hidden.public_id): {"qin", "ji", "gao", "lu"},
        at("nomination", one.public_id): set(cast.players) - {"wu"},
    }
    for path, may in pages.items():
        opened_by = {who for who in cast.players if get(cast, who, path).status_code == 200}
        assert opened_by == may, path
    listed = {who: get(cast, who, at("honours")).content.decode() for who in ("lu", "hua")}
    assert "米研究员" in listed["lu"] and "米研究员" not in listed["hua"]


def test_the_public_pages_say_what_the_certificate_says_and_ask_consent_each_time(cast, hall):
    one = hall.awarded()
    anybody, check = cast.wu.client, reverse("honours:check", args=[one.public_id])
    answer = anybody.get(reverse("honours:find"), {"number": one.number})
    assert answer["Location"] == check
    assert anybody.get(reverse("honours:find"), {"number": "测证书〔2030〕9号"}).status_code == 404
    page = anybody.get(check).content.decode()
    assert one.number in page and "毛研究员" not in page and "按时完成" not in page
    assert "红组" not in page
    give_consent(cast.mao.act(), programme=cast.programme, person=cast.mao.person,
                 purpose=Purpose.HONOUR)  # fmt: skip
    assert "毛研究员" in anybody.get(check).content.decode()
    mine = at("mine")
    key = cast.mao.client.get(mine).context["form"]["key"].value()
    cast.mao.client.post(at("consent"), {"key": key, "do": "withdraw"})
    assert "毛研究员" not in anybody.get(check).content.decode()
    actions.revoke(cast.qin.act(), nomination=one, reason="材料不实。")
    page = anybody.get(check).content.decode()
    assert "已经撤销" in page and "材料不实" in page
    assert get(cast, "mao", at("certificate", one.public_id)).status_code == 404


def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(cast, hall):
    path = at("declare")
    key = cast.mao.client.get(path).context["form"]["key"].value()
    said = {"key": key, "kind": "people", "what": "派员", "amount": 5, "measure": "人日",
            "since": "2030-05-01", "until": "2030-04-01",
            "file": SimpleUploadedFile("a.png", PNG, "image/png")}  # fmt: skip
    answer = cast.mao.client.post(path, said)
    assert answer.status_code == 422
    assert "早于" in answer.content.decode() and "派员" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_what_was_said_is_read_by_nobody_else_until_all_have_spoken(cast, hall):
    one = hall.checked()
    actions.vote(cast.gao.act(), nomination=one, yes=False, text="依据不足。")
    assert {who: len(votes_in(cast, who)) for who in ("qin", "gao")} == {"qin": 0, "gao": 1}
    actions.vote(cast.ji.act(), nomination=one, yes=True)
    assert len(votes_in(cast, "qin")) == 2


def votes_in(cast, who):
    """The lines of votes in the record as this visitor exports it."""
    text = get(cast, who, reverse("site:ledger_file", args=["cast"]))
    rows = b"".join(text.streaming_content) if text.streaming else text.content
    return [row for row in rows.decode().splitlines() if "honours.vote.cast" in row]
