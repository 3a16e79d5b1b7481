"""The commands of `keti-verify.py`: files are checked; a unit makes its own key, and signs a
checkpoint with it once it has checked that nothing of what it signed before was changed."""

import argparse
import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from keti.ledger.rules.ed25519 import public_of, signed_by
from keti.ledger.rules.notes import (
    COSIGNER,
    Checkpoint,
    Note,
    UnitKey,
    decoded,
    encoded,
    is_name,
    read_checkpoint,
    read_key,
)
from keti.ledger.rules.telling import Found, compare, look, options, report, run

PRIVATE = "PRIVATE+KEY+"
SIGNED = {
    "name": (
        "名称不能含空格、加号和不可见字符",
        "a name has no blanks, plus signs or hidden characters",
    ),
    "exists": (
        "{file} 已经存在，没有改动它：一把钥匙丢了就不能再签",
        "{file} exists and was left as it is: who loses a key can no longer sign with it",
    ),
    "made": (
        "{file} 是私钥，请另存一份并妥善保管，不要交给任何人。把下面这一行公钥登记到平台：",
        "{file} is the private half: keep a copy in a safe place and give it to nobody. Lodge this"
        " line, the public half:",
    ),
    "no-key": ("{file} 不是 make-key 生成的私钥", "{file} is no private key made by make-key"),
    "none": (
        "给出的文件里没有校验点，未签名",
        "no file given has a checkpoint; nothing was signed",
    ),
    "many": (
        "给出的文件属于不同的记录，未签名",
        "the files given are of several records; nothing was signed",
    ),
    "older": (
        "您已经签过 {size} 行的校验点，给出的较旧，未签名",
        "you have signed the checkpoint of {size} lines; this one is older and was not signed",
    ),
    "ledger": (
        "您签过 {size} 行的校验点。请把 ledger.jsonl 一并给出，核对那以前各行没有改动后再签",
        "you have signed the checkpoint of {size} lines: give ledger.jsonl as well, so that what"
        " stood before it is compared; nothing was signed",
    ),
    "fork": (
        "与您签过的 {size} 行校验点不是同一部历史！未签名。请保存这些文件，向其他单位核对",
        "this is another history than the checkpoint of {size} lines that you signed! Nothing was"
        " signed. Keep these files and compare them with other units",
    ),
    "signed": (
        "已核对并签名。把下面各行全部粘贴到平台“核对校验点”页：",
        "checked and signed. Paste all of these lines on the page for checkpoints:",
    ),
}


class Unsigned(Exception):
    """Why nothing was made or signed: a code of `SIGNED`, and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def made_key(name: str) -> tuple[UnitKey, str]:
    """A fresh key of this name, and the text of its private half."""
    if not is_name(name):
        raise Unsigned("name")
    seed = secrets.token_bytes(32)
    key = UnitKey(name, public_of(seed))
    return key, f"{PRIVATE}{name}+{key.id.hex()}+{encoded(COSIGNER + seed)}\n"


def read_private(text: str) -> tuple[UnitKey, bytes]:
    """The key of a private half, and its seed; raises ValueError where it is none."""
    name, told, data = text.strip().removeprefix(PRIVATE).split("+", 2)
    seed = decoded(data)
    key = UnitKey(name, public_of(seed[1:]))
    if seed[:1] != COSIGNER or len(seed) != 33 or key.id.hex() != told:
        raise ValueError("no private key")
    return key, seed[1:]


def cosigned(key: UnitKey, seed: bytes, head: Checkpoint, at: int) -> Note:
    """The checkpoint under this unit's own signature, and nobody else's."""
    return Note(head, (key.line(at, signed_by(seed, key.message(head, at))),))


def newest(files: Sequence[Found], before: str) -> Checkpoint:
    """The checkpoint to be signed: the newest of what was given, where it goes on from the one
    that was signed `before` ("" where none was)."""
    heads = [one.checkpoint for one in files if one.checkpoint]
    if not heads:
        raise Unsigned("none")
    if len({one.origin for one in heads}) > 1:
        raise Unsigned("many")
    signed = [one.checkpoint for one in files if one.checkpoint and not one.book] or heads
    head = max(signed, key=lambda one: one.size)
    held = read_checkpoint(before) if before else head
    if head.size < held.size:
        raise Unsigned("older", size=held.size)
    if head.size == held.size:
        roots = {held.size: head.root}
    else:
        books = [one.book for one in files if one.book and len(one.book.hashes) >= head.size]
        if not books:
            raise Unsigned("ledger", size=held.size)
        roots = books[0].roots([held.size])
    if roots[held.size] != held.root:
        raise Unsigned("fork", size=held.size)
    return head


def make_key(words: Sequence[str], say: Callable[..., Any] = print) -> int:
    """`make-key NAME FILE`: the private half to a file that is only its owner's."""
    parser = argparse.ArgumentParser(prog="keti-verify.py make-key")
    parser.add_argument("name", help="what the unit is called under its signatures")
    parser.add_argument("file", type=Path, help="where the private half is put")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
    given = parser.parse_args(words)
    try:
        key, text = made_key(given.name)
        _put(given.file, text)
    except Unsigned as why:
        return _refused(why, given.lang, say)
    _tell("made", given.lang, say, file=given.file)
    say(key.text())
    return 0


