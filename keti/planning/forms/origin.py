"""Forms of where a new programme comes from: texts of the template, and the notice."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.findings import Path
from keti.planning.forms.steps import StepForm
from keti.planning.rules.origin import Remain


class RemainsForm(StepForm):
    """Texts that still are the template's: what is typed over is changed, the rest is kept."""

    def __init__(self, *args: Any, remains: list[Remain], lang: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.remains = remains
        for one in remains:
            own = "en" if lang.startswith("en") else "zh"
            tongues = sorted(self._tongues(one), key=lambda pair: pair[0] != own)
            for tongue, words in tongues:
                note = _("中文") if tongue == "zh" else _("英文")
                label = one.label.in_(lang)
                if not one.plain:
                    label = _("{what}（{of}）").format(what=label, of=note)
                self.fields[f"{one.name}/{tongue}"] = forms.CharField(
                    label=label,
                    initial=words,
                    required=tongue == own or len(tongues) == 1,
                    max_length=20000,
                    strip=not one.long,
                    widget=forms.Textarea(attrs={"rows": 4}) if one.long else None,
                )

    def _tongues(self, one: Remain) -> list[tuple[str, str]]:
        found = [("zh", one.words.zh), ("en", one.words.en)]
        return found[:1] if one.plain else [pair for pair in found if pair[1]]

    def answers(self) -> tuple[Mapping[Path, str], list[str]]:
        """What was changed, by place; and the marks of what was left as it was."""
        changed: dict[Path, str] = {}
        kept = []
        for one in self.remains:
            mine: dict[Path, str] = {}
            for tongue, before in self._tongues(one):
                said = self.cleaned_data[f"{one.name}/{tongue}"].replace("\r\n", "\n")
                if said != before:
                    mine[one.path if one.plain else (*one.path, tongue)] = said
            changed |= mine
            if not mine:
                kept.append(one.mark)
        return changed, kept


class OwnNoticeForm(StepForm):
    """One's own notice: pasted, or a file whose words are read."""

    words = forms.CharField(
        label=_("通知全文"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("粘贴进来；每一句成为一条，按“一、”“（一）”“1.”编号。"),
    )
    file = forms.FileField(
        label=_("或选一个文件（Word 或文本）"),
        required=False,
        help_text=_("读出的文字先放进上面的栏里，看过再存。"),
    )
