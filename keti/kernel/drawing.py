"""Forms drawn in Python: boxes, choices, and a field with its label, help and errors.

A form asks a template for every box and a template for every attribute of it; of a page with three
forms that is most of what it costs. What stands here draws the same, sign for sign: the tests
compare each with the library's own templates. What is not drawn here the templates draw.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, cast

from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileField,
    Select,
)
from django.forms.renderers import TemplatesSetting
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.choices import BaseChoiceIterator
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Shown = Mapping[str, Any]
WIDGETS = "django/forms/widgets/"
BOXES = ("text", "hidden", "number", "datetime", "date", "time", "email", "url", "password",
         "file", "checkbox", "input")  # fmt: skip
PLAIN = Context()


class Renderer(TemplatesSetting):
    """Draws the usual boxes itself, and leaves the rest to the templates."""

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        """The widget of `context` as this template would draw it."""
        draw = DRAWN.get(template_name)
        if draw is None or context["widget"].get("is_initial"):
            return mark_safe(super().render(template_name, context, request))
        return mark_safe(draw(context["widget"]))


def _said(value: object) -> str:
    """As a template says a value in the attributes of a box: no number is put in local form."""
    return conditional_escape(value if isinstance(value, str) else str(value))


def _shown(value: object) -> str:
    """As a template shows a value."""
    if type(value) is str:
        return escape(value)
    return str(render_value_in_context(value, PLAIN))


def _attributes(attrs: Mapping[str, object]) -> str:
    return "".join(
        f" {_said(name)}" if value is True else f' {_said(name)}="{_said(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _box(widget: Shown) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_said(value)}"'
    return _input(widget, said)


def _input(widget: Shown, said: str = "") -> str:
    head = f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"'
    return f"{head}{said}{_attributes(widget['attrs'])}>"


def _lines(widget: Shown) -> str:
    value = widget["value"]
    said = _shown(value) if value else ""
    attrs = _attributes(widget["attrs"])
    return f'<textarea name="{_shown(widget["name"])}"{attrs}>\n{said}</textarea>'


def _select(widget: Shown) -> str:
    parts = [f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{_shown(group)}">')
        parts += [
            f'\n  <option value="{_said(one["value"])}"{_attributes(one["attrs"])}>'
            f"{_shown(one['label'])}</option>"
            for one in options
        ]
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def _several(widget: Shown) -> str:
    """Boxes and round buttons, each in its label."""
    attrs, parts = widget["attrs"], []
    head = "".join(
        f' {name}="{_shown(attrs[name])}"' for name in ("id", "class") if attrs.get(name)
    )
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f"\n  <div><label>{_shown(group)}</label>")
        parts += [_choice(one) for one in options]
        if group:
            parts.append("\n  </div>")
    return "".join([f"<div{head}>", *parts, "\n</div>"])


def _choice(option: Shown) -> str:
    own = option["attrs"].get("id")
    label = f'<label for="{_shown(own)}">' if own else "<label>"
    return f"<div>\n    {label}{_box(option)} {_shown(option['label'])}</label></div>"


DRAWN: dict[str, Callable[[Shown], str]] = {
    **{f"{WIDGETS}{name}.html": _box for name in BOXES},
    f"{WIDGETS}clearable_file_input.html": _input,
    f"{WIDGETS}textarea.html": _lines,
    f"{WIDGETS}select.html": _select,
    **{f"{WIDGETS}{name}.html": _several for name in ("radio", "checkbox_select")},
}


class Choices(BaseChoiceIterator):
    """Many choices that several forms of a page offer: named once, drawn once, shared by all."""

    def __init__(self, pairs: Iterable[tuple[str, str]], drawn: list[str] | None = None) -> None:
        self.pairs = list(pairs)
        self._drawn = drawn
        self._boxed: dict[Any, str] = {}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __repr__(self) -> str:
        return repr(self.pairs)

    @property
    def drawn(self) -> list[str]:
        """Every choice as a select shows it where it is not the chosen one."""
        if self._drawn is None:
            self._drawn = [_option(key, label) for key, label in self.pairs]
        return self._drawn

    def boxed(self, key: Any, draw: Callable[[], str]) -> str:
        """The choices as boxes, none ticked, drawn once for a name and its attributes."""
        if key not in self._boxed:
            self._boxed[key] = draw()
        return self._boxed[key]

    def led_by(self, key: str, label: str, first: str = "") -> "Choices":
        """The same behind this one; before it the choice of the key `first`, where there is it."""
        place = next((n for n, one in enumerate(self.pairs) if first and one[0] == first), None)
        head = [] if place is None else [place]
        rest = [n for n in range(len(self.pairs)) if n != place] if head else range(len(self.pairs))
        pairs = [self.pairs[n] for n in head] + [(key, label)] + [self.pairs[n] for n in rest]
        drawn = self.drawn
        shown = [drawn[n] for n in head] + [_option(key, label)] + [drawn[n] for n in rest]
        return Choices(pairs, shown)


def _option(key: str, label: Any) -> str:
    return f'\n  <option value="{escape(key)}">{_shown(label)}</option>'


class FlatSelect(Select):
    """A choice of many that are not grouped: drawn straight from them. Of a hundred seats the
    library makes a hundred boxes of facts first, for every form of a page anew."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same as the library draws it."""
        wanted, head = self.format_value(value), self.build_attrs(self.attrs, attrs)
        known = self.choices
        if not isinstance(known, Choices):
            flat = cast("Iterable[tuple[Any, str]]", known)
            known = Choices(("" if key is None else str(key), label) for key, label in flat)
        shown = known.drawn
        first = next((place for place, one in enumerate(known.pairs) if one[0] in wanted), None)
        if first is not None:
            chosen = shown[first].replace('">', '" selected>', 1)
            shown = [*shown[:first], chosen, *shown[first + 1 :]]
        drawn = f'<select name="{_shown(name)}"{_attributes(head)}>{"".join(shown)}\n</select>'
        return mark_safe(drawn)


