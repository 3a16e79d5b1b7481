"""The form of one block of a charter, made from the language's own vocabulary."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.findings import Path
from keti.charter.rules.models import keys_of
from keti.charter.rules.vocabulary import NAMES, Field, fields
from keti.kernel.lines import LineForm
from keti.planning.forms.inputs import (
    Choices,
    DateSpoken,
    Length,
    Lengths,
    Lines,
    Numbers,
    Pairs,
    Recurrence,
    Share,
)  # fmt: skip
from keti.planning.rules import flat, shelf
from keti.planning.rules.classes import ALWAYS_HELD
from keti.planning.rules.said import said
from keti.planning.rules.worded import length_said

DECLARED = {"role", "party", "group", "gate", "work", "round", "check", "rule"}
SEEING = ("holder", "manage", "lead", "contribute", "watch", "resolve", "commission", "read")
FIXED: dict[str, tuple[str, ...]] = {
    "kind": ("association", "enterprise", "academic", "government", "organisation"),
    "workdays": ("cn", "mon-fri", "none"),
    "seen_by": SEEING,
    "never": tuple(sorted(ALWAYS_HELD)),
    "conflicts_seen_by": ("decider", *SEEING),
}
SPELT: dict[str, tuple[str, ...]] = {
    "disposition": ("required",),
    "anonymous": ("between_panel",),
    "strata": ("party.kind",),
    "minority": ("printed_in_report",),
}
"""What a round of comments says by one word: chosen, not typed."""
LONG = {"body", "about", "why", "hint", "text", "when"}
ABSENT = object()
LAST = ("source", "stated", "resolve")
Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form needs to know of the charter around its block."""

    data: Any
    lang: str


@dataclass(slots=True)
class Cell:
    """One key in the form: its inputs, and how they become data again."""

    spec: Field
    path: Path
    names: list[str]
    before: Any
    read: Read
    inner: list["Cell"] = field(default_factory=list)
    stays: bool = False

    @property
    def filled(self) -> bool:
        return self.before not in ("", None, [], {}, ABSENT) or self.spec.required


