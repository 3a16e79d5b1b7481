"""Who decides, who writes, who belongs together: the people of a charter, for judging. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from keti.charter.rules.gates import dated
from keti.charter.rules.lint.brief import Brief, Seated
from keti.charter.rules.lint.course import works_of
from keti.charter.rules.shape import Work


@dataclass(frozen=True)
class Cast:
    """The roles of a charter as deciders and authors, and how parties are related."""

    brief: Brief
    works: Mapping[str, Work]
    deciders: Mapping[str, tuple[str, ...]]

    def role_of(self, word: str) -> str:
        """The role a word means; '' when the charter has none (reported elsewhere)."""
        if word in self.brief.charter.roles:
            return word
        programme = self.brief.charter.programme
        party = {"commissioner": programme.commissioner, "contractor": programme.contractor}
        held = (
            key for key, role in self.brief.charter.roles.items() if party.get(word) in role.holder
        )
        return next(held, "")

    def authors(self, work: Work) -> tuple[str, ...]:
        """The roles that make a work."""
        found = (self.role_of(word) for word in work.by)
        return tuple(key for key in found if key)

    def authors_of(self, key: str) -> tuple[str, ...]:
        """The roles that make the work of this key; the accountable one where none is named."""
        named = self.authors(self.works[key])
        spec = next((one for one in self.brief.compiled.works if one.key == key), None)
        return named or ((spec.by,) if spec and spec.by else ())

    def inputs(self, gate: str) -> list[tuple[str, tuple[str, ...]]]:
        """Each work a gate decides on, with the roles that make it."""
        words = [one.split(" per ")[0].strip() for one in self.brief.charter.gates[gate].inputs]
        return [(word, self.authors_of(word)) for word in words if word in self.works]

    def judged_by(self, key: str) -> dict[str, str]:
        """Role that wrote a text (or a chapter of it) which this role judges -> the gate.

        A role to which the gate gives no voice is left out: it does not judge, whoever holds it.
        """
        found: dict[str, str] = {}
        for gate, deciders in self.deciders.items():
            if key not in deciders:
                continue
            silent = self.silent(gate)
            for work, authors in self.inputs(gate):
                chapter = self.works[work].assembles
                more = self.authors_of(chapter) if chapter in self.works else ()
                for author in (*authors, *more):
                    if author != key and author not in silent:
                        found.setdefault(author, gate)
        return found

    def silent(self, gate: str) -> list[str]:
        """Roles to which the rule of a gate gives no voice."""
        rule = self.brief.charter.gates[gate].rule
        return [self.role_of(word) for word in rule.no_voice] if rule else []

    def last_gate(self) -> str:
        """The gate of the whole programme on which no other gate waits; the last such one."""
        gates = dated(self.brief.charter.gates)
        asked = " ".join(one.when for one in gates.values())
        tops = [key for key, one in gates.items() if not one.per or one.per == self.brief.scene.top]
        free = [key for key in tops if f"{key}." not in asked]
        return (free or tops or [""])[-1]

    def may_share(self, one: str, other: str) -> bool:
        """Whether one person or unit may hold both roles."""
        roles = self.brief.charter.roles
        first, second = roles[one], roles[other]
        if one == other or other in first.excludes or one in second.excludes:
            return False
        if {first.holder_kind, second.holder_kind} == {"unit", "person"}:
            return False
        named = first.holder and second.holder
        return not named or bool({*first.holder} & {*second.holder})

    def kin(self, one: str, other: str) -> tuple[str, str] | None:
        """The first holders of two roles that are the same party or one house; None if none are."""
        roles = self.brief.charter.roles
        pairs = ((mine, its) for mine in roles[one].holder for its in roles[other].holder)
        return next((pair for pair in pairs if self.related(*pair)), None)

    def related(self, one: str, other: str) -> bool:
        """Whether two parties are the same, or one house by affiliation."""
        return self._house.get(one, one) == self._house.get(other, other)

    @cached_property
    def _house(self) -> dict[str, str]:
        """Party -> the party at the head of its line of affiliation."""
        parties = self.brief.charter.parties
        heads: dict[str, str] = {}
        for key in parties:
            way = [key]
            while (above := parties[way[-1]].affiliated_with) in parties and above not in way:
                way.append(above)
            heads[key] = way[-1]
        return heads

    def in_both(self, one: str, other: str) -> list[str]:
        """People of the roster who hold two roles."""
        roster = self.brief.roster or ()
        first = {person.name for person in roster if person.role == one}
        return sorted(first & {person.name for person in roster if person.role == other})

    def holding(self, role: str, group: str, kind: str) -> list[Seated]:
        """People of the roster in a role who act in that group of that kind."""
        own, roster = self.brief.charter.roles[role].group, self.brief.roster or ()
        reaches = self.brief.compiled.reaches
        return [
            person
            for person in roster
            if person.role == role
            and (person.group == group if own == kind else reaches(own, person.group, group))
        ]


def cast_of(brief: Brief) -> Cast:
    """The people of a charter."""
    works = {str(path[-1]): work for path, work in works_of(brief)}
    cast = Cast(brief, works, {})
    deciders = {
        key: tuple(role for word in gate.decides if (role := cast.role_of(word)))
        for key, gate in brief.charter.gates.items()
    }
    return Cast(brief, works, deciders)
