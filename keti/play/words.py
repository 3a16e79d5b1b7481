"""What the cast writes: short fictional texts about the programme played, fixed by the seed."""

from collections.abc import Iterable, Sequence
from random import Random

from keti.documents.rules.headings import numbered
from keti.kernel.acts import Text
from keti.play.lore import Lore
from keti.play.prose import PATTERNS, PLANS, asked_for

USUAL = ("practice", "trouble", "remedy")
MARK = Text("（演示）", "(demo)")
FEW = 2


class Pen:
    """Writes sentences in the programme's first language, longer texts in both."""

    def __init__(self, dice: Random, english: bool, lore: Lore) -> None:
        self.dice = dice
        self.english = english
        self.lore = lore

    def section(self, order: int) -> str:
        """A paragraph at this place of a short text: what was done, what troubles, what helps."""
        ask = USUAL[order % len(USUAL)]
        return self._said([self._pattern(ask, "")], self._first())

    def chapter(self, title: Text, group: str) -> Text:
        """A section of a longer text, by what its title asks for."""
        pairs: list[Text] = []
        for ask in asked_for(title.in_("zh")):
            own = list(self.lore.lines.get((group, ask), ()))
            pairs += own or self._some(ask, group)
        return self._both(pairs)

    def monthly(self, title: Text, group: str) -> Text:
        """A section of a report that comes again and again: one thing that was or will be done."""
        return self._both([self._pattern(asked_for(title.in_("zh"))[0], group)])

    def outline(self, whole: Sequence[Text], groups: Iterable[Text], parts: Sequence[Text]) -> str:
        """Headings of a book: what is of the whole, then a chapter for each group."""
        lang = self._first()
        after = self.pick("：现状与建议", ": where it stands and what to do")
        chapters = [(self.pick("总论", "The whole"), whole)]
        chapters += [(f"{one.in_(lang)}{after}", parts) for one in groups]
        lines = []
        for place, (title, below) in enumerate(chapters, start=1):
            lines.append(numbered(title, place, 1, lang))
            lines += [
                numbered(one.in_(lang), n, 2, lang, place) for n, one in enumerate(below, start=1)
            ]
        return "\n".join(lines)

    def plan(self, group: str = "") -> str:
        """One item of a plan."""
        pair = self._filled(self.dice.choice(PLANS), self.dice.choice(self.lore.topics(group)))
        return pair.in_(self._first())

    def pick(self, zh: str, en: str) -> str:
        """One of two wordings, in the programme's first language."""
        return en if self.english else zh

    def _first(self) -> str:
        return "en" if self.english else "zh"

    def _some(self, ask: str, group: str) -> list[Text]:
        """Two different sentences on one subject, in the order in which they stand."""
        topic = self.lore.groups.get(group, self.lore.programme)
        patterns = PATTERNS[ask]
        places = sorted(self.dice.sample(range(len(patterns)), FEW))
        return [self._filled(patterns[place], topic) for place in places]

    def _pattern(self, ask: str, group: str) -> Text:
        topic = self.dice.choice(self.lore.topics(group))
        return self._filled(self.dice.choice(PATTERNS[ask]), topic)

    def _filled(self, pair: tuple[str, str], topic: Text) -> Text:
        n, m = self.dice.randint(2, 6), self.dice.randint(7, 40)
        zh, en = (
            pattern.format(topic=topic.in_(lang), programme=self.lore.programme.in_(lang), n=n, m=m)
            for pattern, lang in zip(pair, ("zh", "en"), strict=True)
        )
        return Text(zh, en)

    def _both(self, pairs: Sequence[Text]) -> Text:
        return Text(self._said(pairs, "zh"), self._said(pairs, "en"))

    def _said(self, pairs: Sequence[Text], lang: str) -> str:
        english = lang.startswith("en")
        between = " " if english else ""
        return between.join([*(one.in_(lang) for one in pairs), MARK.in_(lang)])
