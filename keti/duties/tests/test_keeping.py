"""Bytes are kept by acts that succeed, once, within quotas; nothing else stays."""

import io
import os
import resource
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import RequestFactory

from keti.documents.actions import (
    Upload,
    keep_produced,
    keep_upload,
    laid_aside,
    nothing_left_behind,
    path_of,
    set_aside,
)
from keti.documents.doors import receiving
from keti.documents.models import StoredFile
from keti.groups.doors import attempt
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 50


def page(cast: Cast) -> str:
    return f"/p/cast/duties/{cast.duty('paper').public_id}/file/"


def lying(*names: str) -> list[Path]:
    """Every file with content in these folders."""
    roots = [Path(project.KETI_DATA) / name for name in names or ("files", "aside", "incoming")]
    found = (one for root in roots for one in root.rglob("*") if one.is_file())
    return [one for one in found if one.stat().st_size and one.suffix != ".json"]


def send(player: Player, path: str, **more: object):
    data = {"key": "k1", "line1": "好", "file": SimpleUploadedFile("a.png", PNG)}
    return player.client.post(path, data | more)


def keep(cast: Cast, act: Act, data: bytes = PNG, **more: bool) -> StoredFile:
    return keep_upload(act, programme=cast.programme, name="a.png", data=data, **more)


def image(size: int, mark: bytes = b"") -> bytes:
    return PNG + mark + b"\x00" * (size - len(PNG) - len(mark))


def test_what_somebody_without_the_right_sends_is_not_kept(cast: Cast) -> None:
    """Every role is tried. The secretariat may still choose for whom it records: its file waits."""
    others = [one for name, one in cast.players.items() if name not in ("tao", "qin")]
    for player in others:
        answer = send(player, page(cast), evidence=SimpleUploadedFile("b.png", PNG + b"\x01"))
        assert answer.status_code in (404, 422)
        assert lying() == []
    assert len(others) > 8
    assert StoredFile.objects.count() == 0
    assert send(cast.qin, page(cast)).status_code == 422
    assert [one.parent.parent.name for one in lying()] == ["aside"]


def test_the_page_itself_knows_the_limit(cast: Cast) -> None:
    text = cast.tao.client.get(page(cast).removesuffix("file/")).content.decode()
    assert 'data-most="52428800"' in text
    assert "文件“{}”超过50MB" in text


def test_what_may_be_sent_again_waits_once_and_is_kept_once(cast: Cast) -> None:
    answer = send(cast.tao, page(cast), line1="")
    assert answer.status_code == 422
    assert [one.parent.parent.name for one in lying()] == ["aside"]
    done = cast.tao.client.post(page(cast), {"key": "k1", "line1": "好"})
    assert done.status_code == 302
    file = StoredFile.objects.get()
    assert path_of(file.sha256).read_bytes() == PNG
    assert len({one.stat().st_ino for one in lying()}) == 1


def test_a_refused_act_takes_its_files_back(cast: Cast) -> None:
    def do() -> None:
        keep(cast, cast.tao.act())
        raise Refused("duties.summary-needed")

    _done, refused = attempt(do)
    assert refused is not None
    assert lying() == []


def test_a_failing_act_takes_its_files_back(cast: Cast) -> None:
    act = cast.tao.act()
    with pytest.raises(ZeroDivisionError), nothing_left_behind(), transaction.atomic():
        keep_produced(act, programme=cast.programme, name="a", mime="text/plain", data=b"a")
        raise ZeroDivisionError
    assert lying() == []


def test_bytes_that_another_row_needs_stay(cast: Cast) -> None:
    first = keep(cast, cast.tao.act())

    def again() -> None:
        assert keep(cast, cast.fang.act()).sha256 == first.sha256
        raise Refused("duties.summary-needed")

    attempt(again)
    assert path_of(first.sha256).read_bytes() == PNG


def test_bytes_that_somebody_put_after_us_stay(cast: Cast) -> None:
    """The other act is still under way: no row tells of it yet."""

    def do() -> None:
        sha = keep(cast, cast.tao.act()).sha256
        path_of(sha).unlink()
        path_of(sha).write_bytes(PNG)
        raise Refused("duties.summary-needed")

    attempt(do)
    assert len(lying("files")) == 1


def test_a_file_beyond_the_limit_is_told_at_its_field_and_no_word_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "LIMIT", 1000)
    big = SimpleUploadedFile("大.png", image(5000))
    answer = cast.tao.client.post(page(cast), {"key": "k1", "file": big, "line1": "做成三件事"})
    text = answer.content.decode()
    assert list(answer.context["hand_in"].errors) == ["file"]
    assert "超过50MB" in text and "做成三件事" in text
    assert lying() == []


def test_a_body_much_too_long_is_not_read_to_its_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "LIMIT", 100_000)
    monkeypatch.setattr(receiving, "MOST_BODY", 300_000)
    sent = RequestFactory().post(
        "/", {"line1": "先写的", "file": SimpleUploadedFile("大.png", image(3_000_000))}
    )
    body = io.BytesIO(sent.body)
    meta = dict(sent.META)
    request = RequestFactory().generic("POST", "/", b"x", content_type=meta["CONTENT_TYPE"])
    request.META["CONTENT_LENGTH"] = str(len(body.getvalue()))
    request._stream = body
    assert request.POST["line1"] == "先写的"
    assert isinstance(request.FILES["file"], receiving.Overlong)
    assert body.tell() < 400_000
    request.close()
    assert lying() == []


