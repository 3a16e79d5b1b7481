"""Publishing the approved version, and withdrawing what was published."""

from datetime import datetime, timedelta

from django.db import transaction

from keti.charter.queries import compiled
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.ledger.queries import checkpoint, signed
from keti.programmes.models import Programme
from keti.release import notices, permissions, queries
from keti.release.actions.closing import lay_aside, locked, refuse_for
from keti.release.actions.producing import order_files
from keti.release.enums import EndStep
from keti.release.models import Publication
from keti.reports.models import Version

READY = "release.report.made-ready"
LONGEST = timedelta(days=366)
"""So far ahead a report may be made ready."""


@transaction.atomic
def publish(act: Act, *, obligation: Obligation, version: Version | None = None) -> Publication:
    """Publish `version` (the newest handed in, where none is named) with roll and checkpoint; what
    was made ready is let out, at the instant of its embargo or later on that day.

    Refuses every version but the one whose hash the last gate approved, before the closing and
    the roll that the charter puts first and before the charter opens it, before the embargo, a
    second publication of the same duty, and everybody but the secretariat or the accountable seat.
    A worker makes PDF, Word and page right after, where they were not made ready: until then the
    public address says so, and nobody is told (`produce`).

    Taken back by: retract.
    """
    duty = locked(obligation, EndStep.PUBLICATION)
    entry = ledger.repeated(act, "release.report.published", programme=duty.programme)
    if entry is not None:
        return Publication.objects.select_related("programme").get(public_id=entry.subject_id)
    permissions.may_release(act, duty).or_refuse()
    out = queries.publication_of(duty)
    if out is not None and out.retracted_at is None and not out.is_held:
        raise Refused("release.already-published", number=out.number)
    held = out if out is not None and out.retracted_at is None else None
    wanted = held.version if held else version
    at = min(act.happened_at, act.recorded_at)
    refuse_for("release.cannot-publish-yet", queries.why_not_publish(duty, wanted, at))
    publication = _make(act, duty) if held is None else _lift(act, held, at)
    duties.meet(act, obligation=duty, with_=publication.subject())
    unanswered = lay_aside(act, duty.programme)
    _record(act, publication)
    ledger.keep_checkpoint(duty.programme, act.recorded_at)
    notices.over(act, duty.programme, unanswered)
    if held is None:
        order_files(publication, act)
    elif queries.is_made(publication):
        notices.published(act, publication)
    return publication


def _lift(act: Act, held: Publication, at: datetime) -> Publication:
    """What was made ready is public from now on. It bears the day of its embargo: on another day
    it would say what is not so."""
    programme = held.programme
    until = held.embargo_until
    if until is None or at < until:
        said = programme.local(until or at).strftime("%Y-%m-%d %H:%M")
        raise Refused("release.embargoed", until=said)
    if programme.local(at).date() != programme.local(until).date():
        raise Refused("release.another-day", day=programme.local(until).strftime("%Y-%m-%d"))
    held.lifted_at = act.recorded_at
    held.save(update_fields=["lifted_at"])
    return held


@transaction.atomic
def make_ready(
    act: Act, *, obligation: Obligation, until: datetime, version: Version | None = None
) -> Publication:
    """Make number, files and page of a report beforehand, under an embargo: nobody outside reads
    anything of it before `publish` lets it out, at `until` at the earliest. It bears that day.

    Refuses what `publish` refuses, an instant that is not ahead or lies before the charter opens
    the publication, and where one is ready or out already.

    Taken back by: retract (nobody outside learns that there was one).
    """
    duty = locked(obligation, EndStep.PUBLICATION)
    entry = ledger.repeated(act, READY, programme=duty.programme)
    if entry is not None:
        return Publication.objects.select_related("programme").get(public_id=entry.subject_id)
    permissions.may_release(act, duty).or_refuse()
    out = queries.publication_of(duty)
    if out is not None and out.retracted_at is None:
        raise Refused("release.ready-already", number=out.number)
    if not act.recorded_at < until <= act.recorded_at + LONGEST:
        raise Refused("release.embargo-ahead").at("until")
    refuse_for("release.cannot-publish-yet", queries.why_not_publish(duty, version, until))
    publication = _make(act, duty, until)
    facts = {"number": publication.number, "sha256": publication.sha256, "until": until}
    ledger.record(act, READY, programme=duty.programme, about=publication.subject(), facts=facts)
    order_files(publication, act)
    return publication


