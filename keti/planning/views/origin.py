"""The steps of a new programme that show where it comes from: the template's texts, the notice."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from keti.charter.rules.findings import Path
from keti.documents.doors import readings
from keti.groups.doors import look
from keti.kernel.refusals import Refused
from keti.planning.actions import Origin
from keti.planning.doors import DraftDoor
from keti.planning.forms.origin import OwnNoticeForm, RemainsForm
from keti.planning.rules import clauses
from keti.planning.rules.origin import OF_NOTICE, Remain, reworded, unseen, without_notice
from keti.planning.views.entries import keep
from keti.planning.views.walking import TITLES, after_step, show_step, step_at, to_step

ALL = "all"


def template_texts(door: DraftDoor) -> HttpResponse:
    """Everything that still is the template's, by page: typed over, or kept as it is.

    One button says of one page that the rest of it stays, the last one says it of all of them;
    what was typed anywhere is kept with either.
    """
    chosen = str(door.request.POST.get("page", ""))
    mine = _by_page(door)
    forms = {name: _remains_form(door, name, found) for name, found in mine.items()}
    bound = [one for one in forms.values() if one.is_bound]
    if bound and all([one.is_valid() for one in bound]) and _settled(door, forms, chosen):
        return after_step(door, "origin") if chosen == ALL else to_step(door, "origin")
    pages = [
        (name, TITLES[name], forms[name], len(unseen(found, door.draft.kept or ())), len(found))
        for name, found in mine.items()
    ]
    context = {"page": "origin.html", "pages": pages, "unseen": len(door.unseen)}
    return show_step(door, "origin", context, 422 if bound else 200)


def _remains_form(door: DraftDoor, name: str, found: list[Remain]) -> RemainsForm:
    sent = f"{name}-base" in door.request.POST
    return RemainsForm(
        door.request.POST if sent else None,
        remains=found,
        lang=door.lang,
        initial={"base": door.draft.revision},
        prefix=name,
    )


def _settled(door: DraftDoor, forms: dict[str, RemainsForm], chosen: str) -> bool:
    """What was typed is saved; what was left as it was is kept, where that was said."""
    changed: dict[Path, str] = {}
    kept: list[str] = []
    last: RemainsForm | None = None
    for name, form in forms.items():
        if form.is_bound:
            typed, left = form.answers()
            changed |= typed
            kept += left if chosen in (name, ALL) else []
            last = form
    if last is None:
        return False
    text = reworded(door.draft.text, changed)
    return keep(door, text, last.cleaned_data["base"], _("来自模板"), last, Origin(tuple(kept)))


def _by_page(door: DraftDoor) -> dict[str, list[Remain]]:
    """The step on which a text is asked for -> what of it still is the template's."""
    found: dict[str, list[Remain]] = {}
    for one in door.remains:
        found.setdefault(step_at(".".join(map(str, one.path))), []).append(one)
    return {name: found[name] for name in TITLES if name in found}


def own_notice(door: DraftDoor) -> HttpResponse:
    """One's own notice becomes the clauses, or there is none, or the template's is kept."""
    sent = door.request.method == "POST"
    form = OwnNoticeForm(
        door.request.POST if sent else None,
        door.request.FILES if sent else None,
        initial={"base": door.draft.revision},
    )
    if sent and form.is_valid():
        does = {"none": _nothing, "keep": _kept, "own": _own}
        answer = does.get(str(door.request.POST.get("do", "")), _own)(door, form)
        if answer is not None:
            return answer
    rows = list(clauses.read(door.draft.clauses).values())
    context = {
        "page": "notice.html",
        "form": form,
        "quotes": door.quotes,
        "clauses": [(one.id, one.text(door.lang)) for one in rows],
    }
    return show_step(door, "notice", context, 422 if sent else 200)


def _nothing(door: DraftDoor, form: OwnNoticeForm) -> HttpResponse | None:
    """There is no notice: no clause is named, none is counted."""
    return _saved(door, form, without_notice(door.draft.text), Origin((), ""))


def _kept(door: DraftDoor, form: OwnNoticeForm) -> HttpResponse | None:
    """The programme really comes from the template's notice."""
    return _saved(door, form, door.draft.text, Origin((OF_NOTICE,)))


def _own(door: DraftDoor, form: OwnNoticeForm) -> HttpResponse | None:
    """The words that were pasted become the clauses; a file's words are shown first."""
    upload = form.cleaned_data["file"]
    if upload is not None:
        read, refused = look(lambda: readings.known(upload, str(upload.name), door.lang))
        lines = [one.words or " ".join(one.cells) for one in read.lines] if read else []
        if not lines:
            trouble = refused or Refused("planning.no-words-in-notice", name=str(upload.name))
            form.add_error("file", trouble.sentence(door.lang))
            return None
        words = "\n".join(lines)
        again = OwnNoticeForm(initial={"base": door.draft.revision, "words": words})
        context = {"page": "notice.html", "form": again, "quotes": door.quotes, "read": True}
        return show_step(door, "notice", context)
    table, refused = look(lambda: clauses.numbered(form.cleaned_data["words"]))
    if refused:
        form.add_error("words", refused.sentence(door.lang))
        return None
    if not table:
        form.add_error("words", _("请粘贴通知的文字，或选一个文件；没有通知，就按“没有通知”。"))
        return None
    return _saved(door, form, without_notice(door.draft.text), Origin((), table))


def _saved(door: DraftDoor, form: OwnNoticeForm, text: str, origin: Origin) -> HttpResponse | None:
    if keep(door, text, form.cleaned_data["base"], _("通知原文"), form, origin):
        return after_step(door, "notice")
    return None
