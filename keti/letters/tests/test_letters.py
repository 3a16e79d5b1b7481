"""Offices, lists, letters and pieces: what is refused, what is frozen, who sees nothing, and how
far a letter reached against a count by hand."""

import random
from collections import Counter
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from keti.kernel import access
from keti.kernel.access import Kind
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.letters.actions import (
    Happening,
    OfficeFacts,
    approve_list,
    correct_passage,
    draft_list,
    issue_mailing,
    mend_office,
    note_passage,
    note_passages,
    show_reach,
    withdraw_office,
)
from keti.letters.models import MailPiece, Office
from keti.letters.queries import counts, pieces_of, reached, said
from keti.letters.rules import divisions, merging, passage, tiles
from keti.letters.tests.scene import approved, drafted, issued, office

pytestmark = pytest.mark.django_db


def refused(code, do, *args, **more):
    """What is done is refused with this code."""
    with pytest.raises(Refused) as caught:
        do(*args, **more)
    assert caught.value.code == f"letters.{code}"


def test_a_name_is_one_from_a_day_on_and_a_successor_may_be_named(cast):
    one = office(cast, "甲市政府办公室", "130100")
    facts = OfficeFacts("prefectural", "甲市办（演示）", "130100", since=date(2030, 2, 1))
    mend_office(cast.qin.act(), office=one, facts=facts)
    one.refresh_from_db()
    names = [one.name_at(date(*day)) for day in ((2029, 1, 1), (2030, 1, 31), (2030, 2, 1))]
    assert names == ["甲市政府办公室（演示）", "甲市政府办公室（演示）", "甲市办（演示）"]
    other = office(cast, "甲市综合办", "130100")
    refused("successor-unfit", withdraw_office, cast.qin.act(), office=one, reason="并入。",
            successor=one)  # fmt: skip
    withdraw_office(cast.qin.act(), office=one, reason="并入。", successor=other)
    refused("office-withdrawn", mend_office, cast.qin.act(), office=one, facts=facts)
    assert office(cast, "甲市办", "130100").name == "甲市办（演示）", "the name is free again"


