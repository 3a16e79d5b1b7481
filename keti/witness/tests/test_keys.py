"""A unit lodges a key of its own, signs checkpoints with it offline, and both verifiers agree."""

import json
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, transaction
from django.urls import reverse

from keti.accounts.models import Organisation
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.ledger.actions import keep_checkpoints, record
from keti.ledger.models import Entry
from keti.ledger.queries import checkpoints, export, history, public_key
from keti.ledger.rules import Checkpoint, UnitKey, read_note, read_unit_key, telling
from keti.ledger.rules.ed25519 import is_key, public_of, signed_by
from keti.ledger.rules.notes import COSIGNER, encoded
from keti.ledger.rules.offline import cosigned, made_key, read_private
from keti.ledger.rules.standalone import standalone
from keti.notify.models import Message
from keti.witness.actions import confirm, cosign, lodge_key, withdraw, withdraw_key
from keti.witness.models import Confirmation, LodgedKey
from keti.witness.queries import key_of, lines_under
from tests.record import second

pytestmark = pytest.mark.django_db
NAME = "lu.example"


@pytest.fixture
def kept(cast):
    keep_checkpoints(cast.moment)
    return checkpoints(cast.programme).get()


@pytest.fixture
def own():
    key, text = made_key(NAME)
    assert read_private(text)[0] == key
    return key, read_private(text)[1]


def lodged(cast, key, who="lu", **more):
    act = cast.players[who].act()
    return lodge_key(act, programme=cast.programme, text=key.text(), **more)


def head(kept):
    return read_note(kept.note).checkpoint


def signed(kept, own, at=None):
    return cosigned(*own, head(kept), int(at or kept.signed_at.timestamp())).text()


def brought(cast, text, who="lu", **more):
    return cosign(cast.players[who].act(**more), programme=cast.programme, typed=text)


def whole(cast):
    return "".join(f"{row}\n" for row in history(cast.programme, lines_under(cast.programme)))


def test_what_is_made_by_hand_is_what_the_library_makes():
    for seed in (bytes(range(32)), bytes(32), b"\xff" * 32):
        library = Ed25519PrivateKey.from_private_bytes(seed)
        assert public_of(seed) == library.public_key().public_bytes_raw()
        assert signed_by(seed, b"text") == library.sign(b"text")
        assert is_key(public_of(seed))
    for small in (b"\x01" + bytes(31), bytes(32), b"\xec" + b"\xff" * 30 + b"\x7f"):
        assert not is_key(small)


