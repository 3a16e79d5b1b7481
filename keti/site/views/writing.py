"""A letter of one's own: to whom, what; who gets it and what the first of them reads; then sent."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from keti.accounts.models import Person
from keti.groups.doors import Door, attempt, enter, why_not
from keti.groups.models import Seat
from keti.kernel.refusals import sentence
from keti.notify.actions import OwnWords
from keti.notify.models import Written
from keti.notify.rules import merged, unknown_places
from keti.site import actions, permissions
from keti.site.forms import LetterForm
from keti.site.queries.audience import chosen, facts_of, first_seats, reach_of

SHOWN = 300
"""So many readers are listed by name; of more the page says how many."""
Shown = dict[str, Any]
Readers = list[tuple[Person, Seat]]


def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; with it, once it is filled, what would go out. Only what was seen is sent."""
    door = enter(request, slug)
    why = why_not(door, lambda: permissions.may_write(door.act(), door.programme))
    if why:
        return render(request, "site/write.html", {"door": door, "why": why})
    reach = reach_of(door)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LetterForm(
        *data, keeper=door.person, moment=door.now, reach=reach, initial=_once_more(door)
    )
    shown: Shown = {"door": door, "form": form}
    if request.method != "POST":
        return render(request, "site/write.html", shown)
    if form.is_valid():
        seats = chosen(reach, form.chosen())
        shown |= _preview(door, form, seats)
        if request.POST.get("step") == "send" and not shown["changed"]:
            sent = _sent(door, form, seats, shown)
            if sent is not None:
                return HttpResponseRedirect(
                    f"{reverse('site:mailbox', args=[slug])}?box=out&written={sent}"
                )
    wrong = bool(form.errors or shown.get("refused"))
    return render(request, "site/write.html", shown, status=422 if wrong else 200)


def _once_more(door: Door) -> Shown:
    """What a letter said that the same person wrote before, to be written once more."""
    wanted = Written.objects.filter(programme=door.programme, by_id=door.person.public_id)
    before = wanted.filter(public_id=door.request.GET.get("again", "")).first()
    if before is None:
        return {}
    return {"subject": before.subject, "text": before.text, "again": before.public_id}


def _preview(door: Door, form: LetterForm, seats: list[Seat]) -> Shown:
    """Who gets it, who has no address, what the first of them reads; and whether that is what
    the sender was shown before."""
    readers, facts = first_seats(seats), form.cleaned_data
    subject, text = str(facts["subject"]), str(facts["text"])
    strange = unknown_places(subject, text)
    if strange:
        form.add_error("text", sentence("site.letter-unknown-place", {"places": " ".join(strange)},
                                        door.lang))  # fmt: skip
    if not readers:
        form.add_error(None, sentence("site.letter-to-nobody", {}, door.lang))
    if form.errors:
        return {"changed": True}
    seen = _fingerprint(readers, form)
    changed = facts.get("seen") != seen
    late = changed and bool(facts.get("seen")) and door.request.POST.get("step") == "send"
    typed = door.request.POST.copy()
    typed["seen"] = seen
    form.data = typed
    first = facts_of(*readers[0])
    return {
        "changed": changed,
        "refused": sentence("site.letter-changed", {}, door.lang) if late else "",
        "readers": [_reader(person, seat, door.lang) for person, seat in readers[:SHOWN]],
        "count": len(readers),
        "more": max(0, len(readers) - SHOWN),
        "silent": [person.called.in_(door.lang) for person, _seat in readers if not person.mail],
        "vacant": sum(1 for seat in seats if seat.acting_person is None),
        "subject": merged(subject, first),
        "text": merged(text, first),
        "files": [str(upload.name) for _name, upload in form.uploads()],
        "hold": settings.KETI_MAIL_HOLD if settings.KETI_MODE == "normal" else 0,
    }


def _reader(person: Person, seat: Seat, lang: str) -> Shown:
    return {
        "name": person.called.in_(lang),
        "what": f"{seat.group.title.in_(lang)} · {seat.role.title.in_(lang)}",
        "silent": not person.mail,
    }


def _fingerprint(readers: Readers, form: LetterForm) -> str:
    """What was shown: the readers, the words, the files."""
    facts = form.cleaned_data
    files = [[name, str(upload.name), _hash_of(upload)] for name, upload in form.uploads()]
    said = [sorted(person.public_id for person, _ in readers), facts["subject"], facts["text"]]
    text = json.dumps([said, files], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _hash_of(upload: Any) -> str:
    upload.seek(0)
    hashed = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return hashed


def _sent(door: Door, form: LetterForm, seats: list[Seat], shown: Shown) -> int | None:
    """How many it was written to; None where it was refused, with the reason in `shown`."""
    facts = form.cleaned_data
    again = Written.objects.filter(public_id=facts.get("again") or "-").first()

    def do() -> int:
        act = door.act_from(form)
        files = [door.keep(act, upload, name) for name, upload in form.uploads()]
        words = OwnWords(str(facts["subject"]), str(facts["text"]), files)
        letter = actions.OwnLetter(seats, words, again)
        return actions.write_letter(act, programme=door.programme, letter=letter)

    sent, refused = attempt(do, form)
    if refused is not None:
        shown["refused"] = refused.sentence(door.lang)
    return sent
