"""Eight browsers write in two sections of one report, over HTTP, and lines break.

One section is typed lines, the other a document (`doc/1`), sent as the editor sends it: the whole
document beside its words. Each interleaving lets all eight send their next edit at the same moment,
in either section: a new sentence or paragraph somewhere, or another wording of one of a few that
all of them change. Some send half a request and hang up; some send all of it, hang up before the
answer, and send the same again. Whoever is told that both texts are shown asks for them and begins
anew from what stands.

A sentence counts as saved once the house has said so. It must stand in the section from then on,
once, until somebody whose page showed it gives it other words; who is refused must be shown their
own sentence and the one that stands.

`python -m tests.prove.section --rounds 1000 --seed 7 --here`.
"""

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.prove.place import Server, house

BROWSERS, ROUNDS, AGAIN, SEED = 8, 1000, 20, 7
"""How many write; how many interleavings; after how many the section begins anew; the seed."""
WRITERS = ("lu", "mao", "lu", "mao", "lu", "mao", "lu", "mao")
SHARED = 4
"""Sentences that everybody rewrites."""
TOKEN = "0123456789abcdefghijklmnopqrstuv"
BEGUN = "".join(f"共有第{n}句。" for n in range(SHARED)) + "结尾句。"
IN_DOCUMENT = 0.5
"""How many of the edits are made in the document."""
BEGUN_DOC: dict[str, Any] = {
    "form": "doc/1",
    "blocks": [
        {"id": "top", "kind": "heading", "level": 2, "runs": [{"words": "成果"}]},
        *(
            {"id": f"p{n}", "kind": "paragraph", "runs": [{"words": f"共段第{n}句。"}]}
            for n in range(SHARED)
        ),
        {"id": "end", "kind": "paragraph", "runs": [{"words": "结尾", "marks": ["b"]}]},
    ],
    "comments": {},
}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" id="[^"]+" value="([^"]*)"')
_OWN = re.compile(r"(?:新句|改句)\w+。")


class _Fields(HTMLParser):
    """The fields of the draft's form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.inside, self.box, self.list = False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("id") == "draft"
        name = said.get("name", "")
        if not self.inside:
            return
        if tag == "input" and name:
            self.found[name] = said.get("value", "")
        elif tag in ("textarea", "select") and name:
            self.found[name] = ""
            self.box, self.list = (name, "") if tag == "textarea" else ("", name)
        elif tag == "option" and self.list and "selected" in said:
            self.found[self.list] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.box:
            self.found[self.box] = self.found[self.box].removeprefix("\n")
            self.box = ""
        elif tag == "select":
            self.list = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.box:
            self.found[self.box] += data


def fields_of(page: str) -> dict[str, str]:
    """What the page's form would send."""
    reader = _Fields()
    reader.feed(page)
    return reader.found


def in_boxes(doc: dict[str, Any]) -> dict[str, str]:
    """A document and its words, as the editor writes them into the boxes of the second section."""
    words = "\n".join("".join(run["words"] for run in one["runs"]) for one in doc["blocks"])
    return {"d1": json.dumps(doc, ensure_ascii=False), "s1": words}


@dataclass
class Told:
    """What all eight did and were told, added up."""

    saved: int = 0
    in_document: int = 0
    refused: int = 0
    half: int = 0
    unheard: int = 0
    faults: list[str] = field(default_factory=list)


