"""Figures, contributions, nominations, the rules of awards, decisions, notice, awards, stock."""

import pytest
from django.db import DatabaseError, transaction

from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.enums import Purpose
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.honours import actions, permissions, queries
from keti.honours.enums import Stage
from keti.honours.models import Assessment, Nomination, Piece
from keti.honours.rules import Checklist
from keti.honours.tests.conftest import BASIS
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message

pytestmark = pytest.mark.django_db


def refused(code, do):
    with pytest.raises(Refused) as caught:
        do()
    assert caught.value.code == code
    return caught.value.sentence()


def waiting(cast, form):
    rows = Obligation.objects.filter(programme=cast.programme, kind=f"honours.{form}", state="open")
    return [one.seat.public_id if one.seat else one.pool for one in rows.order_by("pk")]


def figure(cast, who, measure):
    figures = queries.figures_of(cast.programme, cast.players["qin"].moment)
    tally = figures[cast.players[who].seat.public_id][measure]
    return tally.done, tally.owed


class TestFigures:
    def test_they_are_counted_from_duties_books_meetings_and_contributions(self, cast, hall):
        assert figure(cast, "mao", "report.on_time") == (2, 3)
        assert figure(cast, "mao", "task_book.met")[0] == 0
        hall.assess("mao")
        done, owed = figure(cast, "mao", "task_book.met")
        assert done == owed > 0
        hall.assess("mao", "partly")
        assert figure(cast, "mao", "task_book.met") == (0, owed)
        hall.assess("mao", "waived")
        assert figure(cast, "mao", "task_book.met") == (owed, owed)
        one = hall.declare()
        assert figure(cast, "mao", "input.reported") == (1, 1)
        assert figure(cast, "mao", "input.verified") == (0, 1)
        actions.verify_input(cast.ji.act(), contribution=one)
        assert figure(cast, "mao", "input.verified") == (1, 1)
        actions.withdraw_input(cast.mao.act(), contribution=one, reason="重复申报。")
        assert figure(cast, "mao", "input.reported") == (0, 0)

    def test_a_lead_answers_for_the_books_of_the_group(self, cast, hall):
        hall.assess("mao")
        assert figure(cast, "lu", "task_book.met")[0] < figure(cast, "lu", "task_book.met")[1]
        hall.assess("mi")
        done, owed = figure(cast, "lu", "task_book.met")
        assert done == owed > 0

    def test_a_record_is_an_edition_and_stays_as_it_was(self, cast, hall):
        hall.draw()
        first = queries.newest_record(cast.programme)
        hall.assess("mao")
        hall.draw()
        second = queries.newest_record(cast.programme)
        assert (first.number, second.number) == (1, 2) and first.figures != second.figures
        with pytest.raises(DatabaseError), transaction.atomic():
            type(first).objects.filter(pk=first.pk).update(figures={})
        told = Message.objects.filter(kind="honours.drawn", recipient_id=cast.mao.person.public_id)
        assert told.count() == 2
        refused(
            "groups.only-the-secretariat",
            lambda: actions.draw_record(cast.lu.act(), programme=cast.programme),
        )


class TestAssessing:
    def test_whose_own_side_it_is_does_not_assess(self, cast, hall):
        refused("honours.only-leads-assess", lambda: hall.assess(by="mi"))
        refused("honours.only-leads-assess", lambda: hall.assess(by="he"))
        cast.mao.person.unit = cast.lu.person.unit
        cast.mao.person.save()
        refused("honours.not-for-ones-own", lambda: hall.assess(by="lu"))

    def test_every_target_and_why(self, cast, hall):
        book = hall.books[cast.mao.seat.pk]
        refused(
            "honours.every-target", lambda: actions.assess_book(cast.lu.act(), book=book, marks=[])
        )
        marks = [("not", "")] * len(book.content["targets"])
        refused(
            "honours.say-why", lambda: actions.assess_book(cast.lu.act(), book=book, marks=marks)
        )
        assert not Assessment.objects.exists()


class TestContributions:
    def test_another_verifies_and_is_asked_to(self, cast, hall):
        one = hall.declare()
        assert waiting(cast, "decide") == ["watchers"]
        refused(
            "honours.only-others-verify",
            lambda: actions.verify_input(cast.mao.act(), contribution=one),
        )
        actions.decline_input(cast.qin.act(), contribution=one, reason="票据不清。")
        assert waiting(cast, "decide") == []
        letter = Message.objects.get(kind="honours.input-declined")
        assert letter.recipient_id == cast.mao.person.public_id and "票据不清" in letter.body

    def test_bad_input_is_refused_in_words(self, cast, hall):
        refused("honours.something", lambda: hall.declare(amount=0))


