"""A section in the editor, alone on a page under the policy of the house's pages."""
# ruff: noqa: E501

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route

from keti.documents.rules.doc1.typed_in import received
from keti.documents.tests.corpus_files import RED, sha

STATIC = Path(__file__).parents[2] / "keti/static/keti"
HOUSE = "http://house.test/"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WORDS = (
    "carried",
    "chart",
    "formula",
    "note",
    "alt",
    "missing",
    "up",
    "done",
    "remove",
    "find",
    "pages",
    "next-change",
    "accept",
    "refuse",
    "changes",
)
CITED = [
    {"key": "li2020", "text": "李一. 数字治理[M]. 北京: 示例出版社, 2020."},
    {"key": "wang2021", "text": "王二. 平台规则[J]. 示例学报, 2021(3): 1-9."},
]


class Box:
    """A section in the editor: the two boxes that are sent, and what the browser complained of."""

    def __init__(self, page: Page, words: str = "", doc: str = "") -> None:
        self.page = page
        self.complaints: list[str] = []
        self.sent: list[bytes] = []
        page.on("console", lambda one: self._heard(one.type, one.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route(f"{HOUSE}**", self._serve(words, doc))
        page.goto(HOUSE)
        self.text = page.locator("#id_s0")
        self.text.wait_for()

    def _heard(self, kind: str, words: str) -> None:
        if kind == "error":
            self.complaints.append(words)

    def _serve(self, words: str, doc: str) -> Callable[[Route], None]:
        house = "".join(f' data-{name}="{name}{{}}"' for name in WORDS)
        body = (
            f'<!doctype html><html lang="zh-hans"><meta charset="utf-8">'
            f'<link rel="stylesheet" href="/editor.css"><form method="post">'
            f'<div id="editor-house" data-pictures="/pictures/" data-upload="/pictures/"{house}>'
            f'</div><script type="application/json" id="editor-references">{json.dumps(CITED)}</script>'
            f'<label for="id_s0">成果</label><textarea name="s0" id="id_s0">\n{escape(words)}'
            f'</textarea><textarea name="d0" data-doc-of="s0" hidden>\n{escape(doc)}</textarea>'
            f'</form><script type="module" src="/editor.js"></script></html>'
        )
        kinds = {"js": "text/javascript", "css": "text/css"}

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(HOUSE)
            if route.request.method == "POST":
                self.sent.append(route.request.post_data_buffer or b"")
                facts = {"file": sha(RED), "mime": "image/png", "wide": 40}
                route.fulfill(json=facts)
            elif path.startswith("pictures/"):
                route.fulfill(body=RED, content_type="image/png")
            elif path in ("editor.js", "editor.css"):
                kind = kinds[path.rpartition(".")[2]]
                route.fulfill(body=(STATIC / path).read_bytes(), content_type=kind)
            elif path == "":
                headers = {"Content-Security-Policy": POLICY}
                route.fulfill(body=body, content_type="text/html", headers=headers)
            else:
                route.fulfill(status=404)

        return answer

    @property
    def words(self) -> str:
        return str(self.page.locator("[name=s0]").input_value())

    @property
    def raw(self) -> str:
        return str(self.page.locator("[name=d0]").input_value())

    def blocks(self) -> list[Any]:
        """What is sent, examined as the server does; names of blocks left out."""
        return [nameless(one) for one in received(self.raw)["blocks"]]

    def paste(self, **kinds: str) -> None:
        """The clipboard as another program fills it, at human speed: the editor has seen by then
        where the cursor went."""
        self.page.wait_for_timeout(100)
        self.page.evaluate(
            """kinds => {
              const data = new DataTransfer();
              for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
              const box = document.querySelector("#id_s0");
              box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            {"text/html" if kind == "html" else "text/plain": text for kind, text in kinds.items()},
        )

    def click(self, place: Locator) -> None:
        """Put the cursor there, and let the editor see it."""
        place.click()
        self.page.wait_for_timeout(100)

    def keys(self, *names: str) -> None:
        """Keys one after the other at human speed: where one put the cursor, the next begins."""
        for name in names:
            self.page.keyboard.press(name)
            self.page.wait_for_timeout(100)

    def press(self, name: str) -> None:
        self.page.locator(f".do-{name}").click()


def nameless(value: Any) -> Any:
    """Without the names of blocks, which are chance."""
    if isinstance(value, list):
        return [nameless(one) for one in value]
    if isinstance(value, dict):
        return {key: nameless(one) for key, one in value.items() if key != "id"}
    return value


def para(*runs: Any) -> dict[str, Any]:
    return {"kind": "paragraph", "runs": [{"words": r} if isinstance(r, str) else r for r in runs]}


def cell(words: str = "", rows: int = 1, cols: int = 1) -> dict[str, Any]:
    return {"rows": rows, "cols": cols, "blocks": [para(words)] if words else []}


Open = Callable[..., Box]
