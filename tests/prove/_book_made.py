"""The played book: written by its authors through the house's own acts, published, measured."""

import io
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction
from pypandoc import get_pandoc_path

from keti.documents.actions import keep_produced, keep_upload, path_of
from keti.documents.rules import apart
from keti.documents.rules.doc1.schema import blank, every_block, files_of, write
from keti.documents.rules.doc1.schema import read as read_doc
from keti.documents.rules.docx_tree import raised
from keti.documents.rules.glyphs import STANDARDS
from keti.documents.rules.pandoc import run as pandoc
from keti.documents.rules.paper import Paper
from keti.documents.rules.parted import parted
from keti.documents.rules.tree import trees
from keti.documents.rules.word.reader import read_word
from keti.duties.actions import waive
from keti.jobs.actions.working import work
from keti.release.actions import publish
from keti.release.actions.producing import job_of
from keti.release.models import Artefact, Publication
from keti.release.queries import final_paper
from keti.reports.actions import (
    add_references,
    hand_in_by_file,
    return_report,
    save_draft,
    save_translation,
    start_report,
    submit_report,
)
from keti.reports.models import Report
from keti.reports.rules import Content, Handed
from tests.prove import book as measured
from tests.prove._book_house import WRITERS, founded
from tests.prove._book_text import Chapter, Pen, png, references

WHOLE = "2030-06-20T10:00"
PATIENCE = 600.0
"""Seconds: on a busy machine a job is given back and tried again."""


def job_of_done(out: Publication) -> bool:
    """Whether the files are made; says why where they never will be."""
    job = job_of(out)
    if job is not None and job.state == "failed":
        raise AssertionError(f"the files were not made: {job.error} {job.error_facts}")
    return job is not None and job.finished


