"""What is typed into a report, its answers, and the parts of a file that is handed in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.parts import MOST_APART
from keti.documents.rules.refs.item import (
    AUTHORS,
    EDITORS,
    PART_OF_BOOK,
    TRANSLATORS,
    day_of,
    printed,
)
from keti.documents.rules.refs.item import Reference as Held
from keti.documents.rules.typed import shown
from keti.groups.doors import RECORDING_BLAMES, ActForm, DatedForm, Door, KeyForm
from keti.groups.models import Seat
from keti.reports.doors import HEAD_FIELD, KEPT_OUT, MOST_HEADS, PLAN_KEY, looks_like_plan
from keti.reports.models import Reference
from keti.reports.queries import print_of
from keti.reports.rules import Content, Handed, PlanItem, joined

SPARE_ROWS = 3
MOST_ROWS = 60
MOST_PAGES = 9999
LONGEST = 60_000
LONGEST_DOC = 4_000_000
NEEDS_EDITOR = _(
    "这一部分有表格、图片或注，只能在编辑器里改（浏览器须允许运行脚本），所以没有保存。"
    "请复制您写的文字，重新打开本页再改；也可以改交 Word 文件。"
)


class ContentFields(DatedForm):
    """What a report holds, as fields: one text for each section the charter declares, and the
    plan's rows. Mixed into the forms that ask for it."""

    spec: WorkSpec
    rows = 0

    def add_content(
        self, spec: WorkSpec, seats: list[Seat], content: Content, lang: str, *, tall: int = 10
    ) -> None:
        """Add the fields, filled with what is typed already."""
        self.spec = spec
        for place, one in enumerate(spec.sections):
            self.fields[f"s{place}"] = forms.CharField(
                label=one.title.in_(lang),
                help_text=one.hint.in_(lang),
                required=False,
                strip=False,
                max_length=LONGEST,
                initial=content.sections.get(one.key, ""),
                widget=forms.Textarea(attrs={"rows": tall}),
            )
        self.rows = self._rows(len(content.plan)) if spec.plan else 0
        choices = [("", "—"), *((seat.public_id, seat.called.in_(lang)) for seat in seats)]
        for row in range(self.rows):
            item = content.plan[row] if row < len(content.plan) else PlanItem("")
            self._add_row(row, item, choices)

    def _rows(self, stored: int) -> int:
        """As many rows as were sent, or those stored and some to spare."""
        sent = [key for key in self.data if key.startswith("p") and key.endswith("-title")]
        return min(len(sent), MOST_ROWS) or stored + SPARE_ROWS

    def _add_row(self, row: int, item: PlanItem, choices: list[tuple[str, str]]) -> None:
        known = {key for key, _label in choices}
        self.fields[f"p{row}-title"] = forms.CharField(
            label=pgettext_lazy("report", "事项"),
            required=False,
            max_length=200,
            initial=item.title,
            widget=forms.TextInput(attrs={"size": 22}),
        )
        self.fields[f"p{row}-who"] = forms.ChoiceField(
            label=pgettext_lazy("report", "承担人"),
            required=False,
            choices=choices,
            initial=item.assignee_seat_id if item.assignee_seat_id in known else "",
        )
        self.fields[f"p{row}-due"] = forms.DateField(
            label=_("完成日期"),
            required=False,
            initial=item.due,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def sections(self) -> list[BoundField]:
        """The sections as shown. A draft may be saved without them; what handing in asks for is
        shown as asked for."""
        for place, one in enumerate(self.spec.sections):
            self.fields[f"s{place}"].required = one.required
        return [self[f"s{place}"] for place in range(len(self.spec.sections))]

    def plan(self) -> Iterator[dict[str, BoundField]]:
        """The plan's rows, each with its three fields."""
        for row in range(self.rows):
            yield {name: self[f"p{row}-{name}"] for name in ("title", "who", "due")}

    def content(self) -> Content:
        """What was typed, of a valid form."""
        facts = self.cleaned_data
        texts = {
            one.key: facts.get(f"s{place}", "") for place, one in enumerate(self.spec.sections)
        }
        plan = [
            PlanItem(facts[f"p{row}-title"], facts[f"p{row}-who"], facts[f"p{row}-due"])
            for row in range(self.rows)
        ]
        return Content(texts, plan)


class DraftForm(ContentFields):
    """The whole draft. Beside the words of each section stands its document (`doc/1`), where it
    holds more than lines: written by the editor, sent back as it came where there is none."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        spec: WorkSpec,
        seats: list[Seat],
        content: Content,
        lang: str,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.add_content(spec, seats, content, lang)
        self.drafted = content
        for place, one in enumerate(spec.sections):
            self._add_doc(place, content.docs.get(one.key, ""))

    def _add_doc(self, place: int, doc: str) -> None:
        """The document beside a section. Its words are not typed into a box that holds lines only;
        their length is that of the document."""
        self.fields[f"d{place}"] = forms.CharField(
            required=False,
            strip=False,
            max_length=LONGEST_DOC,
            initial=doc,
            widget=forms.Textarea(attrs={"hidden": True, "data-doc-of": f"s{place}", "rows": 1}),
        )
        if doc or self.data.get(f"d{place}"):
            words = self.fields[f"s{place}"]
            words.validators = [
                one for one in words.validators if not isinstance(one, MaxLengthValidator)
            ]
            words.widget.attrs |= {"readonly": True}
            words.widget.attrs.pop("maxlength", None)

    def written(self) -> Iterator[dict[str, BoundField]]:
        """Each section as shown, with its document."""
        for place, bound in enumerate(self.sections()):
            yield {"words": bound, "doc": self[f"d{place}"]}

    def clean(self) -> dict[str, Any] | None:
        """Words that came without the document beside them take nothing away from it: refused,
        where they would."""
        facts = super().clean()
        for place, one in enumerate(self.spec.sections):
            if f"d{place}" in self.data or one.key not in self.drafted.docs:
                continue
            self.cleaned_data[f"d{place}"] = self.drafted.docs[one.key]
            typed = self.cleaned_data.get(f"s{place}", "")
            if shown(typed).strip() != self.drafted.sections[one.key].strip():
                self.add_error(f"s{place}", NEEDS_EDITOR)
        return facts

    def content(self) -> Content:
        """What was typed, of a valid form."""
        typed = super().content()
        docs = {
            one.key: self.cleaned_data.get(f"d{place}", "")
            for place, one in enumerate(self.spec.sections)
        }
        return replace(typed, docs={key: doc for key, doc in docs.items() if doc})


class SubmitForm(ActForm):
    """Handing in: for oneself, on behalf, or as of an earlier moment with evidence."""


class ReturnForm(KeyForm):
    """Why it is returned."""

    reason = forms.CharField(
        label=pgettext_lazy("report", "退回理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明要改什么，对方会原样收到。"),
        error_messages={"required": _("退回须写明理由，让对方知道改什么。")},
    )


class FileForm(ContentFields, ActForm):
    """A file, and the parts that the charter demands: found in it, pointed at, or written here."""

    file = forms.FileField(
        label=_("报告文件"),
        help_text=_("Word、WPS、PDF、照片或盖章扫描件都可以；原件一并保存。"),
        error_messages={"required": _("请选择要提交的文件。")},
    )
    laid = forms.CharField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {"reports.file-needed": "file"}

    def __init__(
        self, *args: Any, door: Door, spec: WorkSpec, seats: list[Seat], **kwargs: Any
    ) -> None:
        super().__init__(*args, door=door, **kwargs)
        self.add_content(spec, seats, Content(), door.lang, tall=8)
        for place in range(len(spec.sections)):
            for name, label in (("from", _("起始页")), ("to", _("结束页"))):
                self.fields[f"{name}{place}"] = forms.IntegerField(
                    label=label,
                    required=False,
                    min_value=1,
                    max_value=MOST_PAGES,
                    widget=forms.NumberInput(attrs={"size": 4, "inputmode": "numeric"}),
                )
        self.apart = self._add_apart(spec, door.lang)
        self.heads = self._add_heads(spec, door.lang)

    def _add_heads(self, spec: WorkSpec, lang: str) -> list[str]:
        """Each heading found in the file, and the part it opens."""
        sent = [key for key in self.data if HEAD_FIELD.fullmatch(key)][:MOST_HEADS]
        parts: list[tuple[str, Any]] = [(one.key, one.title.in_(lang)) for one in spec.sections]
        parts += [(PLAN_KEY, _("下月计划"))] if spec.plan else []
        for name in sent:
            self.fields[name] = forms.ChoiceField(
                label=_("归入"),
                required=False,
                choices=[("", _("不是哪一部分的标题")), *parts],
            )
        return sent

    def _add_apart(self, spec: WorkSpec, lang: str) -> int:
        """What the file says under no section's title: its words, and where they go."""
        sent = [key for key in self.data if key.startswith("r") and key.endswith("-words")]
        places = [(one.key, one.title.in_(lang)) for one in spec.sections]
        first = [
            (f"^{key}", format_lazy(_("“{title}”的开头"), title=title)) for key, title in places[:1]
        ]
        for number in range(min(len(sent), MOST_APART)):
            plan = looks_like_plan(self.data.get(f"r{number}-words", ""))
            self.fields[f"r{number}-words"] = forms.CharField(
                label=_("文字"),
                required=False,
                strip=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"r{number}-to"] = forms.ChoiceField(
                label=_("放到"),
                required=False,
                choices=[
                    ("", _("请选择")),
                    (KEPT_OUT, _("不放入，只留在原件里")),
                    *first,
                    *places,
                ],
                help_text=_("像是计划，请填入下面的计划。") if spec.plan and plan else "",
            )
        return min(len(sent), MOST_APART)

    def upload(self) -> UploadedFile | None:
        """The file, where one was sent, or waits from an earlier try, and is taken."""
        if not self.is_bound or "file" in self.errors:
            return None
        found: UploadedFile | None = self.cleaned_data.get("file")
        return found

    def parts(self) -> Iterator[dict[str, BoundField]]:
        """Each section with its text and its pages."""
        for place, bound in enumerate(self.sections()):
            yield {"text": bound, "first": self[f"from{place}"], "last": self[f"to{place}"]}

    def loose(self) -> Iterator[dict[str, BoundField]]:
        """Each piece that belongs to no section."""
        for number in range(self.apart):
            yield {"words": self[f"r{number}-words"], "to": self[f"r{number}-to"]}

    def all_placed(self) -> bool:
        """Whether each piece was given a place; one that was not is asked about."""
        for number in range(self.apart):
            words = self.cleaned_data.get(f"r{number}-words", "")
            if words.strip() and not self.cleaned_data.get(f"r{number}-to"):
                self.add_error(f"r{number}-to", _("请选定这段文字放到哪里。"))
        return not self.errors

    def pages(self) -> dict[str, tuple[int, int]]:
        """Section key -> first and last page, where they were given; one given stands for both."""
        found = {}
        for place, one in enumerate(self.spec.sections):
            given = [self.cleaned_data.get(f"{name}{place}") for name in ("from", "to")]
            said = [int(page) for page in given if page]
            if said:
                found[one.key] = (said[0], said[-1])
        return found

    def handed(self) -> Handed:
        """What was typed and placed, of a valid form."""
        typed = self.content()
        texts = dict(typed.sections)
        for number in range(self.apart):
            words = self.cleaned_data.get(f"r{number}-words", "").strip("\r\n")
            key = self.cleaned_data.get(f"r{number}-to", "")
            if key and key != KEPT_OUT and words.strip():
                before = key.startswith("^")
                texts[key.strip("^")] = joined(texts[key.strip("^")], words, before=before)
        return Handed(Content(texts, typed.plan), self.pages())


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