def test_the_id_and_the_message_are_those_of_the_published_example():
    """The example of C2SP's tlog-cosignature: its witness line has this shape and this message."""
    row = "witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="  # noqa: E501
    note = read_note(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        f"— {row}\n"
    )
    [(name, data)] = note.signatures
    assert len(data) == 4 + 8 + 64 and int.from_bytes(data[4:12], "big") == 1679315147
    key = UnitKey(name, bytes(32))
    assert key.message(note.checkpoint, 1679315147) == (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_unit_signs_with_its_own_key_and_both_verifiers_read_it(cast, kept, own):
    lodged(cast, own[0])
    confirm(cast.mao.act(), programme=cast.programme, typed=kept.root)
    text = signed(kept, own)
    made = brought(cast, text.replace("\n", "\r\n") + "\n\n")
    assert (made.unit, made.checkpoint.pk) == (cast.lu.seat.unit, kept.pk)
    line = Entry.objects.latest("pk")
    assert line.kind == "witness.checkpoint.signed"
    assert line.content["facts"]["key"] == own[0].text()
    files = [telling.look("k.jsonl", whole(cast).encode(), public_key())]
    telling.compare([*files, telling.look("l", "\n".join(export(cast.programme)).encode())])
    assert files[0].faults == [] and second.checkpoints(whole(cast).encode()) == []
    told = [facts for code, facts in files[0].said if code == "cosigned"]
    assert [(one["unit"], one["key"], one["size"]) for one in told] == [
        (NAME, own[0].short(), kept.size)
    ]
    row = json.loads(whole(cast).split("\n")[1])
    assert row["units"] == [own[0].text()] and text.split("\n")[4] in row["checkpoint"]
    with pytest.raises(Refused, match=r"witness\.signed-already"):
        brought(cast, signed(kept, own))
    withdraw(cast.lu.act(), confirmation=made, reason="签错了。")
    assert "units" not in whole(cast)
    assert brought(cast, text).pk != made.pk


def test_every_bit_of_a_signature_and_of_its_key_counts(cast, kept, own):
    lodged(cast, own[0])
    brought(cast, signed(kept, own))
    text = whole(cast)
    row = json.loads(text.split("\n")[1])
    data = next(one[1] for one in read_note(row["checkpoint"]).signatures if one[0] == NAME)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        other = text.replace(encoded(data), encoded(bytes(changed))).encode()
        assert telling.look("k.jsonl", other).faults == [(2, "ledger.cosignature-wrong")], place
        assert second.checkpoints(other) == [2]
    for other in (
        text.replace(f'"{own[0].text()}"', f'"{made_key(NAME)[0].text()}"'),
        text.replace(f"— {NAME}", "— mao.example"),
        text.replace('"units":["lu', '"units":["mu'),
        text.replace('"units":[', f'"units":["{made_key("a.example")[0].text()}",'),
        text.replace(f',"units":["{own[0].text()}"]', ',"units":[]'),
    ):
        assert [at for at, _ in telling.look("k.jsonl", other.encode()).faults] == [2]
        assert second.checkpoints(other.encode()) == [2]


def test_what_does_not_fit_is_refused_with_its_reason(cast, kept, own):
    with pytest.raises(Refused, match=r"witness\.no-key"):
        brought(cast, signed(kept, own))
    lodged(cast, own[0])
    good, stranger = signed(kept, own), made_key(NAME)
    other = Checkpoint(head(kept).origin, kept.size + 1, head(kept).root)
    for text, code in (
        ("hello", "not-a-note"),
        (head(kept).text(), "not-by-your-key"),
        (signed(kept, (stranger[0], read_private(stranger[1])[1])), "not-by-your-key"),
        (good.replace(f"\n{kept.size}\n", f"\n{kept.size + 1}\n"), "bad-signature"),
        (cosigned(*own, other, 1).text(), "other-checkpoint"),
        (signed(kept, own, time.time() + 10**10), "signed-ahead"),
        (cosigned(*own, Checkpoint("keti/cast", 3, bytes(32)), 1).text(), "differs"),
    ):
        with pytest.raises(Refused, match=rf"witness\.{code}"):
            brought(cast, text)
    with pytest.raises(Refused, match=r"witness\.no-key"):
        brought(cast, good, "mao")
    with pytest.raises(Refused, match=r"witness\.keeper"):
        brought(cast, good, "qin")
    assert not Confirmation.objects.exists()


def test_what_is_no_key_of_the_unit_is_not_lodged(cast, own):
    house = public_key()
    for text, code in (
        ("", "not-a-key"),
        (house.text(), "not-a-key"),
        (made_key(NAME)[1], "not-a-key"),
        (UnitKey(NAME, b"\x01" + bytes(31)).text(), "not-a-key"),
        (UnitKey(house.name, own[0].public).text(), "key-name"),
        (UnitKey(f"{house.name}/confirmed/毛", own[0].public).text(), "key-name"),
        (UnitKey(NAME, house.public).text(), "key-of-another"),
        (UnitKey("x" * 200, own[0].public).text(), "key-too-long"),
    ):
        with pytest.raises(Refused, match=rf"witness\.{code}"):
            lodge_key(cast.lu.act(), programme=cast.programme, text=text)
    lodged(cast, own[0])
    with pytest.raises(Refused, match=r"witness\.key-same"):
        lodged(cast, own[0])
    with pytest.raises(Refused, match=r"witness\.key-of-another"):
        lodged(cast, UnitKey("mao.example", own[0].public), "mao")
    with pytest.raises(Refused, match=r"witness\.keeper"):
        lodged(cast, made_key("qin.example")[0], "qin")
    assert LodgedKey.objects.count() == 1
    assert encoded(COSIGNER + own[0].public) in LodgedKey.objects.get().text


def test_a_key_is_changed_and_taken_back_with_a_reason_and_told(cast, kept, own):
    first = lodged(cast, own[0])
    brought(cast, signed(kept, own))
    told = Message.objects.filter(kind="witness.key")
    people = set(told.values_list("recipient_id", flat=True))
    assert {cast.qin.person.public_id, cast.lu.person.public_id} <= people
    assert cast.mao.person.public_id not in people
    fresh = made_key("lu2.example")[0]
    with pytest.raises(Refused, match=r"witness\.reason-needed"):
        lodged(cast, fresh)
    second_one = lodged(cast, fresh, reason="换了电脑。")
    first.refresh_from_db()
    assert (first.reason, first.withdrawn_by) == ("换了电脑。", cast.lu.person)
    assert key_of(cast.programme, cast.lu.seat.unit) == second_one
    assert Entry.objects.latest("pk").content["facts"] == {
        "unit": "卢氏研究所（演示）", "key": fresh.text(), "before": own[0].text(),
        "reason": "换了电脑。",
    }  # fmt: skip
    with pytest.raises(Refused, match=r"witness\.not-by-your-key"):
        brought(cast, signed(kept, own))
    assert telling.look("k.jsonl", whole(cast).encode(), public_key()).faults == []
    with pytest.raises(Refused, match=r"witness\.only-its-unit"):
        withdraw_key(cast.mao.act(), lodged=second_one, reason="x")
    withdraw_key(cast.lu.act(), lodged=second_one, reason="丢了。")
    with pytest.raises(Refused, match=r"witness\.key-withdrawn-already"):
        withdraw_key(cast.lu.act(), lodged=second_one, reason="再停。")
    with pytest.raises(Refused, match=r"witness\.no-key"):
        brought(cast, signed(kept, own))
    for rows in (LodgedKey.objects.filter(pk=second_one.pk), Confirmation.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(at=cast.moment + timedelta(days=1))
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Confirmation.objects.update(lodged=None)


def sent(cast, who, name, fields, *more):
    page = reverse(f"witness:{name}", args=["cast", *more])
    client = cast.players[who].client
    form = client.get(page).context["form"]
    body = {"key": form["key"].value(), **fields}
    return client.post(page, body), client.post(page, body)


def test_the_pages_lodge_sign_and_take_back_and_are_safe_twice(cast, kept, own):
    shown = cast.lu.client.get(reverse("witness:sign", args=["cast"])).content.decode()
    assert "还没有登记签名钥匙" in shown
    bad, _ = sent(cast, "lu", "key", {"text": "<script>x</script>"})
    assert bad.status_code == 422 and "&lt;script&gt;x" in bad.content.decode()
    for answer in sent(cast, "lu", "key", {"text": own[0].text()}):
        assert answer.status_code == 302
    asked = cast.lu.client.get(reverse("witness:key", args=["cast"])).content.decode()
    assert '<label for="id_reason">更换的原因</label>' in " ".join(asked.split())
    one = LodgedKey.objects.get()
    wrong, _ = sent(cast, "lu", "sign", {"typed": signed(kept, own).replace("AAAA", "AAAB", 1)})
    assert wrong.status_code == 422 and "签名与校验点不符" in wrong.content.decode()
    for answer in sent(cast, "lu", "sign", {"typed": signed(kept, own)}):
        assert answer.headers["Location"].endswith(f"?confirmed={kept.size}")
    assert Confirmation.objects.get().lodged == one
    page = cast.mao.client.get(reverse("witness:page", args=["cast"])).content.decode()
    assert own[0].short() in page
    forged = cosigned(*own, Checkpoint("keti/cast", 3, bytes(32)), 1).text()
    assert sent(cast, "lu", "sign", {"typed": forged})[0].status_code == 422
    assert Message.objects.filter(kind="witness.disputed").count() == 1
    away = ("key_withdraw", {"reason": "丢了。"}, one.public_id)
    assert sent(cast, "mao", *away)[0].status_code == 422
    for answer in sent(cast, "lu", *away):
        assert answer.status_code == 302
    assert cast.wu.client.get(reverse("witness:key", args=["cast"])).status_code == 404
    assert key_of(cast.programme, Organisation.objects.get(pk=one.unit_id)) is None


@pytest.fixture
def alone(cast, tmp_path):
    """The verifier's file in a folder of its own, beside what the pages give; how it is run."""
    (tmp_path / "v.py").write_text(standalone())

    def run(*words):
        told = [sys.executable, "-I", "v.py", *words]
        return subprocess.run(told, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


def given(cast, folder):
    """What can be downloaded now; the ledger of before stays beside it."""
    if (folder / "l.jsonl").exists():
        (folder / "l.jsonl").rename(folder / "before.jsonl")
    (folder / "l.jsonl").write_text("".join(f"{row}\n" for row in export(cast.programme)))
    (folder / "c.jsonl").write_text(whole(cast))


def test_the_file_alone_makes_a_key_and_keeps_what_is_there(alone, tmp_path):
    made = alone("make-key", NAME, "unit.key", "--lang", "en")
    assert (tmp_path / "unit.key").stat().st_mode & 0o077 == 0
    again = alone("make-key", NAME, "unit.key", "--lang", "en")
    assert (again.returncode, again.stdout) == (1, "") and "left as it is" in again.stderr
    own = read_private((tmp_path / "unit.key").read_text())
    assert read_unit_key(made.stdout) == own[0] and own[0].name == NAME
    assert alone("make-key", "卢氏 研究所", "other.key").returncode == 1
    assert "PRIVATE" not in made.stdout + made.stderr


def test_the_file_alone_signs_what_goes_on_from_what_was_signed(cast, kept, alone, tmp_path):
    lodged(cast, read_unit_key(alone("make-key", NAME, "unit.key").stdout))
    given(cast, tmp_path)
    first = alone("cosign", "unit.key", "c.jsonl", "l.jsonl", "--key", public_key().text())
    brought(cast, first.stdout)
    about = Subject("cast.thing", "t", "thing", "/")
    record(cast.qin.act(), "cast.thing.done", programme=cast.programme, about=about)
    keep_checkpoints(cast.moment + timedelta(days=1))
    given(cast, tmp_path)
    for files in (["c.jsonl"], ["c.jsonl", "before.jsonl"], ["v.py"]):
        answer = alone("cosign", "unit.key", *files, "--lang", "en")
        assert (answer.returncode, answer.stdout) == (1, ""), files
    brought(cast, alone("cosign", "unit.key", "c.jsonl", "l.jsonl").stdout)
    given(cast, tmp_path)
    found = alone("c.jsonl", "l.jsonl", "--lang", "en")
    assert found.returncode == 0 and found.stdout.count("signed the checkpoint") == 2
    of_another = Checkpoint(head(kept).origin, kept.size, bytes(32)).text()
    (tmp_path / "unit.key.signed").write_text(json.dumps({head(kept).origin: of_another}))
    forked = alone("cosign", "unit.key", "c.jsonl", "l.jsonl", "--lang", "en")
    assert forked.returncode == 1 and "another history" in forked.stderr