def _put(file: Path, text: str) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Unsigned("exists", file=file) from None
    with os.fdopen(handle, "w", encoding="utf-8") as made:
        made.write(text)
        made.flush()
        os.fsync(made.fileno())


def cosign(words: Sequence[str], say: Callable[..., Any] = print) -> int:
    """`cosign FILE CHECKPOINTS [LEDGER]`: all of it is checked, then the newest is signed. What was
    signed is noted beside the key, so that the next one must go on from it."""
    parser = argparse.ArgumentParser(prog="keti-verify.py cosign")
    parser.add_argument("private", type=Path, help="the private half that make-key has made")
    parser.add_argument("file", type=Path, nargs="+", help="checkpoints.jsonl, and ledger.jsonl")
    parser.add_argument(
        "--key", default="", help="the installation's public key, where you hold it"
    )
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
    given = parser.parse_args(words)
    try:
        key, seed = _private(given.private)
        held = read_key(given.key) if given.key else None
        files = [look(str(one), one.read_bytes(), held) for one in given.file]
        compare(files)
        if wrong := [one for one in files if one.faults]:
            for one in wrong:
                report(one, given.lang, say)
            return 1
        noted = given.private.with_name(f"{given.private.name}.signed")
        before = json.loads(noted.read_text(encoding="utf-8")) if noted.exists() else {}
        origins = {one.checkpoint.origin for one in files if one.checkpoint}
        head = newest(files, next((before[one] for one in origins if one in before), ""))
    except Unsigned as why:
        return _refused(why, given.lang, say)
    except (OSError, ValueError) as trouble:
        say(f"{trouble}", file=sys.stderr)
        return 2
    note = cosigned(key, seed, head, int(time.time()))
    noted.write_text(json.dumps(before | {head.origin: head.text()}), encoding="utf-8")
    _tell("signed", given.lang, say)
    say(note.text(), end="")
    return 0


def _private(file: Path) -> tuple[UnitKey, bytes]:
    try:
        return read_private(file.read_text(encoding="utf-8"))
    except ValueError:
        raise Unsigned("no-key", file=file) from None


def _tell(code: str, lang: str, say: Callable[..., Any], **facts: object) -> None:
    say(SIGNED[code][lang == "en"].format(**facts), file=sys.stderr)


def _refused(why: Unsigned, lang: str, say: Callable[..., Any]) -> int:
    _tell(why.code, lang, say, **why.facts)
    return 1


def main(words: Sequence[str] | None = None) -> int:
    """The standalone verifier."""
    told = list(sys.argv[1:] if words is None else words)
    commands = {"make-key": make_key, "cosign": cosign}
    if told[:1] and told[0] in commands:
        return commands[told[0]](told[1:])
    parser = argparse.ArgumentParser(prog="keti-verify.py")
    options(parser)
    given = parser.parse_args(told)
    if not given.file:
        parser.error("name a file: a ledger, a receipt, a checkpoint or a published report")
    return run(given)
