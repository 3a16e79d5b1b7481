"""Who looks, and what each of them must not learn."""

from dataclasses import dataclass

from tests.twin.secrets import ALL, CONFIDED, GATE, HANDED, INNER, OFFICE, World, of

OWN = frozenset({"conflict", "aside", "wrote"})
"""What a reviewer of these gates knows of their own part, or reads: the charter lets who decides
know what the others declared."""
BEFORE = frozenset({"opinion", "verdict", "voter"})
"""What nobody learns before the decision but who said it."""
COUNTED = frozenset({"verdict", "aside"})
"""What everybody who sees the gate reads of a decision: how the votes fell, who stood aside."""
NAMES = of(OFFICE) - {"link"} | {"voter"}
"""What whose text was judged learns not even afterwards: which reviewer said what."""


@dataclass(frozen=True)
class Observer:
    """Somebody of the cast, or nobody at all, with the secrets hidden from them.

    Who had the right once keeps the letters of that time: only those after `since` are compared.
    """

    name: str
    what: str
    hidden: frozenset[str] = ALL
    since: str = ""
    near: str = ""
    """What concerns them most: tried in every form."""
    later: bool = False
    """They look once the open gate is decided."""

    @property
    def worlds(self) -> tuple[World, World]:
        """Two worlds that differ in exactly what is hidden from them."""
        return World(), World(self.hidden)


OBSERVERS = (
    Observer("", "the public"),
    Observer("wu", "a registered stranger"),
    Observer("shen", "an applicant"),
    Observer("hua", "a member of another group"),
    Observer("he", "the lead of another group"),
    Observer("an", "an adviser"),
    Observer("lian", "a unit's contact"),
    Observer("yu", "a member whose seat has ended", since="2030-05-17T10:00"),
    Observer("tao", "the author of the whole group"),
    Observer("rui", "a reviewer who stands aside", ALL - OWN, "2030-05-16T10:00", "/reviews/"),
    Observer(
        "rui",
        "a reviewer who stood aside, after the decision",
        ALL - OWN,
        "2030-05-16T10:00",
        "/reviews/",
        later=True,
    ),
    Observer("hua", "a member of another group, after the decision", ALL - COUNTED, later=True),
    Observer("lu", "the author of what was judged, after the decision", NAMES, later=True),
    Observer("qin", "the secretariat, before the decision", BEFORE),
    Observer("rao", "an external reviewer", ALL - {"pinned"} - OWN),
    Observer("ji", "a monitor", BEFORE | of(OFFICE, CONFIDED) - {"link"}),
    Observer("gao", "the commissioner", BEFORE | of(OFFICE, CONFIDED) - {"link"}),
    Observer("lu", "the author of what is judged", of(GATE, OFFICE) - {"link", "aside"}),
    Observer(
        "fang",
        "the lead of the parent group",
        of(INNER, GATE, OFFICE, CONFIDED) - {"charter", "extension"} | {"pinned"} - of(HANDED),
    ),
)
