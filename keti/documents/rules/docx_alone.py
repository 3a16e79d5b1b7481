"""A `doc/1` alone as a Word file, without cover, numbers or anything else of a paper."""

import json
import tempfile

from . import docx_doc
from .doc1.schema import Doc
from .doc1.shown import blocks
from .docx import API
from .docx_reference import reference
from .docx_tree import raised
from .pandoc import run
from .placing import alone


def document_docx(doc: Doc) -> bytes:
    """The document as a Word file; read in again it is the same document."""
    laid = blocks(doc["blocks"], doc, alone(doc))
    document = {"pandoc-api-version": API, "meta": {}, "blocks": raised(laid)}
    with tempfile.NamedTemporaryFile(suffix=".docx") as styles:
        styles.write(reference("report", "zh-hans", False, "short"))
        styles.flush()
        arguments = ["-f", "json", "-t", "docx", "-o", "-", f"--reference-doc={styles.name}"]
        return docx_doc.completed(run(arguments, json.dumps(document).encode()), laid)