def test_a_list_is_approved_before_use_and_says_for_ever_what_it_said(cast):
    one = office(cast, "甲市政府办公室", "130100", address="甲路 1 号")
    made = draft_list(cast.qin.act(), programme=cast.programme, key="k", title="单", offices=[one])
    letter = drafted(cast, made)
    refused("list-not-approved", issue_mailing, cast.gao.act(), mailing=letter)
    refused("only-who-decides", approve_list, cast.lu.act(), recipients=made)
    approve_list(cast.gao.act(), recipients=made)
    moved = OfficeFacts("prefectural", one.name, "130100", address="新路 9 号")
    mend_office(cast.qin.act(), office=one, facts=moved)
    letter = issue_mailing(cast.gao.act(), mailing=letter)
    assert letter.pieces.get().address == "甲路 1 号"
    line = made.lines.get()
    line.address = "别处"
    for write in (
        line.save,
        letter.pieces.get().delete,
        lambda: MailPiece.objects.update(address="别处"),
        lambda: type(letter).objects.update(body="别的"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_no_address_reaches_the_record(cast):
    issued(
        cast, office(cast, "甲市政府办公室", "130100", address="暗巷 7 号", mail="a@example.org")
    )
    told = "".join(str(one.content) for one in Entry.objects.all())
    assert "暗巷" not in told and "a@example.org" not in told


def test_the_next_edition_of_a_key_stands_beside_the_first(cast):
    one, two = office(cast, "甲部"), office(cast, "乙部")
    first, second = approved(cast, one, key="k"), approved(cast, one, two, key="k")
    assert (first.edition, second.edition, second.size) == (1, 2, 2)
    assert first.sha256 != second.sha256


def test_numbers_of_two_letters_run_on_and_codes_find_slips(cast):
    one, two = office(cast, "甲部"), office(cast, "乙部")
    first, second = issued(cast, one, two), issued(cast, one)
    numbers = list(MailPiece.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"测函〔2030〕{n}号" for n in (1, 2, 3)]
    assert first.pieces.first().code != second.pieces.first().code
    for code in MailPiece.objects.values_list("code", flat=True):
        assert merging.is_code(code)
        for place in range(11):
            slip = str((int(code[place]) + 1) % 10)
            assert not merging.is_code(code[:place] + slip + code[place + 1 :])


def test_a_value_is_never_read_as_a_field(cast):
    one = office(cast, "{日期}委")
    made = issued(cast, one)
    assert "{日期}委（演示）" in said(made, made.pieces.get()).body[0]


def test_the_report_is_named_by_its_address_only_once_it_is_public(cast):
    made = drafted(cast, approved(cast, office(cast, "甲部")), body="见{报告网址}。")
    refused("no-report-yet", issue_mailing, cast.gao.act(), mailing=made)


def test_what_happened_last_counts_but_for_what_was_corrected(cast, two):
    one = two.pieces.first()
    note_passage(cast.qin.act(), piece=one, what=Happening("sent", tracking="EX1"))
    refused("reason-needed", note_passage, cast.qin.act(), piece=one, what=Happening("returned"))
    note_passage(cast.qin.act(), piece=one, what=Happening("returned", reason="查无此处"))
    refused("passage-cannot-follow", note_passage, cast.qin.act(), piece=one,
            what=Happening("delivered"))  # fmt: skip
    correct_passage(cast.qin.act(), piece=one, reason="退的是另一件。")
    assert MailPiece.objects.standing().get(pk=one.pk).state == "sent"
    refused("receipt-needed", note_passage, cast.qin.act(), piece=one,
            what=Happening("acknowledged"))  # fmt: skip
    correct_passage(cast.qin.act(), piece=one, reason="没有寄。")
    assert MailPiece.objects.standing().get(pk=one.pk).state == "waiting"
    refused("nothing-to-correct", correct_passage, cast.qin.act(), piece=one, reason="再更正。")
    with pytest.raises(DatabaseError), transaction.atomic():
        one.passages.all().delete()


def test_by_hand_a_delivery_needs_its_receipt(cast):
    made = issued(cast, office(cast, "甲部"), channel="hand")
    one = made.pieces.get()
    refused("receipt-needed", note_passage, cast.qin.act(), piece=one, what=Happening("delivered"))


def lived(cast, dice):
    """A letter to many, whose pieces had all sorts of fates; what a count by hand says."""
    codes = dice.sample(sorted(divisions.DIVISIONS), 40)
    several = [*codes, *dice.sample(codes, 8)]
    rows = [office(cast, f"{place}号办公室", code) for place, code in enumerate(several)]
    rows += [office(cast, f"{place}号部委") for place in range(3)]
    made = issued(cast, *rows)
    fates, state = {}, {}
    for one in made.pieces.all():
        fate, now = [], "waiting"
        for _ in range(dice.randrange(5)):
            now = dice.choice(
                [kind for kind in passage.MOVES[now] if kind != "acknowledged"] or [""]
            )
            if now:
                fate.append(now)
            now = fate[-1]
        fates[one.pk], state[one.pk] = fate, now
    for step in range(4):
        what = {
            pk: Happening(fate[step], reason="查无此处")
            for pk, fate in fates.items()
            if len(fate) > step
        }
        if what:
            note_passages(cast.qin.act(), mailing=made, what=what)
    return made, state


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_coverage_is_what_a_count_by_hand_says(cast, seed):
    made, state = lived(cast, random.Random(seed))
    out, here, every = Counter(), Counter(), Counter()
    for one in MailPiece.objects.filter(mailing=made):
        every[one.division] += 1
        out[one.division] += state[one.pk] not in ("waiting", "printed")
        here[one.division] += state[one.pk] in ("delivered", "acknowledged")
    found = reached(made)
    assert len(found) == 367
    assert found == {code: (every[code], out[code], here[code]) for code in found}
    total = counts(cast.programme, "offices")
    assert total.pieces == len(state) and total.states == dict(Counter(state.values()))
    assert total.arrived == sum(one in ("delivered", "acknowledged") for one in state.values())
    page = cast.qin.client.get(reverse("letters:reach", args=["cast", made.public_id]))
    for row in page.context["rows"]:
        own = [code for code in divisions.DIVISIONS if code[:2] == row["code"][:2]]
        assert row["all"] == len(own)
        assert row["out"] == sum(out[code] > 0 for code in own)
        assert row["arrived"] == sum(here[code] > 0 for code in own)
        tile = f">{row['arrived']}/{row['all']}</text>"
        assert tile in page.context["picture"]
        gaps = [divisions.DIVISIONS[code] for code in own if not here[code]]
        assert row["gaps"] == "、".join(gaps)
    assert page.context["arrived"] == sum(here[code] > 0 for code in divisions.DIVISIONS)


def test_every_division_has_a_tile_of_its_own():
    assert (len(divisions.PROVINCES), len(divisions.PREFECTURES)) == (34, 333)
    assert len(set(divisions.TILES.values())) == 34
    assert {code[:2] for code in divisions.PROVINCES} == set(divisions.TILES)
    picture = tiles.picture({code: (0, 0, 0) for code in divisions.DIVISIONS}, "zh-hans")
    assert picture.count("tile-box") == 34 and "<style" not in picture


def test_nobody_else_comes_in_and_everybody_reads_counts_once_published(cast, two, client):
    one = two.pieces.first()
    places = [
        reverse("letters:index", args=["cast"]), reverse("letters:offices", args=["cast"]),
        reverse("letters:offices_export", args=["cast", "csv"]), two.path, one.path,
        one.office.path, reverse("letters:print", args=["cast", two.public_id, "labels"]),
        reverse("letters:reach", args=["cast", two.public_id]),
        reverse("letters:pieces_export", args=["cast", "csv"]),
    ]  # fmt: skip
    for who in ("lu", "mao", "ji", "ren", "he"):
        for place in places:
            assert cast.players[who].client.get(place).status_code == 404, (who, place)
    for who in ("qin", "gao"):
        assert cast.players[who].client.get(places[0]).status_code == 200
    public = reverse("letters:public", args=["cast", two.ordinal])
    assert client.get(public).status_code == 404
    show_reach(cast.gao.act(), mailing=two)
    told = client.get(public).content.decode()
    assert "列入 1 个" in told
    assert "甲市政府办公室" not in told and "甲路" not in told and "办公室" not in told


def test_offices_go_out_with_their_addresses_only_as_a_file(cast, two):
    assert Office.objects.count() == 2
    page = cast.qin.client.get(reverse("letters:offices", args=["cast"])).content.decode()
    assert "甲路" not in page
    file = cast.qin.client.get(reverse("letters:offices_export", args=["cast", "csv"]))
    assert "甲路 1 号" in b"".join(file.streaming_content).decode()
    one = two.pieces.first()
    for path in (one.path, one.office.path):
        assert "甲路 1 号" in cast.qin.client.get(path).content.decode()
    noted = {(line.kind, line.route) for line in access.read(access.days()[0])}
    assert (Kind.TAKEN, "letters:offices_export") in noted
    assert {(Kind.CONTACTS, f"letters:{page}") for page in ("piece", "office")} <= noted


def test_pieces_of_a_list_are_there_for_other_rooms(cast, two):
    assert {one.state for one in pieces_of(cast.programme, "offices")} == {"waiting"}
    assert list(pieces_of(cast.programme, "others")) == []
