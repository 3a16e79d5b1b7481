"""Rules over several rows under parallel acts: each is tried again and again at one moment."""

from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from keti.accounts.actions import PersonFacts, enter_person
from keti.charter.models import CharterVersion
from keti.documents.actions import keep_upload
from keti.groups.actions import Place, appoint, end_seat, swap_delegate
from keti.groups.models import Seat
from keti.intake.actions import (
    Said,
    decide_application,
    save_application,
    submit_application,
)
from keti.intake.models import Application, Call
from keti.intake.tests.scene import checked, content, published
from keti.kernel.ids import new_id
from keti.ledger.models import Entry
from keti.planning.actions import Proposal, answer_amendment, apply_amendment, propose_amendment
from keti.planning.tests.test_amending import EARLIER, file
from keti.review.actions import decide
from keti.review.models import Decision
from keti.review.tests.bench import opened, vote
from keti.work.actions import accept_task_book, issue_task_books
from tests.cast import Cast
from tests.prove.place import Cluster
from tests.prove.stage import at_once, founded, load, unverified

Outcome = tuple[Counter[str], list[str]]
Trial = tuple[str, Callable[[Cast, int], Outcome], int]
MORE_HANDS = 8
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """Every rule in turn; (figures, what did not hold)."""
    cast = founded()
    figures: dict[str, Any] = {"database": "postgresql" if cluster else "sqlite"}
    few = max(options.tries // 20, 2)
    trials: list[Trial] = [
        ("exclusive roles", exclusive, options.tries),
        ("exclusive roles by delegates", delegates, options.tries),
        ("the last seat", last_seat, few),
        ("one application a person", one_application, few),
        ("one admission a unit", one_unit, few),
        ("the last acceptance", acceptances, 1),
        ("one decision", one_decision, 1),
        ("one amendment", one_amendment, 1),
    ]
    became, faults = tried(cast, trials)
    return {**figures, **became, **load()}, faults + unverified(cast)


def tried(cast: Cast, trials: list[Trial]) -> tuple[dict[str, Any], list[str]]:
    """One rule after another; (figures, what did not hold)."""
    figures: dict[str, Any] = {}
    faults: list[str] = []
    for name, trial, times in trials:
        became, wrong = trial(cast, times)
        figures[name] = {"tries": times, **became}
        faults += [f"{name}: {one}" for one in wrong]
        faults += [f"{name}: {code}" for code in became if _is_error(code)]
    return figures, faults


def _is_error(code: str) -> bool:
    """Neither done nor refused for a reason of the field."""
    return code.startswith("kernel.") or ": " in code


def _somebody(name: str, unit: Any = None) -> Any:
    facts = PersonFacts(name, mail=f"{new_id()}@example.org", unit=unit, is_demo=True)
    return enter_person(facts)


def _appoint(cast: Cast, group: str, role: str, **holder: Any) -> Callable[[], Seat]:
    place = Place(group=cast.group(group), role=cast.role(role), **holder)
    return partial(appoint, replace(cast.qin.act(), key=new_id()), place=place)


def _held(person: Any) -> int:
    return Seat.objects.filter(ends_at=None).of(person).count()


def exclusive(cast: Cast, times: int) -> Outcome:
    """One person, two groups, two roles that exclude each other, at once: never both."""
    became: Counter[str] = Counter()
    wrong = []
    for number in range(times):
        who = _somebody(f"双职 {number}")
        became.update(
            at_once(
                [
                    _appoint(cast, "core", "watcher", person=who),
                    _appoint(cast, "cell.blue", "hand", person=who),
                ]
            )
        )
        if _held(who) != 1:
            wrong.append(f"{_held(who)} seats held in try {number}")
    return became, wrong


def delegates(cast: Cast, times: int) -> Outcome:
    """The same by naming somebody the delegate of a unit while another act appoints them."""
    became: Counter[str] = Counter()
    wrong = []
    unit = cast.lu.person.unit
    act = replace(cast.qin.act(), key=new_id())
    place = Place(
        group=cast.group("cell.blue"), role=cast.role("hand"), organisation=unit,
        delegate=_somebody("代表", unit),
    )  # fmt: skip
    seat = appoint(act, place=place)
    for number in range(times):
        who = _somebody(f"代表 {number}", unit)
        named = partial(
            swap_delegate, replace(cast.qin.act(), key=new_id()), seat=seat, delegate=who
        )
        became.update(at_once([_appoint(cast, "core", "watcher", person=who), named]))
        if _held(who) > 1:
            wrong.append(f"both held in try {number}")
    return became, wrong


def last_seat(cast: Cast, times: int) -> Outcome:
    """Ten at once for the one captain's seat."""
    became: Counter[str] = Counter()
    wrong = []
    captains = Seat.objects.filter(group=cast.group("cell.blue"), role__key="captain", ends_at=None)
    for number in range(times):
        for seat in captains.all():
            end_seat(cast.qin.act(), seat=seat, reason="换人")
        people = [_somebody(f"组长 {number}-{one}") for one in range(10)]
        became.update(
            at_once([_appoint(cast, "cell.blue", "captain", person=one) for one in people])
        )
        if captains.count() != 1:
            wrong.append(f"{captains.count()} captains in try {number}")
    return became, wrong


def _hand_in(player: Any, person: Any, call: Call, said: Any) -> Callable[[], Application]:
    act = replace(player.act("2030-03-10T10:00"), by=person, seat=None, key=new_id())

    def do() -> Application:
        saved = save_application(act, call=call, content=said)
        return submit_application(act, application=saved)

    return do


def _open(cast: Cast) -> Call:
    call = Call.objects.first() or published(cast)
    cast.at("2030-03-10T10:00")
    return call


def one_application(cast: Cast, times: int) -> Outcome:
    """Twelve windows of one person hand in twelve texts at once: one is received."""
    became: Counter[str] = Counter()
    wrong = []
    call = _open(cast)
    for number in range(times):
        who = _somebody(f"申报人 {number}")
        texts = [content(fields={"topic": f"题 {one}", "offer": "写。"}) for one in range(12)]
        became.update(at_once([_hand_in(cast.wu, who, call, text) for text in texts]))
        received = Application.objects.filter(applicant=who).exclude(number="").count()
        if received != 1:
            wrong.append(f"{received} received in try {number}")
    return became, wrong


def one_unit(cast: Cast, times: int) -> Outcome:
    """Eight people have applied for one unit and are admitted at once: one seat is the unit's."""
    became: Counter[str] = Counter()
    wrong = []
    call = _open(cast)
    for number in range(times):
        unit = f"同一单位 {number}（演示）"
        waiting = [_checked(cast, call, unit, one) for one in range(8)]
        became.update(
            at_once(
                [
                    partial(
                        decide_application,
                        cast.qin.act(key=new_id()), application=one, admit=True,
                        said=Said(guest=True),
                    )
                    for one in waiting
                ]
            )
        )  # fmt: skip
        seats = Seat.objects.filter(organisation__name_zh=unit, ends_at=None).count()
        admitted = Application.objects.filter(organisation__name_zh=unit).count()
        if (seats, admitted) != (1, 1):
            wrong.append(f"{admitted} admitted, {seats} seats in try {number}")
    return became, wrong


def _checked(cast: Cast, call: Call, unit: str, number: int) -> Application:
    name = f"联系人 {unit} {number}"
    said = content("firm", name=name, unit=unit, delegate="", choices=("cell.blue",))
    mine = _hand_in(cast.wu, _somebody(name), call, said)()
    return checked(cast, mine)


def acceptances(cast: Cast, times: int) -> Outcome:
    """The last members of a group accept their task books at once: the group's duty is met."""
    cast.at("2030-04-05T09:00")
    for number in range(MORE_HANDS):
        _appoint(cast, "cell.red", "hand", person=_somebody(f"组员 {number}"))()
    cast.reseat()
    books = issue_task_books(cast.lu.act(key=new_id()), obligation=cast.duty("brief", "cell.red"))
    paper = partial(
        keep_upload, cast.qin.act(), programme=cast.programme, name="签收.pdf", data=PDF
    )
    scans = [paper() for _ in books]
    became = Counter(
        at_once(
            [
                partial(
                    accept_task_book,
                    cast.qin.act(key=new_id(), on_behalf_of=book.seat, evidence=scan),
                    task_book=book,
                )
                for book, scan in zip(books, scans, strict=True)
            ]
        )
    )
    state = cast.duty("take_on", "cell.red").state
    return became, [] if state == "met" else [f"the group's acceptance is {state}"]


def one_decision(cast: Cast, times: int) -> Outcome:
    """A gate decided twelve times at once."""
    cast.at("2030-05-18T09:00")
    on = opened(cast)
    for who in ("ren", "rong"):
        vote(cast, who, "approve", on)
    act = cast.qin.act("2030-05-18T09:00")
    became = Counter(
        at_once(
            [
                partial(decide, replace(act, key=new_id()), gate=on, outcome="approve")
                for _ in range(12)
            ]
        )
    )
    made = Decision.objects.filter(gate=on).count()
    lines = Entry.objects.filter(kind="review.gate.decided").count()
    return became, [] if (made, lines) == (1, 1) else [f"{made} decisions, {lines} lines"]


def one_amendment(cast: Cast, times: int) -> Outcome:
    """An amendment answered eight times at once, then brought into force eight times at once."""
    cast.at("2030-05-20T09:00")
    propose_amendment(
        cast.gao.act(key=new_id()),
        programme=cast.programme,
        proposal=Proposal(file(), "补上调整办法。"),
    )
    cast.at("2030-05-21T09:00")
    made = propose_amendment(
        cast.fang.act(key=new_id()),
        programme=cast.programme,
        proposal=Proposal(file(EARLIER), "应各组要求。"),
    )
    answered = at_once(
        [
            partial(answer_amendment, cast.qin.act(key=new_id()), amendment=made, approve=True)
            for _ in range(8)
        ]
    )
    cast.at("2030-05-27T09:00")
    applied = at_once(
        [partial(apply_amendment, cast.qin.act(key=new_id()), amendment=made) for _ in range(8)]
    )
    lines = Entry.objects.filter(subject_id=made.public_id)
    kinds = Counter(lines.values_list("kind", flat=True))
    versions = CharterVersion.objects.filter(programme=cast.programme).count()
    found = (
        answered.count("done"),
        kinds["planning.amendment.answered"],
        kinds["planning.amendment.applied"],
        versions,
    )
    return Counter([*answered, *applied]), [] if found == (1, 1, 1, 3) else [f"found {found}"]
