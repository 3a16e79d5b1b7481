"""Choices are drawn without a template for each, and say what the library's own would say."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

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


def test_disabled_choices_stay_disabled() -> None:
    class Some(forms.Select):
        def create_option(self, *args: Any, **named: Any) -> dict[str, Any]:
            return super().create_option(*args, **named) | {"attrs": {"disabled": True, "x": False}}

    text = drawn(Some(choices=HOSTILE), None, forms.renderers.get_default_renderer())
    assert text.count("disabled") == len(HOSTILE)
    assert " x" not in text.replace(">x<", "").replace('"x"', "")
