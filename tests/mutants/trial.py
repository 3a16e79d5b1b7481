"""The whole trial: acts first, then pages; it ends when only those live of whom it is proved."""

from collections import Counter
from dataclasses import dataclass, field

from tests.acts.listed import replaced
from tests.acts.recipes import SCENES as RECIPES
from tests.acts.state import undone
from tests.cast import recall
from tests.mutants import elsewhere, scenes
from tests.mutants.acts import ACTS, Acts
from tests.mutants.conditions import CONDITIONS
from tests.mutants.listed import mutants
from tests.mutants.pages import INSIDERS, LOOKERS, Death, Views, asked
from tests.mutants.switch import Switch, switched
from tests.mutants.world import Whole


@dataclass
class Trial:
    """What became of every mutant: the act or page, by whom, what changed."""

    spared: frozenset[str] = frozenset()
    alive: set[str] = field(default_factory=set)
    died: dict[str, Death] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)

    def run(self) -> "Trial":
        """All of it. Nothing of it stays in the database."""
        every = mutants()
        self.alive = set(every)
        with switched(every) as switch:
            self._acts(switch)
            self._pages(switch)
        return self

    def _acts(self, switch: Switch) -> None:
        acts = Acts(switch, self.alive, self.died, self.tried)
        with replaced({name: (one.function, acts.watching(one)) for name, one in ACTS.items()}):
            for scene in scenes.SCENES:
                with undone():
                    scene(recall(), acts.attempt)
            for recipe in RECIPES:
                with undone():
                    recipe(recall())
            with undone():
                Whole().lived()
        with undone():
            scenes.bench(elsewhere.Panel(elsewhere.assemble()).lived(), acts.attempt)

    def _pages(self, switch: Switch) -> None:
        views = Views(switch, self.alive, self.died, self.tried, self.spared)
        with undone():
            for condition, (who, paths) in CONDITIONS.items():
                cast = recall()
                with undone(), condition(cast) as more:
                    views.look(cast, [who], [*paths, *(more or ())])
        with undone():
            cast = elsewhere.Panel(elsewhere.assemble()).lived()
            views.look(cast, INSIDERS, asked(cast))
        with undone():
            cast = Whole().lived()
            views.look(cast, LOOKERS, asked(cast))
