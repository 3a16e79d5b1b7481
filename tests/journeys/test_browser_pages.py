"""Every page of the route inventory that the demonstration shows, as each kind of participant
sees it: axe-core, the console, the width of a phone, the two languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
import pytest
from axe_playwright_python.sync_playwright import Axe

from keti.site import policy
from tests.journeys.conftest import Visit, Visitor
from tests.journeys.pages import route_of, walk
from tests.serving import ROOT

PUBLIC = ["/", "/demo/", "/help/", "/published/", "/accounts/login/"]
PLAYERS = [
    "", "秘书长单位", "牵头组长", "课题监控员", "评审专家", "组员", "委托方代表",
    "登记处", "召集人", "技术审查委员",
]  # fmt: skip
PERSONAL = {
    "site:desk", "site:home", "duties:duty", "reports:version", "review:gate",
    "monitoring:finding", "meetings:meeting",
}  # fmt: skip
WORDS = """() => {
  const kept = 'script, style, textarea, .report-body, [lang^=zh]', found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (text && !walker.currentNode.parentElement.closest(kept)) found.push(text);
  }
  for (const node of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    for (const name of ['aria-label', 'placeholder', 'title'])
      found.push((node.getAttribute(name) || '').trim());
  return found; }"""
MUST_BE_SEEN = {
    "site:front", "site:demo", "site:help", "site:home", "site:desk", "planning:charter",
    "site:groups", "site:group", "site:ledger", "site:mailbox", "site:progress", "site:me",
    "site:rights", "site:search", "duties:grid", "duties:list", "duties:duty",
    "duties:announce", "intake:call", "intake:applications", "intake:application",
    "intake:roster", "work:books", "work:book", "work:tasks", "work:task", "meetings:list",
    "meetings:meeting", "reports:list", "reports:version", "monitoring:findings",
    "monitoring:finding", "consultation:list", "consultation:round", "review:gates",
    "review:gate", "release:release", "release:shelf", "release:book", "account_login",
}  # fmt: skip


@dataclass
class Faults:
    """What is wrong, one line each, and which routes were looked at."""

    lines: list[str] = field(default_factory=list)
    looked: set[tuple[str, str]] = field(default_factory=set)

    def add(self, kind: str, place: str, what: object) -> None:
        self.lines.append(f"{kind} {place} {what}")


@pytest.fixture(scope="module")
def chinese() -> set[str]:
    """The page texts of every room's catalogue: none of them belongs on an English page."""
    found: set[str] = set()
    for file in Path(ROOT / "keti").rglob("locale/en/LC_MESSAGES/django.po"):
        found |= {one.msgid for one in polib.pofile(str(file)) if one.msgid != one.msgstr}
    return found


def use(one: Visitor, language: str) -> None:
    one.context.add_cookies([{"name": "django_language", "value": language, "url": one.url}])


def look(one: Visitor, path: str, chinese: set[str], faults: Faults) -> None:
    """Look at one page wide in Chinese and narrow in English."""
    for language, width in (("zh-hans", 1440), ("en", 390)):
        use(one, language)
        place = f"{route_of(path.split('?')[0])} {path} {language}"
        one.page.set_viewport_size({"width": width, "height": 900})
        answer = one.page.goto(one.url + path)
        assert answer
        if answer.status != 200:
            faults.add("status", place, answer.status)
            continue
        for rule in Axe().run(one.page).response["violations"]:
            nodes = [(node["target"], node["html"][:120]) for node in rule["nodes"][:2]]
            faults.add("axe", place, f"{rule['id']} {nodes}")
        wide = one.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.add("wide", place, wide)
        if language == "en":
            left = sorted(set(one.page.evaluate(WORDS)) & chinese - {"中文"})
            if left:
                faults.add("chinese", place, left)


def new_pages(found: dict[str, list[str]], role: str, faults: Faults) -> Iterator[str]:
    """One address of each route not looked at yet; routes that differ by role, once a role."""
    for name, paths in found.items():
        mark = (name, role if name in PERSONAL else "")
        if name and mark not in faults.looked:
            faults.looked.add(mark)
            yield paths[0]


@pytest.mark.walk
def test_every_page_is_sound_for_everybody(visit: Visit, chinese: set[str]) -> None:
    faults = Faults()
    for role in PLAYERS:
        one = visit()
        first = [*PUBLIC]
        if role:
            desk = one.sign_in(role).url.removeprefix(one.url)
            first = [desk, "/me/", "/me/rights/", "/search/?q=报告", *PUBLIC]
        found = walk(one.context.request, one.url, first, each=1)
        faults.lines += [line for line in found.broken if line.startswith("5")]
        for path in new_pages(found.pages, role, faults):
            look(one, path, chinese, faults)
        one.context.close()
    seen = {name for name, _role in faults.looked}
    assert seen <= set(policy.routes())
    assert sorted(MUST_BE_SEEN - seen) == []
    assert faults.lines == []
