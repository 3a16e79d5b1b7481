"""A second verifier, written from docs/record.md alone. It shares nothing with the first.

Each function returns the numbers of the lines that are not as the document says; [] when sound.
"""

import base64
import json
import re
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

string = json.JSONEncoder(ensure_ascii=False).encode
HEX = set("0123456789abcdef")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Unsound(ValueError):
    """Something is not as the document says."""


def must(fact: bool) -> None:
    if not fact:
        raise Unsound


def spelt(value: Any) -> str:
    """Canonical JSON."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(spelt, value)) + "]"
    must(isinstance(value, dict))
    return "{" + ",".join(f"{spelt(name)}:{spelt(value[name])}" for name in sorted(value)) + "}"


def parsed(row: str) -> dict[str, Any]:
    value = json.loads(row)
    must(isinstance(value, dict) and spelt(value) == row)
    return value


def b64(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    must(base64.b64encode(data).decode() == text)
    return data


def a_line(value: dict[str, Any], place: int, before: str) -> tuple[bytes, str]:
    """The leaf hash of one line, and when it was recorded."""
    if set(value) in ({"sealed"}, {"sealed", "sum"}):
        told = value["sealed"]
        must(len(told) == 64 and set(told) <= HEX)
        must(value.get("sum", "") in ("", sha256(told.encode()).hexdigest()[:8]))
        must("sum" not in value or bool(value["sum"]))
        return bytes.fromhex(told), before
    must(set(value) - {"hash"} == {"content", "leaf", "salt"})
    leaf, content, salt = value["leaf"], value["content"], value["salt"]
    hashed = sha256(b"\x00" + spelt(leaf).encode()).digest()
    must(value.get("hash", hashed.hex()) == hashed.hex())
    must(leaf["seq"] == place)
    if not (content is None and salt is None):
        must(sha256(spelt([salt, content]).encode()).hexdigest() == leaf["content"])
    must(leaf["happened"] <= leaf["recorded"] and leaf["recorded"] >= before)
    return hashed, leaf["recorded"]


def root_over(hashes: list[bytes]) -> bytes:
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha256(b"\x01" + root_over(hashes[:k]) + root_over(hashes[k:])).digest()


def a_note(text: str, key: str | None) -> tuple[str, int, bytes]:
    """Origin, size and root of a note, signed with the key where one is told."""
    body, _, signatures = text.partition("\n\n")
    origin, size, head = body.removesuffix("\n").split("\n")
    must(size == str(int(size)) and int(size) >= 0 and len(b64(head)) == 32)
    if key is not None:
        name, told, data = key.split("+", 2)
        must(b64(data)[:1] == b"\x01" and len(b64(data)) == 33)
        must(sha256(name.encode() + b"\n" + b64(data)).hexdigest()[:8] == told)
        good = False
        for row in signatures.removesuffix("\n").split("\n"):
            dash, who, signed = row.split(" ")
            must(dash == "\u2014")
            if who == name and b64(signed)[:4].hex() == told:
                public = Ed25519PublicKey.from_public_bytes(b64(data)[1:])
                public.verify(b64(signed)[4:], f"{origin}\n{size}\n{head}\n".encode())
                good = True
            if who.startswith(f"{name}/confirmed/"):
                a_confirmation(who, b64(signed), b64(data)[1:], f"{origin}\n{size}\n{head}\n")
        must(good)
    return origin, int(size), b64(head)


def a_confirmation(who: str, signed: bytes, public: bytes, three: str) -> None:
    told = sha256(who.encode() + b"\n\xffketi-confirmed v1" + public).digest()[:4]
    must(signed[:4] == told and len(signed) == 76)
    moment = int.from_bytes(signed[4:12], "big")
    text = f"keti-confirmed v1\n{who}\ntime {moment}\n{three}"
    Ed25519PublicKey.from_public_bytes(public).verify(signed[12:], text.encode())


def by_units(note: str, units: Any) -> None:
    """Did every unit whose key is named sign the note?"""
    if units is None:
        return
    must(isinstance(units, list) and len(units) > 0 and units == sorted(set(units)))
    three, _, signatures = note.partition("\n\n")
    rows = [row.split(" ") for row in signatures.removesuffix("\n").split("\n")]
    for key in units:
        name, told, data = key.split("+", 2)
        public = b64(data)
        must(name.split() == [name] and public[:1] == b"\x04" and len(public) == 33)
        must(sha256(name.encode() + b"\n" + public).hexdigest()[:8] == told)
        held = Ed25519PublicKey.from_public_bytes(public[1:])
        must(any(a_cosignature(held, told, b64(row[2]), three) for row in rows if row[1] == name))


def a_cosignature(held: Ed25519PublicKey, told: str, signed: bytes, three: str) -> bool:
    moment = int.from_bytes(signed[4:12], "big")
    text = f"cosignature/v1\ntime {moment}\n{three}\n"
    try:
        held.verify(signed[12:], text.encode())
    except InvalidSignature:
        return False
    return signed[:4].hex() == told and moment < 2**63


WRONG = (ValueError, KeyError, TypeError, AttributeError, InvalidSignature, RecursionError)


def ledger(data: bytes) -> list[int]:
    """The lines of `ledger.jsonl` that are wrong."""
    rows = data.split(b"\n")
    if rows[-1] != b"":
        return [len(rows)]
    rows.pop()
    wrong, hashes, before = [], [], ""
    for place, row in enumerate(rows[:-1], start=1):
        try:
            hashed, before = a_line(parsed(row.decode()), place, before)
            hashes.append(hashed)
        except WRONG:
            wrong.append(place)
    try:
        last = parsed(rows[-1].decode())
        must(set(last) in ({"checkpoint"}, {"checkpoint", "key"}))
        _, size, head = a_note(last["checkpoint"], last.get("key"))
        must(bool(wrong) or (size == len(hashes) and head == root_over(hashes)))
    except (*WRONG, IndexError):
        wrong.append(len(rows))
    return wrong


def receipt(data: bytes) -> bool:
    """Is a receipt sound?"""
    try:
        text = data.decode()
        top, way, note = text.split("\n\n", 2)
        first, key, line = top.split("\n")
        second, index, *hashes = way.split("\n")
        must((first, second) == ("keti-receipt v1", "c2sp.org/tlog-proof@v1"))
        must(key[:4] == "key " and line[:5] == "line " and index[:6] == "index ")
        place = int(index[6:])
        must(index[6:] == str(place) and note.endswith("\n") and not note.endswith("\n\n"))
        _, size, head = a_note(note, key[4:])
        node, _ = a_line(parsed(line[5:]), place + 1, "")
        must("leaf" in parsed(line[5:]) and 0 <= place < size)
        f, s = place, size - 1
        for told in hashes:
            p = b64(told)
            must(s != 0 and len(p) == 32)
            if f & 1 or f == s:
                node = sha256(b"\x01" + p + node).digest()
                while f % 2 == 0 and f:
                    f, s = f // 2, s // 2
            else:
                node = sha256(b"\x01" + node + p).digest()
            f, s = f // 2, s // 2
        must(s == 0 and node == head)
    except WRONG:
        return False
    return True


def checkpoints(data: bytes) -> list[int]:
    """The lines of `checkpoints.jsonl` that are wrong."""
    rows = data.split(b"\n")
    if rows[-1] != b"":
        return [len(rows)]
    rows.pop()
    try:
        top = parsed(rows[0].decode())
        must(set(top) == {"checkpoints"} and isinstance(top["checkpoints"], str))
    except (*WRONG, IndexError):
        return [1]
    wrong, above = [], -1
    for place, row in enumerate(rows[1:], start=2):
        try:
            value = parsed(row.decode())
            must(set(value) - {"units"} == {"checkpoint", "key"})
            origin, size, _ = a_note(value["checkpoint"], value["key"])
            by_units(value["checkpoint"], value.get("units"))
            must(origin == top["checkpoints"] and size > above)
            above = size
        except WRONG:
            wrong.append(place)
    return wrong


def change_of_key(data: bytes) -> bool:
    """Is every change of `keti-keys.txt` sound?"""
    try:
        rows = data.decode().split("\n")
        must(rows.pop() == "" and len(rows) > 0 and len(rows) % 7 == 0)
        for at in range(0, len(rows), 7):
            head, old, new, moment, empty, *signed = rows[at : at + 7]
            must((head, empty) == ("keti-key-change v1", ""))
            must((old[:5], new[:3], moment[:3]) == ("from ", "to ", "at "))
            must(TIME.fullmatch(moment[3:]) is not None)
            body = "".join(f"{row}\n" for row in rows[at : at + 4]).encode()
            for key, row in zip((old[5:], new[3:]), signed, strict=True):
                a_signature(key, row, body)
    except WRONG:
        return False
    return True


def a_signature(key: str, row: str, body: bytes) -> None:
    """The line by which this key signed that."""
    name, told, data = key.split("+", 2)
    must(b64(data)[:1] == b"\x01" and len(b64(data)) == 33 and name.split() == [name])
    must(sha256(name.encode() + b"\n" + b64(data)).hexdigest()[:8] == told)
    dash, who, signed = row.split(" ")
    must((dash, who, b64(signed)[:4].hex()) == ("\u2014", name, told))
    Ed25519PublicKey.from_public_bytes(b64(data)[1:]).verify(b64(signed)[4:], body)