class TestAwards:
    def test_the_whole_way(self, cast, hall):
        one = hall.nominated()
        assert waiting(cast, "decide") == ["managers"]
        refused(
            "honours.draw-the-record-first",
            lambda: actions.check(cast.qin.act(), nomination=one, told=BASIS),
        )
        hall.draw()
        text = refused(
            "honours.criteria-not-met",
            lambda: actions.check(cast.qin.act(), nomination=one, told=BASIS),
        )
        assert "task_book.met" in text and "inputs_verified" in text and "on_time" not in text
        hall.assess()
        hall.verified()
        hall.draw()
        for told, code in (
            (Checklist(fee=True, basis="x", basis_day="2030-01-01", authority="y"), "收费"),
            (Checklist(commercial=True, basis="x", basis_day="2030-01-01", authority="y"), "营利"),
            (Checklist(), "批准依据"),
        ):
            assert code in refused(
                "honours.blocked",
                lambda told=told: actions.check(cast.qin.act(), nomination=one, told=told),
            )
        actions.check(cast.qin.act(), nomination=one, told=BASIS)
        assert waiting(cast, "judge") == [cast.gao.seat.public_id, cast.ji.seat.public_id]
        refused(
            "honours.not-among-deciders",
            lambda: actions.vote(cast.qin.act(), nomination=one, yes=True),
        )
        actions.vote(cast.gao.act(), nomination=one, yes=True)
        assert Nomination.objects.get().stage == Stage.CHECKED
        refused(
            "honours.spoken-already",
            lambda: actions.vote(cast.gao.act(), nomination=one, yes=False, text="x"),
        )
        actions.vote(cast.ji.act(), nomination=one, yes=True)
        one = Nomination.objects.get()
        assert one.stage == Stage.APPROVED and waiting(cast, "judge") == []
        one = actions.give_notice(cast.qin.act(), nomination=one)
        assert cast.programme.local(one.notice_ends).strftime("%m-%dT%H:%M") == "06-24T00:00"
        refused("honours.notice-runs", lambda: actions.award(cast.qin.act(), nomination=one))
        cast.at("2030-06-24T00:00")
        one = actions.award(cast.qin.act(), nomination=one)
        assert (one.stage, one.number) == (Stage.AWARDED, "测证书〔2030〕1号")
        one = actions.revoke(cast.qin.act(), nomination=one, reason="材料不实。")
        assert one.stage == Stage.REVOKED
        kinds = list(
            Entry.objects.filter(kind__startswith="honours.").values_list("kind", flat=True)
        )
        assert kinds[-6:] == [
            "honours.nomination.checked",
            "honours.vote.cast",
            "honours.vote.cast",
            "honours.notice.given",
            "honours.certificate.awarded",
            "honours.certificate.revoked",
        ]

    def test_one_no_and_it_is_not_granted(self, cast, hall):
        one = hall.checked()
        refused(
            "honours.reason-needed", lambda: actions.vote(cast.gao.act(), nomination=one, yes=False)
        )
        actions.vote(cast.gao.act(), nomination=one, yes=False, text="依据不足。")
        one = actions.vote(cast.ji.act(), nomination=one, yes=True)
        assert one.stage == Stage.DECLINED

    def test_who_is_in_conflict_stands_aside_and_a_role_must_be_left(self, cast, hall):
        cast.ji.person.unit = cast.mao.person.unit
        cast.ji.person.save()
        cast.ji.seat = Seat.objects.with_names().get(pk=cast.ji.seat.pk)
        one = hall.nominated()
        hall.assess()
        actions.verify_input(cast.qin.act(), contribution=hall.declare())
        hall.draw()
        actions.check(cast.qin.act(), nomination=one, told=BASIS)
        assert waiting(cast, "judge") == [cast.gao.seat.public_id]
        refused(
            "honours.conflict-same-unit",
            lambda: actions.vote(cast.ji.act(), nomination=one, yes=True),
        )
        one = actions.vote(cast.gao.act(), nomination=one, yes=True)
        assert one.stage == Stage.CHECKED

    def test_an_objection_is_answered_before_the_award(self, cast, hall):
        one = hall.noticed()
        made = actions.object_to(cast.hua.act(), nomination=one, text="考勤不实。")
        cast.at("2030-06-24T00:00")
        refused("honours.objection-open", lambda: actions.award(cast.qin.act(), nomination=one))
        refused(
            "honours.no-notice-now",
            lambda: actions.object_to(cast.hua.act(), nomination=one, text="又。"),
        )
        actions.answer_objection(cast.qin.act(), objection=made, upheld=True, answer="属实。")
        assert Nomination.objects.get().stage == Stage.DECLINED
        letter = Message.objects.get(kind="honours.objection")
        assert letter.recipient_id == cast.hua.person.public_id

    def test_outsiders_are_recorded_with_their_letter(self, cast, hall):
        one = hall.noticed()
        refused(
            "honours.outsiders-by-the-secretariat",
            lambda: actions.object_to(cast.hua.act(), nomination=one, text="x", sender="某人"),
        )
        refused(
            "honours.letter-needed",
            lambda: actions.object_to(cast.qin.act(), nomination=one, text="x", sender="某人"),
        )

    def test_nobody_nominates_the_own_side_or_another_role(self, cast, hall):
        refused("honours.not-for-ones-own", lambda: hall.nominated("lu", "lu"))
        refused("honours.not-among-nominators", lambda: hall.nominated("mao", "mi"))
        refused("honours.not-for-this-role", lambda: hall.nominated("ji", "lu"))
        hall.nominated()
        refused("honours.nominated-already", hall.nominated)
        hall.nominated(by="qin")
        assert Nomination.objects.get().nominators.count() == 2


