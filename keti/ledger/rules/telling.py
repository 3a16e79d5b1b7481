"""Files checked together and what is found said in words: `keti verify`, and `keti-verify.py`.

Ledgers, receipts, checkpoints and published files may be given in any order; each is checked by
itself, then against the others.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from keti.ledger.messages.faults import FAULTS
from keti.ledger.rules.checking import Book, Fault, read_book, unsigned
from keti.ledger.rules.enclosed import opened
from keti.ledger.rules.lines import broken_history, read, read_history
from keti.ledger.rules.notes import Checkpoint, Key, Note, read_key, read_note
from keti.ledger.rules.receipts import RECEIPT, Receipt, check_receipt
from keti.ledger.rules.succession import CHANGE, KeyChange, read_changes, vouched
from keti.ledger.rules.tree import digest

SOUND = {
    "book": ("共 {count} 行，逐行核对无误", "{count} lines, each as it was written"),
    "sealed": (
        "其中 {count} 行的内容尚未对您公开：只核对了它们的位置",
        "of these {count} are not told to you yet: only their place was checked",
    ),
    "erased": (
        "其中 {count} 行的内容已依申请删除：其余各项仍可核对",
        "of these {count} had their content erased on request: all else was checked",
    ),
    "receipt": (
        "第 {seq} 行在册：{told}",
        "line {seq} stands in the record: {told}",
    ),
    "history": (
        "共 {count} 个校验点，从 {first} 行到 {last} 行，逐个核对无误",
        "{count} checkpoints, from {first} lines to {last}, each as it was signed",
    ),
    "confirmed": (
        "{unit}于 {at}（UTC）核对过 {size} 行的校验点：这是本平台的见证，不是该单位自己的签名",
        "{unit} compared the checkpoint of {size} lines at {at} (UTC): the installation bears"
        " witness to it; it is not the unit's own signature",
    ),
    "cosigned": (
        "{unit}于 {at}（UTC）用自己的钥匙签过 {size} 行的校验点，签名核对无误，公钥 {key}；"
        "请向该单位核对这把公钥",
        "{unit} signed the checkpoint of {size} lines with its own key at {at} (UTC), signature"
        " good, key {key}: compare that key with the unit",
    ),
    "changes": (
        "更换钥匙 {count} 次，每次都由新旧两把钥匙签名：{keys}",
        "the key was changed {count} times, signed each time by both keys: {keys}",
    ),
    "note": ("校验点可读", "a checkpoint, well formed"),
    "file": ("与记录第 {seq} 行所载一致：{told}", "named by line {seq} of the record: {told}"),
    "signed": ("签名核对无误，公钥 {key}", "signature good, key {key}"),
    "compare": (
        "公钥取自文件本身，请与报告版权页或平台“存证”页所印的核对",
        "the key is the file's own: compare it with the one printed in the report",
    ),
    "unsigned": (
        "未签名：请用 --checkpoint 与您另外保存的校验点核对",
        "not signed: check it with --checkpoint against one you hold",
    ),
}


@dataclass(slots=True)
class Found:
    """What one file is, what is wrong with it, and what can be said of it."""

    name: str
    data: bytes
    faults: list[Fault] = field(default_factory=list)
    book: Book | None = None
    receipt: Receipt | None = None
    note: Note | None = None
    history: list[tuple[int, Note, Key]] = field(default_factory=list)
    changes: list[KeyChange] = field(default_factory=list)
    said: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    @property
    def checkpoint(self) -> Checkpoint | None:
        """The checkpoint that it carries."""
        return self.note.checkpoint if self.note else None


def look(name: str, data: bytes, held: Key | None = None, others: Iterable[Key] = ()) -> Found:
    """One file, known by its beginning, checked by itself; by the key that is held, or one of
    `others` that it vouches for."""
    trusted = frozenset(others)
    found = _look(name, data, held, trusted)
    for key in trusted if found.faults and held else ():
        again = _look(name, data, key, trusted)
        if len(again.faults) < len(found.faults):
            found = again
    return found


def _look(name: str, data: bytes, held: Key | None, trusted: frozenset[Key]) -> Found:
    found = Found(name, data)
    text = data.decode("utf-8", "replace")
    if text.startswith(RECEIPT[:12]):
        found.receipt, found.faults = check_receipt(text, held)
        found.note = found.receipt.note if found.receipt else None
    elif (parts := opened(data)) is not None:
        _look_inside(found, *parts, held)
    elif text.startswith(CHANGE):
        _look_for_changes(found, text)
    elif text.startswith('{"checkpoints":'):
        _look_for_history(found, text, held, trusted)
    elif text.startswith("{") or name.endswith(".jsonl"):
        rows = text.split("\n")
        found.book = read_book(rows[:-1] if rows[-1] == "" else rows, held)
        found.faults, found.note = list(found.book.faults), found.book.note
    else:
        _look_for_note(found, text, held)
    if not found.faults:
        _say(found, held)
    return found


def _look_inside(found: Found, base: bytes, text: str, held: Key | None) -> None:
    """A file that carries its own receipt: sound by itself, and the line names the file before it
    was put in."""
    found.receipt, found.faults = check_receipt(text, held)
    found.note = found.receipt.note if found.receipt else None
    if not base:
        found.faults = [(0, "ledger.enclosed-differs")]
    elif found.receipt and not found.faults:
        if f'"{digest(base).hex()}"' in found.receipt.line:
            found.said.append(("file", _told(found.receipt.line)))
        else:
            found.faults = [(0, "ledger.enclosed-unnamed")]


def _look_for_changes(found: Found, text: str) -> None:
    try:
        found.changes = read_changes(text)
    except ValueError:
        found.faults = [(0, "ledger.change-unsigned")]
        return
    keys = [found.changes[0].old, *(one.new for one in found.changes)]
    told = " → ".join(one.short() for one in keys)
    found.said.append(("changes", {"count": len(found.changes), "keys": told}))


def _look_for_history(found: Found, text: str, held: Key | None, trusted: frozenset[Key]) -> None:
    """Checkpoints that were kept, each signed with the key of its time; the last stands for the
    file."""
    rows = text.removesuffix("\n").split("\n")
    found.history = read_history(rows)
    found.faults = [(number, "ledger.history-broken") for number in broken_history(rows)]
    for number, note, key in found.history:
        found.faults += [
            (number, code) for code in unsigned(note, key, key if key in trusted else held)
        ]
        wrong = not all(good for _, good in note.confirmed(key))
        found.faults += [(number, "ledger.confirmation-unsigned")] if wrong else []
        wrong = not all(note.cosigned(unit) for unit in note.units)
        found.faults += [(number, "ledger.cosignature-wrong")] if wrong else []
    found.note = found.history[-1][1] if found.history else None
    if not found.history and not found.faults:
        found.faults = [(1, "ledger.history-broken")]


def _look_for_note(found: Found, text: str, held: Key | None) -> None:
    """A checkpoint alone, or a file of another kind."""
    try:
        found.note = read_note(text)
    except ValueError:
        return
    if held and not found.note.signed_by(held):
        found.faults = [(0, "ledger.not-signed")]


def _say(found: Found, held: Key | None) -> None:
    key = held
    if found.book:
        key = found.book.key or held
        found.said.append(("book", {"count": len(found.book.hashes)}))
        counts = (("sealed", found.book.sealed), ("erased", found.book.erased))
        found.said += [(code, {"count": count}) for code, count in counts if count]
    elif found.history:
        key = found.history[-1][2]
        sizes = [note.checkpoint.size for _, note, _ in found.history]
        told = {"count": len(sizes), "first": sizes[0], "last": sizes[-1]}
        found.said.append(("history", dict(told)))
        found.said += [one for _, note, by in found.history for one in _confirmed(note, by)]
    elif found.receipt:
        key = found.receipt.key
        found.said.append(("receipt", _told(found.receipt.line)))
    elif found.note:
        found.said.append(("note", {}))
    if found.note and key and found.note.signatures:
        found.said.append(("signed", {"key": f"{key.name} {key.short()}"}))
        found.said += [] if held else [("compare", {})]
    elif found.note:
        found.said.append(("unsigned", {}))


def _confirmed(note: Note, key: Key) -> Iterator[tuple[str, dict[str, object]]]:
    size = note.checkpoint.size
    for one, _ in note.confirmed(key):
        yield "confirmed", {"unit": one.unit, "at": _minute(one.at), "size": size}
    for unit in note.units:
        for at in note.cosigned(unit):
            told = {"unit": unit.name, "at": _minute(at), "size": size, "key": unit.short()}
            yield "cosigned", dict(told)


def _minute(at: int) -> str:
    """A moment in UTC; as a number where no calendar knows it."""
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
    except (OverflowError, OSError, ValueError):
        return str(at)


def _told(row: str) -> dict[str, object]:
    """Number, moment and kind of a line, and who did it where that is told."""
    value = read(row)
    leaf, content = value.get("leaf", {}), value.get("content") or {}
    words = (leaf.get("recorded", ""), leaf.get("kind", ""), content.get("actor", ""))
    return {"seq": leaf.get("seq", 0), "told": " · ".join(str(one) for one in words if one)}


def compare(files: Sequence[Found]) -> None:
    """Each against the others: is it one history, and which line names which file?"""
    books = [one for one in files if one.book]
    for book in books:
        _against(book, [one for one in files if one.note and one is not book])
    seen: dict[tuple[str, int], bytes] = {}
    for one in files:
        head = one.checkpoint
        if head and seen.setdefault((head.origin, head.size), head.root) != head.root:
            one.faults.append((0, "ledger.fork"))
    for one in files:
        _among(one, books, seen)
    lines = list(_lines(files))
    for one in files:
        if one.note is None and not (one.book or one.changes or one.faults):
            _name(one, lines)


def _against(book: Found, others: Sequence[Found]) -> None:
    """Every checkpoint of the same origin must be one of this ledger's own."""
    assert book.book is not None
    if any(number for number, _ in book.faults) or book.checkpoint is None:
        return
    held = [one for one in others if one.checkpoint]
    heads = [one.checkpoint for one in held if one.checkpoint]
    roots = book.book.roots(head.size for head in heads)
    for one, head in zip(held, heads, strict=True):
        if head.origin != book.checkpoint.origin:
            continue
        if head.size > len(book.book.hashes):
            one.faults.append((0, "ledger.cut-short"))
        elif roots[head.size] != head.root:
            one.faults.append((0, "ledger.not-the-trusted-history"))


