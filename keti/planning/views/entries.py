"""One part of a working copy as forms: a list of entries, or the form of one block."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.forms import BoundField, Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.charter.rules import Finding
from keti.charter.rules.findings import Path
from keti.charter.rules.vocabulary import Field, KeyBlock, fields
from keti.charter.rules.writing import NoSuchPlace, move, put, remove, rename, uses
from keti.groups.doors import attempt
from keti.kernel.refusals import sentence
from keti.planning.actions import Origin, save_draft
from keti.planning.doors import DraftDoor, enter_draft
from keti.planning.forms import ABSENT, FIXED, Cell, EntryForm, FormContext, shelf_merged
from keti.planning.rules import shelf
from keti.planning.rules.helping import help_of
from keti.planning.views.places import block_of, collection, is_open, path_exists, title_at

TONES = {"error": "overdue", "warning": "soon", "note": "none"}


@dataclass(slots=True)
class KeyRow:
    """One key of the form: its inputs, what the linter says of it, its own rows."""

    spec: Field
    label: str
    help: str
    bounds: list[BoundField]
    remarks: list[tuple[str, str, str]]
    inner: list["KeyRow"]
    filled: bool
    stays: bool

    @property
    def wrong(self) -> bool:
        return any(bound.errors for bound in self.bounds) or any(one.wrong for one in self.inner)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The things of one kind declared below a block."""

    label: str
    help: str
    address: str
    entries: list[tuple[shelf.DeclaredThing, str, str]]
    of_words: bool


def entry(request: HttpRequest, draft_id: str, address: str) -> HttpResponse:
    """A part of the charter: shown, changed, extended, shortened, renamed, put in another order."""
    door = enter_draft(request, draft_id)
    path = () if address.strip("/") == "basics" else shelf.path_of(address)
    if not path_exists(door, path):
        raise Http404
    if request.method == "POST":
        return _done(door, path)
    return _page(door, path, None)


def _form(door: DraftDoor, path: Path, data: Any = None) -> EntryForm | None:
    block = block_of(path)
    if block is None or collection(path):
        return None
    held = shelf.as_block(block.key, shelf.at(door.data, path))
    name = "party" if block.key == "words" else block.key
    form = EntryForm(
        data,
        block=name,
        held=held,
        path=path,
        desk=FormContext(door.data, door.lang),
        initial={"base": door.draft.revision},
    )
    if block.key == "words":
        form.cells = [one for one in form.cells if one.spec.key in shelf.WORD_FIELDS]
    return form


def _done(door: DraftDoor, path: Path) -> HttpResponse:
    todo = {"add": _add, "remove": _remove, "rename": _rename, "up": _move, "down": _move}
    does = str(door.request.POST.get("do", ""))
    return todo[does](door, path) if does in todo else _save(door, path)


