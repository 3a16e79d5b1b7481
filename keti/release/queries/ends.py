"""What is left to do at the end, what stands in the way, what was published."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from keti.charter.queries import compiled
from keti.consents.queries import withdrawals, withdrawals_of
from keti.documents.models import StoredFile
from keti.duties.enums import DutyState
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.permissions import visible
from keti.duties.queries import of_programme, unmet
from keti.groups.permissions import Sight
from keti.groups.queries import people, standing
from keti.kernel.acts import Text
from keti.kernel.refusals import both
from keti.monitoring.queries import of_programme as findings_of
from keti.monitoring.queries import open_findings
from keti.programmes.models import Programme
from keti.release.enums import EndStep
from keti.release.models import PUBLIC, Artefact, Closure, Page, Publication
from keti.release.queries.proofs import why_proof
from keti.release.queries.rolls import proposed
from keti.reports.models import Report, Version
from keti.reports.queries import latest_version, version_by_id
from keti.reports.rules import Use
from keti.review import queries as review
from keti.review.enums import Effect, GateState
from keti.review.models import Decision, Gate
from keti.review.permissions import pinned, spec_of

SETTLED = (DutyState.MET, DutyState.WAIVED, DutyState.CANCELLED)
SPARED = (DutyState.WAIVED, DutyState.CANCELLED)


@dataclass(frozen=True, slots=True)
class GateApproval:
    """What the charter lets go out: the approved version, the gate that approved it, its decision.

    `newest` is the newest version handed in, which may be another. `missing` says in words why
    nothing may go out yet; without a gate in the charter the newest version may.
    """

    version: Version | None
    newest: Version | None
    gate: Gate | None = None
    decision: Decision | None = None
    missing: Text | None = None


def duties_of(programme: Programme) -> list[Obligation]:
    """The duties that end the programme, by due instant."""
    return list(of_programme(programme).filter(form__in=EndStep.values))


def owed(programme: Programme) -> list[Obligation]:
    """Everything still owed in the programme, by due instant, but for answers that others wait for:
    they end with it. Titles of inner duties are among them: a page asks `owed_in_sight`."""
    return list(of_programme(programme).apart_from_responses().open())


def owed_in_sight(sight: Sight) -> ObligationQuerySet:
    """What is still owed, as far as this seat may see it."""
    duties = of_programme(sight.seat.programme).apart_from_responses()
    return visible(sight, duties).open()


def closure_of(obligation: Obligation) -> Closure | None:
    found = Closure.objects.filter(obligation=obligation)
    return found.select_related("programme", "obligation").first()


def tally(programme: Programme) -> dict[str, int]:
    """How the programme stands, for its closing paper."""
    counted = of_programme(programme).order_by().values_list("state").annotate(Count("pk"))
    states = dict(counted)
    gates = review.of_programme(programme).filter(state=GateState.DECIDED)
    return {
        "met": states.get(DutyState.MET, 0),
        "waived": states.get(DutyState.WAIVED, 0),
        "gates": gates.count(),
        "findings": findings_of(programme).count() - open_findings(programme).count(),
    }


def report_title(version: Version) -> Text:
    """The report's name as printed on its cover."""
    return version.report.obligation.title


def why_not_close(obligation: Obligation) -> list[Text]:
    """Why the programme cannot be closed yet, each reason a sentence; empty when it can."""
    programme = obligation.programme
    held = open_findings(programme).count()
    reasons = [both("release.why-findings-open", count=held)] if held else []
    undecided = review.of_programme(programme).exclude(state=GateState.DECIDED)
    reasons += [
        both("release.why-gate-undecided", title=gate.title)
        for gate in undecided.exclude(obligation__state__in=SPARED)
    ]
    return reasons + _needs(obligation)


def why_not_draw_up(obligation: Obligation, at: datetime) -> list[Text]:
    """Why the roll cannot be drawn up yet."""
    reasons = _needs(obligation) + why_proof(obligation)
    if is_public_with(obligation):
        reasons.append(both("release.why-already-public"))
    if not proposed(obligation.programme, at).entries:
        reasons.append(both("release.why-roll-empty"))
    return reasons


