"""The lists of the mailbox: what was written to me, and what went out and how it fared."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.documents.templatetags.keti_text import typed
from keti.groups.doors import Door
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_ui import icon, mark
from keti.lists.doors import Choice, Column, Deed, Listing, declared, offers
from keti.lists.rules import Drawn, Label, Moment, Ready
from keti.notify.actions import STRANDED
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message
from keti.notify.queries import mailbox, outbox
from keti.site import actions

STATES = {
    DeliveryState.SENT: "done",
    DeliveryState.WAITING: "doing",
    DeliveryState.UNCERTAIN: "returned",
    DeliveryState.FAILED: "overdue",
    DeliveryState.NO_ADDRESS: "soon",
    DeliveryState.RECALLED: "none",
}
SAID = ("subject", "other_subject")
TEXT = ("body", "other_body")
READ = (
    "public_id", "recipient_id", "recipient_label", "by_id", "language", "path", "created_at",
    "held_until", "recalled_at", "written_id", *SAID, *TEXT,
)  # fmt: skip
ENCLOSED = "written__enclosures__file"


def went_out(door: Door) -> QuerySet[Message]:
    """Everything that went out, for the secretariat; for others what they wrote with their own
    hand: what an act told others is no letter of whoever did it."""
    messages = outbox(door.programme)
    return messages if door.seat.can("manage") else messages.filter(by_id=door.person.public_id)


def _received(door: Door) -> QuerySet[Message]:
    mine = mailbox(door.programme, door.person, door.now)
    return mine.only(*READ).prefetch_related(ENCLOSED)


def _sent(door: Door) -> QuerySet[Message]:
    mail = Delivery.objects.filter(message=OuterRef("pk"), way=Way.MAIL)
    found = went_out(door).annotate(mail_state=Subquery(mail.values("state")[:1]))
    return found.only(*READ).prefetch_related(ENCLOSED)


def _letters(door: Door, messages: Iterable[Message]) -> Iterator[dict[str, Any]]:
    """Letters in the language of the page."""
    for one in messages:
        subject, body = one.said(door.lang)
        yield {"one": one, "subject": subject, "body": body, "slug": door.programme.slug}


def _fared(door: Door, messages: Iterable[Message]) -> Iterator[dict[str, Any]]:
    """Letters that went out: how the mail fared, and what may be done with it."""
    for number, line in enumerate(_letters(door, messages), start=1):
        one = line["one"]
        mail = one.by_way(Way.MAIL)
        until = one.held_until if one.is_held(door.now) else None
        stranded = mail and mail.state in STRANDED and not until and door.seat.can("manage")
        yield line | {
            "number": number,
            "mail": mail,
            "mark": STATES.get(DeliveryState(mail.state), "none") if mail else "none",
            "why": mail.why(door.lang) if mail else "",
            "own": bool(one.written_id and one.by_id == door.person.public_id),
            "held": f"{door.programme.local(until):%H:%M}" if until else "",
            "stranded": bool(stranded),
        }


def _subject(line: dict[str, Any]) -> str:
    """What the letter is about, where that leads, what is enclosed."""
    one, slug = line["one"], line["slug"]
    said: str = escape(line["subject"])
    if one.path:
        said = format_html('<a href="{}">{}</a>', one.path, said)
    for part in one.written.enclosures.all() if one.written else ():
        where = reverse("site:enclosure", args=[slug, one.public_id, part.file.public_id])
        clip, name = icon("paperclip"), part.file.name
        said += format_html('<br><a class="small" href="{}">{}{}</a>', where, clip, name)
    if line.get("own"):
        said += format_html("<br>{}", _as_paper(line))
    return said


def _as_paper(line: dict[str, Any]) -> SafeString:
    """The letter as Word and as PDF."""
    links = [
        (reverse("site:letter", args=[line["slug"], line["one"].public_id, form]), name)
        for form, name in (("docx", "Word"), ("pdf", "PDF"))
    ]
    return format_html_join(" · ", '<a class="small" href="{}">{}</a>', links)


def _letter(line: dict[str, Any]) -> Ready:
    body = f'<div class="quiet small">{typed(line["body"])}</div>'
    paper = f'<p class="small no-print">{_as_paper(line)}</p>'
    return Ready(_subject(line) + body + paper, line["subject"])


def _state(line: dict[str, Any]) -> Drawn | Ready:
    """How the letter fared; with what may be done about it by a template."""
    mail = line["mail"]
    word = str(mail.get_state_display()) if mail else _("只到站内信箱")
    text = "；".join(filter(None, [word, line["why"]]))
    if line["held"] or line["stranded"] or line["own"]:
        return Drawn("site/mailbox_state.html", line, text)
    said = mark(line["mark"] if mail else "done", word)
    if line["why"]:
        said += format_html('<br><span class="small">{}</span>', line["why"])
    if mail and mail.error:
        said += format_html('<br><span class="quiet small">{}</span>', mail.error)
    return Ready(said, text)


WHEN = Column(
    "at", gettext_lazy("时间"), lambda line: Moment(line["one"].created_at), ("created_at",)
)

RECEIVED = declared(
    Listing(
        name="letters",
        title=gettext_lazy("信箱"),
        columns=(
            Column(
                "subject", gettext_lazy("内容"),
                _letter,
                ("subject",), (*SAID, *TEXT),
            ),
            Column(
                "body", gettext_lazy("正文"), lambda line: Label(line["body"]), page=False
            ),
            WHEN,
        ),
        base=_received,
        rows=_letters,
        order=("-pk",),
        page="site:mailbox",
        file="site:received_file",
        nothing=gettext_lazy("还没有信"),
    )
)  # fmt: skip

SENT = declared(
    Listing(
        name="sent",
        title=gettext_lazy("发件情况"),
        columns=(
            Column(
                "subject", gettext_lazy("内容"),
                lambda line: Ready(_subject(line), line["subject"]),
                ("subject",), SAID,
            ),
            Column(
                "to", gettext_lazy("收件人"), lambda line: Label(line["one"].recipient_label),
                ("recipient_label",), ("recipient_label",),
            ),
            WHEN,
            Column("state", gettext_lazy("状态"), _state, ("mail_state",)),
        ),
        base=_sent,
        rows=_fared,
        order=("-pk",),
        page="site:mailbox",
        file="site:sent_file",
        fixed=(("box", "out"),),
        choices=(
            Choice(
                "state", gettext_lazy("状态"),
                lambda _door, _rows: [(key, str(word)) for key, word in DeliveryState.choices],
                lambda _door, value: Q(mail_state=value),
            ),
        ),
        nothing=gettext_lazy("还没有信"),
        key=lambda line: str(line["one"].public_id),
    )
)  # fmt: skip


def _not_resent(door: Door, messages: Sequence[Message]) -> dict[str, str]:
    """Which letters need no sending: they went out, wait, or are still held back."""
    stranded = {line["one"].public_id for line in _fared(door, messages) if line["stranded"]}
    return {
        one.public_id: sentence(
            "site.letter-needs-no-sending", {"title": one.said(door.lang)[0]}, door.lang
        )
        for one in messages
        if one.public_id not in stranded
    }


offers(
    SENT.name,
    Deed(
        "resend",
        gettext_lazy("重发"),
        lambda door: door.seat.can("manage"),
        _not_resent,
        lambda act, message, _reason: actions.resend(act, message=message),
    ),
)
