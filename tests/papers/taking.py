"""What is known of a paper that is taken."""

from dataclasses import dataclass

from django.urls import reverse

from tests.cast import Player


@dataclass(frozen=True, slots=True)
class Taken:
    """One paper that stands: the route and arguments of its address, who takes it, to whom it does
    not exist, words that are in it; a `letter` has neither tables nor headings."""

    route: str
    args: tuple[object, ...]
    who: Player
    strangers: tuple[Player, ...]
    words: tuple[str, ...] = ()
    letter: bool = False

    def at(self, form: str) -> str:
        if "{form}" in self.route:
            return reverse(self.route.format(form=form), args=list(self.args))
        return reverse(self.route, args=[*self.args, form])
