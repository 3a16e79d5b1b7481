"""What an amendment or a draft must not be used for."""

import pytest
from django.core.files.base import ContentFile

from keti.kernel.refusals import Refused
from keti.planning import queries
from keti.planning.models import CharterDraft
from keti.planning.tests.test_amending import EARLIER, propose, ruled, text
from tests.cast import Cast

__all__ = ["ruled"]
BOSS = (
    "  watcher: {zh: 督察",
    "  boss: {zh: 主管, en: Boss, in: core, min: 0, can: [manage, read]}\n  watcher: {zh: 督察",
)
NO_CLERK = ("holder_kind: unit, can: [manage, read]}", "holder_kind: unit, can: [read]}")
NO_PATRON = (
    (
        "  patron: {zh: 委托人, en: Patron, in: core, min: 1, max: 1, holder_kind: person, "
        "can: [commission, read]}\n",
        "",
    ),
    ("decides: [patron]", "decides: [head]"),
    ("approve: [patron, head]", "approve: [head]"),
)


def test_proposing_for_an_approver_without_the_paper_approves_nothing(ruled: Cast):
    made = propose(ruled, EARLIER, who="qin", on_behalf_of=ruled.fang.seat)
    assert (queries.approvals(made), queries.missing(made)) == ({}, ["head", "clerk"])


def test_the_secretariat_cannot_go_to_a_role_that_nobody_holds(ruled: Cast):
    with pytest.raises(Refused) as refused:
        propose(ruled, BOSS, NO_CLERK)
    assert refused.value.code == "planning.blocked"


def drafted(cast: Cast, written: str) -> str:
    """The address of Fang's draft with this text."""
    url = str(cast.fang.client.post("/p/cast/charter/draft/").url)
    CharterDraft.objects.update(text=written)
    return url


def test_the_role_that_must_approve_may_be_drafted_away(ruled: Cast):
    page = ruled.fang.client.get(drafted(ruled, text(*NO_PATRON)) + "propose/")
    assert page.status_code == 200
    assert "委托人" in dict(page.context["approvers"])


def test_an_id_cannot_write_headers(ruled: Cast):
    written = 'programme: {id: "a\\r\\nX-Y: 1\\"z"}\n'
    page = ruled.fang.client.get(drafted(ruled, written) + "charter.yaml")
    assert page.headers["Content-Disposition"] == 'attachment; filename="a-1z.yaml"'


def test_a_file_too_large_is_told_so(ruled: Cast):
    url = drafted(ruled, text())
    upload = ContentFile(f"a: {'中' * 1_000_000}".encode(), "x.yaml")
    page = ruled.fang.client.post(url + "file/", {"base": "0", "upload": upload})
    assert page.status_code == 422
    assert "1000000" in page.context["unreadable"]
