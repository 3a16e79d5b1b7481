"""What several tests of letters begin with."""

import pytest

from keti.letters.tests.scene import issued, office


def to_two(cast):
    """An issued letter to two offices."""
    first = office(cast, "甲市政府办公室", "130100", address="甲路 1 号", postcode="050000",
                   addressee="办公室")  # fmt: skip
    second = office(cast, "乙部办公厅", address="乙街 2 号")
    return issued(cast, first, second, copies="存档（演示）")


@pytest.fixture
def two(cast):
    return to_two(cast)
