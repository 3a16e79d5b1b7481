"""Until something is published all is changed freely; a plan is told in words, never in keys."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from keti.accounts.actions import PersonFacts, enter_person
from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.charter.queries import in_force
from keti.charter.rules import load
from keti.charter.rules.compiled import Compiled, GateSpec, ObligationSpec, RoleSpec
from keti.charter.rules.joining import Share
from keti.charter.rules.wording import ANEW
from keti.duties.models import Obligation
from keti.groups.actions import Place, appoint
from keti.groups.models import Group, Role, Seat
from keti.kernel import clock
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused
from keti.notify.models import Message
from keti.planning.actions import Founding, Proposal, found_programme, propose_amendment
from keti.planning.models import Amendment
from keti.planning.permissions import unpublished
from keti.planning.rules.plan import plan
from keti.planning.rules.reality import founded
from keti.planning.rules.wording import PlanTitles, line, named_duties
from keti.programmes.models import Programme
from tests.cast import local

CHARTERS = Path(__file__).parents[3] / "charters"
SHIPPED = sorted(one.stem for one in CHARTERS.glob("*.yaml") if "as-written" not in one.stem)
TEMPLATE = CHARTERS / "association-standard.yaml"
AUDITOR = "zh: 程序监督员, in: steering, min: "
WEEK = timedelta(days=7)
HEAVY = (f"{AUDITOR}1", f"{AUDITOR}2")


@pytest.fixture
def own(db: None) -> Iterator[tuple[Programme, Person]]:
    """A programme of which nothing is published, founded on a day after its first duty was due."""
    clock.stand_at(local("2030-03-01T09:00"))
    founder = Person.objects.create(name="秦秘书（演示）", mail="own@example.org", may_found=True)
    text = TEMPLATE.read_text()
    made = found_programme(
        Act(by=founder, recorded_at=clock.instant()),
        founder=founder,
        founding=Founding(CharterFile(TEMPLATE.name, text), "own"),
    )
    yield made, founder


def act_of(programme: Programme, founder: Person) -> Act:
    seat = next(
        one
        for one in Seat.objects.filter(programme=programme).of(founder).with_names()
        if one.can("manage")
    )
    return Act(by=founder, recorded_at=clock.instant(), seat=seat)


def changed(programme: Programme, *changes: tuple[str, str]) -> CharterFile:
    text = in_force(programme).text
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return CharterFile(TEMPLATE.name, text)


def test_what_nobody_saw_is_changed_at_once_and_what_somebody_saw_as_the_charter_says(
    own: tuple[Programme, Person], client: Client
) -> None:
    programme, founder = own
    first = Obligation.objects.filter(programme=programme).order_by("due_at")[0]
    assert (first.due_rule, unpublished(programme)) == (ANEW, True)
    assert first.due_at > clock.instant(), "what was past at the founding began anew"
    year = str(programme.starts_at.year)
    later = in_force(programme).text.replace(f"{year}-", "2031-").replace(HEAVY[0], HEAVY[1], 1)
    made = propose_amendment(
        act_of(programme, founder),
        programme=programme,
        proposal=Proposal(CharterFile(TEMPLATE.name, later), "改到明年。"),
    )
    assert (made.state, made.klass, made.approvers) == ("applied", "before-publication", [])
    first.refresh_from_db()
    assert programme.local(first.due_at).year == 2031, "it follows the charter that is ahead again"
    assert not Message.objects.filter(programme=programme).exists(), "there is nobody to tell"
    assert unpublished(programme), "preparing publishes nothing"
    later_on = Proposal(
        changed(programme, HEAVY[::-1]), "再改。", clock.instant() + timedelta(days=60)
    )
    with pytest.raises(Refused) as refused:
        propose_amendment(act_of(programme, founder), programme=programme, proposal=later_on)
    assert refused.value.code == "planning.approver-vacant", "for a later day it is as ever"

    group = Group.objects.filter(programme=programme, parent=None)[0]
    role = next(one for one in Role.objects.filter(programme=programme) if not one.excludes)
    other = enter_person(PersonFacts("毛研究员（演示）", mail="other@example.org"))
    free = [one for one in Role.objects.filter(programme=programme, group_kind=group.kind)]
    role = next(one for one in free if "judge" in one.can or one.external)
    appoint(act_of(programme, founder), place=Place(group=group, role=role, person=other))
    assert not unpublished(programme)
    with pytest.raises(Refused) as refused:
        propose_amendment(
            act_of(programme, founder),
            programme=programme,
            proposal=Proposal(changed(programme, HEAVY[::-1]), "再改。"),
        )
    assert refused.value.code in ("planning.may-not-propose", "planning.approver-vacant")
    assert Amendment.objects.filter(programme=programme).count() == 1


@pytest.mark.parametrize("name", SHIPPED)
def test_every_fact_of_a_plan_is_told_in_words(name: str) -> None:
    """Whatever an amendment may change about whatever a charter declares: no key, no code."""
    now = charter(name)
    desired = overturned(now)
    found = plan(desired, founded(now), now.obligations[0].due_at - timedelta(days=900))
    names = {name for one in found.changes for name in one.aspects}
    assert len(names) > 20, "the plan touches hardly anything"
    titles = titles_of(now)
    for lang in ("zh", "en"):
        words = PlanTitles(
            lang,
            ZoneInfo("Asia/Shanghai"),
            {one.key: one.title for one in now.groups},
            {one.key: one.title for one in now.roles},
            named_duties(now),
            titles,
        )
        for one in found.changes:
            told = line(one, words)
            assert not re.search(r"[a-z]_[a-z]|@|\w/\w*[a-z]|\{|\[|aspect-", bare(told)), told
            if lang == "zh":
                assert not re.findall(r"[A-Za-z]{3,}", bare(told)), told


def bare(told: str) -> str:
    """The line without what an author wrote in letters: names in the other language, time zone."""
    return re.sub(r"英文名称.*|时区.*|文号字头.*|“[^”]*”|Chinese name.*|time zone.*", "", told)


def charter(name: str) -> Compiled:
    compiled, _found = load((CHARTERS / f"{name}.yaml").read_text(), name)
    assert compiled is not None
    return compiled


def titles_of(now: Compiled) -> dict[str, Text]:
    found = {one.key: one.title for one in (*now.works, *now.phases)}
    for one in now.groups:
        found[one.kind] = one.title
    for gate in now.gates:
        found |= {each.key: each.title for each in gate.outcomes}
        found |= {gate.key: gate.title, gate.kind: gate.title}
    return found


def overturned(now: Compiled) -> Compiled:
    """The charter with every fact of every duty, gate, role, group and phase otherwise."""
    return replace(
        now,
        title=Text("另一课题", "Another"),
        number_prefix="另",
        blocks={**now.blocks, "numbers": {"另": 5}},
        tz="Europe/Berlin",
        phases=tuple(
            replace(one, end=one.end + WEEK, opens_with=now.gates[0].kind) for one in now.phases
        ),
        groups=(
            *(replace(one, parent="" if one.parent else one.key) for one in now.groups),
            replace(now.groups[0], key="fresh", title=Text("新组", "Fresh group")),
        ),
        roles=tuple(role_overturned(one, [each.key for each in now.roles]) for one in now.roles),
        obligations=tuple(
            duty_overturned(one, now, place) for place, one in enumerate(now.obligations)
        ),
        gates=tuple(gate_overturned(one, now) for one in now.gates),
    )


def role_overturned(one: RoleSpec, roles: list[str]) -> RoleSpec:
    return replace(
        one,
        min=one.min + 1,
        max=(one.max or 0) + 9,
        can=frozenset({"manage", "read"} if "judge" in one.can else {"judge", "advise"}),
        excludes=tuple(roles[:2]) if not one.excludes else (),
        appointed_by=roles[0] if one.appointed_by != roles[0] else roles[1],
        external=not one.external,
    )


def duty_overturned(one: ObligationSpec, now: Compiled, place: int) -> ObligationSpec:
    duties = now.obligations
    return replace(
        one,
        due_at=one.due_at + WEEK,
        opens_at=(one.opens_at or one.due_at) + WEEK,
        role=now.roles[place % len(now.roles)].key,
        title=Text(f"改名{place}", f"Renamed {place}"),
        needs=(duties[place - 1].key, duties[0].key),
        remind=(timedelta(days=9), timedelta(hours=6)),
        escalate=((timedelta(days=2), now.roles[0].key),),
    )


def gate_overturned(one: GateSpec, now: Compiled) -> GateSpec:
    roles = [each.key for each in now.roles]
    rule = replace(one.rule, quorum=3, approve=Fraction(3, 4), unanimous=not one.rule.unanimous)
    return replace(
        one,
        decides=tuple(roles[:2]),
        rule=rule,
        inputs=(now.obligations[0].key, now.obligations[-1].key),
        when=f"{one.kind}.approve and all({now.works[0].key}.done)",
        outcomes=one.outcomes[:1],
        opens_at=one.by_at - WEEK,
        by_at=one.by_at + WEEK,
        first_by=one.by_at,
        max_rounds=one.max_rounds + 1,
        revise_within=timedelta(days=11),
        sign_off=not one.sign_off,
        composition=(Share(roles[0], 1, 3), Share(roles[1], 2)),
    )


@pytest.mark.parametrize(("day", "due"), [("04", "05"), ("05", "06"), ("06", "14")])
def test_nothing_is_late_on_the_day_of_the_founding(db: None, day: str, due: str) -> None:
    """The call is due by the midnight after the fourth: who founds in the hours after it has the
    day; later it is counted anew."""
    clock.stand_at(local(f"2030-03-{day}T09:00"))
    founder = Person.objects.create(name="秦秘书（演示）", mail="own@example.org", may_found=True)
    cast_charter = Path(__file__).parents[3] / "tests" / "cast.yaml"
    made = found_programme(
        Act(by=founder, recorded_at=clock.instant()),
        founder=founder,
        founding=Founding(CharterFile("cast.yaml", cast_charter.read_text()), "own"),
    )
    invite = Obligation.objects.get(programme=made, kind="invite")
    assert invite.due_at == local(f"2030-03-{due}T00:00")
