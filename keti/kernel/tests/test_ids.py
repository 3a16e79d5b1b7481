"""Public ids: random, long enough, the same again only from the same seed."""

import re

from keti.kernel import ids


def test_an_id_is_26_letters_and_digits():
    assert re.fullmatch(r"[a-z2-7]{26}", ids.new_id())


def test_a_token_and_a_salt_are_as_long_as_they_say():
    assert re.fullmatch(r"[a-z2-7]{32}", ids.new_token())
    assert re.fullmatch(r"[0-9a-f]{32}", ids.new_salt())


def test_ids_do_not_repeat():
    assert len({ids.new_id() for _ in range(5000)}) == 5000


def test_the_same_seed_gives_the_same_ids():
    ids.seed(7)
    first = [ids.new_id(), ids.new_salt(), ids.new_token()]
    ids.seed(7)
    assert [ids.new_id(), ids.new_salt(), ids.new_token()] == first
    ids.seed(8)
    assert ids.new_id() != first[0]


def test_without_a_seed_nothing_is_foreseeable():
    ids.seed(7)
    foreseen = ids.new_id()
    ids.unseed()
    assert ids.new_id() != foreseen
