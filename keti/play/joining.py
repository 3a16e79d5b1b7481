"""Scenes of joining: the call, applications, the roster, decisions, seats, founding."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled, RoleSpec
from keti.charter.rules.joining import AdmissionSpec, FieldSpec
from keti.consents.actions import give_consent
from keti.documents.actions import keep_upload
from keti.documents.rules.sheet import to_xlsx
from keti.duties.actions import seat_the_duties
from keti.groups import queries as groups
from keti.groups.actions import Place, swap_delegate
from keti.intake import queries as intake
from keti.intake.actions import (
    CheckResult,
    appoint_members,
    check_eligibility,
    close_admission,
    confirm_appointments,
    decide_application,
    found,
    import_roster,
    publish_call,
    save_application,
    submit_application,
    tell_seated,
)
from keti.intake.rules.content import Content
from keti.intake.rules.roster import COLUMNS
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.play.stage import Stage

Push = Callable[[datetime, str, Callable[[], None]], None]
Planned = tuple[datetime, str, Callable[[], None]]
EXTRA, FOUNDERS = 3, 3
"""So many more apply than are needed; so many with a group of their own, of whom one is turned
down."""
REASON = ("业务方向与本课题不符，欢迎以后参加。", "Its field lies outside the programme this time.")


def name_delegates(stage: Stage) -> None:
    """Units that the charter seats name the persons who act for them."""
    for seat in groups.standing(stage.programme, stage.now):
        if seat.organisation and seat.delegate is None and not seat.office_id:
            delegate = stage.casting.person(unit=seat.organisation, english=stage.pen.english)
            swap_delegate(stage.act(stage.manager()), seat=seat, delegate=delegate)
            _consent(stage, delegate)
    seat_the_duties(stage.programme, stage.now)


def _consent(stage: Stage, person: Any) -> None:
    """Nine of ten agree to be named in the roll."""
    if stage.dice.random() < 0.9:
        act = Act(by=person, recorded_at=stage.now, key=new_id())
        lang = stage.pen.pick("zh-hans", "en")
        give_consent(act, programme=stage.programme, person=person, lang=lang)


def issue_call(stage: Stage, duty: Any, push: Push) -> None:
    call = publish_call(stage.act(duty.seat), obligation=duty)
    stage.note(stage.pen.pick(f"发布征集通知 {call.number}", f"call published {call.number}"))


def applicants(stage: Stage) -> list[Planned]:
    """Everybody who will apply, spread over each window: each group's need and a few more."""
    admission = stage.charter.admission
    if admission is None:
        return []
    windows = [(one.opens_at, one.closes_at) for one in admission.every]
    inside = [one for one in windows if one[1] < stage.programme.ends_at] or windows[:1]
    return [
        one for window in inside or windows[:1] for one in _in_window(stage, admission, *window)
    ]


def _in_window(
    stage: Stage, admission: AdmissionSpec, opens: datetime, closes: datetime
) -> list[Planned]:
    planned: list[Planned] = []
    span = closes - opens
    seekers = [key for key in admission.choices for _ in range(_need(stage, key))]
    seekers += [stage.dice.choice(admission.choices) for _ in range(EXTRA) if admission.choices]
    for number, wanted in enumerate(seekers):
        share = stage.dice.uniform(0.03, 0.97)
        at = opens + span * share
        ways = [track for track in admission.tracks if wanted in track.choices]
        track = ways[number % len(ways)]
        planned.append((at, "application", _application(stage, wanted, track)))
    founding = [track for track in admission.tracks if track.founds]
    for number, track in enumerate(founding * FOUNDERS):
        at = opens + span * ((number + 1) / (len(founding) * FOUNDERS + 1))
        planned.append((at, "application", _application(stage, "", track)))
    return planned


def _need(stage: Stage, group_key: str) -> int:
    """How many members a group needs at least."""
    admission, kind = stage.charter.admission, stage.charter.group(group_key).kind
    roles = {admission.role_for[track.key] for track in admission.tracks} if admission else set()
    return sum(
        max(role.min, 1)
        for role in stage.charter.roles
        if role.key in roles and role.group_kind == kind
    )


