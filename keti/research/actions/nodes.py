"""One node: entered, changed, settled, withdrawn; and many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from keti.accounts.models import Person
from keti.groups.models import Group, Seat
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.research import notices, permissions, queries
from keti.research.actions.waiting import follow
from keti.research.enums import Status
from keti.research.models import STANDING, Edition, Node
from keti.research.rules import confidence, kinds, mapping
from keti.research.rules.graph import fingerprint

ENTERED = "research.node.entered"
ENTERED_ALL = "research.nodes.entered"
CHANGED = "research.node.changed"
SETTLED = "research.node.settled"
WITHDRAWN = "research.node.withdrawn"
TEXTS = ("title_zh", "title_en", "text_zh", "text_en")
FACETS = ("level", "jurisdiction", "stakeholder")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody enters of a node; `facts` are what its kind asks beside."""

    kind: str
    title_zh: str
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""
    group: Group | None = None
    level: str = ""
    jurisdiction: str = ""
    stakeholder: str = ""
    confidential: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def enter(act: Act, *, programme: Programme, said: Said) -> Node:
    """Enter a node: it is a draft of its group until it is settled.

    Refuses whoever may not enter there, a kind the charter does not name, no title in either
    language, and a value that is no choice of its field.

    Taken back by: withdraw.
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, ENTERED, programme=programme):
        return Node.objects.get(public_id=entry.subject_id)
    _refuse_unplaced(said)
    made = entered(act, programme, said, queries.last_number(programme, said.kind) + 1)
    ledger.record(act, ENTERED, programme=programme, about=made.subject(), facts=_facts(made))
    return made


@transaction.atomic
def enter_all(act: Act, *, programme: Programme, many: Sequence[Said]) -> list[Node]:
    """Enter all of these nodes at once, as of a sheet; none where one is refused.

    The line is about the first, or the first that is confidential: who does not see that one does
    not read the line. Refuses what `enter` refuses of one, and nothing to enter.

    Taken back by: withdraw (each by itself).
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, ENTERED_ALL, programme=programme):
        named = entry.content["facts"]["nodes"]
        return list(Node.objects.filter(programme=programme, public_id__in=named).order_by("pk"))
    if not many:
        raise Refused("research.nothing-to-enter")
    found = Node.objects.filter(programme=programme).order_by().values_list("kind")
    last = dict(found.annotate(last=Max("number")))
    made = []
    for said in many:
        last[said.kind] = last.get(said.kind, 0) + 1
        _refuse_unplaced(said)
        made.append(entered(act, programme, said, last[said.kind]))
    facts = {"nodes": [one.public_id for one in made], "fp": [one.fp for one in made]}
    first = next((one for one in made if one.confidential), made[0])
    ledger.record(act, ENTERED_ALL, programme=programme, about=first.subject(), facts=facts)
    return made


def _refuse_unplaced(said: Said) -> None:
    if said.kind == kinds.ASSESSMENT:
        raise Refused("research.assess-on-the-map").at("kind")


def entered(act: Act, programme: Programme, said: Said, number: int) -> Node:
    """A node as it was said, owned by the seat that says it. Called by the act that records it.
    Refuses what `enter` refuses."""
    permissions.may_enter(act, programme, said.group).or_refuse()
    _refuse_unsaid(act, programme, said)
    owner = principal(act, programme)
    node = Node(
        programme=programme,
        kind=said.kind,
        number=number,
        group=said.group,
        owner=owner,
        made_at=act.recorded_at,
    )
    _say(node, said)
    _keep(act, node, owner)
    return node


def _refuse_unsaid(act: Act, programme: Programme, said: Said) -> None:
    known = {one.key: one for one in queries.kinds(programme)}
    if said.kind not in known:
        raise Refused("research.no-such-kind").at("kind")
    if not (said.title_zh.strip() or said.title_en.strip()):
        raise Refused("research.say-a-title").at("title_zh")
    if wrong := kinds.unknown(known[said.kind], said.facts):
        raise Refused("research.no-such-choice").at(wrong)
    if said.kind == "finding" and (lacks := confidence.wrong(said.facts)):
        at = "why" if lacks == confidence.NEEDS_REASON else "override"
        raise Refused(f"research.confidence-{lacks}").at(at)
    if said.kind == kinds.ASSESSMENT:
        today = act.recorded_at.astimezone(programme.tz).date()
        if lacks := mapping.wrong(said.facts, today):
            raise Refused(f"research.assessment-{lacks}").at(mapping.AT[lacks])


def _say(node: Node, said: Said) -> None:
    for name in (*TEXTS, *FACETS):
        setattr(node, name, getattr(said, name).strip())
    node.title_zh = node.title_zh or node.title_en
    node.confidential = said.confidential
    node.facts = kinds.kept(kinds.kind_of(node.kind), said.facts)