class Browser:
    """One window with the draft open: what it shows, and what its writer was told is saved."""

    def __init__(self, number: int, session: str, place: tuple[int, str], seed: int) -> None:
        self.number, self.session = number, session
        self.port, self.path = place
        self.dice = random.Random(f"{seed}/{number}")
        self.told = Told()
        self.fields: dict[str, str] = {}
        self.count, self.share = 0, IN_DOCUMENT

    def ask(
        self, method: str, body: str = "", more: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and page, over a line of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.request(method, self.path, body.encode(), self._heads(more))
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def _heads(self, more: dict[str, str] | None = None) -> dict[str, str]:
        heads = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}"}
        return heads | {"Content-Type": "application/x-www-form-urlencoded"} | (more or {})

    def open(self) -> None:
        """Open the page anew."""
        status, page = self.ask("GET")
        if status != 200:
            self.told.faults.append(f"the page answers {status}")
            return
        self.fields = fields_of(page)

    def broken(self, body: str, *, whole: bool) -> None:
        """Send half of the request, or all of it, and hang up without hearing anything."""
        data = body.encode()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.putrequest("POST", self.path)
        for name, value in (self._heads({"HX-Request": "true"})).items():
            line.putheader(name, value)
        line.putheader("Content-Length", str(len(data)))
        line.endheaders()
        line.send(data if whole else data[: len(data) // 2])
        line.close()
        if whole:
            self.told.unheard += 1
        else:
            self.told.half += 1

    def edited(self) -> tuple[dict[str, str], str, str]:
        """The boxes with one more edit; the new sentence; what it replaces, where it does."""
        self.count += 1
        if self.dice.random() < self.share:
            return self.edited_document()
        text = self.fields["s0"]
        if self.dice.random() < 0.3:
            place = self.dice.randrange(SHARED)
            found = re.search(rf"共有第{place}句。|改句{place}x\w+。", text)
            if found:
                said = f"改句{place}x{self.number}n{self.count}。"
                return {"s0": text[: found.start()] + said + text[found.end() :]}, said, found[0]
        said = f"新句{self.number}n{self.count}。"
        cuts = [one.end() for one in re.finditer("。", text)]
        at = self.dice.choice([0, *cuts])
        return {"s0": text[:at] + said + text[at:]}, said, ""

    def edited_document(self) -> tuple[dict[str, str], str, str]:
        """The same in the document: another paragraph, or other words in one that all change."""
        doc = json.loads(self.fields["d1"])
        blocks, instead = doc["blocks"], ""
        if self.dice.random() < 0.3:
            place = self.dice.randrange(SHARED)
            run = next(one for one in blocks if one["id"] == f"p{place}")["runs"][0]
            instead, said = run["words"], f"改句{place}x{self.number}n{self.count}。"
            run["words"] = said
        else:
            said = f"新句{self.number}n{self.count}。"
            fresh = {"kind": "paragraph", "runs": [{"words": said}]}
            name = f"n{self.number}-{self.count}"
            blocks.insert(self.dice.randrange(1, len(blocks) + 1), {"id": name, **fresh})
        return in_boxes(doc), said, instead

    def write(self, history: "History") -> None:
        """One edit: sent, perhaps broken off and sent again, until the house says what became."""
        boxes, said, instead = self.edited()
        sent = {**self.fields, **boxes, "csrfmiddlewaretoken": TOKEN}
        body = urlencode(sent)
        chance = self.dice.random()
        if chance < 0.15:
            self.broken(body, whole=chance < 0.1)
        if instead:
            history.tries(instead, said)
        status, page = self.ask("POST", body, {"HX-Request": "true"})
        if status == 200 and "没有保存" not in page:
            self.told.in_document += "d1" in boxes
            self._kept(sent, page, said, instead, history)
        elif "并排列出" in page:
            self._lost(body, said, history)
        else:
            self.told.faults.append(f"{status}: {re.sub('<[^>]+>', ' ', page)[:200]}")
            self.open()

    def _kept(
        self, sent: dict[str, str], page: str, said: str, instead: str, history: "History"
    ) -> None:
        self.told.saved += 1
        self.fields = sent | {name: unescape(value) for name, value in _HIDDEN.findall(page)}
        history.saved(said, instead)
        if "别人也在改" in page and self.dice.random() < 0.6:
            self.open()

    def _lost(self, body: str, said: str, history: "History") -> None:
        """Both texts are asked for, looked at, and what stands is where the next edit begins."""
        status, page = self.ask("POST", body)
        if status in (302, 200):  # it could be put together after all: what stood had moved on
            history.maybe(said)
            self.open()
            return
        self.told.refused += 1
        if "已保存的" not in page or said not in page:
            self.told.faults.append(f"{said} was refused and not shown, status {status}")
        self.open()


class History:
    """Every sentence the house said it saved, and what was given instead of which."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kept: set[str] = set()
        self.unsure: set[str] = set()
        self.instead: dict[str, set[str]] = {}

    def tries(self, old: str, new: str) -> None:
        """Somebody whose page shows `old` sends `new` in its place."""
        with self.lock:
            self.instead.setdefault(old, set()).add(new)

    def saved(self, said: str, _instead: str) -> None:
        """The house said that it saved this."""
        with self.lock:
            self.kept.add(said)

    def maybe(self, said: str) -> None:
        """Sent twice, saved by the second."""
        with self.lock:
            self.unsure.add(said)

    def missing(self, text: str) -> list[str]:
        """What was saved and does not stand, and has no other words that stand in its place."""
        return [one for one in self.kept if not self._stands(one, text)]

    def _stands(self, said: str, text: str) -> bool:
        waiting, seen = [said], set()
        while waiting:
            one = waiting.pop()
            if one in text:
                return True
            seen.add(one)
            waiting += self.instead.get(one, set()) - seen
        return False


def rounds(browsers: list[Browser], many: int, stored: Any) -> tuple[dict[str, Any], list[str]]:
    """(figures, what did not hold) of so many interleavings."""
    faults: list[str] = []
    began, most = time.monotonic(), 0
    for first in range(0, many, AGAIN):
        history = History()
        _begin_anew(browsers)
        for _ in range(min(AGAIN, many - first)):
            _all_at_once(browsers, history)
        text = stored()
        most = max(most, len(_OWN.findall(text)))
        faults += [f"lost: {one}" for one in history.missing(text)]
        faults += [f"twice: {one}" for one in {*_OWN.findall(text)} if text.count(one) > 1]
    told = [one.told for one in browsers]
    faults += [fault for one in told for fault in one.faults]
    figures = {
        "interleavings": many,
        "browsers": len(browsers),
        "sentences acknowledged": sum(one.saved for one in told),
        "of them in the document": sum(one.in_document for one in told),
        "refused and shown both": sum(one.refused for one in told),
        "half a request": sum(one.half for one in told),
        "answer not heard": sum(one.unheard for one in told),
        "most sentences in both sections": most,
        "seconds": round(time.monotonic() - began),
        "lost or twice": len([one for one in faults if one.startswith(("lost", "twice"))]),
    }
    return figures, faults


def _begin_anew(browsers: list[Browser]) -> None:
    """The section holds the first sentences alone, and every window shows them."""
    first = browsers[0]
    first.open()
    begun = {"s0": BEGUN, **in_boxes(BEGUN_DOC), "csrfmiddlewaretoken": TOKEN}
    status, page = first.ask("POST", urlencode({**first.fields, **begun}), {"HX-Request": "true"})
    if status != 200 or "没有保存" in page:
        first.told.faults.append(f"not begun anew: {status}")
    for one in browsers:
        one.open()


def _all_at_once(browsers: list[Browser], history: History) -> None:
    ready = threading.Barrier(len(browsers))

    def one(browser: Browser) -> None:
        ready.wait(300)
        try:
            browser.write(history)
        except (OSError, http.client.HTTPException) as error:
            browser.told.faults.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=one, args=(each,)) for each in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(600)


def run(options: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], list[str]]:
    """The house, its server, one report, eight windows on it."""
    import_module("django").setup()
    stage = import_module("tests.prove.stage")
    connections = import_module("django.db").connections
    report_model = import_module("keti.reports.models").Report
    visitor = import_module("tests.prove.visitors").Visitor
    cast = stage.founded()
    cast.at("2030-04-28T10:00")
    duty = cast.duty("moon", "cell.red", "2030-04")
    report = import_module("keti.reports.actions").start_report(cast.lu.act(), obligation=duty)
    spec = import_module("keti.reports.queries").spec_of(duty)
    keys = [one.key for one in spec.sections[:2]]
    sessions = {who: visitor(cast.players[who], 0).session for who in set(WRITERS)}
    connections.close_all()
    server = Server(folder, dict(os.environ))
    server.start()
    place = (server.port, f"{report.path}edit/")
    browsers = [
        Browser(number, sessions[who], place, options.seed) for number, who in enumerate(WRITERS)
    ]

    def stored() -> str:
        connections.close_all()
        held = report_model.objects.get(pk=report.pk)
        assert keys[1] in held.docs, "the second section is no document any more"
        return "\n".join(held.sections[key] for key in keys)

    try:
        figures, faults = rounds(browsers, options.rounds, stored)
    finally:
        server.kill()
    return {**figures, "seed": options.seed, **stage.load()}, faults + stage.unverified(cast)


def main(arguments: list[str]) -> int:
    """0 when no sentence was lost; prints the figures."""
    if "--here" not in arguments:
        command = [sys.executable, "-m", "tests.prove.section", "--here", *arguments]
        return subprocess.call(command)
    parser = argparse.ArgumentParser(prog="python -m tests.prove.section", description=__doc__)
    parser.add_argument("--here", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    with house(False) as (folder, _cluster):
        figures, faults = run(options, folder)
    print(json.dumps({"figures": figures, "faults": faults[:20]}, ensure_ascii=False, indent=1))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
