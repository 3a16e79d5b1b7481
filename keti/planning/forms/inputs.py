"""Inputs for dates, lengths and recurrences: parts to choose from, one expression out."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.hints import share
from keti.planning.rules.spoken import (
    DAY,
    KEEP,
    NONE,
    WEEKDAYS,
    Recurring,
    Spoken,
    length_parts,
    length_text,
    recurring,
    rrule_of,
    spoken,
    written,
)

UNIT_WORDS = [
    ("workdays", _("个工作日")),
    ("D", _("天")),
    ("W", _("周")),
    ("M", _("个月")),
    ("Y", _("年")),
    ("H", _("小时")),
]
WEEKDAY_WORDS = [
    (key, word)
    for key, word in zip(
        WEEKDAYS,
        (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")),
        strict=True,
    )
]
SAID = re.compile(r"^(\d{1,4})\s*([^\d\s].*)$")
SAID_UNITS = (
    ("workdays", ("个工作日", "工作日", "working days", "working day")),
    ("D", ("天", "日", "days", "day")),
    ("W", ("周", "weeks", "week")),
    ("M", ("个月", "月", "months", "month")),
    ("Y", ("年", "years", "year")),
    ("H", ("小时", "hours", "hour")),
)
Choices = list[tuple[str, Any]]


class Parts(forms.MultiWidget):
    """Several inputs in one line, each with a name of its own for those who do not see the line."""

    def __init__(self, parts: dict[str, forms.Field], names: dict[str, Any]) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {}
        for key, part in parts.items():
            part.widget.attrs |= {"aria-label": names[key], "class": f"part part-{key}"}
            widgets[key] = part.widget
        super().__init__(widgets=widgets)

    def decompress(self, value: Any) -> list[Any]:
        return list(value) if value else [None] * len(self.widgets)


class Composed(forms.MultiValueField):
    """A field of several inputs that together say one thing."""

    def __init__(self, parts: dict[str, forms.Field], names: dict[str, Any], **kw: Any) -> None:
        widget = Parts(parts, names)
        super().__init__(
            fields=tuple(parts.values()), widget=widget, require_all_fields=False, **kw
        )


def _count(least: int = 1, most: int = 9999) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=least, max_value=most)


def _select(choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, required=False)


class DateSpoken(Composed):
    """On a day, or so many working days before or after a named date."""

    def __init__(self, named: Choices, before: str, lengths: bool, **kw: Any) -> None:
        self.before = before
        said = spoken(before)
        known = {key for key, _title in named} | {DAY, NONE, KEEP, "length"}
        if said.base not in known:
            said = Spoken(KEEP)
        choices: Choices = [(NONE, _("（不写）")), (DAY, _("按日期"))]
        choices += [("length", _("在期限之前"))] if lengths else []
        choices += named
        choices += (
            [(KEEP, _("照文件所写：{text}").format(text=before))] if said.base == KEEP else []
        )
        day = forms.DateField(
            required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        time = forms.RegexField(
            r"^([01]\d|2[0-4]):[0-5]\d$",
            required=False,
            widget=forms.TextInput(attrs={"placeholder": "24:00", "size": 5}),
        )
        sides: Choices = [("", _("当日")), ("+", _("之后")), ("-", _("之前"))]
        super().__init__(
            {
                "base": _select(choices),
                "day": day,
                "time": time,
                "side": _select(sides),
                "count": _count(),
                "unit": _select(list(UNIT_WORDS)),
            },
            {
                "base": _("从哪一天算"),
                "day": _("日期"),
                "time": _("时刻"),
                "side": _("之前还是之后"),
                "count": _("多少"),
                "unit": _("单位"),
            },
            **kw,
        )
        day_value = date.fromisoformat(said.day) if _is_day(said.day) else None
        self.initial = [said.base, day_value, said.time, said.side, said.count, said.unit]

    def compress(self, data_list: list[Any]) -> str:
        if not data_list:
            return ""
        base, day, time, side, count, unit = data_list
        if base == DAY and not day:
            raise forms.ValidationError(_("请选择日期。"))
        if base == "length" and not count:
            raise forms.ValidationError(_("请填写提前多少。"))
        if side and base not in (NONE, KEEP, "length") and not count:
            raise forms.ValidationError(_("请填写之前或之后多少。"))
        said = Spoken(base or "", day.isoformat() if day else "", time or "", side, count, unit)
        return written(said, self.before)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Length(Composed):
    """So many working days, days, weeks, months."""

    def __init__(self, before: str, workdays: bool, only_workdays: bool = False, **kw: Any) -> None:
        parts = length_parts(before) if before else None
        units = [one for one in UNIT_WORDS if workdays or one[0] != "workdays"]
        units = UNIT_WORDS[:1] if only_workdays else units
        super().__init__(
            {"count": _count(0), "unit": _select(list(units))},
            {"count": _("多少"), "unit": _("单位")},
            **kw,
        )
        self.initial = list(parts) if parts else [None, units[-1 if only_workdays else 0][0]]

    def compress(self, data_list: list[Any]) -> str:
        return length_text(data_list[0], data_list[1] or "D") if data_list else ""


class Recurrence(Composed):
    """On the n-th day of each month, on the third Thursday, every Monday."""

    def __init__(self, before: str, **kw: Any) -> None:
        self.before = before
        said = recurring(before)
        hows: Choices = [
            ("", _("（不重复）")),
            ("monthday", _("每月几号（当月没有则取月末）")),
            ("monthend", _("每月最后一天")),
            ("weekday", _("每月第几个星期几")),
            ("weekly", _("每周")),
        ]
        hows += [(KEEP, _("照文件所写：{text}").format(text=before))] if said.how == KEEP else []
        super().__init__(
            {
                "how": _select(hows),
                "number": _count(-5, 31),
                "weekday": _select(list(WEEKDAY_WORDS)),
                "every": _count(1, 60),
            },
            {
                "how": _("怎样重复"),
                "number": _("几号或第几个"),
                "weekday": _("星期几"),
                "every": _("每隔几个周期"),
            },
            **kw,
        )
        self.initial = [said.how, said.number, said.weekday, said.every]

    def compress(self, data_list: list[Any]) -> str:
        if not data_list:
            return ""
        how, number, weekday, every = data_list
        if how in ("monthday", "weekday") and not number:
            raise forms.ValidationError(_("请填写几号或第几个。"))
        return rrule_of(Recurring(how or "", number, weekday or "MO", every or 1), self.before)


class Lines(forms.CharField):
    """A list, one item a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class Lengths(Lines):
    """Lengths of time, one a line: `5 天`, `3 个工作日`."""

    def clean(self, value: Any) -> list[str]:
        return [self._read(line) for line in super().clean(value)]

    def _read(self, line: str) -> str:
        if length_parts(line):
            return line
        found = SAID.match(line)
        unit = next((key for key, said in SAID_UNITS if found and found[2] in said), "")
        if not found or not unit:
            raise forms.ValidationError(_("每行写一个时长，如 5 天、3 个工作日。"))
        return length_text(int(found[1]), unit)


