"""A roster that speaks as people speak: what its words mean is said on the page, once a word."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keti.groups.models import Role, Seat
from keti.intake import actions
from keti.intake.actions.placing import Places
from keti.intake.models import RosterImport
from keti.intake.rules.guesses import everyday, perhaps
from keti.intake.rules.roster import columns_of, read
from keti.intake.rules.wording import is_idle, key_of, said_of_words
from keti.intake.tests.scene import roster
from keti.jobs.actions import work
from keti.kernel.ids import new_id
from tests.cast import Cast

PAGE = "/p/cast/roster/"
CAN = {
    "组长": frozenset({"lead", "contribute"}),
    "组员": frozenset({"contribute"}),
    "监控员": frozenset({"watch"}),
}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("牵头人", "组长"),
        ("调查员", "组员"),
        ("副组长", "组员"),
        ("专家", "组员"),
        ("监督员", "监控员"),
        ("Lead", "组长"),
        ("Member", "组员"),
        ("某某", ""),
        ("顾问", ""),
    ],
)
def test_a_word_of_daily_life_means_who_does_that(word, meant):
    assert everyday(word, CAN) == meant


def test_of_names_that_hold_the_word_the_one_that_begins_with_it():
    assert perhaps("副组长", ["常务副组长单位", "副组长单位"]) == "副组长单位"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("作者姓名", "name"),
        ("身份", "role"),
        ("章次", "group"),
        ("Working group", "group"),
        ("Hospital", "unit"),
        ("工作单位及职务", "unit"),
        ("Mobile phone", "mobile"),
    ],
)
def test_headings_as_offices_write_them(heading, column):
    assert columns_of([heading]) == {column: 0}


def test_a_cell_of_unit_and_post_is_both():
    lines = read([["姓名", "单位及职务", "职务"], ["甲", "甲大学 副教授", "组员"]]).lines
    assert [(one.unit, one.honorific) for one in lines] == [("甲大学", "副教授")]
    lines = read([["姓名", "单位", "职务"], ["甲", "甲大学 东区", "组员"]]).lines
    assert [(one.unit, one.honorific) for one in lines] == [("甲大学 东区", "")]


def test_nobody_is_asked_about_a_column_of_remarks():
    assert [is_idle(one) for one in ("备注", "Notes", "身份证号", "分工")] == [True] * 3 + [False]


def test_only_answers_about_words_hold_for_the_next_sheet():
    about = {key_of("role", "调查 员", "cell"): "hand", key_of("heading", "分工"): "role"}
    assert said_of_words({"4": "new", **about}) == about
    assert list(about) == ["role/cell/调查员", "heading//分工"]


ROWS = [["甲一", "红", "带头人"], ["乙二", "红", "调查员"], ["丙三", "蓝组", "调查员"]]


def uploaded(cast: Cast, rows=ROWS, header=("姓名", "组别", "分工")) -> RosterImport:
    """What the office sees after uploading this sheet."""
    file = roster(cast, rows, header=header)
    actions.read_roster(cast.qin.act(), programme=cast.programme, file=file)
    return RosterImport.objects.get(sha256=file.sha256)


def said(client: Client, one: RosterImport, **words: str) -> RosterImport:
    """The reading after these words were said, as the page sends them."""
    facts = {f"word-{key}": value for key, value in words.items()}
    answer = client.post(f"{one.path}import/", {"key": new_id(), "do": "words", **facts})
    assert answer.status_code == 302
    work(idle=0.01)
    one.refresh_from_db()
    return one


def test_words_are_asked_with_what_is_perhaps_meant_and_then_understood(cast: Cast) -> None:
    client = cast.qin.client
    one = uploaded(cast)
    assert [fault["column"] for fault in one.problems] == ["role"]
    asked = {row["name"]: row for row in client.get(one.path).context["words"]}
    assert list(asked) == ["word-heading//分工"]
    one = said(client, one, **{"heading//分工": "role"})
    words = client.get(one.path).context["words"]
    assert [(row["key"], row["chosen"], row["rows"]) for row in words] == [
        ("heading//分工", "role", 0),
        ("group//红", "cell.red", 2),
        ("role/cell/带头人", "captain", 1),
        ("role/cell/调查员", "hand", 2),
    ]
    assert one.seats == 0
    chosen = {row["key"]: row["chosen"] for row in words} | {"role/cell/带头人": "hand"}
    one = said(client, one, **chosen)
    assert (one.problems, one.seats) == ([], 3)
    assert [row["chosen"] for row in client.get(one.path).context["words"]] == [
        "role", "cell.red", "hand", "hand",
    ]  # fmt: skip
    done = actions.import_roster(cast.qin.act(), programme=cast.programme, file=one.file, shown=one)
    assert done.seats == 3
    hands = Seat.objects.filter(role__key="hand", person__name__in=["甲一", "乙二", "丙三"])
    assert sorted(hands.values_list("group__key", flat=True)) == [
        "cell.blue",
        "cell.red",
        "cell.red",
    ]


def test_what_was_said_is_taken_back_and_what_is_no_choice_counts_for_nothing(cast: Cast) -> None:
    one = uploaded(cast, header=("姓名", "组别", "职务"))
    key = "role/cell/调查员"
    one = said(cast.qin.client, one, **{key: "hand", "group//红": "nowhere", "role/x/y": "hand"})
    assert one.answers == {key: "hand"}
    assert said(cast.qin.client, one, **{key: ""}).answers == {}


def test_the_next_sheet_is_read_by_what_was_said(cast: Cast) -> None:
    one = said(cast.qin.client, uploaded(cast), **{"heading//分工": "role"})
    assert one.answers
    table = "姓名,组别,分工\n丁四,蓝组,组员\n".encode()
    file = SimpleUploadedFile("再来.csv", table, "text/csv")
    assert cast.qin.client.post(PAGE, {"key": "n", "file": file}).status_code == 302
    work(idle=0.01)
    again = RosterImport.objects.exclude(pk=one.pk).get()
    assert (again.answers, again.seats) == (one.answers, 1)


def test_the_words_are_asked_of_the_office_alone(cast: Cast) -> None:
    one = uploaded(cast)
    answer = cast.lu.client.post(f"{one.path}import/", {"key": "k", "do": "words"})
    assert answer.status_code == 404


def test_what_is_perhaps_meant_is_said_in_the_language_of_the_page(cast: Cast) -> None:
    one = uploaded(cast, [["甲一", "红组", "调查员"]], ("姓名", "组别", "职务"))
    assert [fault["do"] for fault in one.problems] == [
        ["是不是“组员”？请按实施方案中的名称填写。", "Perhaps “Hand”? Use the name of the charter."]
    ]


def test_of_roles_that_do_the_same_the_one_that_many_may_hold(cast: Cast) -> None:
    places = Places(cast.programme, {})
    one = Role(key="author", title_zh="学术单位", maximum=1)
    many = Role(key="author", title_zh="成员单位", maximum=None)
    assert everyday("调查员", places._verbs([one, many])) == "成员单位"
