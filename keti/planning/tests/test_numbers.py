"""Papers begin at the numbers the charter says, in the year it says so; the wizard asks them."""

from random import Random

import pytest

from keti.documents.actions import next_number, next_numbers
from keti.documents.models import PaperSeries
from keti.duties.actions.numbering import number_for
from keti.planning import actions
from keti.planning.actions import Proposal
from keti.planning.models import CharterDraft
from keti.planning.rules.asked import sections
from keti.planning.tests.test_amending import file
from keti.planning.tests.test_pages import begun, settle, values
from keti.programmes.models import Programme
from tests.cast import Cast

pytestmark = pytest.mark.django_db
METAVERSE = "metaverse-governance-2022"


def test_the_wizard_asks_and_papers_obey(cast: Cast) -> None:
    client = cast.qin.client
    url = begun(client, f"template:{METAVERSE}")
    page = client.get(f"{url}step/numbers/")
    assert "文号：元产委〔年份〕1号" in page.content.decode()
    assert "下达任务书：元产委任务书〔年份〕1号" in page.content.decode()
    facts = values(page.context["form"])
    book = "obligations/task_book.sector/first_number"
    wrong = client.post(f"{url}step/numbers/", facts | {book: "0"})
    assert wrong.status_code == 422
    said = facts | {book: "13", "programme/first_number": "5", "programme/number_prefix": "数"}
    assert client.post(f"{url}step/numbers/", said).status_code == 302
    assert "下达任务书：数任务书〔年份〕13号" in client.get(f"{url}step/numbers/").content.decode()
    settle(client, url)
    assert client.post(f"{url}step/check/", {"key": "n"}).status_code == 302
    made = Programme.objects.latest("pk")
    year = int(max(made.first_numbers))
    assert made.first_numbers == {str(year): {"数": 5, "数任务书": 13}}
    numbers = [next_number(made, year=year, prefix="数任务书") for _ in range(2)]
    assert numbers == [f"数任务书〔{year}〕13号", f"数任务书〔{year}〕14号"]
    assert next_number(made, year=year) == f"数〔{year}〕5号"
    assert next_number(made, year=year, prefix="数会纪") == f"数会纪〔{year}〕1号"
    assert next_number(made, year=year + 1, prefix="数任务书") == f"数任务书〔{year + 1}〕1号"


def test_a_series_is_asked_once_and_only_where_papers_bear_it() -> None:
    data = {
        "programme": {"number_prefix": "数"},
        "obligations": {
            "a": {"zh": "甲", "form": "report", "series": "报", "first_number": 7},
            "b": {"zh": "乙", "form": "report", "series": "报"},
            "c": {"zh": "丙", "form": "call", "series": "通知"},
            "d": {"zh": "丁", "form": "founding", "series": "成立"},
        },
    }
    asked = [ask.name for one in sections("numbers", data) for ask in one.every]
    assert asked == [
        "programme/number_prefix", "programme/first_number", "programme/number_format",
        "obligations/a/series", "obligations/a/first_number", "obligations/b/series",
        "obligations/c/series", "obligations/c/first_number",
    ]  # fmt: skip


def test_said_anew_it_holds_for_the_year_in_which_it_is_said(cast: Cast) -> None:
    cast.at("2030-04-02T09:00")
    programme = cast.programme
    assert next_number(programme, year=2030) == "测〔2030〕1号"
    new = file(("  number_prefix: 测\n", "  number_prefix: 测\n  first_number: 9\n"))
    actions.propose_amendment(
        cast.gao.act(), programme=programme, proposal=Proposal(new, "本年已发八件。")
    )
    programme.refresh_from_db()
    assert programme.first_numbers == {"2030": {"测": 9}}
    assert next_number(programme, year=2030) == "测〔2030〕9号"
    assert next_number(programme, year=2030) == "测〔2030〕10号"
    again = file(
        ("  number_prefix: 测\n", "  number_prefix: 测\n  first_number: 9\n"),
        ("zh: 测试课题,", "zh: 又名,"),
    )
    cast.at("2031-01-02T09:00")
    actions.propose_amendment(
        cast.gao.act(), programme=programme, proposal=Proposal(again, "改名。")
    )
    programme.refresh_from_db()
    assert programme.first_numbers == {"2030": {"测": 9}}, "another year begins at 1"
    assert not CharterDraft.objects.exists()


def test_no_number_is_given_twice_in_an_installation(cast: Cast) -> None:
    one = cast.programme
    Programme.objects.filter(pk=one.pk).update(is_demo=False)
    one.refresh_from_db()
    other = Programme.objects.get(pk=one.pk)
    other.pk, other.public_id, other.slug = None, "other-programme", "other"
    other.save()
    given = [next_number(each, year=2030, series="通知") for each in (one, other, one)]
    assert given == ["测通知〔2030〕1号", "测通知〔2030〕2号", "测通知〔2030〕3号"]
    plain = "T/SZX {n:03}—{year}"
    given = [next_number(each, year=2030, series=word, form=plain) for each, word in (
        (one, "标准"), (other, "规范"))]  # fmt: skip
    assert given == ["T/SZX 001—2030", "T/SZX 002—2030"]
    trial = Programme.objects.get(pk=one.pk)
    trial.pk, trial.public_id, trial.slug, trial.is_demo = None, "shown", "shown", True
    trial.save()
    assert next_number(trial, year=2030, series="通知") == "测通知〔2030〕1号"


FORMS = (
    "", "{字头}{文种}〔{年}〕{号:02}号", "测通知〔{year}〕{n}号", "T{n}-{year}", "T1{n}-{year}",
    "T{n:03}-{year}", "{series} {year}/{n}", "T 1/{year}{n}", "{n}T{year}", "{year}T{n}",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_however_forms_are_written_no_number_is_printed_twice(cast: Cast, seed: int) -> None:
    dice, programme = Random(seed), cast.programme
    programme.first_numbers = {"2031": {"测T": 2028}, "2030": {"测": 11}}
    given = [
        one
        for _ in range(60)
        for one in next_numbers(
            programme,
            year=dice.choice((2030, 2031)),
            series=dice.choice(("通知", "T", "")),
            form=dice.choice(FORMS),
            count=dice.choice((1, 1, 12)),
        )
    ]
    assert len(given) == len(set(given)) > 150


def test_a_series_from_before_counts_on(cast: Cast) -> None:
    programme = cast.programme
    old = {"programme": programme, "year": 2030}
    PaperSeries.objects.create(**old, prefix="测通知", last=7)
    PaperSeries.objects.create(**old, prefix="T/SZX 000—", last=3)
    assert next_number(programme, year=2030, series="通知") == "测通知〔2030〕8号"
    assert next_number(programme, year=2030, form="T/SZX {n:03}—{year}") == "T/SZX 004—2030"
    assert next_number(programme, year=2030, series="通知") == "测通知〔2030〕9号"


def test_papers_are_numbered_in_the_form_the_charter_says(cast: Cast) -> None:
    new = file(
        (
            "  number_prefix: 测\n",
            "  number_prefix: 测\n  number_format: '{字头}{文种}[{年}]第{号:2}号'\n",
        )
    )
    actions.propose_amendment(
        cast.gao.act(), programme=cast.programme, proposal=Proposal(new, "改文号格式。")
    )
    at = cast.programme.local(cast.moment)
    assert number_for(cast.programme, None, cast.moment) == f"测[{at.year}]第01号"