def _among(found: Found, books: Sequence[Found], seen: Mapping[tuple[str, int], bytes]) -> None:
    """Every checkpoint of a file of many must be one of each ledger's own, and of no other root
    than one of its size that is held beside it."""
    wrong = {number for number, note, _ in found.history if _other(note.checkpoint, seen)}
    for book in books:
        if book.book is None or book.checkpoint is None or book.book.faults:
            continue
        heads = {
            number: note.checkpoint
            for number, note, _ in found.history
            if note.checkpoint.origin == book.checkpoint.origin
            and note.checkpoint.size <= book.checkpoint.size
        }
        roots = book.book.roots(head.size for head in heads.values())
        wrong |= {number for number, head in heads.items() if roots[head.size] != head.root}
    found.faults += [(number, "ledger.history-differs") for number in sorted(wrong)]


def _other(head: Checkpoint, seen: Mapping[tuple[str, int], bytes]) -> bool:
    return seen.get((head.origin, head.size), head.root) != head.root


def _lines(files: Sequence[Found]) -> Iterator[str]:
    for one in files:
        if one.receipt and not one.faults:
            yield one.receipt.line
        if one.book:
            yield from one.data.decode("utf-8", "replace").split("\n")


def _name(found: Found, lines: Sequence[str]) -> None:
    """Which line names this file by its hash."""
    wanted = digest(found.data).hex()
    named = [row for row in lines if f'"{wanted}"' in row]
    if named:
        found.said.append(("file", _told(named[-1])))
    else:
        found.faults.append((0, "ledger.unknown-file"))


