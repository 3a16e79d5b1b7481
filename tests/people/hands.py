"""What happens in one sequence: imports, applications, sign-ups, swaps, corrections, consents.

Whoever decides answers every question by the truth. What is refused stays undone.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from keti.accounts.actions import SOMEBODY_ELSE, Asked, PersonFacts, join_person
from keti.accounts.models import Person, User
from keti.accounts.queries import account_of
from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.queries import alike
from keti.groups.actions import end_seat, swap_delegate
from keti.groups.models import Seat
from keti.intake import actions as intake
from keti.intake.actions import CheckResult, Content, Said
from keti.intake.models import Application
from keti.intake.tests.scene import roster
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.release.actions.rolls import _rows
from keti.release.models import Roll, RollRow
from keti.release.queries import proposed
from tests.cast import Cast
from tests.people.truth import Human, Truth

FIELDS = {"topic": "测试方法", "offer": "写第一章。"}
CHECKS = {"solo": ("known", "lawful"), "firm": ("lawful", "has_expert")}
ROLES = ("hand", "captain", "author", "head")


class Hands:
    """Does one thing after another in the cast's programme, and keeps the truth beside it."""

    def __init__(self, cast: Cast, call: Any, paper: Any, seed: int) -> None:
        self.cast, self.call, self.paper = cast, call, paper
        self.dice = Random(seed)
        self.truth = Truth(self.dice)
        self.truth.people(7)
        self.sent: dict[int, tuple[Human, Human]] = {}
        self.files = count()
        self.done: list[str] = []
        self.known = set(Person.objects.values_list("pk", flat=True))
        self.printed = 0
        self.old = set(Seat.objects.values_list("pk", flat=True))

    def begin(self) -> None:
        """Some have signed up before anything happens."""
        for _ in range(5):
            sign_up(self)

    def step(self) -> str:
        """One random thing, wholly or not at all; what it was called, "" where nothing was done."""
        chosen = self.dice.choice(STEPS)
        with suppress(Refused), transaction.atomic():
            if chosen(self):
                self.done.append(chosen.__name__)
                return chosen.__name__
        return ""

    def came(self, human: Human, seat: Seat | None = None) -> None:
        """Whatever is new since was made for this human."""
        for pk in set(Person.objects.values_list("pk", flat=True)) - self.known:
            self.known.add(pk)
            self.truth.rows[pk] = human
        if seat is not None:
            self.truth.meant[seat.pk] = human

    def answered(self, human: Human, ask: Callable[[Said], Any]) -> Any:
        """Ask, and answer what is asked by the truth, until it is done or refused."""
        said = Said()
        for _ in range(4):
            try:
                with transaction.atomic():
                    return ask(said)
            except Asked as asked:
                them = [one for one in asked.among if self.truth.rows.get(one.pk) is human]
                said = replace(said, who=them[0].public_id if them else SOMEBODY_ELSE)
            except Refused as refused:
                if refused.code != "groups.delegate-of-another-unit":
                    raise
                said = replace(said, guest=True)
        raise Refused("groups.no-seat")

    def account(self, human: Human) -> Person | None:
        user = account_of(human.mail) if human.mail else None
        return user.person if user else None

    def own(self, person: Person) -> Act:
        return Act(by=person, recorded_at=self.cast.qin.moment)


def sign_up(on: Hands) -> bool | None:
    human = on.truth.anybody(mailed=True)
    if account_of(human.mail):
        return None
    user = User.objects.create_user(human.mail)
    EmailAddress.objects.create(user=user, email=human.mail, verified=True, primary=True)
    join_person(user)
    on.came(human)
    return True


def apply_alone(on: Hands) -> bool | None:
    human = on.truth.anybody(mailed=True)
    return _apply(on, human, human, "solo", unit=on.dice.choice(("", human.unit)))