def _application(stage: Stage, wanted: str, track: Any) -> Callable[[], None]:
    def scene() -> None:
        call = intake.call_of(stage.programme)
        if call is None:
            return
        person = _twin(stage, track) or stage.casting.person(
            unit=stage.casting.unit(), english=stage.pen.english
        )
        act = Act(by=person, recorded_at=stage.now, key=new_id())
        draft = save_application(act, call=call, content=_content(stage, person, wanted, track))
        stage.move_to(stage.now + timedelta(minutes=stage.dice.randint(1, 30)))
        done = submit_application(
            Act(by=person, recorded_at=stage.now, key=new_id()), application=draft
        )
        stage.note(
            stage.pen.pick(
                f"{person.label}提交申报，回执{done.number}",
                f"{person.label} applied, receipt {done.number}",
            )
        )

    return scene


def _twin(stage: Stage, track: Any) -> Any:
    """Once, somebody who decides at a gate joins in a role that has no voice there."""
    admission = stage.charter.admission
    role = admission.role_for[track.key] if admission else ""
    gates = [gate for gate in stage.charter.gates if role in gate.rule.no_voice]
    if track.kind != "person" or "twin" in stage.memory:
        return None
    for gate in gates:
        for key in gate.decides:
            for seat in reversed(groups.holders(stage.programme, key, None, stage.now)):
                if seat.person and role not in seat.role.excludes:
                    stage.memory["twin"] = seat.person
                    return seat.person
    return None


def _content(stage: Stage, person: Any, wanted: str, track: Any) -> Content:
    admission = stage.charter.admission
    assert admission is not None
    number = stage.casting.people
    title = stage.pen.pick(f"第{number}号题目（演示）", f"Topic {number} (demo)")
    named = {track.named_by: title} if track.named_by else {}
    return Content(
        track=track.key,
        name=person.name,
        unit=person.unit.name_zh,
        delegate=person.name if track.kind == "unit" else "",
        delegate_mail=person.mail if track.kind == "unit" else "",
        choices=(wanted,) if wanted else (),
        fields={field.key: _answer(stage, field) for field in admission.fields} | named,
        declarations=tuple(key for key, _ in admission.declarations),
        consent=stage.dice.random() < 0.9,
    )


def decide_admission(stage: Stage, duty: Any, push: Push) -> None:
    """Check every application, admit or reject with the reason, then close the admission."""
    call = intake.call_of(stage.programme)
    admitted: dict[str, int] = {}
    rejected = 0
    for mine in list(call.applications.with_names().undecided()) if call else []:
        wanted = (*mine.content["choices"], mine.track)[0]
        founds = not mine.content["choices"]
        need = FOUNDERS - 1 if founds else _need(stage, wanted)
        enough = admitted.get(wanted, 0) >= need
        results = [CheckResult(line.spec.key, True) for line in intake.check_lines(mine)]
        mine = check_eligibility(stage.act(duty.seat), application=mine, results=results)
        decide_application(
            stage.act(duty.seat),
            application=mine,
            admit=not enough,
            reason=stage.pen.pick(*REASON) if enough else "",
            place=None if enough or founds else groups.group_by_key(stage.programme, wanted),
        )
        admitted[wanted] = admitted.get(wanted, 0) + (not enough)
        rejected += enough
    close_admission(stage.act(duty.seat), obligation=duty)
    stage.charter = compiled(stage.programme)
    total = sum(admitted.values())
    stage.note(
        stage.pen.pick(
            f"确定入选：{total} 份录取，{rejected} 份未录取并附理由",
            f"admission decided: {total} admitted, {rejected} rejected with reasons",
        )
    )


def appoint(stage: Stage, duty: Any, push: Push) -> None:
    """Fill what the group still lacks, the first time from a spreadsheet, then confirm."""
    missing = _missing(stage, duty.group)
    if missing and "roster" not in stage.memory:
        stage.memory["roster"] = True
        _roster(stage, duty, missing)
        missing = _missing(stage, duty.group)
    places = [place_of(stage, duty.group, role) for role in missing]
    if places:
        appoint_members(stage.act(duty.seat), places=places)
    for seat in groups.standing(stage.programme, stage.now).filter(group=duty.group):
        if seat.acting_person:
            _consent(stage, seat.acting_person)
    confirm_appointments(stage.act(duty.seat), obligation=duty)
    title, where = duty.title, duty.group.title
    stage.note(
        stage.pen.pick(
            f"{title.in_('zh')}：{where.in_('zh')}各职务已确认",
            f"{title.in_('en')}: the seats of {where.in_('en')} are confirmed",
        )
    )


