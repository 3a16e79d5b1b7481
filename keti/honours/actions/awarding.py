"""Public notice, the award with its number, certificates for everybody at once, taking back."""

from datetime import timedelta

from django.db import transaction

from keti.charter.queries import compiled
from keti.charter.rules.dates import duration
from keti.duties import actions as duties
from keti.groups.models import Seat
from keti.honours import notices, permissions, queries
from keti.honours.actions.nominating import locked, spec_of
from keti.honours.enums import LIVE, Stage, Word
from keti.honours.models import HonourVote, Nomination, Nominator, ParticipationRecord
from keti.honours.rules import HonourSpec, moved
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, both
from keti.kernel.terms import term_ends
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

NOTICED = "honours.notice.given"
AWARDED = "honours.certificate.awarded"
CERTIFIED = "honours.certificates.awarded"
REVOKED = "honours.certificate.revoked"
SERIES = Text("证书", "Certificate")
"""The series of certificates where the charter names none."""


@transaction.atomic
def give_notice(act: Act, *, nomination: Nomination) -> Nomination:
    """Make a granted honour public, for as long as the charter lets it be contested: everybody may
    object until 24:00 of the last day. A person is named only while they agree to it; everybody who
    takes part is told. Refuses before the decision.

    Taken back by: end_nomination, answer_objection (upheld).
    """
    found = locked(nomination)
    programme = found.programme
    if ledger.repeated(act, NOTICED, programme=programme):
        return found
    permissions.may_award(act, found).or_refuse()
    found.stage = moved(found.stage, "notice")
    spec = spec_of(programme, found.honour)
    found.noticed_at = act.recorded_at
    within = timedelta(days=duration(spec.appeal).days) if spec.appeal else timedelta()
    found.notice_ends = (
        term_ends(act.recorded_at, within, programme.tz) if spec.appeal else act.recorded_at
    )
    found.save(update_fields=["stage", "noticed_at", "notice_ends"])
    facts = {"honour": found.honour, "seat": found.seat.public_id, "until": found.notice_ends}
    ledger.record(act, NOTICED, programme=programme, about=found.subject(), facts=facts)
    notices.noticed(act, found)
    return found


@transaction.atomic
def award(act: Act, *, nomination: Nomination) -> Nomination:
    """Award an honour: it gets the number of its certificate, its owner is told. Refuses before the
    public notice has run out, and while an objection is not answered.

    Taken back by: revoke.
    """
    found = locked(nomination)
    programme = found.programme
    if ledger.repeated(act, AWARDED, programme=programme):
        return found
    permissions.may_award(act, found).or_refuse()
    stage = moved(found.stage, "award")
    if found.notice_ends is not None and act.recorded_at < found.notice_ends:
        ends = programme.local(found.notice_ends - timedelta(minutes=1)).strftime("%Y-%m-%d")
        raise Refused("honours.notice-runs", until=ends)
    if found.objections.filter(answered_at=None).exists():
        raise Refused("honours.objection-open")
    found.stage, found.awarded_at = stage, act.happened_at
    found.number = _number(programme, spec_of(programme, found.honour), act)
    found.save(update_fields=["stage", "awarded_at", "number"])
    facts = {
        "honour": found.honour,
        "number": found.number,
        "seat": found.seat.public_id,
        "record": found.record.number if found.record else 0,
    }
    ledger.record(act, AWARDED, programme=programme, about=found.subject(), facts=facts)
    notices.awarded(act, found)
    return found


def _number(programme: Programme, spec: HonourSpec, act: Act) -> str:
    """The next number of the honour's series (decision 0041)."""
    law = compiled(programme)
    series = spec.series or SERIES.in_(law.langs[0])
    return duties.numbers_of(programme, series, programme.local(act.happened_at).year)[0]


@transaction.atomic
def certify_all(act: Act, *, programme: Programme, honour: str) -> list[Nomination]:
    """Certificates of participation for everybody who meets what is asked and has none, a number
    each. Refuses an honour that is an award or is contested, whoever does not decide on it
    alone, before the records were drawn up, and where nobody is left.

    Taken back by: revoke (one by one).
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, CERTIFIED, programme=programme):
        numbers = [number for number, _ in entry.content["facts"]["certificates"]]
        mine = Nomination.objects.filter(programme=programme, number__in=numbers)
        return list(mine.with_names())
    spec = spec_of(programme, honour)
    permissions.may_certify(act, programme, spec).or_refuse()
    record = queries.newest_record(programme)
    if record is None:
        raise Refused("honours.draw-the-record-first")
    had = set(Nomination.objects.filter(programme=programme, honour=honour, stage__in=LIVE)
              .values_list("seat", flat=True))  # fmt: skip
    found = queries.shortlist(programme, spec, act.recorded_at)
    seats = [one.seat for one in found if one.qualifies and one.seat.pk not in had]
    if not seats:
        raise Refused("honours.nobody-left", title=spec.title)
    rows = [_certified(act, spec, seat, record) for seat in seats]
    given = [[one.number, one.seat.public_id] for one in rows]
    facts = {"honour": honour, "record": record.number, "certificates": given}
    ledger.record(act, CERTIFIED, programme=programme, about=record.subject(), facts=facts)
    for one in rows:
        notices.awarded(act, one)
    return rows


def _certified(act: Act, spec: HonourSpec, seat: Seat, record: ParticipationRecord) -> Nomination:
    reason = both("honours.meets-everything", criteria="、".join(spec.criteria)).zh
    made = Nomination.objects.create(
        programme=seat.programme,
        honour=spec.key,
        title_zh=spec.title.zh,
        title_en=spec.title.en,
        seat=seat,
        stage=Stage.AWARDED,
        record=record,
        nominated_at=act.happened_at,
        checked_at=act.happened_at,
        decided_at=act.happened_at,
        awarded_at=act.happened_at,
        number=_number(seat.programme, spec, act),
    )
    mine = act.seat
    if isinstance(mine, Seat):
        Nominator.objects.create(nomination=made, seat=mine, reason=reason, at=act.happened_at)
        HonourVote.objects.create(nomination=made, seat=mine, word=Word.YES, at=act.happened_at)
    return made


@transaction.atomic
def revoke(act: Act, *, nomination: Nomination, reason: str) -> Nomination:
    """Take an award back, with the reason: whoever checks the certificate reads that. Its owner is
    told. Refuses before the award, a second time and without a reason.

    Taken back by: nominate (a new certificate, under a new number).
    """
    found = locked(nomination)
    if ledger.repeated(act, REVOKED, programme=found.programme):
        return found
    permissions.may_award(act, found).or_refuse()
    stage = moved(found.stage, "revoke")
    if not reason.strip():
        raise Refused("honours.reason-needed").at("reason")
    found.stage, found.reason, found.ended_at = stage, reason.strip(), act.happened_at
    found.save(update_fields=["stage", "reason", "ended_at"])
    facts = {"honour": found.honour, "number": found.number, "reason": found.reason}
    facts |= {"seat": found.seat.public_id}
    ledger.record(act, REVOKED, programme=found.programme, about=found.subject(), facts=facts)
    notices.revoked(act, found)
    return found