def run(options: argparse.Namespace, say: Callable[..., Any] = print) -> int:
    """Check the files named; 0 when all is sound, 1 when not, 2 when nothing could be read."""
    try:
        held = read_key(_text(options.key)) if options.key else None
        given = [(str(one), one.read_bytes()) for one in options.file]
    except (OSError, ValueError) as trouble:
        say(f"{trouble}", file=sys.stderr)
        return 2
    others = _others(given, held)
    files = [look(name, data, held, others) for name, data in given]
    if options.checkpoint:
        told = _text(options.checkpoint.replace("\\n", "\n")).encode()
        extra = look("--checkpoint", told, held, others)
        if extra.note is None:
            extra.faults = [(0, "ledger.bad-checkpoint")]
        files.append(extra)
    compare(files)
    for one in files:
        report(one, options.lang, say)
    return 1 if any(one.faults for one in files) else 0


def _others(given: Sequence[tuple[str, bytes]], held: Key | None) -> set[Key]:
    """The keys that the one held vouches for, by the changes of key among the files given."""
    changes = [one for name, data in given for one in look(name, data).changes]
    return vouched(held, changes) - {held} if held else set()


def report(found: Found, lang: str, say: Callable[..., Any]) -> None:
    """Say what is wrong with one file, or else what it is."""
    english = lang.startswith("en")
    for number, code in found.faults:
        place = f"{found.name}:{number}" if number else found.name
        say(f"{place}: {FAULTS[code][english]}", file=sys.stderr)
    for code, facts in [] if found.faults else found.said:
        say(f"{found.name}: {SOUND[code][english].format(**facts)}")
    if found.checkpoint and not found.faults:
        say(found.checkpoint.text(), end="")


def _text(given: str) -> str:
    """What was given, or what the file of that name holds."""
    try:
        return Path(given).read_text(encoding="utf-8") if Path(given).is_file() else given
    except OSError:
        return given


def options(parser: argparse.ArgumentParser) -> None:
    """What both commands take."""
    parser.add_argument("file", type=Path, nargs="*", help="ledger, receipt, checkpoint or report")
    parser.add_argument(
        "--checkpoint", default="", help="a checkpoint text (or a file with it) held elsewhere"
    )
    parser.add_argument("--key", default="", help="the public key (or a file with it) you hold")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
