"""The other languages of a report: what is written beside its sections."""

from collections.abc import Collection, Mapping

from django.db import transaction

from keti.documents.actions import require_pictures
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.reports import permissions, queries, rules
from keti.reports.actions.drafts import locked
from keti.reports.models import Report


@transaction.atomic
def save_translation(
    act: Act,
    *,
    report: Report,
    lang: str,
    content: rules.Content,
    known: Mapping[str, str] | None = None,
    checked: Collection[str] = (),
) -> Report:
    """Save what stands in another language beside the sections of a draft. What is new, and what is
    `checked`, is taken as made from the words that stand now; anything else keeps the words it was
    made from, and is marked where those have changed.

    Refuses a language the report has no edition in, a section that somebody else changed since the
    page was opened (`known`: `rules.marks_of` what it showed), a document that is none or whose
    pictures are not kept, and everybody who may not write the draft. Leaves no line in the ledger:
    what is said is said by the version frozen at submission.

    Taken back by: save_translation.
    """
    report = locked(report)
    permissions.may_edit(act, report).or_refuse()
    asked_for = queries.editions_of(report.obligation)
    if lang not in asked_for:
        raise Refused("reports.no-such-edition")
    sections = [one for one in queries.spec_of(report.obligation).sections
                if one.key in asked_for[lang]]  # fmt: skip
    before = rules.translation_of((report.translations or {}).get(lang))
    tidy = rules.signed(
        rules.tidy(content, sections), before.content, act.by.label, act.recorded_at
    )
    merging = rules.merged(before.content, tidy, known or {})
    if known and merging.both:
        raise Refused("reports.stale-translation")
    wanted = merging.content if known else tidy
    require_pictures(report.programme, wanted.docs.values())
    made = rules.saved(before, wanted, queries.content_of(report), checked)
    report.translations = {**(report.translations or {}), lang: made.row()}
    report.save(update_fields=["translations"])
    return report
