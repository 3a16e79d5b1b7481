"""In which role of which group a row of a roster belongs, and which words have to be asked about.
Holds and writes nothing."""

from collections.abc import Mapping, Sequence

from keti.accounts.rules import like_key
from keti.charter.queries import compiled
from keti.groups.models import Group, Role
from keti.intake.rules.guesses import everyday, perhaps
from keti.intake.rules.roster import RosterLine
from keti.intake.rules.wording import GROUP, ROLE, Word, key_of
from keti.kernel.acts import Text
from keti.programmes.models import Programme

Near = tuple[Text | None, Text | None]


class Places:
    """The roles and groups of a programme, under their own names and under what the office said."""

    def __init__(self, programme: Programme, answers: Mapping[str, str]) -> None:
        self.groups = tuple(Group.objects.select_related("programme").filter(programme=programme))
        self.roles = tuple(Role.objects.filter(programme=programme))
        self.specs = {role.key: role for role in compiled(programme).roles}
        self.answers = answers
        self.words: dict[str, Word] = {}

    def of(self, line: RosterLine) -> tuple[Role | None, Group | None, Near]:
        """Role and group of this row; in place of what is not found the name that is perhaps
        meant."""
        named, near_group = self._group(line)
        role, near_role = self._role(line, named or near_group)
        group = named if line.group else self._only_group(role)
        near_titles = (
            near_role.title if near_role else None,
            near_group.title if near_group else None,
        )
        return role, group, near_titles

    def by_unit(self, role: Role, line: RosterLine) -> bool:
        """Is it a unit that this row seats?"""
        spec = self.specs.get(role.key)
        kind = spec.holder_kind if spec else "any"
        return kind == "unit" or (kind == "any" and not line.name)

    def asked(self) -> list[dict[str, object]]:
        """The words that are not the programme's, as the reading keeps them."""
        return [
            {
                "key": one.key,
                "column": one.column,
                "word": one.word,
                "among": one.among,
                "near": one.near,
                "rows": one.rows,
            }
            for one in self.words.values()
        ]

    def _role(self, line: RosterLine, group: Group | None) -> tuple[Role | None, Role | None]:
        word = like_key(line.role)
        for role in self.roles:
            if word and word in _names(role):
                return role, None
        if not word:
            return None, None
        kind = group.kind if group else ""
        said = self.answers.get(key_of(ROLE, line.role, kind), "")
        near = self._near_role(line, kind)
        self._noted(ROLE, line.role, kind, near)
        found = next((one for one in self.roles if said and one.key == said), None)
        return found, None if found else near

    def _near_role(self, line: RosterLine, kind: str) -> Role | None:
        """The role that is perhaps meant: first one of the row's group, and one that a person
        holds where a person is named; then one that does what the word says; then any."""
        own = [one for one in self.roles if not kind or one.group_kind == kind]
        own.sort(key=lambda one: bool(line.name) and self._holder(one) == "unit")
        near = perhaps(line.role, _titles(own)) or everyday(line.role, self._verbs(own))
        near = near or perhaps(line.role, _titles(self.roles))
        return next((one for one in (*own, *self.roles) if near and near in _called(one)), None)

    def _verbs(self, roles: Sequence[Role]) -> dict[str, frozenset[str]]:
        """What each of these roles may do, by its title; those that many may hold stand first."""
        many = sorted(roles, key=lambda one: one.maximum is not None)
        specs = {one.title_zh or one.title_en: self.specs.get(one.key) for one in many}
        return {title: spec.can for title, spec in specs.items() if spec}

    def _holder(self, role: Role) -> str:
        spec = self.specs.get(role.key)
        return spec.holder_kind if spec else "any"

    def _group(self, line: RosterLine) -> tuple[Group | None, Group | None]:
        """The group this row names, else one that is perhaps meant."""
        word = like_key(line.group)
        if not word:
            return None, None
        found = next((one for one in self.groups if word in _names(one)), None)
        if found:
            return found, None
        title = perhaps(line.group, _titles(self.groups))
        near = next((one for one in self.groups if title and title in _called(one)), None)
        self._noted(GROUP, line.group, "", near)
        said = self.answers.get(key_of(GROUP, line.group), "")
        found = next((one for one in self.groups if said and one.key == said), None)
        return found, None if found else near

    def _noted(self, column: str, word: str, among: str, near: Role | Group | None) -> None:
        one = Word(column, word[:80], among, near.key if near else "")
        self.words.setdefault(one.key, one).rows += 1

    def _only_group(self, role: Role | None) -> Group | None:
        """The only group that has such a role."""
        fitting = [one for one in self.groups if role and one.kind == role.group_kind]
        return fitting[0] if len(fitting) == 1 else None


def _called(thing: Role | Group) -> tuple[str, str]:
    return thing.title_zh, thing.title_en


def _names(thing: Role | Group) -> tuple[str, ...]:
    return (like_key(thing.title_zh), like_key(thing.title_en), like_key(thing.key))


def _titles(things: Sequence[Role | Group]) -> list[str]:
    return [title for one in things for title in _called(one) if title]
