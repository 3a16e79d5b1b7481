"""References: pasted, and mended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keti.documents.rules.refs.item import (
    AUTHORS,
    EDITORS,
    PART_OF_BOOK,
    TRANSLATORS,
    day_of,
    printed,
)
from keti.documents.rules.refs.item import Reference as Held
from keti.groups.doors import KeyForm
from keti.reports.models import Reference
from keti.reports.queries import print_of

KINDS = {
    "book": _("专著"), PART_OF_BOOK: _("专著中的一篇"), "article-journal": _("期刊文章"),
    "article-newspaper": _("报纸文章"), "paper-conference": _("会议论文"), "thesis": _("学位论文"),
    "report": pgettext_lazy("reference", "报告"), "standard": pgettext_lazy("reference", "标准"),
    "patent": _("专利"), "regulation": _("法规、政府文件"), "webpage": _("网页"),
    "dataset": _("数据集"), "article": _("预印本"), "software": _("软件"), "map": _("地图"),
    "manuscript": _("档案"), "document": pgettext_lazy("reference", "其他"),
}  # fmt: skip
"""What a reference is, in words."""
ALIKE = {
    "legislation": "regulation",
    "post-weblog": "webpage",
    "article-magazine": "article-journal",
}
"""Kinds that are printed as another one."""
_LINES = (
    ("title", _("题名"), True), ("container-title", _("所在书刊、会议录"), False),
    ("publisher", _("出版者、单位"), False), ("publisher-place", _("出版地"), False),
    ("issued", _("出版日期"), False), ("volume", _("卷"), False), ("issue", _("期"), False),
    ("page", _("页码"), False), ("edition", _("版本（如第 2 版）"), False),
    ("number", _("编号"), False),
    ("URL", _("网址"), False), ("DOI", "DOI", False), ("accessed", _("引用日期"), False),
)  # fmt: skip
_PEOPLE = ((AUTHORS, _("著者")), (EDITORS, _("编者")), (TRANSLATORS, _("译者")))


class AddReferences(KeyForm):
    """A text of references, as pasted or typed."""

    text = forms.CharField(
        label=_("粘贴或键入参考文献"),
        help_text=_("每行一条，照 GB/T 7714 的格式；也可粘贴 BibTeX、RIS 或 CSL-JSON。"),
        strip=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class MendReference(KeyForm):
    """One reference, field by field; people stand one a line."""

    before = forms.CharField(widget=forms.HiddenInput, max_length=64)
    type = forms.ChoiceField(label=pgettext_lazy("reference", "种类"), choices=list(KINDS.items()))

    def __init__(self, *args: Any, reference: Reference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = reference.item
        self.fields["before"].initial = print_of(reference)
        self.fields["type"].initial = ALIKE.get(item["type"], item["type"]) if item else "document"
        for name, people in _PEOPLE:
            self.fields[name] = forms.CharField(
                label=people,
                help_text=_("每行一人；外文姓名写作“姓, 名”。"),
                required=False,
                max_length=10_000,
                initial="\n".join(_person(one) for one in item.get(name, [])),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for name, words, needed in _LINES:
            held = item.get(name, "")
            self.fields[name] = forms.CharField(
                label=words,
                required=needed,
                max_length=2000,
                initial=printed(held) if isinstance(held, dict) else held,
            )

    def held(self, reference: Reference) -> Held:
        """What was typed, over what is known of it and stands in no field; of a valid form."""
        typed = self.cleaned_data
        shown_names = {name for name, *_more in (*_PEOPLE, *_LINES)}
        item = {key: one for key, one in reference.item.items() if key not in shown_names}
        item["type"] = typed["type"]
        for name, _people in _PEOPLE:
            item[name] = [_parsed(line) for line in typed[name].splitlines() if line.strip()]
        for name, *_more in _LINES:
            said = typed[name].strip()
            item[name] = day_of(said) or {} if name in ("issued", "accessed") else said
        return Held(reference.key, item, reference.typed)


def _person(name: dict[str, str]) -> str:
    """A name as it is typed."""
    given = " ".join(one for one in (name.get("given", ""), name.get("suffix", "")) if one)
    family = name.get("literal") or name.get("family", "")
    return f"{family}, {given}" if given else family


def _parsed(line: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in line.replace("，", ",").partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": family}
