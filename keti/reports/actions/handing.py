"""Handing in: by the structured form, or by a file that carries its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from keti.charter.rules.compiled import WorkSpec
from keti.documents.actions import require_pictures
from keti.documents.models import StoredFile
from keti.documents.rules.refs.item import as_rows
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.models import Group
from keti.groups.queries import standing
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, both
from keti.kernel.terms import end_of_day
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.reports import notices, permissions, queries, rules
from keti.reports.actions.drafts import (
    create,
    locked,
    locked_duty,
    write,
)
from keti.reports.models import Report, Version
from keti.work.actions import TaskSpec, assign_task, hold_planned, withdraw_dropped

SUBMITTED = "reports.report.submitted"


@dataclass(frozen=True, slots=True)
class Frozen:
    """What goes into a version besides the parts it pins."""

    sections: list[dict[str, Any]]
    plan: list[dict[str, str]]
    file: StoredFile | None = None
    points: list[dict[str, Any]] | None = None


@transaction.atomic
def submit_report(act: Act, *, report: Report, answers: Sequence[rules.Answer] = ()) -> Version:
    """Hand in the draft: freeze it as the next version, meet the duty, assign the plan's items.

    A section that says what it said in the version before keeps its pages of that original.
    `answers` are to the points it was returned with, in their order.
    Refuses a point without an answer, an empty required section, a plan item without assignee or
    date, a second submission, and everybody but the accountable seat (or who records for it).

    Taken back by: return_report.
    """
    report = locked(report)
    hold_planned(report.subject())
    duty = locked_duty(report.obligation)
    if entry := ledger.repeated(act, SUBMITTED, programme=report.programme):
        return _of_entry(report, entry.content)
    permissions.may_submit(act, duty).or_refuse()
    state = moved(report, "submit")
    spec = queries.spec_of(duty)
    content = queries.content_of(report)
    before = queries.newest_of(report)
    pages = rules.kept_pages(report.sections, before.sections) if before else {}
    file = before.file if before and pages else None
    require_pictures(report.programme, content.docs.values())
    handed = rules.Handed(content, pages, content.docs)
    points = _points(report, answers)
    named = _complete(act, report, spec, handed)
    rows = rules.file_rows(spec.sections, handed, file.name if file else "")
    rows = rules.with_translations(rows, report.translations or {}, content)
    version = _freeze(act, report, spec, Frozen(rows, named, file, points))
    report.state, report.points = state, None
    report.replaced = []
    report.save()
    if spec.plan:
        _assign(act, report, content.plan)
    return _hand_over(act, version)


@transaction.atomic
def hand_in_by_file(
    act: Act,
    *,
    obligation: Obligation,
    file: StoredFile | None,
    handed: rules.Handed,
    answers: Sequence[rules.Answer] = (),
) -> Version:
    """Meet a report by a file that carries its parts: the words of each section the charter
    demands, its document with tables and pictures, or the pages of the original on which it stands,
    and the plan's items, which become tasks as when written. The original is kept with the
    version, and the draft says afterwards what was handed in; what was typed and is not in it is
    put beside the draft.

    Refuses a missing file, a required section with neither words nor pages, a document that is
    none or whose pictures are not kept, and what `submit_report` refuses of plan, seat and state.

    Taken back by: return_report.
    """
    begun = queries.report_of(obligation)
    if begun:
        locked(begun)
        hold_planned(begun.subject())
    duty = locked_duty(obligation)
    spec = queries.spec_of(duty)
    standing_one = queries.report_of(duty)
    entry = ledger.repeated(act, SUBMITTED, programme=duty.programme)
    if entry and standing_one:
        return _of_entry(standing_one, entry.content)
    permissions.may_submit(act, duty).or_refuse()
    if file is None:
        raise Refused("reports.file-needed")
    handed = replace(handed, docs={**_drafted(begun, handed), **handed.docs})
    require_pictures(duty.programme, handed.docs.values())
    content = replace(rules.tidy(handed.worded(), spec.sections), docs=handed.docs)
    handed = replace(handed, content=content)
    report = locked(standing_one) if standing_one else create(act, duty)
    state = moved(report, "submit")
    points = _points(report, answers)
    named = _complete(act, report, spec, handed)
    rows = rules.file_rows(spec.sections, handed, file.name)
    rows = rules.with_translations(rows, report.translations or {}, content)
    report.replaced = [*(report.replaced or []), *_replaced(report, spec, content)]
    version = _freeze(act, report, spec, Frozen(rows, named, file, points))
    write(report, act, spec, content)
    report.state, report.points = state, None
    report.save()
    if spec.plan:
        _assign(act, report, content.plan)
    return _hand_over(act, version)


def _drafted(report: Report | None, handed: rules.Handed) -> dict[str, str]:
    """The documents of a draft that a file leaves as they are: it says the same words, or none."""
    if report is None:
        return {}
    drafted = queries.content_of(report)
    said = handed.content.sections
    return {key: one for key, one in drafted.docs.items() if said.get(key) == drafted.sections[key]}


def _replaced(report: Report, spec: WorkSpec, content: rules.Content) -> list[Mapping[str, Any]]:
    """What the draft says and neither the file nor the version before it."""
    drafted = rules.Handed(report.content(), docs=queries.content_of(report).docs)
    typed = rules.all_rows(rules.file_rows(spec.sections, drafted, ""), report.plan)
    rows = rules.section_rows(spec.sections, content.sections)
    handed = rules.all_rows(rows, rules.plan_rows(content.plan))
    before = queries.newest_of(report)
    return rules.replaced(
        typed, handed, rules.all_rows(before.sections, before.plan) if before else ()
    )


def moved(report: Report, verb: str) -> str:
    """The state after `verb`. Refuses a move the table does not have."""
    state = rules.next_state(report.state, verb)
    if not state:
        raise Refused(
            "reports.no-such-move",
            state=both(f"reports.state-{report.state}"),
            verb=both(f"reports.verb-{verb}"),
        )
    return state


def _of_entry(report: Report, content: dict[str, Any]) -> Version:
    number = content["facts"]["number"]
    return next(one for one in queries.versions_of(report) if one.number == number)


def _complete(
    act: Act, report: Report, spec: WorkSpec, handed: rules.Handed
) -> list[dict[str, str]]:
    """The plan with its assignees named. Refuses what may not be handed in as it stands."""
    content = handed.content
    if rules.bad_pages(handed.pages, 0):
        raise Refused("reports.no-such-pages")
    said = rules.without_skeleton(content.sections, queries.skeleton_of(report.obligation, spec))
    empty = rules.empty_sections(spec.sections, said, handed.pages)
    if empty:
        raise Refused("reports.section-empty", sections=_list([one.title for one in empty]))
    if not spec.plan:
        return []
    seats = {
        seat.public_id: seat.label
        for seat in standing(report.programme, act.recorded_at).filter(group=report.group)
    }
    if fault := rules.plan_fault(content.plan, seats):
        code, facts = fault
        raise Refused(code, **facts)
    return [row | {"who": seats.get(row["seat"], "")} for row in rules.plan_rows(content.plan)]


def _points(report: Report, answers: Sequence[rules.Answer]) -> list[dict[str, Any]] | None:
    """What was asked for with what is said to each. Refuses a point without an answer."""
    asked = report.points or []
    if missing := rules.unanswered(asked, answers):
        raise Refused("reports.point-unanswered", numbers="、".join(map(str, missing)))
    return rules.answered_rows(asked, answers)


def _list(titles: list[Text]) -> Text:
    chinese, english = ([one.in_(lang) for one in titles] for lang in ("zh", "en"))
    return Text("、".join(chinese), ", ".join(english))


def _freeze(act: Act, report: Report, spec: WorkSpec, frozen: Frozen) -> Version:
    """The next version: pins its parts by hash and carries the hash of its own content."""
    pins = queries.pins_of(report.obligation, spec)
    report.latest += 1
    if spec.series and not report.paper_number:
        report.paper_number = duties.number_for(
            report.programme, report.obligation, act.happened_at
        )
    content = {
        "kind": report.kind,
        "group": report.group.key,
        "period": report.period,
        "title": report.title.in_("zh"),
        "number": report.latest,
        "sections": frozen.sections,
        "plan": frozen.plan,
        "file": frozen.file.sha256 if frozen.file else "",
        "chapters": pins if spec.assembles else [],
        "collected": [] if spec.assembles else pins,
    }
    if frozen.points:
        content["points"] = frozen.points
    rows = as_rows(queries.references_of(report))
    if rows:  # a version without any is hashed as it always was
        content["references"] = {"by": spec.references, "rows": rows}
    return Version.objects.create(
        programme=report.programme,
        report=report,
        number=report.latest,
        sections=frozen.sections,
        plan=frozen.plan,
        file=frozen.file,
        evidence=act.evidence if isinstance(act.evidence, StoredFile) else None,
        chapters=content["chapters"],
        collected=content["collected"],
        references=content.get("references"),
        points=frozen.points,
        sha256=rules.fingerprint(content),
        words=_words(frozen),
        paper_number=report.paper_number,
        seat_label=shortened((act.on_behalf_of or act.seat or act.by).label, 160),
        by_label=shortened(act.by.label, 80),
        on_behalf=act.on_behalf_of is not None,
        recorded_late=act.recorded_late,
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )


def _words(frozen: Frozen) -> str:
    texts = [rules.bare(one) for one in frozen.sections]
    return "\n".join([*texts, *(one["title"] for one in frozen.plan)])


def _assign(act: Act, report: Report, plan: Sequence[rules.PlanItem]) -> None:
    """Each item of the plan is a task of its seat; what an earlier version planned and this one
    does not is taken back where nobody has done it."""
    hold_row(Group, report.group_id)
    seats = {
        seat.public_id: seat
        for seat in standing(report.programme, act.recorded_at).filter(group=report.group)
    }
    items = [] if rules.no_plan(plan) else plan
    wanted = [
        TaskSpec(
            programme=report.programme,
            group=report.group,
            seat=seats[item.assignee_seat_id],
            title=item.title,
            due_at=_due(report, item),
            source=report.subject(),
        )
        for item in items
    ]
    if report.latest > 1:  # the first version has nothing to take back
        withdraw_dropped(act, source=report.subject(), group=report.group, wanted=wanted)
    for spec in wanted:
        assign_task(act, spec=spec)


def _due(report: Report, item: rules.PlanItem) -> datetime:
    """The end of the item's day: 24:00, which is the next day's first instant."""
    if item.due is None:
        raise ValueError(f"plan item without a date: {item.title}")
    return end_of_day(item.due, report.programme.tz)


def answered(act: Act, report: Report) -> None:
    """Its reader is asked, or has answered: what is owed follows."""
    duties.await_answers(report.programme, "reports", report.public_id, act.recorded_at, act=act)


def _hand_over(act: Act, version: Version) -> Version:
    report = version.report
    met = duties.meet(act, obligation=report.obligation, with_=version.subject())
    answered(act, report)
    notices.submitted(act, version, permissions.readers(report, act))
    ledger.record(
        act,
        SUBMITTED,
        programme=report.programme,
        about=report.subject(),
        facts={
            "key": report.obligation.key,
            "number": version.number,
            "sha256": version.sha256,
            "file": version.file.sha256 if version.file else "",
            "version": version.public_id,
            "counts": met.met_at,
        },
    )
    return version