class FlatBoxes(CheckboxSelectMultiple):
    """Boxes to tick for many that are not grouped: drawn straight from them, like `FlatSelect`."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same as the library draws it."""
        ticked, merged = set(self.format_value(value)), self.build_attrs(self.attrs, attrs)
        head = "".join(
            f' {one}="{_shown(merged[one])}"' for one in ("id", "class") if merged.get(one)
        )
        inside = partial(self._boxes, name, merged, ticked)
        if isinstance(self.choices, Choices) and not ticked:
            drawn = self.choices.boxed((name, *merged.items()), inside)
        else:
            drawn = inside()
        return mark_safe(f"<div{head}>{drawn}\n</div>")

    def _boxes(self, name: str, merged: Shown, ticked: set[str]) -> str:
        box, own = f'<input type="checkbox" name="{_shown(name)}"', merged.get("id")
        flat = cast("Iterable[tuple[Any, str]]", self.choices)
        parts = []
        for place, (key, label) in enumerate(flat):
            mine = f"{own}_{place}" if own else ""
            facts = {**merged, **({"id": mine} if "id" in merged else {})}
            if str(key) in ticked:
                facts["checked"] = True
            said = "" if key is None else f' value="{_said(key)}"'
            opened = f'<label for="{_shown(mine)}">' if mine else "<label>"
            inner = f"{box}{said}{_attributes(facts)}> {_shown(label)}"
            parts.append(f"<div>\n    {opened}{inner}</label></div>")
        return "".join(parts)


def field(bound: BoundField, icon: Callable[[str], str]) -> SafeString:
    """A field: label, help, errors, control, tied together for a screen reader."""
    if bound.is_hidden:
        return mark_safe(str(bound))
    tick = isinstance(bound.field.widget, CheckboxInput)
    kept = _kept(bound)
    control = bound.as_widget(attrs={"data-kept": kept} if kept else None)
    below, label = notes(bound, icon), _shown(bound.label)
    if not tick and not bound.field.required:
        label += f' <span class="optional">{_("（可不填）")}</span>'
    if bound.use_fieldset:
        said = _described(bound)
        says = f' aria-describedby="{said}"' if said else ""
        inner = f"<fieldset{says}><legend>{label}</legend>{below}{control}</fieldset>"
    elif tick:
        opened = f'<label for="{_shown(bound.id_for_label)}">'
        inner = f"{below}{opened}{control}<span>{label}</span></label>"
    else:
        opened = f'<label for="{_shown(bound.id_for_label)}">'
        file = _kept_file(bound, kept, icon) if kept else ""
        inner = f"{opened}{label}</label>{below}{file}{control}"
    kind = f"field{' wrong' if bound.errors else ''}{' tick' if tick else ''}"
    return mark_safe(f'<div class="{kind}">{inner}</div>')


def notes(bound: BoundField, icon: Callable[[str], str]) -> SafeString:
    """What helps to fill a field, and what is wrong with what was filled in."""
    name, said = _shown(bound.auto_id), ""
    if bound.help_text:
        said = f'<p class="help" id="{name}_helptext">{bound.help_text}</p>'
    if bound.errors:
        head = f'{icon("circle-alert")}<span class="vh">{_("错误：")}</span>'
        lines = "".join(f"<li>{head}{_shown(error)}</li>" for error in bound.errors)
        said += f'<ul class="errors" id="{name}_error">{lines}</ul>'
    return mark_safe(said)


def _kept_file(bound: BoundField, kept: str, icon: Callable[[str], str]) -> str:
    named = _("已选：%(kept)s") % {"kept": escape(kept)}
    drop = ""
    if not bound.field.required:
        box = f'<input type="checkbox" name="{_shown(bound.html_name)}-drop" value="1">'
        without = _("不要这个文件")
        drop = f' <label class="kept-drop">{box} {without}</label>'
    why = _("文件已为您留着，不必重选；要换一个再选即可。")
    said = f'<p class="kept">{icon("paperclip")}<span>{named}</span>{drop}</p>'
    return f'{said}<p class="help">{why}</p>'


def _kept(bound: BoundField) -> str:
    """The file that came with a refused form; it need not be chosen again."""
    form: BaseForm = bound.form
    keep = getattr(form, "kept", None)
    if keep is None or not isinstance(bound.field, FileField):
        return ""
    kept = str(keep(bound.name))
    if kept:
        form.use_required_attribute = False
    return kept


def _described(bound: BoundField) -> str:
    parts = []
    if bound.help_text:
        parts.append(f"{bound.auto_id}_helptext")
    if bound.errors:
        parts.append(f"{bound.auto_id}_error")
    return " ".join(_shown(part) for part in parts)
