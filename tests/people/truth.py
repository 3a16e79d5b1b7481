"""Who is who by the truth of the generator, and what each human agreed to: in plain Python."""

from dataclasses import dataclass, field
from random import Random

NAMES = ("赵一", "钱二", "古丽·阿布都", "Li Wei")
UNITS = ("甲研究院（演示）", "乙公司（演示）", "丙·北方大学（演示）")


@dataclass(eq=False)
class Human:
    """Somebody who exists outside the house: a name, a unit, perhaps an address, an opinion."""

    number: int
    name: str
    unit: str
    mail: str
    agrees: bool = False
    answered: bool = False

    def agree(self) -> None:
        self.agrees = self.answered = True

    def take_back(self) -> None:
        self.agrees, self.answered = False, True


@dataclass
class Truth:
    """The humans, which row of the house is whom, and who was meant to sit where."""

    dice: Random
    humans: list[Human] = field(default_factory=list)
    rows: dict[int, Human] = field(default_factory=dict)
    meant: dict[int, Human] = field(default_factory=dict)

    def people(self, count: int) -> None:
        """So many humans of few names and units: many are called alike."""
        for number in range(count):
            mail = f"human{number}@civil.example" if self.dice.random() < 0.8 else ""
            name, unit = self.dice.choice(NAMES), self.dice.choice(UNITS)
            self.humans.append(Human(number, name, unit, mail))

    def anybody(self, *, mailed: bool = False) -> Human:
        return self.dice.choice([one for one in self.humans if one.mail or not mailed])

    def typed(self, text: str) -> str:
        """A name as somebody types it: blanks, width, dots, brackets and case as they come."""
        ways = (
            lambda word: word,
            lambda word: f"{word[0]} {word[1:]}",
            lambda word: f"{word[0]}\u3000{word[1:]}",
            lambda word: word.replace("·", self.dice.choice("•‧・")),
            lambda word: word.replace("（", "(").replace("）", ")"),
            lambda word: word.upper(),
            lambda word: "".join(chr(ord(c) + 0xFEE0) if "!" < c < "~" else c for c in word),
        )
        return self.dice.choice(ways)(text)
