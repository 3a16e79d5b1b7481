"""Choices are drawn without a template for each, and say what the library's own would say."""

import re
from datetime import datetime
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Engine
from django.utils.translation import override

from keti.kernel.drawing import Choices, FlatBoxes, FlatSelect

HOSTILE = [("", "全部"), (7, "第七组"), ('a"b', "<i>&甲</i>"), ("x", "x")]
CHOICES: list[Any] = [*HOSTILE, ("组", [("1", "一"), ("2", "二")])]


def drawn(widget: forms.Widget, value: object, renderer: object) -> str:
    text = widget.render(
        "pick", value, attrs={"id": "id_pick", "data-kept": 'say "x"'}, renderer=renderer
    )
    return re.sub(r"\s+(?=[<>])|(?<=>)\s+", "", text)


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.Select, 7),
        (forms.Select, None),
        (forms.SelectMultiple, ["x", "2"]),
        (forms.CheckboxSelectMultiple, ['a"b', "1"]),
        (forms.CheckboxSelectMultiple, []),
        (forms.RadioSelect, "x"),
        (forms.NullBooleanSelect, True),
    ],
)
def test_the_same_as_the_library_draws(widget: Any, value: object) -> None:
    one = widget() if widget is forms.NullBooleanSelect else widget(choices=CHOICES)
    own = drawn(one, value, forms.renderers.get_default_renderer())
    assert own == drawn(one, value, DjangoTemplates())
    assert "<i>" not in own


SAID = 'a"b <i>&甲</i>'


@pytest.mark.parametrize("value", [None, "", SAID, 7])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput, forms.URLInput,
        forms.PasswordInput, forms.Textarea, forms.CheckboxInput, forms.FileInput,
        forms.ClearableFileInput,
    ],
)  # fmt: skip
def test_boxes_are_drawn_as_the_library_draws_them(widget: Any, value: object) -> None:
    attrs = {"id": "id_x", "required": True, "disabled": False, "placeholder": SAID, "rows": 3}
    one = widget(attrs=attrs)
    own = one.render("x", value, renderer=forms.renderers.get_default_renderer())
    assert own == one.render("x", value, renderer=DjangoTemplates())
    assert "<i>" not in own


def test_moments_are_drawn_as_the_library_draws_them() -> None:
    one = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    at = datetime(2030, 4, 1, 9, 30)
    own = one.render("x", at, renderer=forms.renderers.get_default_renderer())
    assert own == one.render("x", at, renderer=DjangoTemplates())


@pytest.mark.parametrize("value", [None, 7, "7", "x", "nowhere", 'a"b'])
def test_a_flat_choice_is_drawn_as_the_library_draws_it(value: object) -> None:
    pairs = [*HOSTILE, ("x", "again"), (None, "none")]
    flat, own = FlatSelect(choices=pairs), forms.Select(choices=pairs)
    assert drawn(flat, value, None) == drawn(own, value, DjangoTemplates())


@pytest.mark.parametrize("value", [None, [], ["7"], ["x", 'a"b'], ["nowhere"]])
@pytest.mark.parametrize("attrs", [{}, {"class": "input"}])
def test_flat_boxes_are_drawn_as_the_library_draws_them(value: object, attrs: Any) -> None:
    pairs = [*HOSTILE, ("x", "again"), ("7", "seven")]
    flat = FlatBoxes(choices=Choices(pairs), attrs=attrs)
    own = forms.CheckboxSelectMultiple(choices=pairs, attrs=attrs)
    assert drawn(flat, value, None) == drawn(own, value, DjangoTemplates())


def test_choices_named_once_are_led_by_another() -> None:
    pairs = [("a", "甲<"), ("b", "乙"), ("c", "丙")]
    for first, keys in (("b", ["b", "", "a", "c"]), ("", ["", "a", "b", "c"]), ("z", ["", *"abc"])):
        led = Choices(pairs).led_by("", "自己", first)
        assert [key for key, _label in led] == keys
        flat, own = FlatSelect(choices=led), forms.Select(choices=list(led))
        assert drawn(flat, "c", None) == drawn(own, "c", DjangoTemplates())


def test_disabled_choices_stay_disabled() -> None:
    class Some(forms.Select):
        def create_option(self, *args: Any, **named: Any) -> dict[str, Any]:
            return super().create_option(*args, **named) | {"attrs": {"disabled": True, "x": False}}

    text = drawn(Some(choices=HOSTILE), None, forms.renderers.get_default_renderer())
    assert text.count("disabled") == len(HOSTILE)
    assert " x" not in text.replace(">x<", "").replace('"x"', "")


def test_what_is_kept_follows_its_value_and_the_language() -> None:
    drawing = Engine.get_default().from_string(
        "{% load i18n keti_ui %}{% kept by %}{{ word }}{% trans '保存' %}{% endkept %}"
    )

    def said(lang: str, **context: object) -> str:
        with override(lang):
            return drawing.render(Context(context))

    assert said("zh-hans", by=("a",), word="甲") == "甲保存"
    assert said("zh-hans", by=("a",), word="乙") == "甲保存"
    assert said("zh-hans", by=("b",), word="乙") == "乙保存"
    assert said("en", by=("a",), word="A") == "Asaved"
    assert [said("zh-hans", word=one) for one in "丙丁"] == ["丙保存", "丁保存"]
