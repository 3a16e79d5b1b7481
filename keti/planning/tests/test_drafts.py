"""A working copy: whose it is, how it is changed by forms, what it never loses."""

from typing import Any

import pytest
from django.test import Client

from keti.charter.models import CharterVersion
from keti.charter.rules.reading import read
from keti.planning.models import Amendment, CharterDraft
from keti.planning.rules import shelf
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast: Cast) -> str:
    """The secretary's draft of the programme."""
    answer = cast.qin.client.post("/p/cast/charter/draft/")
    return str(answer.url)


def text() -> str:
    return CharterDraft.objects.get().text


def sent(client: Client, url: str) -> dict[str, Any]:
    """The form of a page as a browser would send it unchanged."""
    facts: dict[str, Any] = {}
    for bound in client.get(url).context["form"]:
        shown = bound.field.widget.get_context(bound.html_name, bound.value(), {})["widget"]
        for one in shown.get("subwidgets", [shown]):
            _gather(facts, one, bound.html_name)
    return facts


def _gather(facts: dict[str, Any], one: dict[str, Any], name: str) -> None:
    if "optgroups" in one:
        chosen = [str(each["value"]) for _, options, _ in one["optgroups"] for each in options
                  if each["selected"]]  # fmt: skip
        facts[one["name"] or name] = chosen
    elif one.get("type") != "checkbox":
        facts[one["name"]] = one["value"] or ""
    elif one["attrs"].get("checked"):
        facts[one["name"]] = "on"


def entries(data: Any) -> list[str]:
    parts = ("parties", "groups", "roles", "calendar", "obligations", "gates", "deliverables")
    found = [f"{part}/{key}" for part in parts for key in data[part] if key != "source"]
    return [*found, "basics", *(part for part in data if isinstance(data[part], dict))]


def test_a_form_sent_unchanged_changes_no_byte(cast: Cast, url: str) -> None:
    before = text()
    for address in entries(read(before).data):
        page = f"{url}part/{address}/"
        if cast.qin.client.get(page).context["form"] is not None:
            answer = cast.qin.client.post(page, sent(cast.qin.client, page))
            assert (address, answer.status_code) == (address, 302)
    assert text() == before
    assert CharterDraft.objects.get().revision == 0


def test_a_changed_field_changes_its_line_and_can_be_taken_back(cast: Cast, url: str) -> None:
    page, before = f"{url}part/obligations/moon/", text()
    facts = sent(cast.qin.client, page) | {"zh": "月亮报告"}
    assert cast.qin.client.post(page, facts).status_code == 302
    lines = set(text().split("\n")) ^ set(before.split("\n"))
    assert len(lines) == 2
    undone = cast.qin.client.post(f"{url}undo/", {"base": "1", "next": page})
    assert undone.url == page
    assert text() == before
    nothing = cast.qin.client.post(f"{url}undo/", {"base": "2", "next": "//evil.example/"})
    assert nothing.url == url


def test_another_window_overwrites_nothing_and_loses_nothing(cast: Cast, url: str) -> None:
    page = f"{url}part/obligations/moon/"
    old = sent(cast.qin.client, page)
    cast.qin.client.post(page, old | {"zh": "第一"})
    answer = cast.qin.client.post(page, old | {"zh": "第二"})
    assert answer.status_code == 422
    assert "另一个窗口" in answer.content.decode()
    assert "第二" in answer.content.decode()
    assert "第一" in text()


def test_entries_are_added_moved_renamed_and_removed(cast: Cast, url: str) -> None:
    qin = cast.qin.client
    added = qin.post(f"{url}part/roles/", {"do": "add", "base": "0", "zh": "观察员", "en": "Guest"})
    assert added.url == f"{url}part/roles/guest/"
    assert read(text()).data["roles"]["guest"]["in"]
    qin.post(f"{url}part/roles/", {"do": "up", "base": "1", "entry": "guest"})
    assert list(read(text()).data["roles"])[-2] == "guest"
    taken = qin.post(f"{url}part/roles/guest/", {"do": "rename", "base": "2", "id": "captain"})
    assert taken.status_code == 422
    renamed = qin.post(f"{url}part/roles/guest/", {"do": "rename", "base": "2", "id": "caller"})
    assert renamed.url == f"{url}part/roles/caller/"
    removed = qin.post(f"{url}part/roles/caller/", {"do": "remove", "base": "3"})
    assert removed.url == f"{url}part/roles/"
    assert "caller" not in read(text()).data["roles"]


