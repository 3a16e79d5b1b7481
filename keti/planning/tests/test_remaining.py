"""What of the template still stands is shown in the reader's language, letterhead words as well."""

import pytest

from keti.planning.doors import template_of
from keti.planning.forms.origin import RemainsForm
from keti.planning.rules.origin import remains, undated
from keti.planning.tests.test_pages import begun
from tests.cast import Cast

pytestmark = pytest.mark.django_db
METAVERSE = "metaverse-governance-2022"
FILE = f"{METAVERSE}.yaml"


def form(data: object, lang: str) -> RemainsForm:
    return RemainsForm(None, remains=remains(data, data), lang=lang)


@pytest.mark.parametrize(("lang", "first"), [("zh-hans", "zh"), ("en", "en")])
def test_each_text_stands_in_the_language_of_its_reader_first(lang: str, first: str) -> None:
    names = [*form(template_of(FILE)[0], lang).fields]
    own = [one for one in names if one.startswith("parties/committee/")]
    assert own[0] == f"parties/committee/{first}" and len(own) == 2
    assert names.count("programme/number_prefix/zh") == 1, "said once"


def test_words_that_head_papers_are_shown_in_whatever_letters() -> None:
    data = {
        "programme": {"id": "lamps", "number_prefix": "LAMP", "aliases": ["Lamps"]},
        "obligations": {"call": {"en": "Call", "form": "call", "series": "NOTICE"}},
    }
    found = {".".join(map(str, one.path)): one for one in remains(data, data)}
    assert [*found] == [
        "programme.number_prefix", "programme.aliases",
        "obligations.call", "obligations.call.series",
    ]  # fmt: skip
    assert found["obligations.call.series"].label.en == "Obligations · Call · Paper series"
    fields = form(data, "en").fields
    assert fields["programme/number_prefix/zh"].label == "Programme · Number prefix"
    assert fields["obligations/call/en"].required, "its only name is not emptied"


def test_times_that_no_date_moved_are_said_once_with_their_place() -> None:
    data = {
        "call": {"body": {"zh": "11 月下旬发布。", "en": "Released in late November."}},
        "calendar": {"close": {"en": "Close, end of May"}},
    }
    said = {
        lang: [(what, words) for _at, what, words in undated(data, lang)] for lang in ("zh", "en")
    }
    assert said["zh"][0] == ("征集通知 · 正文", "11 月下旬")
    assert said["en"][0] == ("Call · Body", "late November")
    assert said["zh"][1][1] == said["en"][1][1] == "end of May", "said in one language alone"


def test_an_english_page_shows_no_time_in_chinese_and_names_drafts_by_title(cast: Cast) -> None:
    client = cast.qin.client
    url = begun(client, f"template:{METAVERSE}")
    page = client.get(f"{url}step/when/", headers={"Accept-Language": "en"}).content.decode()
    assert "late November" in page and "月下旬" not in page
    start = client.get("/start/new/", headers={"Accept-Language": "en"}).content.decode()
    assert ">Metaverse Development and Governance</a>" in start and ".yaml" not in start


def test_a_part_that_is_not_there_leads_to_nothing_below_it(cast: Cast) -> None:
    client = cast.qin.client
    url = begun(client, "template:fund-project")
    page = client.get(f"{url}part/admission/").content.decode()
    assert f"{url}part/admission/form/" not in page


def test_no_code_stands_among_what_a_principle_binds(cast: Cast) -> None:
    client = cast.qin.client
    url = begun(client, f"template:{METAVERSE}")
    page = client.get(f"{url}part/programme/principles/science/").content.decode()
    for code in ("> rule.", "> gate.", ">rule.", ">gate."):
        assert code not in page
    assert "规则：发现" in page and "专家评审" in page
