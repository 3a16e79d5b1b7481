"""Forms of the duty page and of the group announcement."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any, ClassVar, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from keti.documents.doors.readings import is_word
from keti.documents.doors.writing import doc_field, lines_only_in_editor
from keti.documents.rules.reading import Read
from keti.duties.rules import FiledText
from keti.groups.doors import RECORDING_BLAMES, ActForm, Door, KeepingForm, KeyForm, WordFile
from keti.kernel.drawing import FlatSelect


class HandInForm(WordFile, ActForm):
    """Meeting a duty by a file with three lines; of a Word file the text is seen first."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_(
            "Word、WPS、PDF、照片或盖章扫描件均可，50 MB 以内；原件永久保存。"
            "Word 文件先读成正文给您核对，再提交。"
        ),
    )
    line1 = forms.CharField(
        label=_("摘要第一行"),
        max_length=300,
        required=False,
        help_text=_("有正文的可不填，取正文开头几行。"),
    )
    line2 = forms.CharField(label=_("摘要第二行"), max_length=300, required=False)
    line3 = forms.CharField(label=_("摘要第三行"), max_length=300, required=False)

    field_order: Iterable[str] | None = (
        "file", "line1", "line2", "line3", "on_behalf_of", "happened_at", "evidence",
    )  # fmt: skip
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {
        "duties.file-needed": "file",
        "duties.summary-needed": "line1",
    }

    def lines(self) -> list[str]:
        """The lines of the summary as typed."""
        return [str(self.cleaned_data[f"line{number}"]) for number in (1, 2, 3)]

    def is_word(self) -> bool:
        """Whether the file is one that is read into a text."""
        upload = self.upload()
        return upload is not None and is_word(upload, str(upload.name))


class TextForm(HandInForm):
    """The same with the text before it: written on the page, or read from the file and corrected
    there. Without a text it is met by the file alone."""

    file = forms.FileField(
        label=_("用 Word 写好的文件"),
        required=False,
        help_text=_(
            "可不交，直接在下面写。选好后按“读入文件”，文字、表格和图片进入正文，原件一并保存。"
        ),
    )
    body = forms.CharField(
        label=_("正文"),
        required=False,
        help_text=_("照常分行书写；“一、”“（一）”“1.”等编号照原样保留。"),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    field_order: Iterable[str] | None = (
        "file", "body", "line1", "line2", "line3", "on_behalf_of", "happened_at", "evidence",
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doc"] = doc_field("body")
        if self["doc"].value():
            lines_only_in_editor(self.fields["body"])

    def shown_fields(self) -> list[BoundField]:
        """The boxes after the text."""
        apart = ("file", "body", "doc")
        return [one for one in self.visible_fields() if one.name not in apart]

    def text(self, read: Read) -> FiledText:
        """The text as it was sent, and what of the file it was read from it could not carry."""
        facts = self.cleaned_data
        from_file = bool(self["of"].value())
        left, doc = (read.left, read.doc) if from_file else ((), "")
        return FiledText(str(facts["body"]), str(facts["doc"]), left, doc)


class ExtendForm(KeyForm):
    """A later due instant for one duty of one seat."""

    to = forms.DateTimeField(
        label=_("延期至"),
        help_text=_("当地时间；到当天结束请填次日 00:00。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(
        label=_("延期理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def until(self, zone: tzinfo) -> datetime:
        """The new due instant; what was typed is local time of the programme."""
        typed = cast(datetime, self.cleaned_data["to"])
        return typed.replace(tzinfo=None).replace(tzinfo=zone)


class ExplainForm(ActForm):
    """Why a duty is late, and by which day it comes."""

    text = forms.CharField(
        label=_("为什么没有按期"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    expected = forms.DateField(
        label=_("预计哪天交"),
        required=False,
        help_text=_("只是告知，期限不变；需要延期的，请联系秘书处。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("text", "expected", "on_behalf_of", "happened_at", "evidence")
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {
        "duties.say-why": "text",
        "duties.expected-is-past": "expected",
    }


class AcceptForm(ActForm):
    """Accepting the evidence of a claimed moment."""


class DeclineForm(ActForm):
    """Declining it, with the reason."""

    reason = forms.CharField(
        label=_("不予确认的理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("reason", "on_behalf_of", "happened_at", "evidence")
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {"duties.give-a-reason": "reason"}


class WaiveForm(KeyForm):
    """Waiving one duty."""

    reason = forms.CharField(
        label=_("免办理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class PaperRow(KeepingForm):
    """One paper that came by post: for which duty, the scan, a line, when it came."""

    duty = forms.ChoiceField(label=_("事项"), widget=FlatSelect)
    file = forms.FileField(label=_("扫描件"))
    line = forms.CharField(label=_("摘要"), max_length=300)
    came = forms.DateTimeField(
        label=_("收到时间（不填即现在）"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {
        "ledger.happened-in-the-future": "came",
        "groups.late-recording-not-allowed": "came",
        "groups.on-behalf-not-allowed": "duty",
        "duties.not-yours": "duty",
        "duties.summary-needed": "line",
        "duties.cancelled": "duty",
    }

    def __init__(
        self, *args: Any, door: Door, duties: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keeper, self.moment, self.zone = door.person, door.now, door.programme.tz
        cast(forms.ChoiceField, self.fields["duty"]).choices = [("", "—"), *duties]

    def is_blank(self) -> bool:
        """Nothing was typed or chosen in this row."""
        said = [self.data.get(self.add_prefix(one), "") for one in ("duty", "line", "came")]
        kept = bool(self.files.get(self.add_prefix("file")))
        return not kept and not any(one.strip() for one in said)

    def clean_came(self) -> datetime | None:
        """What was typed is local time of the programme."""
        typed = cast("datetime | None", self.cleaned_data.get("came"))
        return typed.replace(tzinfo=None).replace(tzinfo=self.zone) if typed else None


class UndoForm(KeyForm):
    """Why a waiver, an extension or a file is taken back."""

    reason = forms.CharField(
        label=_("撤销理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnnounceForm(KeyForm):
    """The text that is about to be pasted into a chat group."""

    text = forms.CharField(
        label=_("公告文字"), max_length=6000, widget=forms.Textarea(attrs={"rows": 14})
    )


class EndLinkForm(KeyForm):
    """Which personal link ends."""

    link = forms.IntegerField(widget=forms.HiddenInput)
