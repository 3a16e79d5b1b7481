"""The one letter a day into which somebody's news is gathered, in both kinds of text."""

import hashlib
from collections.abc import Sequence
from itertools import groupby

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from keti.accounts.models import Person
from keti.kernel.addresses import absolute
from keti.kernel.refusals import sentence
from keti.kernel.texts import one_line, plain
from keti.notify.models import Message

Item = tuple[str, str, str]
"""Subject, text, address."""


def gathered(messages: Sequence[Message], person: Person | None) -> EmailMultiAlternatives:
    """The digest of these messages to one person. The same messages make the same Message-ID, by
    which a mailbox knows a letter that came twice."""
    lang = person.language if person else messages[0].language
    by_programme = sorted(messages, key=lambda one: (one.programme_id, one.pk))
    parts = [
        (next(iter(some)).programme.title.in_(lang), [_item(one) for one in some])
        for some in (
            list(group) for _key, group in groupby(by_programme, lambda one: one.programme_id)
        )
    ]
    facts = {"count": len(messages), "where": absolute("/me/")}
    subject = sentence("notify.digest-subject", facts, lang)
    foot = sentence("notify.digest-foot", facts, lang)
    mark = hashlib.sha256(" ".join(one.public_id for one in by_programme).encode()).hexdigest()
    mail = EmailMultiAlternatives(
        subject, _as_text(parts, foot), headers={"Message-ID": f"<digest-{mark[:26]}@keti>"}
    )
    mail.attach_alternative(_as_html(parts, foot), "text/html")
    return mail


def _item(message: Message) -> Item:
    path = message.path or reverse("site:mailbox", args=[message.programme.slug])
    return one_line(message.subject), plain(message.body).strip(), absolute(one_line(path))


def _as_text(parts: Sequence[tuple[str, list[Item]]], foot: str) -> str:
    lines = []
    for title, items in parts:
        lines += [f"【{title}】", ""]
        for subject, text, link in items:
            lines += [f"■ {subject}", text, link, ""]
    return "\n".join([*lines, foot])


def _as_html(parts: Sequence[tuple[str, list[Item]]], foot: str) -> str:
    shown = [
        format_html(
            "<h2>{}</h2>{}",
            title,
            format_html_join(
                "",
                '<h3><a href="{}">{}</a></h3><p style="white-space: pre-wrap">{}</p>',
                ((link, subject, text) for subject, text, link in items),
            ),
        )
        for title, items in parts
    ]
    return format_html(
        '<!doctype html><meta charset="utf-8">{}<p>{}</p>',
        format_html_join("", "{}", ((one,) for one in shown)),
        foot,
    )