def is_public_with(obligation: Obligation) -> bool:
    """Is a report public that carries the roll of this duty? One without any binds no roll."""
    out = Publication.objects.filter(programme=obligation.programme, retracted_at=None)
    return out.filter(roll__obligation=obligation).exists()


def why_not_publish(
    obligation: Obligation, version: Version | None = None, at: datetime | None = None
) -> list[Text]:
    """Why `version` (the newest one handed in, where none is named) may not be published yet; with
    `at` also where the charter opens that later."""
    reasons = _needs(obligation) + _earlier(obligation)
    if at is not None and obligation.opens_at is not None and at < obligation.opens_at:
        day = obligation.programme.local(obligation.opens_at).strftime("%Y-%m-%d %H:%M")
        reasons.append(both("release.why-not-open", opens=day))
    found = approval(obligation)
    if found.missing is not None:
        return [*reasons, found.missing]
    wanted = version or found.newest
    approved = found.version
    if wanted is None or approved is None or wanted.pk == approved.pk:
        return reasons
    if found.gate is None:
        return reasons
    facts = {"wanted": wanted.number, "approved": approved.number, "gate": found.gate.title}
    return [*reasons, both("release.why-another-version", **facts)]


def _needs(obligation: Obligation) -> list[Text]:
    return [
        both("release.why-need-unmet", title=_of_group(one), who=_who(one))
        for one in unmet(obligation.programme, obligation.needs)
    ]


def _earlier(obligation: Obligation) -> list[Text]:
    """A closing or a roll that the charter puts before this publication comes first."""
    first = of_programme(obligation.programme).filter(
        form__in=[EndStep.CLOSING, EndStep.ROLL], due_at__lte=obligation.due_at
    )
    waiting = first.exclude(state__in=SETTLED).exclude(key__in=obligation.needs)
    return [both("release.why-need-unmet", title=_of_group(one), who=_who(one)) for one in waiting]


def _who(duty: Obligation) -> Text:
    """Role and group of the accountable seat."""
    if duty.seat:
        return duty.seat.title
    return duty.role.title if duty.role else duty.group.title


def _of_group(duty: Obligation) -> Text:
    if duty.group.parent_id is None:
        return duty.title
    group = duty.group.title
    return Text(
        f"{duty.title.in_('zh')} · {group.in_('zh')}", f"{duty.title.in_('en')}, {group.in_('en')}"
    )


def approval(obligation: Obligation) -> GateApproval:
    """Which frozen version of the report that this publication is about may go out."""
    programme = obligation.programme
    subject = compiled(programme).work(obligation.kind).subject
    duty = of_programme(programme).filter(kind=subject).last() if subject else None
    if duty is None:
        return GateApproval(None, None, missing=both("release.why-no-subject"))
    newest = latest_version(programme, duty.key)
    if newest is None:
        words = both("release.why-no-version", title=duty.title, who=_who(duty))
        return GateApproval(None, None, missing=words)
    judging = [gate for gate in review.of_programme(programme) if duty.key in spec_of(gate).inputs]
    if not judging:
        return GateApproval(newest, newest)
    last = max(judging, key=lambda gate: (spec_of(gate).by_at, gate.order))
    return _by_gate(last, duty, newest)


def _by_gate(gate: Gate, duty: Obligation, newest: Version) -> GateApproval:
    passed = review.effects(spec_of(gate)).get(gate.outcome) == Effect.APPROVE
    if gate.state != GateState.DECIDED or not passed:
        words = both("release.why-not-approved", gate=gate.title, title=duty.title)
        return GateApproval(None, newest, gate, missing=words)
    pin = next((one for one in pinned(gate) if one.obligation_id == duty.pk), None)
    version = version_by_id(gate.programme, pin.subject_id) if pin else None
    if pin is None or version is None or version.sha256 != pin.sha256:
        words = both("release.why-hash-differs", gate=gate.title, title=duty.title)
        return GateApproval(None, newest, gate, missing=words)
    return GateApproval(version, newest, gate, review.decisions(gate)[0])