def test_a_draft_is_its_owners_alone(cast: Cast, url: str) -> None:
    tails = (
        "",
        "file/",
        "charter.yaml",
        "propose/",
        "discard/",
        "part/roles/",
        "part/roles/captain/",
    )
    for tail in tails:
        assert cast.qin.client.get(url + tail).status_code == 200
        assert cast.lu.client.get(url + tail).status_code == 404
        assert cast.wu.client.get(url + tail).status_code == 404
        assert Client().get(url + tail).status_code == 302
    for tail in ("part/nothing/", "part/roles/nobody/", "part/roles/captain/zh/", "step/what/"):
        assert cast.qin.client.get(url + tail).status_code == 404
    assert cast.qin.client.post("/p/cast/charter/draft/").url == url
    unsent = [one.client.get("/me/drafts/").content.decode() for one in (cast.qin, cast.lu)]
    assert [f'href="{url}"' in page for page in unsent] == [True, False]
    cast.mao.client.post("/p/cast/charter/draft/")
    assert CharterDraft.objects.count() == 1


def test_a_file_that_cannot_be_read_stays_on_the_page(cast: Cast, url: str) -> None:
    before = text()
    answer = cast.qin.client.post(f"{url}file/", {"base": "0", "text": "a: [1\nmine: too"})
    assert answer.status_code == 422
    assert "mine: too" in answer.content.decode()
    assert text() == before
    good = before.replace("\n", "\r\n") + "# 补充\r\n"
    assert cast.qin.client.post(f"{url}file/", {"base": "0", "text": good}).status_code == 302
    assert text() == before + "# 补充\n"


def test_a_draft_becomes_an_amendment_seen_by_all_and_in_force(cast: Cast) -> None:
    gao = cast.gao.client
    url = str(gao.post("/p/cast/charter/draft/").url)
    page = f"{url}part/obligations/moon/"
    gao.post(page, sent(gao, page) | {"zh": "月亮报告"})
    preview = gao.get(f"{url}propose/")
    assert [one.after for one in preview.context["differences"]] == ["月亮报告"]
    assert preview.context["people"]
    nothing = gao.post(f"{url}propose/", {"key": "a", "reason": ""})
    assert (nothing.status_code, Amendment.objects.count()) == (422, 0)
    made = gao.post(f"{url}propose/", {"key": "b", "reason": "名称要好懂"})
    amendment = Amendment.objects.get()
    assert (made.url, amendment.state) == (amendment.path, "applied")
    assert CharterDraft.objects.count() == 0
    shown = cast.mao.client.get(amendment.path)
    assert "名称要好懂" in shown.content.decode()
    assert cast.wu.client.get(amendment.path).status_code == 404
    assert cast.mao.client.post(amendment.path, {"key": "c", "do": "approve"}).status_code == 422
    assert amendment.path in cast.mao.client.get("/p/cast/charter/amendments/").content.decode()
    versions = cast.mao.client.get("/p/cast/charter/versions/").context["versions"]
    assert [(one.number, len(found)) for one, _made, found in versions] == [(2, 1), (1, 0)]


def test_whoever_may_not_propose_is_told_before_the_button(cast: Cast, url: str) -> None:
    page = f"{url}part/obligations/moon/"
    cast.qin.client.post(page, sent(cast.qin.client, page) | {"zh": "月亮报告"})
    preview = cast.qin.client.get(f"{url}propose/")
    assert preview.context["whynot"]
    refused = cast.qin.client.post(f"{url}propose/", {"key": "b", "reason": "名称要好懂"})
    assert (refused.status_code, Amendment.objects.count()) == (422, 0)
    assert "名称要好懂" in refused.content.decode()


def test_the_charter_page_shows_every_part(cast: Cast) -> None:
    version = CharterVersion.objects.get(programme=cast.programme)
    for part in read(version.text).data:
        assert cast.lu.client.get(f"/p/cast/charter/?part={part}").status_code == 200
    page = cast.lu.client.get("/p/cast/charter/?part=roles")
    assert [one.key for one in page.context["chapters"]()] == ["roles"]
    assert cast.lu.client.get("/p/cast/charter/file/?version=1").status_code == 200
    assert cast.lu.client.get("/p/cast/charter/file/?version=9").status_code == 404


def test_a_form_speaks_in_words_not_in_codes(cast: Cast, url: str) -> None:
    page = f"{url}part/obligations/"
    shown = sent(cast.qin.client, page)
    named = next(name for name in shown if name.endswith("remind"))
    held = read(text()).data["obligations"]["late"]["remind"]
    assert shown[named] == "\n".join(f"{one[1:-1]} 天" for one in held)
    cast.qin.client.post(page, shown | {named: "9 天\n2个工作日\nP1W"})
    assert read(text()).data["obligations"]["late"]["remind"] == ["P9D", "2 workdays", "P1W"]
    wrong = cast.qin.client.post(page, sent(cast.qin.client, page) | {named: "很久"})
    assert wrong.status_code == 422
    assert "每行写一个时长" in wrong.content.decode()
    day = next(iter(shelf.entries(read(text()).data, ("calendar",)))).address
    helped = cast.qin.client.get(f"{url}part/{day}/").content.decode()
    assert "五种写法取一" in helped
    assert "rrule 加" not in helped