def _make(act: Act, duty: Obligation, until: datetime | None = None) -> Publication:
    programme = duty.programme
    found = queries.approval(duty)
    if found.version is None:
        raise Refused("release.nothing-approved")
    report = queries.report_title(found.version)
    return Publication.objects.create(
        programme=programme,
        obligation=duty,
        version=found.version,
        roll=queries.roll_before(duty),
        slug=_slug(duty),
        number=duties.number_for(programme, duty, act.happened_at),
        title_zh=report.in_("zh"),
        title_en=report.in_("en"),
        gate_zh=found.gate.title.in_("zh") if found.gate else "",
        gate_en=found.gate.title.in_("en") if found.gate else "",
        decision_number=found.decision.number if found.decision else "",
        sha256=found.version.sha256,
        checkpoint=signed(checkpoint(programme)).text(),
        language=language_of(programme),
        published_at=until or act.happened_at,
        recorded_at=act.recorded_at,
        embargo_until=until,
    )


def language_of(programme: Programme) -> str:
    """The report's own language: the first that the charter names."""
    first = compiled(programme).langs[0]
    return "en" if first.startswith("en") else "zh-hans"


def _slug(duty: Obligation) -> str:
    """The public address: the programme's own, with a number for a second publication."""
    before = queries.publication_of(duty)
    if before is not None:
        return before.slug
    others = Publication.objects.filter(programme=duty.programme).exclude(obligation=duty)
    taken = others.values("obligation").distinct().count()
    return f"{duty.programme.slug}-{taken + 1}" if taken else duty.programme.slug


def _record(act: Act, publication: Publication) -> None:
    ledger.record(
        act,
        "release.report.published",
        programme=publication.programme,
        about=publication.subject(),
        facts={
            "number": publication.number,
            "version": publication.version.number,
            "sha256": publication.sha256,
            "roll": publication.roll.sha256 if publication.roll else "",
            "embargo": publication.embargo_until,
        },
    )


@transaction.atomic
def retract(act: Act, *, publication: Publication, reason: str) -> Publication:
    """Withdraw a publication with a reason, which its public page shows from then on.

    The duty to publish is owed again. Refuses without a reason, twice, and all but the secretariat.

    Taken back by: publish (the corrected report).
    """
    hold_row(Programme, publication.programme_id)
    out = (
        hold(Publication.objects.all())
        .select_related("programme", "obligation")
        .get(pk=publication.pk)
    )
    programme = out.programme
    if ledger.repeated(act, "release.report.retracted", programme=programme):
        return out
    permissions.may_retract(act, programme).or_refuse()
    if not reason.strip():
        raise Refused("duties.give-a-reason")
    if out.retracted_at is not None:
        raise Refused("release.already-retracted", number=out.number)
    out.retracted_at = act.happened_at
    out.retracted_reason = reason.strip()
    out.save(update_fields=["retracted_at", "retracted_reason"])
    if not out.is_held:
        duties.hand_back(out.obligation, act.recorded_at)
    Programme.objects.filter(pk=programme.pk).update(closed_at=None)
    programme.closed_at = None
    duties.await_everywhere(programme, act.recorded_at)
    ledger.record(
        act,
        "release.report.retracted",
        programme=programme,
        about=out.subject(),
        facts={"number": out.number, "reason": out.retracted_reason},
    )
    ledger.keep_checkpoint(programme, act.recorded_at)
    if not out.is_held:
        notices.retracted(act, out)
    return out
