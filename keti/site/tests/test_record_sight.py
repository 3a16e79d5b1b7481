"""The record tells no more than the rooms: an application's lines are for who reads it."""

import pytest

from keti.intake import actions as intake
from keti.intake.tests.scene import content

pytestmark = pytest.mark.django_db
TOPIC = "一个只有秘书处读的选题"


def applied(cast):
    """Somebody applied, and one requirement is not met for a reason."""
    cast.at("2030-03-04T09:00")
    call = intake.publish_call(cast.qin.act(), obligation=cast.duty("invite"))
    cast.at("2030-03-10T10:00")
    mine = content(name=cast.wu.person.name)
    draft = intake.save_application(cast.wu.act(), call=call, content=mine)
    sent = intake.submit_application(cast.wu.act(), application=draft)
    cast.at("2030-03-22T10:00")
    unmet = [intake.CheckResult("known", False, TOPIC), intake.CheckResult("lawful", True)]
    intake.check_eligibility(cast.qin.act(), application=sent, results=unmet)


@pytest.mark.parametrize("who", ["ji", "gao"])
def test_who_sees_every_group_is_told_no_line_of_an_application(cast, who):
    applied(cast)
    client = getattr(cast, who).client
    lines = client.get("/p/cast/ledger/ledger.jsonl").getvalue().decode()
    page = client.get("/p/cast/ledger/").content.decode()
    assert "intake.application" not in lines and TOPIC not in lines
    assert '{"sealed":' in lines
    assert cast.wu.person.name not in page


def test_the_secretariat_reads_them(cast):
    applied(cast)
    assert TOPIC in cast.qin.client.get("/p/cast/ledger/ledger.jsonl").getvalue().decode()