class Book:
    """Nine authors, their chapters, the report made of them."""

    def __init__(self, folder: Path, parts: int) -> None:
        with transaction.atomic():
            self.cast = founded(folder)
        self.parts = parts
        self.zh, self.en = Pen("book", "zh"), Pen("book", "en")
        self.works = references(measured.WORKS)
        self.docs: list[dict[str, Any]] = []
        self.chapters = len(WRITERS) + 1

    def write(self) -> None:
        """Every chapter, as its author writes it, and the overall part."""
        for place, who in enumerate(WRITERS):
            self.cast.at(f"2030-06-10T{place + 9:02}:00")
            if place in measured.WORD:
                self._in_word(place, who)
            else:
                self._on_the_page(place, who)
        self._overall()

    def _keys(self, place: int) -> list[str]:
        """The keys of the references a chapter cites: twenty each of those written on the page."""
        mine = [one for one in range(len(WRITERS)) if one not in measured.WORD].index(place)
        share = measured.WORKS // (len(WRITERS) - len(measured.WORD))
        return [f"r{n}" for n in range(mine * share + 1, (mine + 1) * share + 1)]

    def _english(self, keys: list[str], pictures: list[str], place: int) -> str:
        chapter = Chapter(self.en, keys, pictures)
        blocks = chapter.written(self.parts, measured.PARAGRAPHS, *self._many(place))
        return write(blank(blocks))

    def _many(self, place: int) -> tuple[int, int]:
        """Tables and charts of a chapter: forty and twenty in all, pictures counted."""
        charts = 0 if place in measured.WORD else measured.CHARTS + (place in (0, 2))
        return (min(measured.TABLES, self.parts) - (place >= 4), charts)

    def _on_the_page(self, place: int, who: str) -> None:
        player, keys = self.cast.players[who], self._keys(place)
        group = player.seat.group.key if player.seat else ""
        report = start_report(player.act(), obligation=self.cast.duty("part", group))
        add_references(player.act(), report=report, text="\n".join(
            self.works[int(key[1:]) - 1] for key in keys))  # fmt: skip
        known = {str(one.item["title"]): one.key for one in report.references.all()}
        keys = list(known.values())
        chapter = Chapter(self.zh, keys, [])
        doc = blank(chapter.written(self.parts, measured.PARAGRAPHS, *self._many(place)))
        content = Content({"matter": ""}, (), {"matter": write(doc)})
        report = save_draft(player.act(), report=report, base=report.revision, content=content)
        self._translated(player, report, self._english(keys, [], place))
        submit_report(player.act(), report=report)
        self.docs.append(doc)

    def _translated(self, player: Any, report: Report, doc: str) -> None:
        content = Content({"matter": ""}, (), {"matter": doc})
        save_translation(player.act(), report=report, lang="en", content=content)

    def _in_word(self, place: int, who: str) -> None:
        """Handed in as a Word file, returned to be translated, handed in again."""
        player = self.cast.players[who]
        group = player.seat.group.key if player.seat else ""
        duty = self.cast.duty("part", group)
        data = self._word_file(place)
        word = read_word(io.BytesIO(data), "章节.docx")
        act, programme = player.act(), self.cast.programme
        file = keep_upload(act, programme=programme, name=f"第{place + 1}章.docx", data=data)
        for name, picture in word.pictures.items():
            keep_produced(act, programme=programme, name=f"{name[:8]}.png", mime="image/png",
                          data=picture.data)  # fmt: skip
        handed = Handed(Content({}), docs={"matter": write(word.doc)})
        version = hand_in_by_file(act, obligation=duty, file=file, handed=handed)
        self.cast.at(f"2030-06-10T{place + 9:02}:20")
        return_report(self.cast.fang.act(), report=version.report, reason="请补英文。")
        report = Report.objects.with_names().get(pk=version.report_id)
        english = self._english([], files_of(word.doc), place)
        content = Content({"matter": ""}, (), {"matter": english})
        save_translation(player.act(), report=report, lang="en", content=content)
        submit_report(player.act(), report=report)
        self.docs.append(word.doc)

    def _word_file(self, place: int) -> bytes:
        """A chapter as its author has it in Word: headings, captions Word counts, notes."""
        with tempfile.TemporaryDirectory() as folder:
            names = [f"{folder}/p{place}-{n}.png" for n in range(measured.CHARTS)]
            for n, name in enumerate(names):
                Path(name).write_bytes(png(place * 100 + n))
            made = Chapter(self.zh, [], [])
            tables, _charts = self._many(place)
            blocks = made.written(self.parts, measured.PARAGRAPHS, tables, 0)
            said = _as_markdown(blocks, names, self.zh)
            command = [get_pandoc_path(), "-f", "markdown", "-t", "docx", "-o", "-"]
            done = subprocess.run(command, input=said.encode(), capture_output=True, check=True)
            return done.stdout

    def _overall(self) -> None:
        player = self.cast.tao
        self.cast.at(WHOLE)
        report = start_report(player.act(), obligation=self.cast.duty("whole_book"))
        frame = "\n\n".join(self.zh.paragraph() for _ in range(12))
        texts = {"gist": self.zh.paragraph(6), "frame": frame}
        report = save_draft(
            player.act(), report=report, content=Content(texts), base=report.revision
        )
        english = {"gist": self.en.paragraph(6)}
        english["frame"] = "\n\n".join(self.en.paragraph() for _ in range(12))
        save_translation(player.act(), report=report, lang="en", content=Content(english))
        submit_report(player.act(), report=report)

    def publish(self) -> tuple[Publication, list[tuple[int, int]]]:
        """Published, its files made by a worker; how far the worker said it was."""
        cast = self.cast
        for kind in ("wind_up", "names"):
            act = cast.qin.act("2030-07-01T10:00")
            waive(act, obligation=cast.duty(kind), reason="演示不办。")
        cast.at("2030-07-02T10:00")
        out = publish(cast.qin.act(), obligation=cast.duty("go_public"))
        job = job_of(out)
        assert job is not None
        seen: list[tuple[int, int]] = []
        over = threading.Event()
        watcher = threading.Thread(target=measured.watching, args=(job.public_id, seen, over))
        watcher.start()
        began = time.monotonic()
        while not job_of_done(out) and time.monotonic() - began < PATIENCE:
            work(idle=0.5)
        over.set()
        watcher.join()
        return out, seen

    def files(self, out: Publication) -> Iterator[tuple[str, str, bytes]]:
        """Every made file: form, language, bytes."""
        for one in Artefact.objects.filter(publication=out).select_related("file"):
            yield one.form, one.language, path_of(one.file.sha256).read_bytes()

    def paper(self, lang: str = "zh-hans") -> Paper:
        """The published report as it is printed."""
        found = final_paper(self.cast.programme, lang)
        assert found is not None
        return found

    def counts(self) -> dict[str, Any]:
        """What the Chinese edition holds."""
        kinds = Counter(
            one["kind"] for doc in self.docs for one in every_block(doc["blocks"])
            if "caption" in one
        )  # fmt: skip
        notes = sum("note" in run for doc in self.docs for one in every_block(doc["blocks"])
                    for run in one.get("runs", ()))  # fmt: skip
        return {
            "authors": len(WRITERS),
            "chapters from Word": len(measured.WORD),
            "tables": kinds["table"],
            "figures": kinds["figure"] + kinds["chart"],
            "references": len(self.paper().references),
            "notes": notes,
        }

    def titles(self) -> list[str]:
        """The titles the contents must hold: those of the chapters."""
        return [one.title for one in self.paper().chapters]

    def twice(self) -> list[str]:
        """Paragraphs of more than thirty signs that stand twice in either edition."""
        found: Counter[str] = Counter()
        for lang in ("zh-hans", "en"):
            own = replace(self.paper(lang), other_summary=())
            for one in parted(own, trees).texts():
                found.update(
                    text for block in one if block[0] in ("p", "line")
                    if len(text := json.dumps(block[1], ensure_ascii=False)) > 60
                )  # fmt: skip
        return [text for text, count in found.items() if count > 1]

    def ours(self) -> float:
        """Seconds the worker takes for the PDF."""
        paper = self.paper()
        began = time.monotonic()
        apart.render(paper, "pdf")
        return time.monotonic() - began

    def bare(self) -> float:
        """Seconds Pandoc and Typst take for the same text, with Pandoc's own template, as a PDF of
        the same standards."""
        parts = parted(self.paper(), trees)
        blocks = [made for one in parts.texts() for made in raised(_without_pictures(one))]
        tree = {"pandoc-api-version": [1, 23, 1, 1], "meta": {}, "blocks": blocks}
        source = json.dumps(tree).encode()
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            arguments = ["-f", "json", "-t", "typst", "--standalone", "--toc", "-o", "-"]
            arguments += ["-V", "mainfont=Noto Serif CJK SC", "-V", "lang=zh", "-M", "title=总报告"]
            Path(f"{folder}/bare.typ").write_bytes(pandoc(arguments, source))
            files = f"'{folder}/bare.typ', output='{folder}/bare.pdf'"
            code = f"import typst; typst.compile({files}, pdf_standards={STANDARDS})"
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
            return time.monotonic() - began

    def edit_and_preview(self, number: int) -> float:
        """Seconds from one edit of a long chapter, sent as the editor sends it, to its preview."""
        player = self.cast.players[WRITERS[0]]
        report = Report.objects.with_names().get(kind="part", group=player.seat.group)
        if not report.editable:
            self.cast.at("2030-07-03T10:00")
            return_report(self.cast.fang.act(), report=report, reason="再改一处。")
        where = f"{report.path}edit/"
        page = player.client.get(where)
        form = page.context["form"]
        sent = {name: form[name].value() or "" for name in form.fields}
        sent |= {"base": page.context["base"]}
        doc = read_doc(sent["d0"])
        doc["blocks"][1]["runs"] = [{"words": f"改过的第{number + 1}句。"}]
        began = time.monotonic()
        sent |= {"d0": write(doc)}
        saved = player.client.post(where, sent, headers={"HX-Request": "true"})
        shown = player.client.get(f"{report.path}preview/")
        took = time.monotonic() - began
        assert saved.status_code == 200 and f"改过的第{number + 1}句" in shown.content.decode()
        return took


