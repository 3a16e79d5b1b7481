"""One paper in the form asked for: the entry that other rooms use."""

from dataclasses import dataclass
from typing import Literal

from keti.kernel.refusals import Refused

from .docx import to_docx
from .paper import Paper
from .pdf import to_pdf
from .sniff import safe_name
from .standalone import to_page

Form = Literal["pdf", "docx", "html"]
MIMES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file: its bytes, what it is, and a name fit for a download."""

    data: bytes
    mime: str
    name: str


def render(paper: Paper, form: Form | str) -> Rendered:
    """The paper as PDF, Word file or page."""
    if form not in MIMES:
        raise Refused("documents.form-unknown", form=form, allowed=", ".join(MIMES))
    makers = {"pdf": to_pdf, "docx": to_docx, "html": _page}
    name = safe_name(f"{paper.number} {paper.title}".strip(), form)
    return Rendered(makers[form](paper), MIMES[form], name)


def _page(paper: Paper) -> bytes:
    return to_page(paper).encode()
