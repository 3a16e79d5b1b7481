"""Beginning a report and writing its draft."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from keti.charter.rules.compiled import WorkSpec
from keti.documents.actions import require_pictures
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.duties.notices import deadline
from keti.duties.queries import of_programme
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.reports import permissions, queries, rules
from keti.reports.models import Report

FORM = "report"
TYPED = ("sections", "docs", "plan", "words", "revision", "saved_at", "saved_by")
"""What a save changes: nothing of it is told by a line."""


def locked_duty(obligation: Obligation) -> Obligation:
    """The obligation, held to the end of the act. Refuses one that no report meets."""
    if obligation.form != FORM:
        raise Refused("reports.not-a-report", title=obligation.title)
    hold_row(Obligation, obligation.pk)
    return of_programme(obligation.programme).get(pk=obligation.pk)


def locked(report: Report) -> Report:
    """The report, held to the end of the act, with its names."""
    hold_row(Report, report.pk)
    return Report.objects.with_names().get(pk=report.pk)


@transaction.atomic
def start_report(act: Act, *, obligation: Obligation) -> Report:
    """Begin the report of this duty; one that is begun already is returned as it stands.

    A consolidated report starts with the groups' texts quoted under their names, what is written
    by an outline with the headings that this gives it.

    Taken back by: nothing, because a draft that nobody submits counts for nothing.
    """
    duty = locked_duty(obligation)
    standing = queries.report_of(duty)
    if standing and ledger.repeated(act, "reports.report.started", programme=duty.programme):
        return standing
    permissions.may_write(act, duty).or_refuse()
    if standing:
        return standing
    report = create(act, duty)
    spec = queries.spec_of(duty)
    text = _gathered(duty, spec)
    texts = {spec.sections[0].key: text} if text else queries.skeleton_of(duty, spec)
    if texts:
        write(report, act, spec, rules.Content(texts))
        report.save()
    ledger.record(
        act,
        "reports.report.started",
        programme=duty.programme,
        about=report.subject(),
        facts={"key": duty.key},
    )
    return report


def create(act: Act, duty: Obligation) -> Report:
    """An empty report of the duty; the calling act records it."""
    report = Report.objects.create(
        programme=duty.programme,
        obligation=duty,
        group=duty.group,
        kind=duty.kind,
        period=duty.period,
        saved_at=act.recorded_at,
        saved_by=act.by.label,
    )
    duties.begin(duty, act.recorded_at)
    return report


def _gathered(duty: Obligation, spec: WorkSpec) -> str:
    parts = queries.parts_of(duty, spec) if spec.collects and spec.sections else []
    if not any(part.version for part in parts):
        return ""
    lang = queries.first_tongue(duty.programme)
    return rules.gathered([_said(part, lang) for part in parts], lang)


def _said(part: queries.Part, lang: str) -> tuple[str, list[dict[str, Any]] | None]:
    """What one group's report says, its plan as one more section; None where it is 未交."""
    group, version = part.obligation.group.title.in_(lang), part.version
    if version is None:
        return group, None
    return group, [*version.sections, *rules.plan_section(version.plan)]


def write(report: Report, act: Act, spec: WorkSpec, content: rules.Content) -> None:
    """Put the content into the draft as its next revision; the calling act saves it."""
    tidy = rules.tidy(content, spec.sections)
    report.sections = dict(tidy.sections)
    report.docs = dict(tidy.docs)
    report.plan = rules.plan_rows(tidy.plan)
    report.words = "\n".join([*tidy.sections.values(), *(one.title for one in tidy.plan)])
    report.revision += 1
    report.saved_at = act.recorded_at
    report.saved_by = act.by.label


def _tidy(act: Act, report: Report, content: rules.Content) -> rules.Content:
    """As it is stored: remarks that are new carry the name of who saves them."""
    tidy = rules.tidy(content, queries.spec_of(report.obligation).sections)
    return rules.signed(tidy, queries.content_of(report), act.by.label, act.recorded_at)


def _same_as_stored(report: Report, tidy: rules.Content) -> bool:
    """True when a save would change nothing."""
    same_plan = rules.plan_rows(tidy.plan) == report.plan
    same_docs = tidy.docs == queries.content_of(report).docs
    return bool(dict(tidy.sections) == report.sections and same_docs and same_plan)


@transaction.atomic
def save_draft(
    act: Act,
    *,
    report: Report,
    content: rules.Content,
    base: int,
    known: Mapping[str, str] | None = None,
) -> Report:
    """Save the draft that was made from revision `base`. With `known` (`rules.marks_of` what the
    page showed) only what its writer changed is saved, and what others did stays.

    Refuses a save made from an older revision than the stored one, unless it changes nothing or
    nobody else changed the same section: the page then shows both texts; a document that is none,
    or whose pictures nobody keeps. Leaves no line in the ledger: what is said is said by the
    version frozen at submission.
    """
    report = locked(report)
    permissions.may_edit(act, report).or_refuse()
    typed = _tidy(act, report, content)
    if _same_as_stored(report, typed):
        return report
    merging = rules.merged(queries.content_of(report), typed, known or {})
    content = merging.content if known else typed
    if merging.both if known else base != report.revision:
        raise Refused(
            "reports.stale-draft",
            who=report.saved_by,
            when=deadline(report.programme, report.saved_at),
        )
    write(report, act, queries.spec_of(report.obligation), content)
    require_pictures(report.programme, (report.docs or {}).values())
    report.save(update_fields=TYPED)
    return report


@transaction.atomic
def quote_parts(act: Act, *, report: Report) -> Report:
    """Add the groups' texts as they stand now at the end of the first section.

    Refuses while no group has handed in.

    Taken back by: quote_parts (quoted anew from what stands now).
    """
    report = locked(report)
    if ledger.repeated(act, "reports.report.quoted", programme=report.programme):
        return report
    permissions.may_edit(act, report).or_refuse()
    spec = queries.spec_of(report.obligation)
    text = _gathered(report.obligation, spec)
    if not text:
        raise Refused("reports.nothing-collected")
    content = rules.with_words(queries.content_of(report), spec.sections[0].key, text)
    write(report, act, spec, content)
    report.save()
    ledger.record(
        act,
        "reports.report.quoted",
        programme=report.programme,
        about=report.subject(),
        facts={"revision": report.revision},
    )
    return report
