"""An approval recorded for somebody else: whose it is, who recorded it, on which paper."""

from django.core.files.uploadedfile import SimpleUploadedFile

from keti.planning.models import Approval
from keti.planning.tests.test_amending import GREEN, propose, ruled, text
from tests.cast import Cast

__all__ = ["ruled"]
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def flat(page: str) -> str:
    """A page without what only its source breaks."""
    return " ".join(page.split())


def sent(cast: Cast, key: str, **more: object) -> dict[str, object]:
    return {"do": "approve", "key": key, "on_behalf_of": cast.gao.seat.public_id} | more


def test_the_page_names_whose_approval_it_is_and_who_recorded_it(ruled: Cast) -> None:
    made = propose(ruled, GREEN)
    before = ruled.qin.client.get(made.path).content.decode()
    assert "代他人办理时必须附签字原件的扫描" in before
    bare = ruled.qin.client.post(made.path, sent(ruled, "a"))
    assert bare.status_code == 422
    paper = SimpleUploadedFile("签批单.pdf", PDF, "application/pdf")
    assert ruled.qin.client.post(made.path, sent(ruled, "b", evidence=paper)).status_code == 302
    said = Approval.objects.get(amendment=made, role="patron")
    gao, qin = ruled.gao.person.label, ruled.qin.person.label
    assert (said.for_label, said.by_label, said.on_behalf) == (gao, qin, True)
    page = ruled.lu.client.get(made.path).content.decode()
    address = f"{made.path}paper/patron/"
    assert f'同意 · {gao} · 代录（{qin}） · <a href="{address}">凭据</a>' in flat(page)
    assert b"".join(ruled.lu.client.get(address).streaming_content) == PDF
    assert ruled.wu.client.get(address).status_code == 404
    assert ruled.lu.client.get(f"{made.path}paper/head/").status_code == 404


def test_ones_own_approval_carries_one_name(ruled: Cast) -> None:
    made = propose(ruled, GREEN)
    said = Approval.objects.get(amendment=made, role="head")
    fang = ruled.fang.person.label
    assert (said.for_label, said.by_label, said.on_behalf) == (fang, fang, False)
    page = ruled.lu.client.get(made.path).content.decode()
    assert f"同意 · {fang} · " in flat(page)
    assert f"代录（{fang}）" not in page


def test_before_proposing_one_sees_who_must_approve_and_whose_seat_is_empty(ruled: Cast) -> None:
    url = str(ruled.fang.client.post("/p/cast/charter/draft/").url)
    file = SimpleUploadedFile("c.yaml", text(GREEN).encode(), "text/yaml")
    ruled.fang.client.post(url + "file/", {"base": "0", "upload": file})
    page = ruled.fang.client.get(url + "propose/").content.decode()
    assert f"委托人（{ruled.gao.person.label}）" in page
    ruled.gao.seat.ends_at = ruled.moment
    ruled.gao.seat.save()
    page = ruled.fang.client.get(url + "propose/").content.decode()
    assert "委托人（目前无人担任）" in page
