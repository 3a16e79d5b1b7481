"""Whatever is wrong with one letter, or with the server, costs that letter or nothing."""

import time
from datetime import timedelta

import pytest
from django.db import connection

from keti.accounts.models import Person
from keti.kernel.acts import Text
from keti.notify.actions import Letter, deliver_due, post
from keti.notify.actions.delivering import RUN_SECONDS
from keti.notify.channels.smtp import packing
from keti.notify.channels.smtp import round as sending
from keti.notify.enums import DeliveryState as S
from keti.notify.models import Message
from keti.notify.tests.conftest import NOW, mail_of, mails
from tests.office import BE_SILENT, BREAK_OFF, deaf, words


def state_of(message: Message) -> tuple[str, int, str]:
    mail = mail_of(message)
    return mail.state, mail.attempts, mail.fault


def plant(row: Message, column: str, text: str) -> None:
    """Write a cell as the database would have kept it once."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE notify_message SET {column} = %s WHERE id = %s", [text, row.pk])


HOSTILE = ["a@b\nBcc: c@example.org", "a@b, c@example.org", "x", "@b", "a@", "甲@example.org",
           "a@" + "x" * 70 + ".example", "a@b c", "a@b>\r\nDATA"]  # fmt: skip


@pytest.mark.parametrize("mail", HOSTILE)
def test_an_impossible_address_fails_alone(cast, office, crowd, mail):
    (bad,) = crowd(1, "bad")
    Person.objects.filter(public_id=bad.recipient_id).update(mail=mail)
    (good,) = crowd(1, "good")
    assert deliver_due(NOW) == 1
    assert state_of(bad) == (S.FAILED, 1, "notify.address-impossible")
    assert state_of(good)[0] == S.SENT
    assert office.addresses() == ["good000@example.org"]


CONTROLS = [chr(n) for n in (*range(1, 32), *range(127, 160), 0x2028, 0x2029)]


def test_rows_of_old_with_breaks_in_them_go_out_on_one_line(office, crowd):
    """Rows written before titles were folded."""
    rows = crowd(len(CONTROLS))
    for row, control in zip(rows, CONTROLS, strict=True):
        plant(row, "subject", f"a{control}Bcc: x@example.org")
        Message.objects.filter(pk=row.pk).update(body=f"b{control}.{control}c")
    assert deliver_due(NOW) == len(CONTROLS)
    assert office.addresses() == [f"p{n:03}@example.org" for n in range(len(CONTROLS))]
    for _, letter in office.kept:
        assert letter["Bcc"] is None
        assert words(letter) == "a Bcc: x@example.org"


def test_lines_that_begin_with_a_dot_arrive_as_written(cast, office):
    said = Letter("x", "dots", Text("点"), Text(".\n..\n.end\nMAIL FROM:<x@y>\n."))
    post(cast.programme, said, to=[cast.lu.person], at=NOW)
    assert deliver_due(NOW) == 1
    ((_, letter),) = office.kept
    text = letter.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert text.rstrip("\n") == ".\n..\n.end\nMAIL FROM:<x@y>\n."


def test_a_person_who_is_gone_or_has_no_address_any_more(office, crowd):
    gone, silent, good = crowd(3)
    Message.objects.filter(pk=gone.pk).update(recipient_id="nobody")
    Person.objects.filter(public_id=silent.recipient_id).update(mail="")
    assert deliver_due(NOW) == 1
    assert state_of(gone) == state_of(silent) == (S.NO_ADDRESS, 1, "notify.no-address")
    assert state_of(good)[0] == S.SENT


def test_an_error_of_our_own_costs_the_letter_alone(office, crowd, monkeypatch):
    bad, good = crowd(2)
    real = packing.plain

    def wrong(text: str) -> str:
        if text == "bad":
            raise ZeroDivisionError("of our own")
        return real(text)

    Message.objects.filter(pk=bad.pk).update(body="bad")
    monkeypatch.setattr(packing, "plain", wrong)
    assert deliver_due(NOW) == 1
    assert state_of(bad) == (S.WAITING, 1, "notify.cannot-be-written")
    assert state_of(good)[0] == S.SENT


ANSWERS = {
    "550 5.1.1 no such user": (S.FAILED, "notify.address-refused"),
    "553 bad mailbox": (S.FAILED, "notify.address-refused"),
    "450 greylisted": (S.WAITING, "notify.server-busy"),
    "452 too many": (S.WAITING, "notify.server-busy"),
    "421 closing": (S.WAITING, "notify.server-busy"),
    "530 sign in first": (S.WAITING, "notify.we-are-refused"),
    "550 5.7.1 relaying denied": (S.WAITING, "notify.we-are-refused"),
    BREAK_OFF: (S.WAITING, "notify.server-gone"),
    BE_SILENT: (S.WAITING, "notify.server-gone"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_to_one_recipient_is_about_that_one(office, crowd, answer):
    office.to_recipient["p001"] = answer
    rows = crowd(4)
    assert deliver_due(NOW) == 3
    state, fault = ANSWERS[answer]
    assert state_of(rows[1]) == (state, 1, fault)
    assert [state_of(one)[0] for one in rows] == [S.SENT, state, S.SENT, S.SENT]
    assert office.addresses() == [f"p{n:03}@example.org" for n in (0, 2, 3)]
    office.to_recipient.clear()
    again = deliver_due(NOW + timedelta(days=1))
    assert again == (state == S.WAITING)
    assert set(office.ids().values()) == {1}


TO_LETTERS = {
    "554 spam": (S.FAILED, "notify.letter-refused"),
    "552 too large": (S.FAILED, "notify.letter-refused"),
    "451 try later": (S.WAITING, "notify.server-busy"),
    "421 closing": (S.WAITING, "notify.server-busy"),
    BREAK_OFF: (S.UNCERTAIN, "notify.reply-lost"),
    BE_SILENT: (S.UNCERTAIN, "notify.reply-lost"),
    "999 what?": (S.UNCERTAIN, "notify.reply-lost"),
}


@pytest.mark.parametrize("answer", TO_LETTERS)
def test_an_answer_to_one_letter_is_about_that_one(office, crowd, answer):
    """Where the answer is lost the letter may have arrived: it is not sent again by itself."""
    office.to_letter["p001"] = answer
    rows = crowd(4)
    assert deliver_due(NOW) == 3
    state, fault = TO_LETTERS[answer]
    assert state_of(rows[1]) == (state, 1, fault)
    office.to_letter.clear()
    assert deliver_due(NOW + timedelta(days=1)) == (state == S.WAITING)
    assert set(office.ids().values()) == {1}


def test_one_connection_carries_many_letters(office, crowd):
    crowd(50)
    assert deliver_due(NOW) == 50
    assert office.connections <= sending.LINES
    assert len(office.kept) == 50


def test_a_slow_server_gets_more_lines(office, crowd, monkeypatch):
    monkeypatch.setattr(sending, "PATIENCE", 0.2)
    office.seconds_a_letter = 0.6
    crowd(16)
    assert deliver_due(NOW) == 16
    assert 1 < office.connections <= sending.LINES
    assert len(office.ids()) == len(office.kept) == 16


def test_a_server_that_takes_few_letters_a_connection_is_called_again(office, crowd):
    office.letters_a_connection = 3
    crowd(10)
    assert deliver_due(NOW) == 10
    assert len(office.ids()) == len(office.kept) == 10
    assert set(mails(key="crowd").values_list("attempts", flat=True)) == {0}


def test_a_server_that_refuses_our_sender_costs_no_letter(office, crowd):
    office.to_sender = "550 5.7.1 not from you"
    crowd(3)
    assert deliver_due(NOW) == 0
    assert set(mails(key="crowd").values_list("state", "attempts")) == {(S.WAITING, 0)}
    assert office.asked["mail"] == sending.TROUBLES


def test_a_sender_that_is_no_address_costs_no_letter(office, crowd, settings):
    settings.DEFAULT_FROM_EMAIL = "keti\nBcc: x@example.org"
    crowd(3)
    assert deliver_due(NOW) == 0
    assert set(mails(key="crowd").values_list("state", "attempts")) == {(S.WAITING, 0)}


def test_a_sender_with_a_name_is_fine(office, crowd, settings):
    settings.DEFAULT_FROM_EMAIL = "课题秘书处 <keti@example.org>"
    crowd(1)
    assert deliver_due(NOW) == 1
    ((_, letter),) = office.kept
    assert words(letter, "From") == "课题秘书处 <keti@example.org>"


def test_a_deaf_server_costs_one_wait_and_no_try(mailing, crowd, settings):
    crowd(500)
    with deaf() as settings.EMAIL_PORT:
        begun = time.monotonic()
        assert deliver_due(NOW) == 0
        taken = time.monotonic() - begun
    assert set(mails(key="crowd").values_list("state", "attempts")) == {(S.WAITING, 0)}
    assert taken < RUN_SECONDS


def test_a_server_that_falls_silent_in_mid_run_costs_a_few_letters(office, crowd):
    """Those in its hands are told apart; the rest waits, untouched."""
    office.to_recipient["*"] = BE_SILENT
    office.to_recipient["p000"] = "250 OK"
    crowd(100)
    assert deliver_due(NOW) == 1
    touched = mails(key="crowd").filter(attempts__gt=0, state=S.WAITING).count()
    assert 1 <= touched <= sending.TROUBLES + sending.LINES
    assert mails(key="crowd").filter(state=S.WAITING, attempts=0).count() == 99 - touched


def test_a_run_has_its_own_end(office, crowd):
    """What is in the server's hands when time is up stays uncertain; nothing else is touched."""
    office.to_letter["*"] = BE_SILENT
    crowd(20)
    assert deliver_due(NOW, seconds=1) == 0
    uncertain = mails(key="crowd").filter(state=S.UNCERTAIN).count()
    assert uncertain <= sending.LINES
    assert mails(key="crowd").filter(state=S.WAITING, attempts=0).count() == 20 - uncertain


def test_who_failed_often_stands_behind_the_fresh(office, crowd):
    """A hundred hopeless letters hold up no reminder."""
    hopeless = crowd(5, "hopeless")
    mails(pk__in=[one.pk for one in hopeless]).update(attempts=3)
    (fresh,) = crowd(1, "fresh")
    assert deliver_due(NOW, limit=1) == 1
    assert state_of(fresh)[0] == S.SENT
