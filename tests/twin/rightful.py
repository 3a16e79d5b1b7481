"""Who does find each secret, and where: without this the equality of two worlds proves nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from keti.accounts.models import Person
from keti.duties.models import Filing, Obligation
from keti.groups.models import Seat
from keti.intake.models import Application, RosterImport
from keti.meetings.models import Meeting
from keti.monitoring.models import Finding
from keti.planning.models import CharterDraft
from keti.reports.models import Report
from keti.research.models import Node
from keti.review.models import Gate
from keti.work.models import TaskBook
from tests.cast import Cast
from tests.twin.crawl import Crawl, Visitor
from tests.twin.secrets import ALL, SECRETS

Where = Callable[[Cast], str]
Words = tuple[str, str]


@dataclass(frozen=True)
class Right:
    """Who of the cast is told, at which address, and in which words in one world and the other.

    Without words: what they are shown differs, once all that is said in words is struck out.
    """

    who: tuple[str, ...]
    where: Where
    words: Words | None = None


def _at(path: str) -> Where:
    return lambda cast: f"/p/cast/{path}"


def _meeting(cast: Cast) -> str:
    return str(Meeting.objects.latest("pk").path)


def _answered(cast: Cast) -> str:
    return str(Finding.objects.earliest("pk").path)


def _month(then: str = "") -> Where:
    def where(cast: Cast) -> str:
        report = Report.objects.get(obligation__kind="moon", obligation__period="2030-04")
        return f"{report.path}{then}"

    return where


def _gate(group: str, then: str = "") -> Where:
    def where(cast: Cast) -> str:
        gate = Gate.objects.get(programme=cast.programme, key=f"half@{group}")
        return f"{gate.path}{then}"

    return where


def _duty_met(cast: Cast) -> str:
    return reverse("duties:duty", args=["cast", Filing.objects.latest("pk").obligation.public_id])


def _file(cast: Cast) -> str:
    one = Filing.objects.latest("pk")
    return reverse("duties:filing", args=["cast", one.obligation.public_id, one.public_id])


def _linked(cast: Cast) -> str:
    duty: Obligation = cast.duty("moon", "cell.red", "2030-06")
    return reverse("duties:duty", args=["cast", duty.public_id])


def _seat(cast: Cast) -> str:
    mo = Person.objects.get(name="莫研究员（演示）")
    return reverse("intake:seat", args=["cast", Seat.objects.get(person=mo).public_id])


def _application(number: int) -> Where:
    return lambda cast: str(Application.objects.order_by("pk")[number].path)


def _node(kind: str, number: int) -> Where:
    return lambda cast: str(Node.objects.with_names().get(kind=kind, number=number).path)


def _said(name: str) -> Words:
    return SECRETS[name].said(False), SECRETS[name].said(True)


RECORD = Right(("qin",), _at("ledger/ledger.jsonl"))
RED, BLUE = _gate("cell.red"), _gate("cell.blue")
RIGHTFUL = {
    "draft": Right(("mao",), _month("edit/")),
    **dict.fromkeys(
        ("meetingtitle", "meetingplace", "agenda", "minutes", "resolution", "item"),
        Right(("mao",), _meeting),
    ),
    "announced": Right(("lu",), _at("duties/announce/")),
    "task": Right(("mao",), _at("tasks/")),
    "tasknote": RECORD,
    "bookdraft": Right(("lu",), lambda cast: str(TaskBook.objects.latest("pk").path)),
    **dict.fromkeys(("findingtitle", "findingtext", "answer"), Right(("ji",), _answered)),
    **dict.fromkeys(("filename", "fileline"), Right(("mao",), _duty_met)),
    "filetext": Right(("mao",), _file),
    "casedraft": Right(("mao",), _node("case", 2)),
    "mapinstrument": Right(("mao",), _node("assessment", 1)),
    "mapstate": Right(("lu",), _node("assessment", 1), ("可以开展", "不能开展")),
    "casetitle": Right(("mao",), _node("case", 1)),
    "caseunit": Right(("mao",), _node("case", 1)),
    "casecheck": Right(("mao",), _node("case", 1)),
    "caseoutcome": Right(("mao",), _node("case", 1), ("部分属实", "不属实")),
    "casefacts": Right(("qin",), _node("case", 1)),
    "demandtitle": Right(("mao",), _node("demand", 9)),
    "demandtext": Right(("lu",), _node("demand", 9)),
    "demandanswer": Right(("mao",), _node("demand", 9)),
    "demandunmet": Right(("mao",), _node("demand", 10)),
    "demandwhether": Right(("lu",), _node("demand", 11)),
    "demandside": Right(("mao",), _node("demand", 12)),
    "addressee": Right(("lu",), _node("recommendation", 3)),
    "became": Right(("qin",), _node("recommendation", 3)),
    "becamestate": Right(("lu",), _node("recommendation", 3), ("研究中", "未采纳")),
    **dict.fromkeys(("extension", "returned"), Right(("lu",), _at("mailbox/"))),
    "month": Right(("fang",), _month("v/1/")),
    "pinned": Right(("ren",), _gate("cell.red", "inputs/1-1/")),
    "opinion": Right(("ren", "rong"), RED),
    "verdict": Right(("ren", "rong"), RED, ("<dd>通过", "<dd>修改后再审")),
    "voter": Right(("ren",), RED),
    "conflict": Right(("qin",), RED),
    "aside": Right(("qin",), RED),
    "wrote": Right(("ren",), BLUE),
    "application": Right(("qin",), _application(0)),
    "applicant": Right(("qin",), _at("applications/")),
    "check": Right(("qin",), _application(0)),
    "rejected": Right(("qin",), _application(1)),
    "rosterrow": Right(("qin",), lambda cast: str(RosterImport.objects.latest("pk").path)),
    "mail": Right(("qin",), _seat, ("mo.one@example.org", "molly@example.com")),
    "mobile": Right(("mo",), lambda cast: "/me/", ("13800010001", "13900020002")),
    "consent": Right(("mao",), lambda cast: "/me/"),
    "link": Right(("qin",), _linked),
    "charter": Right(
        ("fang",), lambda cast: f"/drafts/{CharterDraft.objects.latest('pk').public_id}/file/"
    ),
}
"""For every secret somebody who may know it."""
PICKED = frozenset(
    {"voter", "aside", "wrote", "consent", "link", "demandwhether", "demandside", "demandanswer"}
)
"""What is said in no words of its own."""


def shown(cast: Cast) -> dict[str, str]:
    """What the rightful are shown of each secret in this world."""
    crawls: dict[str, Crawl] = {}
    found = {}
    for name, right in RIGHTFUL.items():
        texts = []
        for who in right.who:
            player = cast.players[who]
            crawl = crawls.setdefault(who, Crawl(Visitor(player.client), who))
            crawl.probe([path := right.where(cast)])
            texts += [part.decode() for part in crawl.answers[path].parts.values()]
        found[name] = "\n".join(texts)
    return found


def unseen(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The secrets of which the rightful see no difference between two worlds that say all of
    them differently."""
    return sorted(name for name in ALL if not _tells(name, one[name], other[name]))


def _tells(name: str, one: str, other: str) -> bool:
    if name in PICKED:
        return _struck(one) != _struck(other)
    first, second = RIGHTFUL[name].words or _said(name)
    return first in one and second not in one and second in other and first not in other


def _struck(text: str) -> str:
    """The text without what the secrets say in words."""
    for name in ALL:
        for words in _said(name):
            text = text.replace(words, "")
    return text
