"""Acts that neither a story nor a recipe does, and attempts that must fail by one rule alone.

`attempt` tries an act in its place, as whoever sends it and as everybody else, and takes it back.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.test.utils import override_settings

from keti.consultation.actions import Remark, close_round, comment, dispose, no_remarks, open_round
from keti.documents.actions import keep_upload
from keti.duties.actions import hand_in_file
from keti.duties.models import Claim
from keti.duties.tests.test_actions import stored
from keti.groups.models import Recusal
from keti.intake.tests.scene import published, submitted
from keti.meetings.actions import (
    ItemFacts,
    MinutesFacts,
    confirm_minutes,
    plan_meeting,
    record_minutes,
)
from keti.meetings.queries import items_of
from keti.monitoring.actions import answer_finding, close_finding
from keti.monitoring.tests.test_actions import raised
from keti.reports.actions import (
    Content,
    PlanItem,
    accept_report,
    save_draft,
    start_report,
    submit_report,
)
from keti.review.actions import declare_conflict
from keti.review.queries import gate_by_key
from keti.review.tests.bench import opened
from keti.site.actions import remind
from keti.work.actions import accept_task_book, draft_task_books, finish_task, issue_task_books
from tests.acts.listed import Listed
from tests.acts.recipes import BOOK
from tests.cast import Cast, local

Attempt = Callable[..., None]
KEEPING = Listed("documents.keep_upload", keep_upload, frozenset())
"""Keeping a file leaves no line: the act that refers to it does."""


def a_round(cast: Cast, attempt: Attempt) -> None:
    """A round on the outline; the charter does not ask the public."""
    cast.at("2030-06-03T09:00")
    report = start_report(cast.tao.act(), obligation=cast.duty("skeleton"))
    said = Content({"bones": "第一章写现状。"}, [])
    save_draft(cast.tao.act(), report=report, content=said, base=report.revision)
    submit_report(cast.tao.act(), report=report)
    found = open_round(cast.qin.act(), obligation=cast.duty("remarks"))
    letter = Remark("请放宽。", sender="街坊（演示）")
    attempt("consultation.comment", cast.qin.act(), round=found, remark=letter)
    no_remarks(cast.he.act(), round=found)
    made = comment(cast.lu.act(), round=found, remark=Remark("请补充案例。"))
    dispose(cast.qin.act(), comment=made, disposition="adopted")
    close_round(cast.qin.act(), obligation=cast.duty("remarks"))


def what_is_to_do(cast: Cast, attempt: Attempt) -> None:
    """Books accepted, with paper and without; an item finished; a month accepted; a finding
    closed."""
    cast.at("2030-04-01T10:00")
    brief = cast.duty("brief", "cell.red")
    draft_task_books(cast.lu.act(), obligation=brief, content=BOOK)
    for book in issue_task_books(cast.lu.act(), obligation=brief):
        holder = next(one for one in (cast.mao, cast.mi) if one.seat.pk == book.seat_id)
        spoken = cast.qin.act(on_behalf_of=holder.seat)
        attempt("work.accept_task_book", spoken, task_book=book)
        accept_task_book(holder.act(), task_book=book)
    _an_item(cast)
    finding = raised(cast)
    late = cast.lu.act("2030-04-12T10:00", happened=local("2030-04-11T10:00"))
    attempt("monitoring.answer_finding", late, finding=finding, text="已补充来源。")
    late = replace(late, evidence=stored(cast, late))
    attempt("monitoring.answer_finding", late, finding=finding, text="已补充来源。")
    answer_finding(cast.lu.act("2030-04-11T10:00"), finding=finding, text="已补充来源。")
    close_finding(cast.ji.act("2030-04-12T10:00"), finding=finding, reason="已改正。")
    cast.at("2030-04-28T10:00")
    month = start_report(cast.lu.act(), obligation=cast.duty("moon", "cell.red", "2030-04"))
    plan = [PlanItem("无", "", None)]
    said = Content({"gains": "成果。", "snags": "无", "cures": "无"}, plan)
    save_draft(cast.lu.act(), report=month, content=said, base=month.revision)
    submit_report(cast.lu.act(), report=month)
    month.refresh_from_db()
    accept_report(cast.fang.act(), report=month)


def _an_item(cast: Cast) -> None:
    talk, at = cast.duty("talk", "cell.red"), local("2030-04-11T14:00")
    met = plan_meeting(cast.lu.act(), obligation=talk, starts_at=at, place="三号会议室（演示）")
    cast.at("2030-04-11T17:00")
    item = ItemFacts("补数据", cast.mao.seat, local("2030-05-28T00:00"))
    said = MinutesFacts(
        body="纪要。", attendance={cast.lu.seat: "present"}, resolutions=[], action_items=[item]
    )
    met = record_minutes(cast.lu.act(), meeting=met, minutes=said)
    confirm_minutes(cast.lu.act(), meeting=met)
    finish_task(cast.mao.act(), task=items_of(met).get(), note="已补。")


def admission(cast: Cast, attempt: Attempt) -> None:
    """The admission may not be closed over an application nobody decided."""
    published(cast)
    submitted(cast)
    cast.at("2030-03-22T10:00")
    attempt("intake.close_admission", cast.qin.act(), obligation=cast.duty("admit"))


def moments(cast: Cast, attempt: Attempt) -> None:
    """When something happened is claimed: without evidence, too early, by who gains by it."""
    cast.at("2030-03-18T10:00")
    duty = cast.duty("paper")
    hand_in = partial(attempt, "duties.hand_in_file", obligation=duty, lines=["合作书"])
    told = cast.tao.act(happened=local("2030-03-14T17:00"))
    shown = replace(told, evidence=stored(cast, told))
    file = stored(cast, told)
    hand_in(told, file=file)
    hand_in(replace(shown, happened=local("2030-02-01T10:00")), file=file)
    _neighbour(cast.qin.person, cast.tao.person)
    behalf = replace(cast.qin.act(on_behalf_of=cast.tao.seat), happened=shown.happened)
    hand_in(replace(behalf, evidence=shown.evidence), file=file)
    hand_in_file(shown, obligation=duty, file=file, lines=["合作书"])
    claim = Claim.objects.get()
    attempt("duties.accept_claim", cast.ji.act(), claim=claim)
    _neighbour(cast.ji.person, cast.tao.person)
    attempt("duties.accept_claim", cast.ji.act(), claim=claim)


def _neighbour(person: Any, other: Any) -> None:
    """Both belong to one unit from now on."""
    person.unit = other.unit
    person.save()


def quota(cast: Cast, attempt: Attempt) -> None:
    """A file that is more than one person may store."""
    with override_settings(KETI_FILES_PERSON_MB=1):
        data = b"a" * (1 << 20) + b"a"
        programme = cast.programme
        attempt(KEEPING, cast.mao.act(), programme=programme, name="大.txt", data=data)


def aside(cast: Cast, attempt: Attempt) -> None:
    """Who declared a conflict gives no opinion."""
    on = opened(cast)
    declare_conflict(cast.ren.act("2030-05-17T08:00"), gate=on, has=True, text="合作过论文。")
    opinion = {"gate": on, "verdict": "approve", "comment": "同意。"}
    attempt("review.give_opinion", cast.ren.act("2030-05-17T09:00"), **opinion)


def bench(cast: Cast, attempt: Attempt) -> None:
    """Elsewhere: three of the panel stand aside unasked, each for a reason of its own; an elder
    decides in no other cell."""
    panel = gate_by_key(cast.programme, "panel@core")
    red = gate_by_key(cast.programme, "half@cell.red")
    for who in ("kin", "fang-sage", "rot-sage"):
        act = cast.players[who].act()
        declare_conflict(act, gate=panel, has=False)
        attempt("review.give_opinion", act, gate=panel, verdict="approve", comment="同意。")
    attempt("review.declare_conflict", cast.players["bai"].act(), gate=red, has=False)


def reminding(cast: Cast, attempt: Attempt) -> None:
    """Who was reminded today is not reminded again."""
    month = cast.duty("moon", "cell.red")
    remind(cast.lu.act(), obligation=month)
    attempt("site.remind", cast.lu.act(), obligation=month)


def aside_from_a_round(cast: Cast, attempt: Attempt) -> None:
    """A round is opened on a text from which somebody stands aside."""
    cast.at("2030-06-03T09:00")
    report = start_report(cast.tao.act(), obligation=cast.duty("skeleton"))
    said = Content({"bones": "第一章写现状。"}, [])
    save_draft(cast.tao.act(), report=report, content=said, base=report.revision)
    submit_report(cast.tao.act(), report=report)
    Recusal.objects.create(
        programme=cast.programme,
        person=cast.mi.person,
        subject_id=report.public_id,
        since=cast.moment,
    )
    attempt("consultation.open_round", cast.qin.act(), obligation=cast.duty("remarks"))


SCENES = (a_round, what_is_to_do, admission, moments, quota, aside, reminding, aside_from_a_round)
