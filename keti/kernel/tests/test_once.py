"""What a page reads once, and what an act reads anew."""

from collections.abc import Callable

from keti.kernel.once import afresh, once, reading


def counting() -> tuple[Callable[[], int], list[int]]:
    read: list[int] = []

    def count() -> int:
        read.append(1)
        return len(read)

    return count, read


def test_within_a_request_it_is_read_once():
    count, read = counting()
    with reading():
        assert [once("n", count), once("n", count), once("other", count)] == [1, 1, 2]
    assert len(read) == 2


def test_outside_a_request_it_is_read_each_time():
    count, _read = counting()
    assert [once("n", count), once("n", count)] == [1, 2]


def test_an_act_reads_anew_and_what_was_known_before_is_forgotten():
    count, _read = counting()
    with reading():
        assert once("n", count) == 1
        with afresh():
            assert [once("n", count), once("n", count)] == [2, 3]
        assert [once("n", count), once("n", count)] == [4, 4]


def test_the_next_request_knows_nothing_of_the_last():
    count, _read = counting()
    with reading():
        once("n", count)
    with reading():
        assert once("n", count) == 2
