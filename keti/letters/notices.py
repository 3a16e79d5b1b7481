"""An office with a mailbox is written to when a letter is issued by mail."""

from collections.abc import Sequence

from keti.kernel.acts import Act, Text
from keti.letters.models import Mailing, MailPiece
from keti.letters.queries import report_address, said
from keti.notify.actions import Letter, Outsider, post_outside_each
from keti.notify.enums import Sort


def mailed(act: Act, mailing: Mailing, pieces: Sequence[MailPiece]) -> None:
    """To each office its letter, whole, by the outbox."""
    report = report_address(mailing.programme)
    lang = "zh-hans" if mailing.programme.title_zh else "en"
    post_outside_each(
        mailing.programme,
        [
            (Outsider(one.public_id, one.name, one.mail, lang), _letter(mailing, one, report))
            for one in pieces
        ],
        at=act.recorded_at,
    )


def _letter(mailing: Mailing, piece: MailPiece, report: str) -> Letter:
    told = said(mailing, piece, report)
    lines = [told.number, f"{told.to}：", *told.body, mailing.issuer, told.date]
    return Letter(
        "letters.mailed",
        f"letters:{mailing.public_id}",
        Text(told.title, told.title),
        Text("\n\n".join(lines), "\n\n".join(lines)),
        sort=Sort.NEWS,
    )
