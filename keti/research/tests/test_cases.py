"""What stands behind a case: whom it tells of, checks of its facts, what its unit says."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from keti.duties.enums import DutyState
from keti.notify.models import Message
from keti.research import permissions
from keti.research.actions import (
    Found,
    Parties,
    answer_approval,
    ask_approval,
    check_facts,
    merge,
    say_provenance,
    settle,
    undo_merge,
    withdraw,
    withdraw_approval,
    withdraw_check,
)
from keti.research.models import CaseApproval, FactCheck, Node, Provenance
from keti.research.tests.casework import (
    DAY,
    WORDS,
    ask,
    check,
    fresh,
    paper,
    refused,
    rewrite,
    stand,
    waiting,
)
from tests.cast import seen_by


def test_another_person_checks_what_the_case_says_and_it_stands_for_that_alone(case, cast):
    for who in ("mao", "hua"):
        assert refused(lambda who=who: check(case, who)) in (
            "research.check-of-ones-own", "research.no-such-node"
        )  # fmt: skip
    one = check(case)
    assert stand(case).check == "holds"
    settle(cast.lu.act(), node=fresh(case.node))
    assert stand(case).check == "holds", "settled, it says the same"
    rewrite(case, "改过的。", "lu")
    assert stand(case).check == "changed"
    assert FactCheck.objects.get().version == one.version
    rewrite(case, "原文。", "lu")
    assert stand(case).check == "holds", "it says again what was checked"
    told = Message.objects.filter(kind="research.case-checked")
    assert [one.recipient_id for one in told] == [cast.mao.person.public_id]


def test_who_wrote_or_settled_the_standing_version_does_not_check_it(case, cast):
    rewrite(case, "组长改过的。", "lu")
    assert refused(lambda: check(case, "lu")) == "research.check-of-ones-own"
    check(case, "mi")
    rewrite(case, "秘书处改过的。", "qin")
    assert refused(lambda: check(case, "qin")) == "research.check-of-ones-own"
    check(case, "lu")


@pytest.mark.parametrize(
    "code, more",
    [
        ("research.no-such-choice", {"outcome": "splendid"}),
        ("research.say-what-was-checked", {"words": "  "}),
        ("research.uptake-day-to-come", {"day": date(2031, 1, 1)}),
        ("research.changed-meanwhile", {"version": 9}),
    ],
)
def test_checks_that_are_refused(case, code, more):
    assert refused(lambda: check(case, **more)) == code
    assert not FactCheck.objects.exists()


def test_only_cases_are_checked_and_nobody_for_others(case, chain, cast):
    case.node = chain.enter("finding", "发现", "mao", "cell.red")
    assert refused(lambda: check(case)) == "research.no-case"
    parties = Parties(told_named="某园区")
    assert refused(lambda: say_provenance(cast.mao.act(), node=case.node, parties=parties)) == (
        "research.no-case"
    )
    case.node = chain.enter("case", "案例", "mao", "cell.red")
    act = replace(cast.qin.act(), on_behalf_of=cast.mi.seat)
    found = Found("holds", WORDS, DAY)
    assert refused(lambda: check_facts(act, node=case.node, version=1, found=found)) == (
        "research.check-with-own-eyes"
    )
    settle(cast.lu.act(), node=case.node)
    assert refused(lambda: check(case, "rong")) == "research.check-from-inside"
    check(case, "hua")


def test_the_last_check_counts_and_withdrawn_the_one_before(case, cast):
    first, last = check(case, "mi", "fails"), check(case, "lu", "in_part")
    assert refused(lambda: check(case, "lu")) == "research.checked-already"
    assert stand(case).check == "in_part"
    assert refused(lambda: withdraw_check(cast.mi.act(), check=last, reason="不。")) == (
        "research.uptake-who-withdraws"
    )
    assert refused(lambda: withdraw_check(cast.lu.act(), check=last, reason=" ")) == (
        "research.give-a-reason"
    )
    withdraw_check(cast.lu.act(), check=last, reason="看错了年份。")
    assert stand(case).check == "fails" and FactCheck.objects.count() == 2
    assert refused(lambda: withdraw_check(cast.qin.act(), check=last, reason="再撤。")) == (
        "research.uptake-withdrawn-already"
    )
    check(case, "lu", "holds")
    assert stand(case).check == "holds"
    for change_it in ({"words": "改"}, {"outcome": "holds"}, {"fp": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactCheck.objects.filter(pk=first.pk).update(**change_it)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactCheck.objects.filter(pk=first.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Provenance.objects.update(how="改")


def test_sent_twice_everything_stands_once(case, cast):
    node = fresh(case.node)
    twice = {"key": "once"}
    for _time in range(2):
        say_provenance(cast.mao.act(**twice), node=node, parties=case.parties)
        found = Found("holds", WORDS, DAY)
        check_facts(cast.mi.act(**twice), node=node, version=node.version, found=found)
        one = ask_approval(cast.mao.act(key="two"), node=node, version=node.version)
        answer_approval(cast.hua.act(**twice), approval=one, answer="approved")
    assert Provenance.objects.count() == 2 and FactCheck.objects.count() == 1
    assert CaseApproval.objects.count() == 1 and len(waiting(cast)) == 0


# --- the unit told of


def test_the_unit_is_asked_on_its_desk_sees_that_case_alone_and_approves(case, chain, cast):
    other = chain.enter("case", "另一个草案（演示）", "mao", "cell.red")
    assert not permissions.sees(seen_by(cast.hua.seat), case.node)
    one = ask(case)
    [duty] = waiting(cast, "hua")
    assert "研究案例1" in duty.title_zh and "某园区" not in duty.title_zh
    sight = seen_by(cast.hua.seat)
    assert permissions.sees(sight, fresh(case.node)) and not permissions.sees(sight, other)
    assert list(permissions.visible(sight, Node.objects.all())) == [case.node]
    assert not permissions.sees(seen_by(cast.he.seat), fresh(case.node))
    told = Message.objects.filter(kind="research.case-asked")
    assert [each.recipient_id for each in told] == [cast.hua.person.public_id]
    for who in ("mao", "lu", "he", "ji"):
        act = cast.players[who].act()
        assert refused(lambda act=act: answer_approval(act, approval=one, answer="approved")) == (
            "research.approval-not-yours"
        )
    assert stand(case).approval == "asked"
    answer_approval(cast.hua.act(), approval=one, answer="approved")
    assert stand(case).approval == "approved"
    duty.refresh_from_db()
    assert duty.state == DutyState.MET
    assert refused(lambda: answer_approval(cast.hua.act(), approval=one, answer="changes")) == (
        "research.approval-answered-already"
    )
    rewrite(case, "改过的。")
    assert stand(case).approval == "changed"


def test_changes_are_asked_for_in_words_and_the_new_version_is_asked_anew(case, cast):
    one = ask(case)
    assert refused(lambda: ask(case)) == "research.approval-asked-already"
    assert refused(lambda: answer_approval(cast.hua.act(), approval=one, answer="changes")) == (
        "research.say-which-changes"
    )
    assert refused(lambda: answer_approval(cast.hua.act(), approval=one, answer="fine")) == (
        "research.no-such-choice"
    )
    words = "数字应为 12。"
    answer_approval(cast.hua.act(), approval=one, answer="changes", words=words)
    assert stand(case).approval == "changes"
    assert refused(lambda: ask(case)) == "research.approval-asked-already"
    rewrite(case, "数字是 12。")
    answer_approval(cast.hua.act(), approval=ask(case), answer="approved")
    assert stand(case).approval == "approved" and CaseApproval.objects.count() == 2


def test_what_is_changed_while_it_is_asked_is_asked_no_more(case, cast):
    one = ask(case)
    rewrite(case, "改过的。")
    assert waiting(cast) == []
    assert refused(lambda: answer_approval(cast.hua.act(), approval=one, answer="approved")) == (
        "research.approval-of-before"
    )
    two = ask(case)
    assert [duty.subject_id for duty in waiting(cast, "hua")] == [two.public_id]
    say_provenance(cast.mao.act(), node=case.node, parties=Parties(told=cast.he.seat))
    assert waiting(cast) == []
    assert refused(lambda: answer_approval(cast.hua.act(), approval=two, answer="approved")) == (
        "research.uptake-withdrawn-already"
    )
    three = ask(case)
    withdraw(cast.mao.act(), node=fresh(case.node), reason="不用了。")
    assert waiting(cast) == []
    rewrite(case, "改过的。")
    assert [duty.subject_id for duty in waiting(cast, "he")] == [three.public_id]


def test_the_secretariat_records_the_signed_letter(case, cast):
    one = ask(case)
    behalf = replace(cast.qin.act(), on_behalf_of=cast.hua.seat)
    assert refused(lambda: answer_approval(behalf, approval=one, answer="approved")) == (
        "groups.on-behalf-needs-paper"
    )
    signed = paper(cast, behalf)
    assert refused(lambda: answer_approval(signed, approval=one, answer="approved")) == (
        "research.say-the-paper"
    )
    words = "“同意收录。”华所函〔2030〕2号（演示）"
    one = answer_approval(signed, approval=one, answer="approved", words=words)
    assert one.on_behalf and one.words == words and stand(case).approval == "approved"
    assert waiting(cast) == []
    neighbour = replace(cast.lu.act(), on_behalf_of=cast.hua.seat)
    assert refused(lambda: withdraw_approval(neighbour, approval=one, reason="不。")) == (
        "groups.only-the-secretariat-records-for-others"
    )


def test_of_a_unit_outside_the_secretariat_records_the_paper(case, cast):
    parties = Parties(told_named="某市管委会（演示）")
    say_provenance(cast.mao.act(), node=case.node, parties=parties)
    one = ask(case)
    [duty] = waiting(cast)
    assert duty.pool == "managers" and duty.seat is None
    words = "同意（演示）"
    assert refused(
        lambda: answer_approval(cast.mao.act(), approval=one, answer="approved", words=words)
    ) == "research.approval-secretariat-records"  # fmt: skip
    assert refused(
        lambda: answer_approval(cast.qin.act(), approval=one, answer="approved", words=words)
    ) == "groups.on-behalf-needs-paper"  # fmt: skip
    act = paper(cast, cast.qin.act())
    answer_approval(act, approval=one, answer="approved", words=words)
    duty.refresh_from_db()
    assert duty.state == DutyState.MET and stand(case).approval == "approved"
    assert refused(lambda: withdraw_approval(cast.mao.act(), approval=one, reason="不。")) == (
        "research.approval-secretariat-records"
    )
    withdraw_approval(cast.qin.act(), approval=one, reason="函件说的是另一个案例。")
    assert stand(case).approval == ""


def test_an_answer_is_taken_back_by_the_unit_an_asking_by_the_group(case, cast):
    one = ask(case)
    assert refused(lambda: withdraw_approval(cast.hua.act(), approval=one, reason="不。")) == (
        "research.not-yours"
    )
    withdraw_approval(cast.mao.act(), approval=one, reason="先改。")
    assert waiting(cast) == [] and not permissions.sees(seen_by(cast.hua.seat), fresh(case.node))
    two = answer_approval(cast.hua.act(), approval=ask(case), answer="approved")
    assert refused(lambda: withdraw_approval(cast.mao.act(), approval=two, reason="不。")) == (
        "research.approval-not-yours"
    )
    withdraw_approval(cast.hua.act(), approval=two, reason="批错了。")
    assert stand(case).approval == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseApproval.objects.filter(pk=two.pk).update(answer="changes", words="改")


def test_asking_is_refused_to_others_and_of_what_tells_of_nobody(case, chain, cast):
    assert refused(lambda: ask(case, "mi")) == "research.not-yours"
    bare = chain.enter("case", "没有单位", "mao", "cell.red")
    assert refused(lambda: ask_approval(cast.mao.act(), node=bare, version=1)) == (
        "research.tells-of-no-unit"
    )
    parties = Parties(told=cast.hua.seat)
    assert refused(lambda: say_provenance(cast.mi.act(), node=bare, parties=parties)) == (
        "research.not-yours"
    )


@pytest.mark.parametrize(
    "code, more",
    [
        ("research.no-unit-said", {"told_named": " "}),
        ("research.no-such-choice", {"told_named": "甲", "gains": "perhaps"}),
        ("research.say-how-it-gains", {"told_named": "甲", "gains": "yes"}),
    ],
)
def test_units_that_are_refused(case, cast, code, more):
    assert refused(
        lambda: say_provenance(cast.mao.act(), node=case.node, parties=Parties(**more))
    ) == code  # fmt: skip
    both = Parties(told=cast.hua.seat, told_named="甲")
    assert refused(lambda: say_provenance(cast.mao.act(), node=case.node, parties=both)) == (
        "research.unit-chosen-and-named"
    )


def test_a_merged_or_withdrawn_case_keeps_its_checks(case, chain, cast):
    check(case)
    answer_approval(cast.hua.act(), approval=ask(case), answer="approved")
    other = chain.enter("case", "同一个案例", "mao", "cell.red")
    merge(cast.mao.act(), node=fresh(case.node), into=other)
    page = reverse("research:node", args=["cast", case.node.public_id])
    assert WORDS in cast.mao.client.get(page).content.decode()
    undo_merge(cast.mao.act(), node=fresh(case.node))
    assert (stand(case).check, stand(case).approval) == ("holds", "approved")
    withdraw(cast.mao.act(), node=fresh(case.node), reason="不用。")
    assert WORDS in cast.mao.client.get(page).content.decode()
