"""Every kind of PDF the house makes, asked of veraPDF: PDF/A-2a and PDF/UA-1.

It is asked where `KETI_VERAPDF` names the class path of veraPDF's libraries and a JDK is there
(docs/howto/ask-verapdf.md); nowhere else, and then it says so. The flavours are what every file
claims of itself; here somebody else says whether that is true.
"""

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from keti.documents.rules import pictures
from keti.documents.rules.certificate import CertificateText, certificates_pdf
from keti.documents.rules.doc1 import schema
from keti.documents.rules.paper import Paper
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.placing import Part, placed
from keti.documents.rules.word.reader import read_word
from keti.documents.rules.written import DOC, as_body
from keti.documents.tests.corpus_files import SAMPLES
from keti.documents.tests.corpus_more import MORE
from keti.documents.tests.test_rules_bulk import GOLDEN, report
from keti.documents.tests.test_rules_pdf import NOTICE, REPORT, SHEET
from keti.letters.queries import printed
from keti.letters.rules.printing import all_of, labels_of
from keti.letters.tests.conftest import to_two
from tests.cast import Cast
from tests.papers.scenes import SCENES, Scene

WHERE = "KETI_VERAPDF"
FLAVOURS = ("2a", "ua1")
DRIVER = Path(__file__).with_name("Conforms.java")
OLDEST = 11
"""The first Java that runs a single file of source."""
pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(
        not os.environ.get(WHERE) or not shutil.which("javac"),
        reason=f"{WHERE} names no class path of veraPDF, or no JDK is installed",
    ),
]
CERTIFICATE = CertificateText(
    "荣誉证书（演示）", "Certificate (demo)", "卢组长（演示）", "Lu (demo)", "参与本课题工作。",
    "took part in the work.", "课题秘书处（演示）", "Secretariat (demo)", "2030年5月1日",
    "1 May 2030", "测证〔2030〕1号", ("本证书不是奖项。", "No award."),
    "https://keti.example/check/1", True,
)  # fmt: skip


def asked(folder: Path, files: dict[str, bytes]) -> list[str]:
    """What veraPDF says of these files: nothing where every one holds in both flavours."""
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    command = ["java", "-cp", os.environ[WHERE], str(DRIVER)]
    names = [f"{name}.pdf" for name in files]
    done = subprocess.run(
        [*command, *names], cwd=folder, capture_output=True, text=True, timeout=900, check=False
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    answered = [row for row in rows if row[0] in ("holds", "fails")]
    checks = sum(int(row[2]) for row in answered)
    print(f"{len(files)} files, {len(answered)} answers, {checks} checks", *_broken(rows), sep="\n")
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(answered) == len(files) * len(FLAVOURS), done.stdout[-2000:]
    return ["\t".join(row) for row in rows if row[0] != "holds"]


def _broken(rows: list[list[str]]) -> list[str]:
    return ["\t".join(row) for row in rows if row[0] != "holds"]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    """A folder in which the pictures of texts lie under their hash."""
    place, before = tmp_path / "pictures", list(pictures._folders)
    pictures.lie_in(lambda: place)
    yield place
    pictures._folders[:] = before


@pytest.fixture(scope="module")
def pile() -> dict[str, bytes]:
    """The papers of all scenes: veraPDF starts once for them."""
    return {}


@pytest.mark.django_db
@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda one: one.__name__)
def test_a_paper_of_the_house_is_taken(cast: Cast, scene: Scene, pile: dict[str, bytes]) -> None:
    taken = scene(cast)
    for lang in ("zh-hans", "en"):
        taken.who.client.cookies["django_language"] = lang
        answer = taken.who.client.get(taken.at("pdf"))
        assert answer.status_code == 200
        pile[f"{scene.__name__}.{lang}"] = answer.content


def test_papers_of_the_house_are_what_they_claim(pile: dict[str, bytes], tmp_path: Path) -> None:
    assert len(pile) == 2 * len(SCENES)
    assert asked(tmp_path, pile) == []


@pytest.mark.django_db
def test_letters_by_the_thousand_and_their_labels_are(cast: Cast, tmp_path: Path) -> None:
    told = printed(to_two(cast))
    assert asked(tmp_path, {"letters": all_of(told), "labels": labels_of(told)}) == []


def test_certificates_are(tmp_path: Path) -> None:
    one = certificates_pdf([CERTIFICATE], date(2030, 5, 1))
    several = [replace(CERTIFICATE, number=f"测证〔2030〕{n}号") for n in range(1, 30)]
    files = {"one": one, "several": certificates_pdf(several, date(2030, 5, 1))}
    assert asked(tmp_path, files) == []


@pytest.mark.django_db
def test_papers_of_every_binding_are(tmp_path: Path) -> None:
    files = {name: to_pdf(one) for name, one in
             {"report": REPORT, "notice": NOTICE, "sheet": SHEET}.items()}  # fmt: skip
    for place, (words, parts, lang, _bound, _pages) in enumerate(GOLDEN):
        files[f"bound{place}"] = to_pdf(report(words, parts, lang))
    assert asked(tmp_path, files) == []


def test_texts_of_every_habit_are(shelf: Path, tmp_path: Path) -> None:
    """Tables with merged cells, pictures, charts, formulas, notes, marks, changes: as reports."""
    files = {}
    for place, one in enumerate([*SAMPLES, *MORE]):
        word = read_word(io.BytesIO(one.data), one.name)
        for sha, found in word.pictures.items():
            lies = shelf / sha[:2] / sha[2:4] / sha
            lies.parent.mkdir(parents=True, exist_ok=True)
            lies.write_bytes(found.data)
        body = placed([Part(as_body(schema.write(word.doc), DOC))], "zh-hans").bodies[0]
        paper = Paper("report", "各种写法（演示）", issuer="某组", body=body, date="2030年5月1日")
        files[f"text{place}"] = to_pdf(paper)
    assert len(files) > 40
    assert asked(tmp_path, files) == []