class Numbers(forms.CharField):
    """Whole numbers with commas between them."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value)
        words = [one for one in re.split(r"[,，、;；\s]+", text) if one]
        if not all(one.isdigit() and 0 < int(one) < 1201 for one in words):
            raise forms.ValidationError(_("请写整数，用逗号分开，如 2, 7, 13。"))
        return [int(one) for one in words]


class Pairs(forms.CharField):
    """A short table: `key = value`, one pair a line; `key / inner key` where it has parts."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in super().clean(value).splitlines():
            key, mark, text = line.replace("＝", "=").partition("=")
            if line.strip() and not (mark and key.strip() and text.strip()):
                raise forms.ValidationError(
                    _("每行写“名称 = 值”，下一层写“名称 / 下层名称 = 值”。")
                )
            if line.strip():
                found[key.strip()] = text.strip()
        return found


class Share(forms.CharField):
    """A share or a number, in figures or in words: 2/3, 三分之二, 过半数, 75%, 4."""

    PLAIN = re.compile(r"\d{1,4}(\s*/\s*[1-9]\d{0,3}|\.\d{1,4})?")

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if not text or self.PLAIN.fullmatch(text):
            return text
        if told := share(text):
            return told
        raise forms.ValidationError(_("请写份额（如 2/3）或人数（如 4）。"))
