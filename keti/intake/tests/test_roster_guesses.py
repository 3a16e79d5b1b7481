"""What is perhaps meant by a word that the programme does not know."""

import pytest

from keti.intake import actions
from keti.intake.models import RosterImport
from keti.intake.rules.guesses import perhaps
from keti.intake.tests.scene import HEADER, roster

GROUPS = ["总体组", "工业元宇宙", "商贸元宇宙", "大健康元宇宙"]
ROLES = ["课题组长单位", "牵头组长", "组员单位", "个人组员"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("商贸", "商贸元宇宙"),
        ("商贸组", "商贸元宇宙"),
        ("商贸分课题小组", "商贸元宇宙"),
        ("大健康元宇宙组", "大健康元宇宙"),
        ("工业元宇宇", "工业元宇宙"),
        ("某某", ""),
    ],
)
def test_a_group_by_a_part_of_its_name(word, meant):
    assert perhaps(word, GROUPS) == meant


def test_of_several_roles_the_first_that_fits():
    assert perhaps("组长", ROLES) == "课题组长单位"
    assert perhaps("组长", ROLES[1:]) == "牵头组长"
    assert perhaps("", ROLES) == ""


def told(cast, *cells: str) -> list[tuple[str, str]]:
    """What is said to do of a row with these first cells: column and sentence."""
    row = [*cells, *[""] * (len(HEADER) - len(cells))]
    found = actions.read_roster(cast.qin.act(), programme=cast.programme, file=roster(cast, [row]))
    assert isinstance(found, RosterImport)
    return [(one["column"], one["do"][0]) for one in found.problems]


def test_the_role_that_is_suggested_is_one_of_the_group_that_is_named(cast):
    assert told(cast, "甲", "甲单位", "核心组", "大组长") == [
        ("role", "是不是“总组长”？请按实施方案中的名称填写。")
    ]
    assert told(cast, "甲", "甲单位", "红组", "小组长") == [
        ("role", "是不是“组长”？请按实施方案中的名称填写。")
    ]


def test_a_group_nearly_named_is_suggested(cast):
    assert told(cast, "甲", "甲单位", "红", "组员") == [
        ("group", "是不是“红组”？请按实施方案中的名称填写。")
    ]
    assert told(cast, "甲", "甲单位", "白队", "组员") == [("group", "请按模板中的组别名称填写。")]
