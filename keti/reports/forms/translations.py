"""What stands in another language beside the sections of a report."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.compiled import Section
from keti.documents.doors.writing import doc_field
from keti.groups.doors import KeyForm
from keti.reports.forms.content import LONGEST, LONGEST_MARK
from keti.reports.rules import Content, Translation, marks_of


class TranslationForm(KeyForm):
    """One text for each section, with its document where it holds more than lines."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        sections: Sequence[Section],
        held: Translation,
        source: Content,
        lang: str,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.parts, self.held, self.source = sections, held, source
        marks = marks_of(held.content, [one.key for one in sections])
        for place, one in enumerate(sections):
            self._add(place, one, lang, marks[f"s.{one.key}"])

    def _add(self, place: int, one: Section, lang: str, mark: str) -> None:
        doc = self.held.content.docs.get(one.key, "")
        wide = bool(doc or self.data.get(f"d{place}"))
        self.fields[f"s{place}"] = forms.CharField(
            label=one.title.in_(lang),
            required=False,
            strip=False,
            max_length=None if wide else LONGEST,
            initial=self.held.content.sections.get(one.key, ""),
            widget=forms.Textarea(attrs={"rows": 8} | ({"readonly": True} if wide else {})),
        )
        self.fields[f"d{place}"] = doc_field(f"s{place}", doc)
        self.fields[f"h{place}"] = forms.CharField(
            required=False, max_length=LONGEST_MARK, initial=mark, widget=forms.HiddenInput
        )
        self.fields[f"c{place}"] = forms.BooleanField(
            label=_("译文已对照现在的原文核对"), required=False
        )

    def written(self) -> Iterator[dict[str, Any]]:
        """Each section as shown: its original, its translation, and how the two stand."""
        for place, one in enumerate(self.parts):
            yield {
                "source": self.source.sections.get(one.key, ""),
                "words": self[f"s{place}"],
                "doc": self[f"d{place}"],
                "mark": self[f"h{place}"],
                "checked": self[f"c{place}"],
                "suspect": self.held.suspect(one.key, self.source),
                "says": self.held.says(one.key),
            }

    def content(self) -> Content:
        """What was typed, of a valid form."""
        facts = self.cleaned_data
        keys = [(place, one.key) for place, one in enumerate(self.parts)]
        docs = {key: facts[f"d{place}"] for place, key in keys if facts[f"d{place}"]}
        return Content({key: facts[f"s{place}"] for place, key in keys}, (), docs)

    def known(self) -> dict[str, str]:
        """What the page showed, of a valid form."""
        facts = self.cleaned_data
        marks = {f"s.{one.key}": facts[f"h{place}"] for place, one in enumerate(self.parts)}
        return marks | {"plan": marks_of(Content(), [])["plan"]} if all(marks.values()) else {}

    def checked(self) -> set[str]:
        """The sections whose translation was compared with the words that stand now."""
        return {one.key for place, one in enumerate(self.parts) if self.cleaned_data[f"c{place}"]}