def _without_pictures(blocks: list[Any]) -> list[Any]:
    """The words under a picture where the picture stood: bare Typst reads no picture in its text,
    which leaves it less to do than us."""
    return [["p", [["s", one[1]["alt"]]]] if one[0] == "fig" else one for one in blocks]


def _as_markdown(blocks: list[dict[str, Any]], pictures: list[str], pen: Pen) -> str:
    """The blocks as a Word author writes them: captions with fields, notes at the foot."""
    out: list[str] = []
    counts = {"表": 0, "图": 0}

    def caption(word: str, said: str) -> str:
        counts[word] += 1
        number = f"<w:r><w:t>{counts[word]}</w:t></w:r>"
        field = f'<w:fldSimple w:instr=" SEQ {word} \\* ARABIC ">{number}</w:fldSimple>'
        style = "Table Caption" if word == "表" else "Image Caption"
        return f'::: {{custom-style="{style}"}}\n{word}`{field}`{{=openxml}}　{said}\n:::'

    for block in blocks:
        kind = block["kind"]
        if kind == "heading":
            out.append(f"{'#' * block['level']} {block['runs'][0]['words']}")
            if block["level"] == 1 and pictures and counts["表"] > 1:
                out.append(f"![演示图样]({pictures.pop()}){{width=9cm}}\\")
                out.append(caption("图", pen.title()))
        elif kind == "paragraph":
            out.append("".join(_words(run) for run in block["runs"]))
        elif kind == "table":
            out.append(caption("表", block["caption"]))
            rows = [
                [cell["blocks"][0]["runs"][0]["words"] for cell in row] for row in block["rows"]
            ]
            lines = [f"| {' | '.join(row)} |" for row in rows]
            out.append("\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]))
    return "\n\n".join(out)


def _words(run: dict[str, Any]) -> str:
    if "note" in run:
        return f"^[{run['note'][0]['runs'][0]['words']}]"
    return str(run.get("words", "上表" if "to" in run else ""))