class EntryForm(LineForm):
    """Every key of a block as inputs; `changed()` says what differs from the file."""

    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        block: str,
        held: Mapping[str, Any],
        path: Path,
        desk: FormContext,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.desk = desk
        keep = shelf.BASICS if block == "charter" else None
        self.cells = self._cells(block, held, path, "", keep)

    def _cells(
        self, block: str, held: Mapping[str, Any], path: Path, prefix: str,
        keep: Iterable[str] | None = None,
    ) -> list[Cell]:  # fmt: skip
        known = [one for one in fields(block) if keep is None or one.key in keep]
        return [
            cell
            for one in _in_order(known)
            if (cell := self._cell(block, one, held, (*path, one.key), prefix)) is not None
        ]

    def _cell(
        self, block: str, spec: Field, held: Mapping[str, Any], path: Path, prefix: str
    ) -> Cell | None:
        name = f"{prefix}{spec.key}"
        raw = held.get(spec.key, ABSENT)
        if spec.kind == "block":
            if spec.key not in shelf.INLINE:
                return None
            inner = shelf.as_block(spec.block, raw)
            cells = self._cells(spec.block, inner, path, f"{name}.")
            return Cell(spec, path, [], inner or ABSENT, lambda _: None, cells)
        if spec.kind in ("blocks", "many", "texts"):
            return None
        if spec.kind == "words":
            return self._words(spec, raw, path, name)
        default = keys_of(NAMES[block])[spec.key].get_default(call_default_factory=True)
        made = _input(spec, raw, default, self.desk)
        if made is None:
            return Cell(spec, path, [], raw, lambda _: raw, stays=True)
        box, initial, read = made
        box.label, box.help_text, box.required = _label(spec, self.desk), "", False
        if initial is not None:
            box.initial = initial
        self.fields[name] = box
        before = raw if raw is not ABSENT else _plain_default(spec, default)
        return Cell(spec, path, [name], before, read)

    def _words(self, spec: Field, raw: Any, path: Path, name: str) -> Cell:
        words = shelf.as_block("words", raw)
        for tongue, note in (("zh", _("中文")), ("en", _("英文"))):
            widget = forms.Textarea(attrs={"rows": 3}) if spec.key in LONG else None
            self.fields[f"{name}.{tongue}"] = forms.CharField(
                label=_("{what}（{of}）").format(what=_label(spec, self.desk), of=note),
                initial=words.get(tongue, ""),
                required=False,
                max_length=20000,
                widget=widget,
                strip=spec.key not in LONG,
            )
        return Cell(spec, path, [f"{name}.zh", f"{name}.en"], raw, lambda _: None)

    def changed(self) -> dict[str, Any]:
        """Key -> new value; ABSENT for a key that is to go. Only what differs."""
        return self._changed(self.cells)

    def _changed(self, cells: list[Cell]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for cell in cells:
            if cell.stays:
                continue
            before = None if cell.before is ABSENT else cell.before
            after = self._value(cell)
            if _same(cell.spec, before, after):
                continue
            found[cell.spec.key] = after if after not in ("", None, [], {}) else ABSENT
        return found

    def _value(self, cell: Cell) -> Any:
        if cell.inner:
            held = dict(cell.before) if isinstance(cell.before, Mapping) else {}
            return shelf_merged(held, self._changed(cell.inner))
        if cell.spec.kind == "words":
            words = {
                name.rpartition(".")[2]: str(self.cleaned_data[name]).replace("\r\n", "\n")
                for name in cell.names
            }
            return {tongue: text for tongue, text in words.items() if text.strip()}
        return cell.read(self.cleaned_data[cell.names[0]])


def shelf_merged(held: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A block with its changes made."""
    merged = {key: value for key, value in held.items() if changes.get(key) is not ABSENT}
    merged |= {key: value for key, value in changes.items() if value is not ABSENT}
    return merged


def _in_order(known: list[Field]) -> list[Field]:
    """The names first, the required keys, the others, and what the notice says last."""

    def rank(one: Field) -> int:
        if one.key in shelf.WORD_FIELDS:
            return 0
        if one.key in LAST:
            return 3
        return 1 if one.required else 2

    return sorted(known, key=rank)


NAMES_OF = {"zh": _("名称（中文）"), "en": _("名称（英文）")}


def _label(spec: Field, desk: FormContext) -> str:
    return str(NAMES_OF.get(spec.key) or spec.label.in_(desk.lang))


def _plain_default(spec: Field, default: Any) -> Any:
    kept = spec.kind in ("flag", "number", "choice") or spec.key in FIXED
    return default if kept else ABSENT


def _same(spec: Field, before: Any, after: Any) -> bool:
    if spec.kind == "words":
        before = shelf.as_block("words", before if before is not ABSENT else None)
    if spec.kind in ("list", "choices", "numbers") and isinstance(before, (str, int)):
        before = [before]
    if isinstance(before, (int, float)) and isinstance(after, str):
        before = str(before)
    return before == after or (before in ("", None, [], {}) and after in ("", None, [], {}, False))


def _options(desk: FormContext, options: Iterable[shelf.Option]) -> Choices:
    return [(key, title.in_(desk.lang)) for key, title in options]


def _with(choices: Choices, current: Iterable[str], desk: FormContext | None = None) -> Choices:
    """The choices, and what the file says although nothing of the kind is declared: by its name
    where another part of it declares it."""
    known = {key for key, _title in choices}
    return choices + [(one, _named(one, desk)) for one in current if one and one not in known]


def _named(word: str, desk: FormContext | None) -> str:
    """A word of the file for its reader: by the title of what it names (`gate.final`), or of the
    part that it is."""
    if desk is None:
        return said(word, "zh")
    titles = dict(shelf.options(desk.data, tuple(DECLARED)))
    title = titles.get(word) or titles.get(word.partition(".")[2])
    part = next((one.label for one in fields("charter") if one.key == word), None)
    return title.in_(desk.lang) if title else part.in_(desk.lang) if part else said(word, desk.lang)


def _text(raw: Any) -> str:
    if raw is ABSENT or raw is None:
        return ""
    return "; ".join(str(one) for one in raw) if isinstance(raw, list) else str(raw)


def _listed(raw: Any) -> list[str]:
    if raw is ABSENT or raw is None:
        return []
    return [str(one) for one in raw] if isinstance(raw, list) else [str(raw)]


Made = tuple[forms.Field, Any, Read]


def _input(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made | None:
    """The input of one key with its initial value and its way back; None where it has none."""
    makers: dict[str, Callable[[Field, Any, Any, FormContext], Made | None]] = {
        "text": _of_text,
        "list": _of_list,
        "choices": _of_choices,
        "choice": _of_choice,
        "flag": _of_flag,
        "number": _of_number,
        "numbers": _of_numbers,
        "share": _of_share,
        "map": _of_map,
    }
    return makers[spec.kind](spec, raw, default, desk)


def _of_text(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    refers, text = set(spec.refers_to), _text(raw)
    if spec.key in FIXED or spec.key in SPELT:
        return _of_word(spec, text, str(default), desk)
    if "date" in refers:
        return _of_date(spec, text, desk)
    if "rrule" in refers:
        return Recurrence(text), None, str
    if refers & {"anchor", "series"}:
        found = shelf.recurring_days(desk.data) + shelf.days(desk.data)
        return _select(_with(_options(desk, found), [text], desk), text)
    if refers & {"duration", "workdays"} and _sayable(text):
        return Length(text, "workdays" in refers, "duration" not in refers), None, str
    if refers & DECLARED:
        found = shelf.options(desk.data, spec.refers_to)
        return _select(_with(_options(desk, found), [text], desk), text)
    if "time" in refers:
        pattern = r"^([01]\d|2[0-4]):[0-5]\d$"
        return forms.RegexField(pattern, widget=forms.TextInput(attrs={"size": 6})), text, str
    widget = forms.Textarea(attrs={"rows": 2}) if spec.key in LONG else None
    back = _sources if spec.key == "source" else str
    return forms.CharField(max_length=2000, widget=widget), text, back


def _of_word(spec: Field, text: str, default: str, desk: FormContext) -> Made:
    """One of the words there are for it; nothing, too, where it need not be said."""
    free = spec.key in SPELT
    words = [(one, said(one, desk.lang)) for one in (SPELT if free else FIXED)[spec.key]]
    value = text if free else text or default
    return _select(_with(words, [value], desk), value, empty=free)


def _sources(text: str) -> Any:
    """One clause as itself, several as a list."""
    found = [*filter(None, map(str.strip, text.replace("；", ";").split(";")))]
    return found if len(found) > 1 else "".join(found)


def _sayable(text: str) -> bool:
    """Whether a length can be said as one number and one unit."""
    return not text or (Length(text, True).initial or [None])[0] is not None


def _of_date(spec: Field, text: str, desk: FormContext) -> Made:
    named = shelf.days(desk.data)
    if "series" in spec.refers_to:
        named += shelf.recurring_days(desk.data)
    box = DateSpoken(_options(desk, named), text, "duration" in spec.refers_to)
    return box, None, str


def _select(choices: Choices, value: str, empty: bool = True) -> Made:
    lead: Choices = [("", _("（不写）"))] if empty else []
    return forms.ChoiceField(choices=[*lead, *choices]), value, str


def _of_list(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    held = _listed(raw)
    if spec.key in FIXED:
        shown = held or _listed(default)
        words = [(one, said(one, desk.lang)) for one in FIXED[spec.key]]
        return _boxes(_with(words, shown, desk), shown)
    if "language" in spec.refers_to:
        words = [(one, said(one, desk.lang)) for one in ("zh-Hans", "en")]
        return _boxes(_with(words, held, desk), held)
    if set(spec.refers_to) & DECLARED:
        found = _options(desk, shelf.options(desk.data, spec.refers_to))
        public = [("public", said("public", desk.lang))] if spec.key == "from" else []
        return _boxes(_with(found + public, held, desk), held)
    if "duration" in spec.refers_to:
        lengths = [length_said(one, desk.lang) or one for one in held]
        return Lengths(max_length=2000), "\n".join(lengths), list
    return Lines(max_length=20000), "\n".join(held), list


def _boxes(choices: Choices, held: list[str]) -> Made:
    box = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
    order = [key for key, _title in choices]

    def read(chosen: list[str]) -> list[str]:
        """What was chosen, in the file's own order, new ones behind."""
        kept = [one for one in held if one in chosen]
        return kept + [one for one in order if one in chosen and one not in kept]

    return box, held, read


def _of_choices(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    held = _listed(raw)
    return _boxes(_with([(one, said(one, desk.lang)) for one in spec.choices], held), held)


def _of_choice(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    value = _text(raw) if raw is not ABSENT else str(default or "")
    words = [(one, said(one, desk.lang)) for one in spec.choices]
    return _select(_with(words, [value], desk), value, empty=not default)


def _of_flag(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    return forms.BooleanField(), bool(default if raw is ABSENT else raw), bool


def _of_number(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    value = raw if isinstance(raw, int) else default if isinstance(default, int) else None
    return forms.IntegerField(min_value=0, max_value=100_000), value, lambda found: found


def _of_numbers(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    return Numbers(max_length=2000), ", ".join(_listed(raw)), list


def _of_share(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made:
    box = Share(max_length=40, widget=forms.TextInput(attrs={"placeholder": "2/3"}))

    def read(text: str) -> Any:
        word = text.replace(" ", "")
        return int(word) if word.isdigit() else word

    return box, _text(raw), read


def _of_map(spec: Field, raw: Any, default: Any, desk: FormContext) -> Made | None:
    held = raw if isinstance(raw, Mapping) else {}
    shown = flat.lines(held, desk.lang)
    if shown is None or raw not in (ABSENT, held):
        return None
    box = Pairs(max_length=20000)
    box.widget.attrs["rows"] = min(max(3, shown.count("\n") + 2), 24)
    return box, shown, lambda found: flat.parsed(found, held)
