"""A letter made ready to be handed over to a mail server."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.db.models import QuerySet
from django.urls import reverse

from keti.accounts.actions import secret_of
from keti.accounts.models import Person
from keti.accounts.queries import way_in_by_id
from keti.accounts.rules import mail_key
from keti.documents.actions.places import path_of
from keti.kernel.addresses import absolute, sender, site_name
from keti.kernel.refusals import sentence
from keti.kernel.texts import one_line, plain
from keti.notify.channels.smtp.digest import gathered
from keti.notify.models import Delivery, Enclosure, Message
from keti.notify.rules import Fate, Invited, Mailbox, Outcome, invitation, method_of

log = logging.getLogger("keti.post")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter as the mail server gets it, for the deliveries of these keys, each with its row's
    count of attempts when it was read."""

    rows: tuple[tuple[int, int], ...]
    sender: str
    to: str
    data: bytes


def packed(*deliveries: Delivery) -> Parcel | Outcome:
    """The letter ready to go, several deliveries to one person as a digest; or why it cannot go:
    whatever is wrong with it stays with it."""
    try:
        return _packed(deliveries)
    except Exception as trouble:
        log.exception("letter %s cannot be put together", deliveries[0].message.public_id)
        words = one_line(f"{type(trouble).__name__}: {trouble}")[:300]
        return Outcome(Fate.LATER, "notify.cannot-be-written", words)


def envelope(address: str) -> str:
    """The address as a mail server understands it; its domain in ASCII.

    Raises ValueError for what is no address, and for a local part that is not ASCII, which
    ordinary servers do not take.
    """
    sanitize_address(address, "utf-8")
    bare = parseaddr(address)[1]
    clean = sanitize_address(bare, "ascii") if bare.rpartition("@")[0].isascii() else ""
    if not (clean.isascii() and clean.isprintable() and "@" in clean[1:]):
        raise ValueError("the part before @ is not ASCII")
    return clean


def _packed(deliveries: Sequence[Delivery]) -> Parcel | Outcome:
    message = deliveries[0].message
    person = Person.objects.filter(public_id=message.recipient_id).first()
    address = message.address or (person.mail if person else "")
    if not address:
        return Outcome(Fate.REFUSED, "notify.no-address")
    try:
        to = envelope(address)
    except (ValueError, IndexError) as wrong:
        return Outcome(Fate.REFUSED, "notify.address-impossible", one_line(str(wrong))[:300])
    if deliveries[0].gathered:
        mail = gathered([one.message for one in deliveries], person)
    else:
        mail = _alone(message, to)
    mail.to, mail.from_email = [to], sender()
    data = mail.message().as_bytes(linesep="\r\n")
    rows = tuple((one.pk, one.attempts) for one in deliveries)
    return Parcel(rows, envelope(mail.from_email), to, data)


def _alone(message: Message, to: str) -> EmailMultiAlternatives:
    link = f"\n\n{absolute(one_line(message.path))}" if message.path else ""
    mail = EmailMultiAlternatives(
        subject_of(message.subject),
        plain(message.body) + _way_in(message, to) + link,
        headers={"Message-ID": f"<{message.public_id}@keti>"},
    )
    if message.invited:
        guest = Mailbox(message.recipient_label, to)
        mail.attach_alternative(*_invitation(message, message.invited, guest))
    for one in _enclosures(message) if message.written_id else ():
        mail.attach(one.file.name, path_of(one.file.sha256).read_bytes(), one.file.mime)
    return mail


def subject_of(words: str) -> str:
    """A title as the head of a letter carries it. Encoded here, because left to the mail library a
    long one begins behind an empty line, which readers show as a blank and some servers refuse;
    and a title that looks encoded would be shown as something else."""
    title = one_line(words)
    if title.isascii() and "=?" not in title:
        return title
    return Header(title, "utf-8", header_name="Subject").encode(linesep="")


def _way_in(message: Message, to: str) -> str:
    """The address of the way in that the letter carries, with a sentence; nothing where it would
    open nothing, or was made for another address than this one."""
    way = way_in_by_id(message.way_in) if message.way_in else None
    if way is None or way.mail_key != mail_key(to) or way.ended(way.issued_at):
        return ""
    said = sentence("notify.way-in", {"until": _day(message, way.expires_at)}, message.language)
    return f"\n\n{said}\n{absolute(reverse('site:way_in', args=[secret_of(way)]))}"


def _day(message: Message, at: datetime) -> str:
    return message.programme.local(at).strftime("%Y-%m-%d")


def _invitation(message: Message, kept: dict[str, Any], guest: Mailbox) -> tuple[str, str]:
    """The meeting as a calendar program takes it over, and the type that says what to do with it.
    It answers nobody: who stays away says so on the page."""
    what = Invited.read(kept).in_(message.language)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = Mailbox(name or site_name(), address)
    text = invitation(what, organiser=organiser, guest=guest, stamp=message.created_at)
    return text, f"text/calendar; method={method_of(what)}"


def _enclosures(message: Message) -> QuerySet[Enclosure]:
    return Enclosure.objects.filter(written=message.written_id).select_related("file")