def publication_of(obligation: Obligation) -> Publication | None:
    """The newest publication of this duty, withdrawn ones included."""
    found = Publication.objects.filter(obligation=obligation)
    return found.select_related(*_NAMED).order_by("-pk").first()


_NAMED = (
    "programme",
    "obligation",
    "obligation__programme",
    "version",
    "version__programme",
    "version__report",
    "roll",
    "roll__programme",
)


def published(programme: Programme) -> Publication | None:
    """What the programme has published and not withdrawn; the newest where there are several."""
    return publications().filter(programme=programme).first()


def is_out(programme: Programme) -> bool:
    """Is public what the charter wants public? True where it wants nothing published."""
    wanted = of_programme(programme).filter(form=EndStep.PUBLICATION).exclude(state__in=SPARED)
    return _out(programme) or not wanted.exists()


def publications() -> QuerySet[Publication]:
    """All that is published and not withdrawn, newest first."""
    return standing_publications().filter(PUBLIC)


def standing_publications() -> QuerySet[Publication]:
    """All that is not withdrawn, what waits for its instant included: for inner pages alone."""
    found = Publication.objects.filter(retracted_at=None).select_related(*_NAMED)
    return found.order_by("-published_at", "-pk")


def made_public() -> QuerySet[Programme]:
    """The programmes that have published a report, withdrawn ones included: their names are out."""
    out = Publication.objects.filter(PUBLIC, programme=OuterRef("pk"))
    return Programme.objects.filter(Exists(out)).order_by("pk")


def readable() -> QuerySet[Publication]:
    """All that everybody can open now: published, and its pages are made as `is_made` says it of
    one. With the names of their programmes alone: there may be many."""
    gone = withdrawals_of(OuterRef("publication__programme"))
    pages = Page.objects.filter(publication=OuterRef("pk")).alias(making_of=Coalesce("making", 0))
    made = publications().filter(Exists(pages.filter(making_of=gone)))
    return made.select_related(None).select_related("programme")


def is_made(publication: Publication) -> bool:
    """Its pages and files are there, in the making of now; they come together."""
    return Page.objects.filter(_made_now(publication)).exists()


def _made_now(publication: Publication) -> Q:
    """What was made since the last consent was withdrawn: it names nobody who is not to be."""
    gone = withdrawals(publication.programme)
    made = Q(making=gone) if gone else Q(making=None) | Q(making=0)
    return Q(publication=publication) & made


def _out(programme: Programme) -> bool:
    return Publication.objects.filter(PUBLIC, programme=programme, retracted_at=None).exists()


def publication_at(slug: str) -> Publication | None:
    """What this public address shows: the newest, even if withdrawn; None before publication."""
    found = Publication.objects.filter(PUBLIC, slug=slug).select_related("programme")
    return found.order_by("-pk").first()


def page_of(publication: Publication, lang: str) -> Page | None:
    """The stored public page in `lang`; None while it is being made."""
    tongue = "en" if lang.startswith("en") else "zh-hans"
    return Page.objects.filter(_made_now(publication), language=tongue).first()


def artefacts(publication: Publication, lang: str = "") -> dict[str, StoredFile]:
    """The stored files by form (pdf, docx, html): in the report's own language, or in `lang`."""
    found = Artefact.objects.filter(
        _made_now(publication), language=lang or publication.language
    ).select_related("file")
    return {one.form: one.file for one in found}


def audience_size(programme: Programme, at: datetime) -> int:
    """How many people are told of a publication."""
    return len(people(list(standing(programme, at))))


def taken_to_publish(report: Report) -> dict[str, Use]:
    """The version of a report that is out, by its public id."""
    out = Publication.objects.filter(PUBLIC, version__report=report, retracted_at=None)
    return dict.fromkeys(out.values_list("version__public_id", flat=True), Use.PUBLISHED)
