"""What a certificate says, to its owner and to everybody; what of it is public."""

from dataclasses import dataclass

from django.urls import reverse

from keti.charter.queries import compiled
from keti.consents.enums import Purpose
from keti.consents.queries import consenting
from keti.documents.rules.certificate import CertificateText
from keti.documents.rules.paper import printed_day
from keti.groups.models import Seat
from keti.honours.enums import Stage
from keti.honours.models import Nomination
from keti.honours.permissions import honours_of
from keti.kernel.acts import Text
from keti.kernel.addresses import absolute
from keti.kernel.refusals import both, sentence
from keti.ledger.models import Entry
from keti.ledger.queries import of_subject, receipt
from keti.programmes.models import Programme

PRODUCED = "honours.certificate.produced"


@dataclass(frozen=True, slots=True)
class Shown:
    """What everybody may read of an honour: nothing that does not stand on the certificate."""

    number: str
    title: str
    programme: str
    who: str
    seat: str
    issuer: str
    day: str
    basis: str
    revoked: str


def named_in_public(programme: Programme) -> frozenset[str]:
    """The persons (public id) who agree, now, that an honour names them in public."""
    return consenting(programme, Purpose.HONOUR)


def _issuer(programme: Programme) -> Text:
    law = compiled(programme)
    party = law.issued_by or law.commissioner
    return law.party(party).name if party else programme.title


def shown_of(nomination: Nomination, lang: str, agreed: frozenset[str]) -> Shown:
    """The honour as its public pages print it; a person by name only while they agree."""
    seat, programme = nomination.seat, nomination.programme
    awarded = nomination.awarded_at
    day = printed_day(programme.local(awarded).date(), lang) if awarded else ""
    return Shown(
        nomination.number,
        nomination.title.in_(lang),
        programme.title.in_(lang),
        _public_name(seat, lang, agreed),
        seat.title.in_(lang) if _is_named(seat, agreed) else "",
        _issuer(programme).in_(lang),
        day,
        _basis(nomination).in_(lang),
        nomination.reason if nomination.stage == Stage.REVOKED else "",
    )


def _public_name(seat: Seat, lang: str, agreed: frozenset[str]) -> str:
    if _is_named(seat, agreed):
        return seat.holder.called.in_(lang)
    return sentence("honours.name-kept-back", {}, lang)


def _is_named(seat: Seat, agreed: frozenset[str]) -> bool:
    """A unit always, a person while they agree; the seat of who is not named would tell them."""
    return seat.person is None or seat.person.public_id in agreed


def _basis(nomination: Nomination) -> Text:
    if not nomination.basis:
        return Text()
    day = nomination.basis_day.isoformat() if nomination.basis_day else ""
    facts = {"basis": nomination.basis, "day": day, "authority": nomination.authority}
    return both("honours.printed-basis", **facts)


def certificate_paper(nomination: Nomination) -> CertificateText:
    """The certificate as it is handed to its owner, who is named on it."""
    seat, programme = nomination.seat, nomination.programme
    spec = honours_of(programme).get(nomination.honour)
    took_part = spec is not None and spec.participation
    facts = {
        "programme": programme.title, "role": seat.role.title, "group": seat.group.title,
        "title": nomination.title,
    }  # fmt: skip
    text = both("honours.certifies" if took_part else "honours.grants", **facts)
    note = both("honours.no-award") if took_part else _basis(nomination)
    issuer, awarded = _issuer(programme), nomination.awarded_at or nomination.nominated_at
    day = programme.local(awarded).date()
    who, title = seat.holder.called, nomination.title
    return CertificateText(
        title.in_("zh"), title.in_("en"), who.in_("zh"), who.in_("en"),
        text.zh, text.en, issuer.in_("zh"), issuer.in_("en"),
        printed_day(day, "zh-hans"), printed_day(day, "en"), nomination.number,
        tuple(dict.fromkeys(one for one in (note.zh, note.en) if one)), address_of(nomination),
        programme.is_demo,
    )  # fmt: skip


def address_of(nomination: Nomination) -> str:
    """Where everybody checks it."""
    return absolute(reverse("honours:check", args=[nomination.public_id]))


def receipt_of(nomination: Nomination) -> str:
    """What proves that the file of the certificate is named by a line of the record; "" before."""
    lines = of_subject(nomination.programme, nomination.public_id)
    line: Entry | None = lines.filter(kind=PRODUCED).last()
    return receipt(nomination.programme, line).text() if line else ""
