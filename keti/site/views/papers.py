"""A letter as a paper: to whom, about what, in which words, with what enclosed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keti.documents.doors import paper_file
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import as_body
from keti.groups.doors import Door, enter
from keti.notify.models import Message
from keti.notify.queries import mailbox as letters


def letter(request: HttpRequest, slug: str, message_id: str, form: str) -> HttpResponse:
    """A letter as Word file or PDF, for who reads it and for who wrote it with their own hand."""
    door = enter(request, slug)
    found = letters(door.programme, door.person, door.now).filter(public_id=message_id).first()
    return paper_file(request, _paper(door, found or _written(door, message_id)), form, door.asker)


def _written(door: Door, message_id: str) -> Message:
    """The letter of this id that the visitor wrote; 404 for everybody else."""
    own = Message.objects.filter(programme=door.programme, by_id=door.person.public_id)
    found = own.filter(public_id=message_id).first()
    if found is None:
        raise Http404
    return found


def _paper(door: Door, one: Message) -> Paper:
    lang, written = door.lang, one.written
    subject, body = one.said(lang)
    local = door.programme.local(one.created_at)
    enclosed = written.enclosures.select_related("file") if written else []
    facts = [(_("收件人"), one.recipient_label)]
    names = [part.file.name for part in enclosed]
    if names:
        facts.append((_("附件"), "\n".join(names)))
    return Paper(
        kind="notice",
        title=subject,
        lang=tongue(lang),
        date=printed_day(local, lang),
        day=local.date(),
        issuer=door.programme.title.in_(lang),
        signatory=written.by_label if written else door.programme.title.in_(lang),
        facts=tuple(facts),
        body=as_body(body),
        demo=door.programme.is_demo,
    )
