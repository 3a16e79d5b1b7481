"""What several tests of people share."""

from pathlib import Path

import pytest

from keti.accounts.actions import PersonFacts, register_founder
from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.groups.actions import Place, appoint
from keti.groups.models import Group, Role, Seat
from keti.kernel.acts import Act
from keti.planning.actions import Founding, found_programme
from tests.cast import Cast


@pytest.fixture
def elsewhere(cast: Cast):
    """Seats somebody in another programme, too."""
    zhu = register_founder(PersonFacts("朱邻居（演示）", mail="zhu@example.org", is_demo=True))
    charter = Path(__file__).parents[1] / "cast.yaml"
    file = CharterFile(charter.name, charter.read_text(), "")
    act = Act(by=zhu, recorded_at=cast.moment)
    other = found_programme(act, founder=zhu, founding=Founding(file, "elsewhere", is_demo=True))

    def seat(person: Person) -> Person:
        desk = Seat.objects.of(zhu).with_names().get(programme=other)
        place = Place(
            Group.objects.get(programme=other, key="cell.red"),
            Role.objects.get(programme=other, key="hand"),
            person=person,
        )
        appoint(Act(by=zhu, recorded_at=cast.moment, seat=desk), place=place)
        return person

    return seat
