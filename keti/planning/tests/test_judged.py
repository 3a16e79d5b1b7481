"""The roster as the linter counts it, and what it says of a charter with its people."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from keti import commands
from keti.__main__ import main
from keti.accounts.models import Organisation, Person
from keti.charter.queries import compiled
from keti.groups.models import Seat
from keti.groups.queries import roster
from keti.planning.queries import judged


def test_the_roster_names_person_role_group_and_party(cast):
    rows = {
        one.name: (one.role, one.group, one.party) for one in roster(cast.programme, cast.moment)
    }
    assert len(rows) == 13
    assert rows["卢组长（演示）"] == ("captain", "cell.red", "卢氏研究所（演示）")
    assert rows["秦秘书（演示）"] == ("clerk", "core", "office")


def test_a_unit_belongs_to_the_party_above_it(cast):
    house = Organisation.objects.get(name_zh="测试委员会（演示）")
    Organisation.objects.filter(name_zh="任氏研究所（演示）").update(affiliated_with=house)
    rows = {one.name: one.party for one in roster(cast.programme, cast.moment)}
    assert rows["任专家（演示）"] == "house"


def test_two_people_of_one_name_are_two(cast):
    Person.objects.filter(pk=cast.rui.person.pk).update(name=cast.ren.person.name)
    names = [one.name for one in roster(cast.programme, cast.moment) if one.role == "referee"]
    assert len(set(names)) == 3


def test_the_roster_takes_the_same_queries_for_any_number_of_seats(cast):
    compiled(cast.programme)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            roster(cast.programme, cast.moment)
        return len(seen)

    many = count()
    Seat.objects.exclude(group__key="cell.red").update(ends_at=cast.moment)
    assert count() == many


def out_of_reach(cast) -> list[tuple[object, ...]]:
    found = [one for one in judged(cast.programme, cast.moment) if one.number == "ROL207"]
    return [(one.path, one.facts["group"], one.facts["free"]) for one in found]


def test_a_gate_is_judged_with_those_who_sit_there(cast):
    assert out_of_reach(cast) == []
    Seat.objects.filter(pk=cast.rui.seat.pk).update(ends_at=cast.moment)
    assert out_of_reach(cast) == []
    Person.objects.filter(pk=cast.ren.person.pk).update(unit=cast.lu.person.unit)
    assert out_of_reach(cast) == [("gates.half.rule.quorum", "cell.red", 1)]


def test_the_command_judges_a_programme_with_its_people(cast, capsys, monkeypatch):
    monkeypatch.setattr(commands, "set_up", lambda data: None)
    assert main(["lint", "--programme", "cast", "--lang", "en", "--json"]) == 0
    assert '"code": "ROL' in capsys.readouterr().out
    assert main(["lint", "--programme", "nowhere"]) == 2
    assert main(["lint"]) == 2
    assert "there is no programme nowhere" in capsys.readouterr().err
