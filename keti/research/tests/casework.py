"""What tests of cases do over and over: check, ask, change, and look how a case stands."""

from dataclasses import replace
from datetime import date

import pytest

from keti.documents.actions import keep_produced
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.research import queries
from keti.research.actions import Found, Said, ask_approval, change, check_facts
from keti.research.models import Node
from tests.cast import seen_by

DAY = date(2030, 3, 1)
WORDS = "对照年报第 3 页，数字一致（演示）"


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


def fresh(node):
    return Node.objects.with_names().get(pk=node.pk)


def check(case, by="mi", outcome="holds", version=None, **more):
    node = fresh(case.node)
    found = Found(outcome, more.pop("words", WORDS), more.pop("day", DAY), **more)
    act = case.cast.players[by].act()
    return check_facts(act, node=node, version=version or node.version, found=found)


def ask(case, by="mao"):
    node = fresh(case.node)
    return ask_approval(case.cast.players[by].act(), node=node, version=node.version)


def rewrite(case, text, by="mao"):
    node = fresh(case.node)
    said = Said("case", node.title_zh, group=node.group, text_zh=text, facts=node.facts,
                confidential=node.confidential)  # fmt: skip
    return change(case.cast.players[by].act(), node=node, said=said, version=node.version)


def stand(case, by="qin"):
    seen = queries.graph_of(seen_by(case.cast.players[by].seat))
    return queries.standings(case.cast.programme, seen).get(case.node.pk)


def waiting(cast, who=None):
    found = Obligation.objects.filter(kind="research.endorse", state=DutyState.OPEN)
    return list(found.filter(seat=cast.players[who].seat) if who else found)


def paper(cast, act):
    file = keep_produced(
        act, programme=cast.programme, name="复函.pdf", mime="application/pdf", data=b"%PDF"
    )
    return replace(act, evidence=file)
