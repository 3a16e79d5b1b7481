"""Bare Typst sets the letters that come on standard input, as one file and as single ones, and says
how many seconds each took (`tests.prove.offices`)."""

import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from keti.documents.rules.glyphs import STANDARDS, fonts
from keti.kernel.modest import be_modest

BARE = """
#let told = json(bytes(sys.inputs.told))
#set document(title: "x")
#set page(paper: "a4", margin: (top: 37mm, right: 26mm, bottom: 35mm, left: 28mm))
#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 12pt, spacing: 12pt, first-line-indent: (amount: 2em, all: true))
#for (place, one) in told.letters.enumerate() {
  if place > 0 { pagebreak() }
  align(center, told.issuer)
  align(right, one.number)
  align(center, one.title)
  par(first-line-indent: 0pt, one.to + "：")
  for line in one.body { par(line) }
  align(right, told.issuer)
  align(right, one.date)
  v(1fr)
  par(first-line-indent: 0pt, "抄送：" + told.copies)
  par(first-line-indent: 0pt, told.printer + one.date + "印发")
  par(first-line-indent: 0pt, one.code)
}
"""


def main() -> int:
    """Set them all at once, then each by itself."""
    be_modest()
    told: dict[str, Any] = json.load(sys.stdin)
    made = datetime(*told["day"], tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bare.typ"
        source.write_text(BARE)
        began = time.monotonic()
        compiler = typst.Compiler(str(source), root=folder, font_paths=fonts())

        def one(letters: list[Any], target: str) -> None:
            data = json.dumps({**told, "letters": letters}, ensure_ascii=False)
            out: Any = compiler.compile(
                format="pdf", sys_inputs={"told": data}, timestamp=made, pdf_standards=STANDARDS
            )
            (Path(folder) / target).write_bytes(out)

        one(told["letters"], "all.pdf")
        print(time.monotonic() - began, flush=True)
        began = time.monotonic()
        for place, letter in enumerate(told["letters"]):
            one([letter], f"{place}.pdf")
        print(time.monotonic() - began, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