def _save(door: DraftDoor, path: Path) -> HttpResponse:
    form = _form(door, path, door.request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(door, path, form, status=422)
    text = changed_text(door, path, form)
    if not keep(door, text, form.cleaned_data["base"], title_at(door, path), form):
        return _page(door, path, form, status=422)
    messages.success(door.request, _("已保存到草稿。"))
    return _back(door, path)


def changed_text(door: DraftDoor, path: Path, form: EntryForm) -> str:
    """The draft's text with what the form changed."""
    changes = form.changed()
    block = block_of(path)
    raw = shelf.at(door.data, path)
    text = door.draft.text
    if changes and path and not isinstance(raw, dict):
        held = shelf.as_block(block.key if block else "", raw)
        return put(text, path, shelf_merged(held, changes))
    for key, value in changes.items():
        here = (*path, key)
        if value is not ABSENT:
            text = put(text, here, value)
        elif shelf.at(door.data, here) is not None:
            text = remove(text, here)
    return text


def keep(
    door: DraftDoor,
    text: str,
    base: int,
    what: str,
    form: Form | None = None,
    origin: Origin | None = None,
) -> bool:
    """Save the text; a refusal is said in the form or on the page."""
    facts: Any = {"draft": door.draft, "text": text, "base": base, "what": what, "origin": origin}
    _saved, refused = attempt(lambda: save_draft(door.act(), **facts))
    if refused and form is not None:
        form.add_error(None, refused.sentence(door.lang))
    elif refused:
        messages.error(door.request, refused.sentence(door.lang))
    return refused is None


def _base(door: DraftDoor) -> int:
    word = str(door.request.POST.get("base", ""))
    return int(word) if word.isdigit() else -1


def _add(door: DraftDoor, path: Path) -> HttpResponse:
    """A new thing below this one: named in words, its id made from them unless given."""
    zh = str(door.request.POST.get("zh", "")).strip()
    en = str(door.request.POST.get("en", "")).strip()
    wish = str(door.request.POST.get("id", "")).strip()[:80]
    held = shelf.at(door.data, path)
    if isinstance(held, list) and _is_many(path):
        keep(door, put(door.draft.text, path, [*held, _empty(path)]), _base(door), zh or en)
        return HttpResponseRedirect(f"{door.url}part/{'/'.join(map(str, path))}/{len(held)}/")
    key = wish or shelf.new_key(door.data, path, en, shelf.hint_of(path))
    if not shelf.is_id(key) or key in shelf.as_entries(held) or not (zh or en):
        code = "planning.id-taken" if (zh or en) else "planning.needs-a-name"
        messages.error(door.request, sentence(code, {"id": key}, door.lang))
        return _page(door, path, None, status=422)
    value = shelf.first_words(door.data, path, {"zh": zh, "en": en})
    text = door.draft.text
    if isinstance(held, list):
        text = put(text, path, {**shelf.as_entries(held), key: value})
    else:
        text = put(text, (*path, key), value)
    if not keep(door, text, _base(door), zh or en):
        return _page(door, path, None, status=422)
    return _stay(door) or _back(door, (*path, key))


def _stay(door: DraftDoor) -> HttpResponse | None:
    """Back to the page the form stood on, where it asks for that."""
    wish = str(door.request.POST.get("next", ""))
    return HttpResponseRedirect(wish) if wish.startswith(door.url) else None


def _is_many(path: Path) -> bool:
    found = collection(path)
    return found is not None and found.kind == "many"


def _empty(path: Path) -> dict[str, str]:
    found = collection(path)
    return {one.key: one.example for one in fields(found.block) if one.required} if found else {}


def _remove(door: DraftDoor, path: Path) -> HttpResponse:
    title = title_at(door, path)
    held = shelf.at(door.data, path[:-1])
    if isinstance(held, list) and isinstance(path[-1], str):
        text = put(door.draft.text, path[:-1], [one for one in held if one != path[-1]])
    else:
        text = remove(door.draft.text, path)
    if not keep(door, text, _base(door), _("删除{title}").format(title=title)):
        return _page(door, path, None, status=422)
    messages.success(door.request, _("已从草稿删除“{title}”，可以撤销。").format(title=title))
    return HttpResponseRedirect(door.came or door.part("/".join(map(str, path[:-1]))))


def _rename(door: DraftDoor, path: Path) -> HttpResponse:
    new = str(door.request.POST.get("id", "")).strip()
    try:
        text = rename(door.draft.text, path, new)
    except NoSuchPlace:
        messages.error(door.request, sentence("planning.id-taken", {"id": new}, door.lang))
        return _page(door, path, None, status=422)
    if not keep(door, text, _base(door), title_at(door, path)):
        return _page(door, path, None, status=422)
    messages.success(door.request, _("标识已改，引用它的地方也一并改了。"))
    return HttpResponseRedirect(door.part("/".join(map(str, (*path[:-1], new)))))


def _move(door: DraftDoor, path: Path) -> HttpResponse:
    """One of the entries of this place, one place up or down."""
    key = str(door.request.POST.get("entry", ""))
    by = -1 if door.request.POST.get("do") == "up" else 1
    held = shelf.at(door.data, path)
    if isinstance(held, dict) and key in held:
        keep(door, move(door.draft.text, (*path, key), by), _base(door), title_at(door, path))
    return _stay(door) or _back(door, path)


def _back(door: DraftDoor, path: Path) -> HttpResponse:
    address = "/".join(map(str, path)) or "basics"
    return HttpResponseRedirect(door.part(address))


def _page(door: DraftDoor, path: Path, form: EntryForm | None, status: int = 200) -> HttpResponse:
    form = form or _form(door, path)
    block = block_of(path)
    rows = rows_of(door, form.cells, form) if form else []
    main = shelf.MAIN.get(block.key, frozenset()) if block else frozenset()
    for row in rows:
        row.filled = row.filled or row.spec.key in main
    steps = [(title_at(door, path[:size]), "/".join(map(str, path[:size])))
             for size in range(1, len(path))]  # fmt: skip
    own = collection(path[:-1]) is not None or (len(path) > 1 and is_open(path[:-1]))
    context = {
        "door": door,
        "draft": door.draft,
        "form": form,
        "rows": rows,
        "shelves": _shelves(door, path),
        "title": title_at(door, path),
        "about": _about(path, block, door.lang),
        "steps": steps,
        "address": "/".join(map(str, path)),
        "is_entry": own,
        "id": str(path[-1]) if path else "",
        "may_rename": own and isinstance(path[-1], str) and not _listed(door, path),
        "uses": [(title_at(door, one), "/".join(map(str, one)))
                 for one in _users(door, path)] if own else [],
        "loose": _loose(door, path, rows),
        "folded": sum(1 for place, row in enumerate(rows) if place > 2 and _folds(row)),
        "back": door.came or _above(door, path),
        "comes": door.request.get_full_path() if door.came else "",
        "here": [one for one in door.at_path(path) if one.severity == "error"] if path else [],
        "programme": door.draft.programme,
        "last": door.draft.steps.first(),
        "counts": {
            severity: sum(1 for one in door.findings if one.severity == severity)
            for severity in TONES
        },
        "zone": door.zone,
    }  # fmt: skip
    return render(door.request, "planning/draft/entry.html", context, status=status)


def _above(door: DraftDoor, path: Path) -> str:
    """The list in which a part stands, where nobody came from elsewhere."""
    return door.url + (f"part/{'/'.join(map(str, path[:-1]))}/" if len(path) > 1 else "")


def _folds(row: KeyRow) -> bool:
    return not (row.filled or row.remarks or row.wrong)


def _listed(door: DraftDoor, path: Path) -> bool:
    return isinstance(shelf.at(door.data, path[:-1]), list)


def _users(door: DraftDoor, path: Path) -> list[Path]:
    """The entries that refer to this one."""
    if _listed(door, path):
        return []
    found = [one[:2] for one in uses(door.draft.text, path) if one[:2] != path[:2]]
    return list(dict.fromkeys(found))


def _about(path: Path, block: KeyBlock | None, lang: str) -> str:
    found = collection(path)
    if found is not None:
        return help_of("", found, lang)
    return help_of(block.key, block, lang) if block and path else ""


def _help(one: Cell, lang: str) -> str:
    spec, block = one.spec, block_of(one.path[:-1])
    if spec.key in shelf.WORD_FIELDS or spec.key in FIXED:
        return ""
    return help_of(f"{block.key}.{spec.key}" if block else "", spec, lang)


def rows_of(door: DraftDoor, cells: list[Cell], form: EntryForm) -> list[KeyRow]:
    """The form's keys with what the linter says beside each."""
    return [
        KeyRow(
            one.spec,
            one.spec.label.in_(door.lang),
            _help(one, door.lang),
            [form[name] for name in one.names],
            remarks(door.at_path(one.path), door.lang, door.data),
            rows_of(door, one.inner, form),
            one.filled,
            one.stays,
        )
        for one in cells
    ]


def remarks(found: list[Finding], lang: str, data: Any = None) -> list[tuple[str, str, str]]:
    """Tone, sentence and mend of each finding; ids in them are said by their titles."""
    return [
        (
            TONES[one.severity],
            shelf.in_titles(one.sentence(lang), data, lang),
            shelf.in_titles(one.mend(lang), data, lang),
        )
        for one in found
    ]


def _loose(door: DraftDoor, path: Path, rows: list[KeyRow]) -> list[tuple[str, str, str]]:
    """Findings on this place that no field of the form shows."""
    if not path:
        return []
    shown = {words for row in rows for _tone, words, _mend in row.remarks}
    block = block_of(path)
    whole = collection(path) is None and not (block and block.entries)
    found = door.at_path(path) if whole else []
    return [one for one in remarks(found, door.lang, door.data) if one[1] not in shown]


def _shelves(door: DraftDoor, path: Path) -> list[Shelf]:
    block = block_of(path)
    if (found := collection(path)) is not None:
        return [_shelf(door, path, found)]
    if block is None or not path:
        return []
    inner = [
        _shelf(door, (*path, one.key), one)
        for one in block.fields
        if one.kind in ("blocks", "many", "texts")
    ]
    links = [one for one in block.fields if one.kind == "block" and one.key not in shelf.INLINE]
    for one in links:
        if not path_exists(door, (*path, one.key)):
            continue
        here: list[tuple[shelf.DeclaredThing, str, str]] = [
            (shelf.DeclaredThing((*path, one.key), one.key, one.label), "", "")
        ]
        inner.append(Shelf(one.label.in_(door.lang), help_of("", one, door.lang), "", here, False))
    if block.entries:
        label, about = block.label.in_(door.lang), help_of(block.key, block, door.lang)
        inner.insert(0, Shelf(label, about, _address(path), _entries(door, path), False))
    return inner


def shelf_at(door: DraftDoor, path: Path) -> Shelf:
    """The things declared at a place, for a page that shows several such places."""
    found = collection(path)
    if found is not None:
        return _shelf(door, path, found)
    block = block_of(path)
    label = block.label.in_(door.lang) if block else ""
    about = help_of(block.key, block, door.lang) if block else ""
    return Shelf(label, about, _address(path), _entries(door, path), False)


def _shelf(door: DraftDoor, path: Path, spec: Field) -> Shelf:
    label, about = spec.label.in_(door.lang), help_of("", spec, door.lang)
    return Shelf(label, about, _address(path), _entries(door, path), spec.kind == "texts")


def _entries(door: DraftDoor, path: Path) -> list[tuple[shelf.DeclaredThing, str, str]]:
    """Every entry with what it says in short, and the tone of the worst finding on it."""
    found = []
    known = dict(shelf.options(door.data, shelf.NAMED))
    for one in shelf.entries(door.data, path):
        if one.title.zh == one.key and one.key in known:
            one = replace(one, title=known[one.key])
        tones = [TONES[each.severity] for each in door.at_path(one.path)]
        worst = next((tone for tone in TONES.values() if tone in tones), "")
        found.append((one, shelf.gist(door.data, one.path, door.lang), worst))
    return found


def _address(path: Path) -> str:
    return "/".join(map(str, path))
