"""Badges and banners: received with their serial numbers, handed over, returned, gone."""

from collections.abc import Sequence

from django.db import transaction

from keti.honours import permissions
from keti.honours.enums import PieceKind, PieceState, Stage
from keti.honours.models import Nomination, Piece
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

RECEIVED = "honours.pieces.received"
HANDED = "honours.piece.handed-over"
RETURNED = "honours.piece.returned"
GONE = "honours.piece.written-off"
MOST = 500


@transaction.atomic
def receive_pieces(
    act: Act, *, programme: Programme, kind: str, serials: Sequence[str]
) -> list[Piece]:
    """Take badges or banners into stock, each under its serial number. Refuses none, too many at
    once, a number twice or one that is there already, and everybody but the secretariat.

    Taken back by: write_off (one by one).
    """
    programme = hold_row(Programme, programme.pk)
    wanted = [one.strip() for one in serials if one.strip()]
    if ledger.repeated(act, RECEIVED, programme=programme):
        return list(Piece.objects.filter(programme=programme, kind=kind, serial__in=wanted))
    permissions.may_keep_stock(act, programme).or_refuse()
    if kind not in PieceKind.values or not wanted or len(wanted) > MOST:
        raise Refused("honours.serials-needed", most=MOST).at("serials")
    known = Piece.objects.filter(programme=programme, kind=kind, serial__in=wanted)
    twice = next((one for one in wanted if wanted.count(one) > 1), "")
    twice = twice or (known.values_list("serial", flat=True).first() or "")
    if twice:
        raise Refused("honours.serial-known", serial=twice).at("serials")
    made = [
        Piece.objects.create(
            programme=programme, kind=kind, serial=one, received_at=act.happened_at
        )
        for one in wanted
    ]
    facts = {"kind": kind, "serials": wanted}
    ledger.record(act, RECEIVED, programme=programme, about=made[0].subject(), facts=facts)
    return made


def _held(piece: Piece, *states: PieceState) -> Piece:
    hold_row(Piece, piece.pk)
    found = Piece.objects.select_related("programme", "handed_to").get(pk=piece.pk)
    if found.state not in states:
        raise Refused("honours.piece-is-elsewhere", state=found.get_state_display())
    return found


@transaction.atomic
def hand_piece(act: Act, *, piece: Piece, nomination: Nomination, taken_by: str) -> Piece:
    """Hand a piece of the stock to who was awarded the honour; `taken_by` signed for it. Refuses a
    piece that is not in stock, and an honour that was not awarded.

    Taken back by: return_piece.
    """
    hold_row(Nomination, nomination.pk)
    if ledger.repeated(act, HANDED, programme=piece.programme):
        return Piece.objects.get(pk=piece.pk)
    permissions.may_keep_stock(act, piece.programme).or_refuse()
    found = _held(piece, PieceState.STOCK)
    one = Nomination.objects.get(pk=nomination.pk)
    if one.programme_id != found.programme_id or one.stage != Stage.AWARDED:
        raise Refused("honours.not-awarded").at("nomination")
    if not taken_by.strip():
        raise Refused("honours.who-took-it").at("taken_by")
    found.state, found.handed_to, found.handed_at = PieceState.HANDED, one, act.happened_at
    found.taken_by = taken_by.strip()
    found.save(update_fields=["state", "handed_to", "handed_at", "taken_by"])
    facts = {"kind": found.kind, "serial": found.serial, "number": one.number}
    ledger.record(act, HANDED, programme=found.programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def return_piece(act: Act, *, piece: Piece, note: str) -> Piece:
    """What was handed over is back in stock, with a word why. Refuses what is in stock or gone.

    Taken back by: hand_piece.
    """
    hold_row(Piece, piece.pk)
    if ledger.repeated(act, RETURNED, programme=piece.programme):
        return Piece.objects.get(pk=piece.pk)
    permissions.may_keep_stock(act, piece.programme).or_refuse()
    found = _held(piece, PieceState.HANDED)
    if not note.strip():
        raise Refused("honours.reason-needed").at("note")
    number = found.handed_to.number if found.handed_to else ""
    found.state, found.handed_to, found.handed_at = PieceState.STOCK, None, None
    found.taken_by, found.note = "", note.strip()
    found.save(update_fields=["state", "handed_to", "handed_at", "taken_by", "note"])
    facts = {"kind": found.kind, "serial": found.serial, "number": number, "note": found.note}
    ledger.record(act, RETURNED, programme=found.programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def write_off(act: Act, *, piece: Piece, note: str) -> Piece:
    """A piece of the stock is gone (lost, broken, entered by mistake), with a word why.

    Taken back by: nothing, because its number is not given twice; another is received.
    """
    hold_row(Piece, piece.pk)
    if ledger.repeated(act, GONE, programme=piece.programme):
        return Piece.objects.get(pk=piece.pk)
    permissions.may_keep_stock(act, piece.programme).or_refuse()
    found = _held(piece, PieceState.STOCK)
    if not note.strip():
        raise Refused("honours.reason-needed").at("note")
    found.state, found.note = PieceState.GONE, note.strip()
    found.save(update_fields=["state", "note"])
    facts = {"kind": found.kind, "serial": found.serial, "note": found.note}
    ledger.record(act, GONE, programme=found.programme, about=found.subject(), facts=facts)
    return found