def _keep(act: Act, node: Node, seat: Seat, reason: str = "") -> None:
    """The node as it says now, and its version."""
    texts = [getattr(node, name) for name in TEXTS]
    facets = {name: getattr(node, name) for name in FACETS}
    node.fp = fingerprint(node.kind, texts, {**node.facts, **facets}, node.status in STANDING)
    node.changed_at = act.recorded_at
    node.save()
    assert isinstance(act.by, Person)
    Edition.objects.create(
        programme=node.programme,
        node=node,
        reason=reason,
        seat=seat,
        by=act.by,
        at=act.recorded_at,
        **node.says(),
    )


def _facts(node: Node, **more: Any) -> dict[str, Any]:
    """What the line says: no word of the node, for it may be confidential."""
    group = node.group.key if node.group else ""
    return {"kind": node.kind, "number": node.number, "version": node.version, "fp": node.fp,
            "group": group, **more}  # fmt: skip


def held(node: Node) -> tuple[Programme, Node]:
    """The programme and the node, held in the order of the house."""
    programme = hold_row(Programme, node.programme_id)
    hold_row(Node, node.pk)
    return programme, Node.objects.with_names().get(pk=node.pk)


@transaction.atomic
def change(act: Act, *, node: Node, said: Said, version: int, reason: str = "") -> Node:
    """Say it otherwise: the version before is kept, every link on it turns suspect. What was
    withdrawn stands again, as a draft; so does an assessment, until somebody else reads it.

    Refuses whoever may not, what `enter` refuses, a merged node, nothing changed, and what somebody
    else changed since `version`.

    Taken back by: change (back to what an earlier version says).
    """
    programme, found = held(node)
    if ledger.repeated(act, CHANGED, programme=programme):
        return found
    permissions.may_change(act, found).or_refuse()
    if found.status == Status.MERGED:
        raise Refused("research.merged-cannot-change", into=found.into.tag if found.into else "")
    if found.version != version:
        raise Refused("research.changed-meanwhile", version=found.version)
    if said.group != found.group:
        permissions.may_enter(act, programme, said.group).or_refuse()
    _refuse_unsaid(act, programme, said)
    before = (found.fp, found.confidential, found.group_id, found.status)
    was_unmet = found.facts.get(kinds.UNMET)
    _say(found, said)
    found.group = said.group
    if found.status == Status.WITHDRAWN or found.kind == kinds.ASSESSMENT:
        found.status = Status.DRAFT
    found.version += 1
    _keep(act, found, principal(act, programme), reason.strip())
    if before == (found.fp, found.confidential, found.group_id, found.status):
        raise Refused("research.nothing-changed")
    follow(act, found)
    facts = _facts(found, reason=bool(reason.strip()))
    ledger.record(act, CHANGED, programme=programme, about=found.subject(), facts=facts)
    if found.facts.get(kinds.UNMET) and not was_unmet:
        notices.unmet(act, found)
    return found


@transaction.atomic
def settle(act: Act, *, node: Node) -> Node:
    """Say that it stands: everybody inside reads it, unless it is confidential.

    Refuses whoever does not lead its group, what is no draft, and of an assessment who wrote it.

    Taken back by: withdraw.
    """
    programme, found = held(node)
    if ledger.repeated(act, SETTLED, programme=programme):
        return found
    permissions.may_settle(act, found).or_refuse()
    if found.status != Status.DRAFT:
        raise Refused("research.no-draft", state=str(found.get_status_display()))
    if found.kind == kinds.ASSESSMENT and act.by.public_id == written_by(found).public_id:
        raise Refused("research.assessed-by-oneself")
    found.status = Status.SETTLED
    found.version += 1
    _keep(act, found, principal(act, programme))
    follow(act, found)
    ledger.record(act, SETTLED, programme=programme, about=found.subject(), facts=_facts(found))
    if found.kind == kinds.RECOMMENDATION:
        notices.taken_up(act, found)
    return found


def written_by(node: Node) -> Person:
    """Who wrote what it says now."""
    return Edition.objects.select_related("by").get(node=node, version=node.version).by


@transaction.atomic
def withdraw(act: Act, *, node: Node, reason: str) -> Node:
    """It no longer counts; what rests on it is suspect until its links end. Its versions stay.

    Refuses whoever may not change it, no reason, and what does not stand.

    Taken back by: change (it stands again, as a draft).
    """
    programme, found = held(node)
    if ledger.repeated(act, WITHDRAWN, programme=programme):
        return found
    permissions.may_change(act, found).or_refuse()
    if not reason.strip():
        raise Refused("research.give-a-reason").at("reason")
    if found.status not in STANDING:
        raise Refused("research.does-not-stand", state=str(found.get_status_display()))
    found.status = Status.WITHDRAWN
    found.version += 1
    _keep(act, found, principal(act, programme), reason.strip())
    follow(act, found)
    ledger.record(act, WITHDRAWN, programme=programme, about=found.subject(), facts=_facts(found))
    return found