class TestCertificates:
    def test_everybody_who_qualifies_gets_one_and_nobody_twice(self, cast, hall):
        refused(
            "honours.draw-the-record-first",
            lambda: actions.certify_all(cast.qin.act(), programme=cast.programme, honour="leaf"),
        )
        hall.assess("mao")
        hall.assess("mi", "not")
        hall.draw()
        act = cast.qin.act(key="all")
        made = actions.certify_all(act, programme=cast.programme, honour="leaf")
        assert [(one.seat.pk, one.number) for one in made] == [
            (cast.mao.seat.pk, "测证书〔2030〕1号")
        ]
        again = actions.certify_all(act, programme=cast.programme, honour="leaf")
        assert [one.pk for one in again] == [one.pk for one in made]
        refused(
            "honours.nobody-left",
            lambda: actions.certify_all(cast.qin.act(), programme=cast.programme, honour="leaf"),
        )
        refused(
            "honours.one-by-one",
            lambda: actions.certify_all(cast.qin.act(), programme=cast.programme, honour="wreath"),
        )

    def test_the_database_keeps_whose_it_is_and_its_number(self, cast, hall):
        one = hall.awarded()
        for change in ({"number": "假〔2030〕1号"}, {"seat": cast.mi.seat}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Nomination.objects.filter(pk=one.pk).update(**change)

    def test_a_name_is_public_only_while_its_owner_agrees(self, cast, hall):
        one = hall.awarded()

        def name():
            agreed = queries.named_in_public(cast.programme)
            return queries.shown_of(one, "zh-hans", agreed).who

        assert "毛研究员" not in name()
        about = {"programme": cast.programme, "person": cast.mao.person}
        give_consent(cast.mao.act(), **about)
        assert "毛研究员" not in name()
        give_consent(cast.mao.act(), **about, purpose=Purpose.HONOUR)
        assert name() == "毛研究员（演示）"
        withdraw_consent(cast.mao.act(), **about, purpose=Purpose.HONOUR)
        assert "毛研究员" not in name()


class TestStock:
    def test_a_piece_comes_goes_and_comes_back(self, cast, hall):
        pieces = actions.receive_pieces(
            cast.qin.act(), programme=cast.programme, kind="badge", serials=["A1", "A2"]
        )
        refused(
            "honours.serial-known",
            lambda: actions.receive_pieces(
                cast.qin.act(), programme=cast.programme, kind="badge", serials=["A2"]
            ),
        )
        waits = hall.noticed()
        refused(
            "honours.not-awarded",
            lambda: actions.hand_piece(
                cast.qin.act(), piece=pieces[0], nomination=waits, taken_by="毛"
            ),
        )
        cast.at("2030-06-24T00:00")
        one = actions.award(cast.qin.act(), nomination=waits)
        actions.hand_piece(cast.qin.act(), piece=pieces[0], nomination=one, taken_by="毛（演示）")
        refused(
            "honours.piece-is-elsewhere",
            lambda: actions.write_off(cast.qin.act(), piece=pieces[0], note="丢失"),
        )
        actions.return_piece(cast.qin.act(), piece=pieces[0], note="换一枚。")
        actions.write_off(cast.qin.act(), piece=pieces[1], note="破损。")
        assert list(Piece.objects.order_by("serial").values_list("state", flat=True)) == [
            "stock",
            "gone",
        ]
        refused(
            "groups.only-the-secretariat",
            lambda: actions.receive_pieces(
                cast.lu.act(), programme=cast.programme, kind="badge", serials=["B"]
            ),
        )


def test_who_sees_a_nomination(cast, hall):
    one = hall.nominated()
    sees = {
        name
        for name, player in cast.players.items()
        if player.seat and permissions.sees(hall.sight(name), one)
    }
    assert sees == {"qin", "ji", "gao", "lu"}