def apply_for_a_unit(on: Hands) -> bool | None:
    human, other = on.truth.anybody(mailed=True), on.truth.anybody()
    ways = (
        (human, {}),
        (human, {"delegate": on.truth.typed(human.name), "delegate_mail": human.mail}),
        (other, {"delegate": on.truth.typed(other.name), "delegate_mail": other.mail}),
        (other, {"delegate": on.truth.typed(other.name)}),
        (other, {"delegate": on.truth.typed(other.name), "delegate_mail": human.mail}),
    )
    meant, more = on.dice.choice(ways)
    alike = meant is not human and meant.name == human.name
    if alike and more.get("delegate_mail", "") in (human.mail, ""):
        return None  # one name and no other address says it is the contact: nobody could tell
    return _apply(on, human, meant, "firm", unit=f"{human.unit}{next(on.files)}", **more)


def _apply(on: Hands, human: Human, meant: Human, track: str, **more: str) -> bool | None:
    person = on.account(human)
    if person is None:
        return None
    content = Content(
        track, name=on.truth.typed(human.name), choices=("cell.red",), fields=FIELDS,
        declarations=("lawful", "truthful"), consent=on.dice.random() < 0.6, **more,
    )  # fmt: skip
    act = on.own(person)
    draft = intake.save_application(act, call=on.call, content=content)
    sent = intake.submit_application(act, application=draft)
    on.sent[sent.pk] = human, meant
    if content.consent:
        human.agree()
    return True


def decide(on: Hands) -> bool | None:
    waiting = list(Application.objects.with_names().undecided())
    if not waiting:
        return None
    mine = on.dice.choice(waiting)
    results = [CheckResult(key, True) for key in CHECKS[mine.track]]
    mine = intake.check_eligibility(on.cast.qin.act(), application=mine, results=results)
    _human, meant = on.sent[mine.pk]

    def admit(said: Said) -> Application:
        act = on.cast.qin.act()
        return intake.decide_application(act, application=mine, admit=True, said=said)

    done = on.answered(meant, admit)
    on.came(meant, done.seat)
    return True


def import_roster(on: Hands) -> bool | None:
    human = on.truth.anybody()
    role, agreed = on.dice.choice(("组员", "组员", "执笔人")), on.dice.random() < 0.3
    by_unit = on.dice.random() < 0.4
    mail = human.mail if on.dice.random() < 0.6 else ""
    if _nobody_could_tell(on, human, mail):
        return None
    name, unit = on.truth.typed(human.name), on.truth.typed(human.unit)
    who = ("", unit) if by_unit else (name, unit)
    row = (*who, "核心组" if role == "执笔人" else "蓝组", role, "", "", mail, "",
           name if by_unit else "", "是" if agreed else "")  # fmt: skip
    file = roster(on.cast, [row], name=f"{next(on.files)}.xlsx")
    programme, act = on.cast.programme, on.cast.qin.act()
    read = intake.read_roster(act, programme=programme, file=file)
    [line] = read.lines
    if line["kind"] == "asked":
        rows = {one.public_id: one.pk for one in Person.objects.all()}
        them = [one["ref"] for one in line["among"] if on.truth.rows.get(rows[one["ref"]]) is human]
        answers = {str(line["row"]): them[0] if them else "new"}
        read = intake.read_roster(act, programme=programme, file=file, answers=answers)
        [line] = read.lines
    return _enter(on, human, read, agreed=agreed)


def _enter(on: Hands, human: Human, read: Any, *, agreed: bool) -> bool:
    before = {one.pk: one for one in Seat.objects.filter(ends_at=None)}
    [line] = read.lines
    intake.import_roster(on.cast.qin.act(), programme=on.cast.programme, file=read.file, shown=read)
    fresh = Seat.objects.filter(ends_at=None).exclude(pk__in=before).first()
    changed = [
        one
        for one in Seat.objects.filter(pk__in=before)
        if one.delegate_id != before[one.pk].delegate_id
    ]
    on.came(human, fresh or (changed[0] if changed else None))
    if agreed and line["kind"] in ("new", "changed") and not human.answered:
        human.agree()
    return line["kind"] in ("new", "changed")