def unasked(stage: Stage) -> None:
    """Nothing in the charter says how somebody comes into these groups: the secretariat enters them
    by itself, on the first day, also where others are appointed."""
    asked = _asked(stage.charter)
    for spec in stage.charter.groups:
        if spec.key in asked:
            continue
        group = groups.group_by_key(stage.programme, spec.key)
        missing = _missing(stage, group) if group else []
        if missing:
            act = stage.act(stage.manager())
            appoint_members(act, places=[place_of(stage, group, role) for role in missing])
            stage.note(
                stage.pen.pick(
                    f"{spec.title.in_('zh')}：录入名单 {len(missing)} 人",
                    f"{spec.title.in_('en')}: {len(missing)} entered",
                )
            )


def _asked(charter: Compiled) -> set[str]:
    """The groups that an appointment fills, or the admission."""
    top = next((one.kind for one in charter.groups if not one.parent), "")
    groups_of = [
        {one.only} if one.only else {each.key for each in charter.groups if each.kind == kind}
        for one, kind in ((work, work.per or top) for work in charter.works)
        if one.form == "appointment"
    ]
    tracks = charter.admission.tracks if charter.admission else ()
    return set().union(*groups_of, *(track.choices for track in tracks))


def _answer(stage: Stage, field: FieldSpec) -> str:
    return field.options[0] if field.options else stage.pen.section(0)[: field.max_chars]


def _missing(stage: Stage, group: Any) -> list[RoleSpec]:
    """Roles of the group below their minimum, once for every place missing."""
    found: list[RoleSpec] = []
    for role in stage.charter.roles:
        if role.group_kind == group.kind:
            seats = groups.holders(stage.programme, role.key, group, stage.now)
            held = sum(not one.office_id for one in seats)
            least = role.min - stage.charter.least_by_office(role, group.key)
            by_hand = not role.ex_officio or role.appointed_by or role.elected_by
            found += [role] * max(0, least - held) if by_hand else []
    return found


def place_of(stage: Stage, group: Any, role: RoleSpec) -> Place:
    unit = stage.casting.unit()
    person = stage.casting.person(unit=unit, english=stage.pen.english)
    by_unit = role.holder_kind == "unit"
    return Place(
        group=group,
        role=groups.role_by_key(stage.programme, role.key),
        organisation=unit if by_unit else None,
        person=None if by_unit else person,
        delegate=person if by_unit else None,
        honorific=role.honorific.in_("en" if stage.pen.english else "zh"),
        order=stage.casting.people,
    )


def _roster(stage: Stage, duty: Any, missing: list[RoleSpec]) -> None:
    """The overall group arrives as a spreadsheet, with one row that cannot be read."""
    place = 1 if stage.pen.english else 0
    header = [names[place] for names in COLUMNS.values()]
    rows = [_row(stage, duty.group, role, number) for number, role in enumerate(missing)]
    rows.append(["", "", duty.group.label, "?", "", "x", "not-an-address", "", "", ""])
    data = to_xlsx("roster", header, rows, created=stage.now)
    act = stage.act(duty.seat)
    file = keep_upload(act, programme=stage.programme, name="roster.xlsx", data=data)
    report = import_roster(act, programme=stage.programme, file=file)
    if report.seats:
        tell_seated(stage.act(duty.seat), programme=stage.programme)
    stage.note(
        stage.pen.pick(
            f"导入名单：{report.seats} 个职务，{len(report.problems)} 行有误并逐行说明",
            f"roster imported: {report.seats} seats, {len(report.problems)} problems told by row",
        )
    )


def _row(stage: Stage, group: Any, role: RoleSpec, number: int) -> list[str]:
    name, mail = stage.casting.facts()
    unit = stage.casting.unit_name()
    lang = "en" if stage.pen.english else "zh"
    by_unit = role.holder_kind == "unit"
    values = {
        "name": "" if by_unit else name,
        "unit": unit,
        "group": group.title.in_(lang),
        "role": role.title.in_(lang),
        "honorific": role.honorific.in_(lang),
        "order": str(number + 1),
        "mail": mail,
        "mobile": "",
        "delegate": name if by_unit else "",
        "consent": stage.pen.pick("是", "yes"),
    }
    return [values[key] for key in COLUMNS]


def found_group(stage: Stage, duty: Any, push: Push) -> None:
    found(stage.act(duty.seat), obligation=duty)
    stage.note(stage.pen.pick(f"{duty.group.label}成立", f"{duty.group.title.in_('en')} founded"))
