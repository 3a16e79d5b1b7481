"""The product with forty people in it, walked through the stages of the model."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person, new_person
from keti.accounts.models import Person
from keti.activities.actions import Announced, Came, hold_activity, invite_guest, withdraw_guest
from keti.activities.actions import announce as announce_activity
from keti.activities.models import Activity, OutsideGuest
from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.enums import Purpose
from keti.documents.actions import keep_upload
from keti.documents.models import StoredFile
from keti.gatherings import actions as gatherings
from keti.gatherings.enums import Kind as GatheringKind
from keti.gatherings.models import Gathering
from keti.groups.actions import Place, appoint
from keti.groups.models import Seat
from keti.honours.actions import assess_book, certify_all, draw_record
from keti.intake.actions import merge_people
from keti.jobs.actions import at_once
from keti.kernel.acts import Act
from keti.media import actions as media
from keti.media.models import Recording, SubtitleVersion
from keti.media.rules.cues import Cue
from keti.release.actions import make_ready
from keti.release.models import Publication
from keti.release.tests.ending import Walk
from keti.work.actions import issue_task_books
from tests.cast import Cast, Player, local
from tests.consent.model import ASKED, SUBTITLED, Kind, Stage, takes_back

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SURNAMES = {
    Kind.DELEGATE: "代", Kind.MEMBER: "员", Kind.EXPERT: "专", Kind.TWICE: "双",
    Kind.GUEST: "客", Kind.INTERVIEWEE: "访", Kind.OUTSIDE: "外",
}  # fmt: skip
PLACES = "甲乙丙丁戊"
AUTHORS = ("fang", "he", "lu", "gao", "tao")
MINUTES = timedelta(minutes=5)
OPEN, UNTIL = "2030-07-17T09:00", "2030-07-18T10:00"
BEGINS = "2030-07-19T09:00"


@dataclass
class Body:
    """One person of the model in the product; `other` is a second record of the same human."""

    kind: Kind
    place: int
    name: str
    person: Person | None = None
    other: Person | None = None
    guest: OutsideGuest | None = None
    recording: Recording | None = None
    letter: StoredFile | None = None

    @property
    def film(self) -> str:
        """The title of the recording of them: the record names it, and nobody in it."""
        return f"影像-{self.kind.value}-{self.place}"


@dataclass
class World:
    """The cast's programme on its way from the last gate to after the conference."""

    cast: Cast
    walk: Walk
    bodies: list[Body] = field(default_factory=list)
    gathering: Gathering | None = None
    activity: Activity | None = None
    out: Publication | None = None

    @property
    def people(self) -> list[Body]:
        return [one for one in self.bodies if one.person is not None]

    def peopled(self) -> None:
        """Everybody is there, and agrees to whatever they are asked while nothing is made yet."""
        self.walk.to_the_end()
        self.cast.at("2030-07-13T09:00")
        for kind in Kind:
            for place in range(len(PLACES)):
                self.bodies.append(getattr(self, f"_{kind.value}")(kind, place))
        issue_task_books(self.cast.lu.act(), obligation=self.cast.duty("brief", "cell.red"))
        self._filmed()
        self._prepared()
        for one in self.bodies:
            self._agreed(one)
        self._reviewed()
        for one in self.bodies:
            if one.other is not None and one.person is not None:
                gone, one.other = one.other, None
                here = {"programme": self.cast.programme}
                merge_people(self.cast.qin.act(), **here, gone=gone, kept=one.person)

    def _named(self, kind: Kind, place: int) -> Body:
        return Body(kind, place, f"{SURNAMES[kind]}{PLACES[place]}君（演示）")

    def _entered(self, one: Body, letter: str = "") -> Person:
        unit = enter_organisation(
            f"{one.kind.value}{one.place}{letter}研究所（演示）", is_demo=True
        )
        mail = f"{one.kind.value}{one.place}{letter}@example.org"
        return enter_person(PersonFacts(one.name, mail=mail, unit=unit, is_demo=True))

    def _seat(self, group: str, role: str, **who: Any) -> Seat:
        place = Place(self.cast.group(group), self.cast.role(role), **who)
        return appoint(self.cast.qin.act(), place=place, tell=False)

    def _delegate(self, kind: Kind, place: int) -> Body:
        one = self._named(kind, place)
        one.person = self._entered(one)
        unit = one.person.unit
        self._seat("cell.blue", "hand", organisation=unit, delegate=one.person)
        return one

    def _member(self, kind: Kind, place: int) -> Body:
        one = self._named(kind, place)
        one.person = self._entered(one)
        self._seat("cell.red", "hand", person=one.person)
        return one

    def _expert(self, kind: Kind, place: int) -> Body:
        one = self._named(kind, place)
        one.person = self._entered(one)
        self._seat("core", "referee", person=one.person)
        return one

    def _author(self, kind: Kind, place: int) -> Body:
        person = self.cast.players[AUTHORS[place]].person
        return Body(kind, place, person.name, person)

    def _twice(self, kind: Kind, place: int) -> Body:
        one = self._member(kind, place)
        one.other = self._entered(one, "b")
        self._seat("cell.blue", "hand", person=one.other)
        return one

    def _guest(self, kind: Kind, place: int) -> Body:
        one = self._named(kind, place)
        one.person = new_person(PersonFacts(one.name, is_demo=True))
        return one

    _interviewee = _guest

    def _outside(self, kind: Kind, place: int) -> Body:
        return self._named(kind, place)

    def _filmed(self) -> None:
        """Everybody is in a recording of their own, under the row they were entered by."""
        for one in self.people:
            said = media.Footage(
                title=one.film, day=date(2030, 7, 1), link="https://example.org/film",
                outlet="演示平台", seconds=60, transcript=f"{one.film}的文字",
            )  # fmt: skip
            here = media.enter_recording(
                self.cast.qin.act(), programme=self.cast.programme, footage=said
            )
            media.name_speaker(self.cast.qin.act(), recording=here, person=one.other or one.person)
            cues = [Cue(0, 900, f"{one.film}的字幕")]
            if one.kind in SUBTITLED:
                media.save_track(
                    self.cast.qin.act(), recording=here, language="zh", cues=cues, base=0
                )
            one.recording = media.approve_recording(self.cast.qin.act(), recording=here)

    def _reviewed(self) -> None:
        """Who sees them all reads their subtitles: others get them from now on."""
        for version in SubtitleVersion.objects.filter(programme=self.cast.programme):
            media.review_track(self.cast.ji.act(), version=version)

    def _prepared(self) -> None:
        """A conference at which everybody speaks."""
        begins, act, programme = local(BEGINS), self.cast.qin.act, self.cast.programme
        what = gatherings.Arranged(
            GatheringKind.CONFERENCE, "发布大会（演示）", "会堂（演示）", begins,
            begins + timedelta(hours=9),
        )  # fmt: skip
        self.gathering = gatherings.arrange(act(), programme=programme, what=what)
        for number, one in enumerate(self.people):
            if one.kind != Kind.INTERVIEWEE:
                who = one.other or one.person
                part = gatherings.Part(begins + MINUTES * number, 5, f"议程{number}", speaker=who)
                gatherings.add_slot(act(), gathering=self.gathering, what=part)

    def _agreed(self, one: Body) -> None:
        for purpose in ASKED[one.kind]:
            if one.kind == Kind.OUTSIDE:
                continue
            for row in (one.person, one.other):
                if row is not None:
                    self._agree(one, row, Purpose(purpose))

    def _agree(self, one: Body, row: Person, purpose: Purpose) -> None:
        if one.kind == Kind.GUEST and purpose == Purpose.SPEECH and self.gathering is not None:
            [slot] = self.gathering.slots.filter(speaker=row)
            gatherings.agree_on_paper(self._by_letter(one), slot=slot)
            return
        give_consent(
            self._answer(one, row), programme=self.cast.programme, person=row, purpose=purpose
        )

    def _answer(self, one: Body, row: Person) -> Act:
        """Their own word, or by letter where they have no account; every second writes anyhow."""
        if one.kind in (Kind.GUEST, Kind.INTERVIEWEE) or one.place % 2:
            return self._by_letter(one)
        return Act(by=row, recorded_at=self.cast.moment)

    def _by_letter(self, one: Body) -> Act:
        act = self.cast.qin.act()
        if one.letter is None:
            here = {"programme": self.cast.programme, "name": f"{one.name}的来信.pdf"}
            one.letter = keep_upload(act, **here, data=PDF)
        return replace(act, evidence=one.letter)

    def take_back(self, now: Stage) -> None:
        """Everybody takes back what the model has them take back at this stage."""
        for one in self.bodies:
            for purpose, at in takes_back(one.kind, one.place).items():
                if at != now:
                    continue
                if one.kind == Kind.OUTSIDE:
                    if one.guest is not None:
                        withdraw_guest(self.cast.qin.act(), guest=one.guest)
                    continue
                assert one.person is not None
                withdraw_consent(
                    self._answer(one, one.person), programme=self.cast.programme,
                    person=one.person, purpose=Purpose(purpose),
                )  # fmt: skip

    def reach(self, now: Stage) -> None:
        """Do what makes this stage."""
        with at_once():
            getattr(self, f"_to_{now.name.lower()}")()

    def _to_unused(self) -> None:
        self.peopled()

    def _to_printed(self) -> None:
        cast = self.cast
        self.walk.close()
        self.walk.roll()
        cast.at("2030-07-16T11:00")
        gatherings.announce(cast.qin.act(), gathering=self.gathering)
        for book in cast.duty("brief", "cell.red").task_books.all():
            marks = [("met", "（演示）")] * max(len(book.content["targets"]), 1)
            assess_book(cast.lu.act(), book=book, marks=marks)
        draw_record(cast.qin.act(), programme=cast.programme)
        certify_all(cast.qin.act(), programme=cast.programme, honour="leaf")
        said = Announced(
            "regional", "地方研讨（演示）", date(2030, 7, 19), date(2030, 7, 19), 5,
            date(2030, 7, 18), None, "", "130100", "会堂（演示）", "协会（演示）",
        )  # fmt: skip
        self.activity = announce_activity(cast.qin.act(), programme=cast.programme, said=said)
        for one in self.bodies:
            if one.kind == Kind.OUTSIDE:
                agreed = takes_back(one.kind, one.place)["named"] > Stage.UNUSED
                act = self._by_letter(one)
                one.guest = invite_guest(
                    cast.qin.act(), activity=self.activity, body="某单位（演示）",
                    post=f"职务{one.place}", name=one.name if agreed else "",
                    consent=act.evidence if agreed else None,
                )  # fmt: skip

    def _to_ready(self) -> None:
        self.cast.at(OPEN)
        duty = self.cast.duty("go_public")
        self.out = make_ready(self.cast.qin.act(), obligation=duty, until=local(UNTIL))

    def _to_published(self) -> None:
        self.cast.at(UNTIL)
        self.out = self.walk.publish(UNTIL)

    def _to_sent(self) -> None:
        cast = self.cast
        cast.at("2030-07-20T09:00")
        link = "https://example.org/held"
        gatherings.conclude(cast.qin.act(), gathering=self.gathering, present=90, link=link)
        act = cast.qin.act()
        file = keep_upload(act, programme=cast.programme, name="纪要.pdf", data=PDF)
        there = OutsideGuest.objects.filter(activity=self.activity, withdrawn_at=None)
        came = frozenset(there.values_list("public_id", flat=True))
        hold_activity(act, activity=self.activity, came=Came({}, came), file=file)

    @property
    def neighbour(self) -> Player:
        """Who takes part and holds no office."""
        return self.cast.hua
