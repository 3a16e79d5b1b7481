"""A section handed in as a Word file with one picture, for tests of whoever shows it."""

import io

from keti.documents.actions import keep_produced, keep_upload
from keti.documents.rules.doc1.schema import write
from keti.documents.rules.word.reader import read_word
from keti.documents.tests.corpus import drawn, p, packed
from keti.documents.tests.corpus_files import RED, sha
from keti.duties.models import Obligation
from keti.reports.actions import Content, Handed, hand_in_by_file
from keti.reports.models import Version
from tests.cast import Player

SHA = sha(RED)


def handed_in_word(player: Player, duty: Obligation, key: str, at: str) -> Version:
    """The version of this duty whose section `key` is a document with the red picture."""
    data = packed(p("见下图。") + p(drawn("rId7", "红图")), media={"rId7.png": RED})
    word = read_word(io.BytesIO(data), "章.docx")
    act, programme = player.act(at), duty.programme
    file = keep_upload(act, programme=programme, name="章.docx", data=data)
    keep_produced(act, programme=programme, name="红.png", mime="image/png", data=RED)
    handed = Handed(Content({}), docs={key: write(word.doc)})
    return hand_in_by_file(act, obligation=duty, file=file, handed=handed)