class Endless:
    """A body made while it is read, so that the test itself holds none of it."""

    def __init__(self, head: bytes, length: int, tail: bytes) -> None:
        self._pieces = self._made(head, length, tail)
        self._rest = b""

    def _made(self, head: bytes, length: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for _ in range(length >> 16):
            yield os.urandom(1 << 16)
        yield tail

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        out, self._rest = self._rest[:size], self._rest[size:]
        return out

    def readline(self) -> bytes:
        """What comes after the last part is read by lines."""
        return self.read(1 << 16)


def test_a_large_upload_never_lies_in_memory(cast: Cast) -> None:
    head = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n\xff\xd8\xff"
    )
    length, tail = 40 << 20, b"\xff\xd9\r\n--edge--\r\n"
    request = RequestFactory().generic(
        "POST", "/", b"x", content_type="multipart/form-data; boundary=edge"
    )
    request.META["CONTENT_LENGTH"] = str(len(head) + length + len(tail))
    request._stream = Endless(head, length, tail)
    tracemalloc.start()
    upload = request.FILES["file"]
    act = cast.tao.act()
    file = keep_upload(act, programme=cast.programme, name="a.jpg", data=upload)
    set_aside(act.by, "k/file", Upload("a.jpg", upload), act.recorded_at)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
    request.close()
    assert path_of(file.sha256).stat().st_size == file.size == length + 5
    assert len({one.stat().st_ino for one in lying()}) == 1


def test_a_full_disk_leaves_no_part_of_a_file(cast: Cast) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    act = cast.tao.act()
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    try:
        with pytest.raises(OSError):
            keep(cast, act, image(1 << 20))
        with pytest.raises(OSError):
            set_aside(act.by, "k/file", Upload("a.png", image(1 << 20)), act.recorded_at)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert lying() == []


def refusal(do) -> Refused:
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.sentence("en")
    return refused.value


def test_the_hours_quota_names_the_limit_and_when_it_frees(cast: Cast, settings) -> None:
    settings.KETI_FILES_HOUR_MB = 1
    at = local("2030-04-01T10:00")
    keep(cast, cast.tao.act("2030-04-01T10:00"), image(600_000))
    keep(cast, cast.tao.act("2030-04-01T10:20"), image(300_000, b"b"))
    said = refusal(lambda: keep(cast, cast.tao.act("2030-04-01T10:40"), image(500_000, b"c")))
    assert said.code == "documents.quota-hour"
    assert "1MB" in said.sentence() and "11:00" in said.sentence()
    assert keep(cast, cast.fang.act("2030-04-01T10:40"), image(500_000, b"c"))
    later = cast.tao.act((at + timedelta(minutes=61)).strftime("%Y-%m-%dT%H:%M"))
    assert keep(cast, later, image(500_000, b"c"))


def test_one_person_cannot_use_up_the_programme(cast: Cast, settings) -> None:
    settings.KETI_FILES_PERSON_MB = 1
    keep(cast, cast.tao.act(), image(900_000))
    said = refusal(lambda: keep(cast, cast.tao.act(), image(300_000, b"b")))
    assert said.code == "documents.quota-mine"
    assert keep(cast, cast.fang.act(), image(300_000, b"b"))


def test_the_secretariat_is_not_shut_out_by_others(cast: Cast, settings) -> None:
    settings.KETI_FILES_PROGRAMME_MB = 1
    keep(cast, cast.tao.act(), image(900_000))
    said = refusal(lambda: keep(cast, cast.fang.act(), image(300_000, b"b")))
    assert said.code == "documents.quota-all"
    assert keep(cast, cast.qin.act(), image(300_000, b"b"), reserved=True)


def test_a_stranger_has_a_small_quota(cast: Cast, settings) -> None:
    settings.KETI_FILES_STRANGER_MB = 1
    act = Act(by=cast.tao.person, recorded_at=cast.tao.act().recorded_at)
    keep(cast, act, image(900_000))
    assert refusal(lambda: keep(cast, act, image(300_000, b"b"))).code == "documents.quota-mine"


def test_a_quota_costs_one_statement(cast: Cast, django_assert_num_queries) -> None:
    act = cast.tao.act()
    with django_assert_num_queries(2):  # the count, the row
        keep(cast, act)


def test_what_waits_aside_obeys_its_own_quota(cast: Cast, settings) -> None:
    settings.KETI_FILES_ASIDE_MB = 1
    at = cast.tao.act().recorded_at
    for number in range(4):
        data = image(400_000, b"%d" % number)
        assert set_aside(cast.tao.person, f"k{number}", Upload("a.png", data), at) == "a.png"
    assert sum(one.stat().st_size for one in lying("aside")) <= 1 << 20
    waiting = [laid_aside(cast.tao.person, f"k{number}", at) for number in range(4)]
    assert [one is not None for one in waiting] == [False, False, True, True]
    assert set_aside(cast.tao.person, "big", Upload("a.png", image(2 << 20)), at) == ""
    for one in waiting:
        if one:
            one.file.close()
