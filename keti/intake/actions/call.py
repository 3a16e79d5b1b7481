"""Publishing the call."""

from django.db import transaction

from keti.charter.queries import compiled
from keti.charter.rules.joining import AdmissionSpec, CallSpec
from keti.documents.rules.written import PLAIN
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.permissions import may_manage
from keti.intake import notices, permissions
from keti.intake.models import Call, Erratum
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger


@transaction.atomic
def publish_call(act: Act, *, obligation: Obligation) -> Call:
    """Issue the call under its own number, as the charter words it now; it never changes again.

    Refuses a second publication, and anybody but the secretariat or the accountable seat.

    Taken back by: publish_erratum (what was published stays; the correction stands beside it).
    """
    duty = hold_row(Obligation, obligation.pk)
    programme = duty.programme
    if entry := ledger.repeated(act, "intake.call.published", programme=programme):
        return Call.objects.get(public_id=entry.subject_id)
    permissions.may_publish(act, duty).or_refuse()
    charter = compiled(programme)
    call = Call.objects.create(
        programme=programme,
        obligation=duty,
        number=duties.number_for(programme, duty, act.happened_at),
        published_at=act.happened_at,
        **_wording(charter.call, charter.issuer(duty.kind).name),
        **_window(charter.admission, duty),
    )
    duties.meet(act, obligation=duty, with_=call.subject())
    ledger.record(
        act,
        "intake.call.published",
        programme=programme,
        about=call.subject(),
        facts={
            "number": call.number,
            "title": call.title_zh,
            "opens": call.opens_at,
            "closes": call.closes_at,
        },
    )
    return call


@transaction.atomic
def publish_erratum(act: Act, *, call: Call, text: Text, reason: str) -> Erratum:
    """Correct a published call, under the next number of its series: what was published stays, the
    correction stands beside it wherever the call is shown, and everybody who began an application
    is told. The window stays as it is (`postpone_close`). Only the secretariat.

    Refuses no text, and no reason.

    Taken back by: publish_erratum (a further one that corrects it).
    """
    programme = call.programme
    duty = hold_row(Obligation, call.obligation_id)
    if entry := ledger.repeated(act, "intake.call.corrected", programme=programme):
        return Erratum.objects.select_related("call", "programme").get(public_id=entry.subject_id)
    may_manage(act, programme).or_refuse()
    if not text.zh.strip():
        raise Refused("intake.erratum-needs-text")
    if not reason.strip():
        raise Refused("intake.erratum-needs-a-reason")
    erratum = Erratum.objects.create(
        programme=programme,
        call=call,
        number=duties.number_for(programme, duty, act.happened_at),
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        reason=reason.strip(),
        published_at=act.happened_at,
        by_label=act.by.label,
    )
    ledger.record(
        act,
        "intake.call.corrected",
        programme=programme,
        about=erratum.subject(),
        facts={"call": call.number, "number": erratum.number, "reason": erratum.reason},
    )
    notices.corrected(act, erratum)
    return erratum


def _wording(spec: CallSpec, issuer: Text) -> dict[str, str]:
    """What the charter says of the call; signed by the body that issues it where it names none."""
    words = {"body_form": PLAIN}
    for name in ("title", "body", "audience", "signatory"):
        text = getattr(spec, name)
        if name == "signatory" and not str(text):
            text = issuer
        words[f"{name}_zh"] = text.zh or text.en
        words[f"{name}_en"] = text.en
    return words


def _window(admission: AdmissionSpec | None, duty: Obligation) -> dict[str, object]:
    """The window of the batch this call is about."""
    if admission is None:
        return {}
    batch = admission.batch_of_call(duty.due_at)
    return {"opens_at": batch.opens_at, "closes_at": batch.closes_at}