def swap(on: Hands) -> bool | None:
    seats = [one for one in _ours(on) if one.organisation_id]
    if not seats:
        return None
    seat, human = on.dice.choice(seats), on.truth.anybody()
    mail = human.mail if on.dice.random() < 0.6 else ""

    def name_another(said: Said) -> Seat:
        facts = PersonFacts(
            on.truth.typed(human.name), mail=mail, unit=None if said.guest else seat.organisation,
            who=said.who, guest=True,
        )  # fmt: skip
        person = intake.enter(on.cast.programme, facts)
        on_behalf = on.cast.qin.act()
        return swap_delegate(on_behalf, seat=seat, delegate=person, guest=said.guest)

    if _nobody_could_tell(on, human, mail):
        return None
    on.came(human, on.answered(human, name_another))
    return True


def _nobody_could_tell(on: Hands, human: Human, mail: str) -> bool:
    """An office that enters a name and a unit means who is on record under both: with an address
    that is wanting on one of the two sides, it says nothing of another who is called alike."""
    rows = on.truth.rows
    others = [pk for pk, one in rows.items() if one is not human and one.name == human.name]
    return bool(others) and (not mail or Person.objects.filter(pk__in=others, mail="").exists())


def correct(on: Hands) -> bool | None:
    people = [one.acting_person for one in _ours(on) if one.acting_person]
    if not people:
        return None
    person = on.dice.choice(people)
    human = on.truth.rows[person.pk]
    change = on.dice.choice(
        ({"name": on.truth.typed(human.name)}, {"unit": human.unit}, {"mail": human.mail})
    )
    changes = {key: value for key, value in change.items() if value}
    act, programme = on.cast.qin.act(), on.cast.programme
    intake.correct_record(act, programme=programme, person=person, changes=changes)
    return True


def answer(on: Hands) -> bool | None:
    human = on.truth.anybody(mailed=True)
    person = on.account(human)
    if person is None:
        return None
    act, programme = on.own(person), on.cast.programme
    if on.dice.random() < 0.65:
        give_consent(act, programme=programme, person=person)
        human.agree()
    else:
        withdraw_consent(act, programme=programme, person=person)
        _taken_back(on, human, person)
    return True


def _taken_back(on: Hands, human: Human, person: Person) -> None:
    """The office is told of other records under the same name that still agree; it looks at each,
    and records the withdrawal where it is the same human."""
    human.take_back()
    for one in alike(on.cast.programme, person):
        if on.truth.rows[one.person_id] is human:
            act = replace(on.cast.qin.act(), evidence=on.paper)
            withdraw_consent(act, programme=on.cast.programme, person=one.person)


def paper(on: Hands) -> bool | None:
    people = [one.acting_person for one in _ours(on) if one.acting_person]
    if not people:
        return None
    person = on.dice.choice(people)
    act = replace(on.cast.qin.act(), evidence=on.paper)
    human = on.truth.rows[person.pk]
    if on.dice.random() < 0.65:
        give_consent(act, programme=on.cast.programme, person=person)
        human.agree()
    else:
        withdraw_consent(act, programme=on.cast.programme, person=person)
        _taken_back(on, human, person)
    return True


def leave(on: Hands) -> bool | None:
    seats = _ours(on)
    if not seats or on.dice.random() < 0.5:
        return None
    end_seat(on.cast.qin.act(), seat=on.dice.choice(seats), reason="调离。")
    return True


def draw_up(on: Hands) -> bool | None:
    """An edition of the roll, drawn up now: what it says is asked of again whenever it is read."""
    draft = proposed(on.cast.programme, on.cast.qin.moment)
    duty = on.cast.duty("names")
    roll = Roll.objects.create(
        programme=on.cast.programme, obligation=duty, sha256="0" * 64, by_label="秦",
        edition=Roll.objects.filter(obligation=duty).count() + 1,
        at=on.cast.qin.moment, recorded_at=on.cast.qin.moment,
    )  # fmt: skip
    RollRow.objects.bulk_create(_rows(roll, draft))
    return True


def _ours(on: Hands) -> list[Seat]:
    return list(Seat.objects.filter(ends_at=None).exclude(pk__in=on.old).with_names())


STEPS = (
    sign_up, apply_alone, apply_alone, apply_for_a_unit, apply_for_a_unit, decide, decide, decide,
    decide, import_roster, import_roster, swap, swap, correct, answer, answer, answer, paper, leave,
    draw_up,
)  # fmt: skip
