"""What is under embargo is not to be had before its instant, by any way in; then it serves."""

import hashlib
import json
import subprocess

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from keti.documents.models import StoredFile
from keti.ledger.doors import forget
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.release import actions, queries
from keti.release.models import Artefact, Publication
from keti.release.tests.ending import AGREE, Walk, refused
from tests.cast import local
from tests.house.test_routes import PARAMETERS, TABLE

pytestmark = pytest.mark.django_db
READY, UNTIL = "2030-07-17T09:00", "2030-07-18T10:00"


@pytest.fixture
def held(walk: Walk, django_capture_on_commit_callbacks):
    walk.to_the_end()
    walk.consents(*AGREE)
    walk.close()
    walk.roll()
    cast = walk.cast
    cast.at(READY)
    with django_capture_on_commit_callbacks(execute=True):
        out = actions.make_ready(
            cast.qin.act(), obligation=cast.duty("go_public"), until=local(UNTIL)
        )
    assert queries.is_made(out)
    return out


def secrets(out: Publication) -> list[str]:
    """What must not be read outside: number, hash, words of the report, ids of its files."""
    kept = StoredFile.objects.filter(pk__in=Artefact.objects.values("file"))
    ids = [one for row in kept.values_list("public_id", "sha256") for one in row]
    words = [out.number, out.sha256, out.public_id, "红组研究了虚拟场景的治理", *ids]
    return [one for one in words if one]


def guesses(out: Publication) -> dict[str, list[str]]:
    """What somebody would put into an address who knows how this house builds them."""
    kept = StoredFile.objects.filter(pk__in=Artefact.objects.values("file"))
    ids = [one for row in kept.values_list("public_id", "sha256") for one in row]
    words = [out.slug, out.public_id, out.programme.public_id, out.number, *ids]
    forms = {"form": ["pdf", "docx", "html", "xlsx", "csv"], "lang": ["zh-hans", "en"]}
    return {"": words, **forms}


def addresses(out: Publication) -> list[str]:
    """Every public route with every guess in each of its parts."""
    found, known = [], guesses(out)
    for route, parts in PARAMETERS.items():
        if TABLE.get(route) != TABLE["release:shelf"]:
            continue
        tries = [[]]
        for name, kind in parts.items():
            values = ["1"] if kind == "IntConverter" else known.get(name, known[""])
            if name == "slug":
                values = [out.slug, out.programme.slug]
            tries = [[*row, (name, one)] for row in tries for one in values]
        for row in tries[:200]:
            try:
                found.append(reverse(route, kwargs=dict(row)))
            except Exception:  # a guess that no address can carry
                continue
    return found


def read(client: Client, path: str) -> str:
    forget()  # a page of strangers may be kept from another one
    answer = client.get(path, raise_request_exception=False)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(dict(answer.headers))


def test_before_its_instant_no_public_address_tells_anything_of_it(cast, held):
    cast.at("2030-07-18T09:59")
    hidden, walked = secrets(held), addresses(held)
    assert len(walked) > 60 and any("/published/" in one for one in walked)
    extra = ["", "?q=红组", "?lang=en", f"?q={held.number}"]
    for path in walked:
        for tail in extra if "published" in path else [""]:
            said = read(Client(), path + tail)
            bare = said.replace(path, "")
            found = [one for one in hidden if one in bare and one not in path + tail]
            assert found == [], (path + tail, found)
    for tail in ("", "report-zh-hans.pdf", "report-en.docx", "SHA256SUMS", "manifest.json"):
        assert Client().get(f"{held.path}{tail}").status_code == 404
    assert held.title_zh not in read(Client(), reverse("release:shelf"))


def test_nor_does_a_seat_that_does_not_publish_learn_of_it(cast, held):
    hidden = [held.number, held.public_id]
    inner = reverse("release:publication", args=["cast", held.obligation.public_id])
    for path in (inner, reverse("release:release", args=["cast"]), "/p/cast/search/?q=发"):
        said = read(cast.mao.client, path)
        assert [one for one in hidden if one in said] == [], path
    assert held.number in read(cast.qin.client, inner)
    assert not Message.objects.filter(kind="release.published").exists()


def test_it_is_let_out_at_its_instant_and_serves_at_once(client, cast, walk, held):
    cast.at("2030-07-18T09:59")
    early = refused(lambda: walk.publish("2030-07-18T09:59"))
    assert early.code == "release.embargoed"
    assert refused(lambda: walk.publish("2030-07-19T10:00")).code == "release.another-day"
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=held.pk).update(lifted_at=local("2030-07-18T09:59"))
    cast.at(UNTIL)
    out = walk.publish(UNTIL)
    assert out.pk == held.pk and out.obligation.public_id == held.obligation.public_id
    assert client.get(out.path).status_code == 200
    assert client.get(f"{out.path}report-zh-hans.pdf").status_code == 200
    assert held.title_zh in read(client, reverse("release:shelf"))
    assert Message.objects.filter(kind="release.published").exists()
    kinds = ["release.report.made-ready", "release.report.produced", "release.report.published"]
    lines = Entry.objects.filter(kind__startswith="release.report").order_by("pk")
    assert list(lines.values_list("kind", flat=True)) == kinds
    assert cast.duty("go_public").state == "met"


def test_what_was_ready_and_withdrawn_was_never_there(client, cast, walk, held):
    actions.retract(cast.qin.act(), publication=held, reason="大会改期。")
    assert client.get(held.path).status_code == 404
    assert not Message.objects.filter(kind="release.retracted").exists()
    assert cast.duty("go_public").is_open
    cast.at("2030-07-19T10:00")
    assert walk.publish("2030-07-19T10:00").number


def test_a_stranger_checks_every_file_with_sha256sum(client, cast, walk, held, tmp_path):
    cast.at(UNTIL)
    out = walk.publish(UNTIL)
    listed = client.get(f"{out.path}SHA256SUMS")
    names = [line.split("  ")[1] for line in listed.content.decode().splitlines()]
    assert {"manifest.json", "report-zh-hans.pdf", "report-en.docx"} <= {*names}
    for name in names:
        answer = client.get(f"{out.path}{name}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        (tmp_path / name).write_bytes(body)
    (tmp_path / "SHA256SUMS").write_bytes(listed.content)
    checked = ["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(checked, cwd=tmp_path, check=False).returncode == 0
    told = json.loads((tmp_path / "manifest.json").read_bytes())
    assert (told["number"], told["version"]["sha256"]) == (out.number, out.sha256)
    made = Entry.objects.get(kind="release.report.produced").content["facts"]["files"]
    assert {one["sha256"] for one in told["files"]} == {*made.values()}
    (tmp_path / "report-en.docx").write_bytes(b"other")
    assert subprocess.run(checked, cwd=tmp_path, check=False, capture_output=True).returncode == 1
    tag = listed.headers["ETag"]
    again = client.get(f"{out.path}SHA256SUMS", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert hashlib.sha256((tmp_path / "manifest.json").read_bytes()).hexdigest() in (
        listed.content.decode()
    )
