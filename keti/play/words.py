"""What the cast writes: short fictional texts in Chinese and English, fixed by the seed."""

from random import Random

from keti.play.essays import EN_HEADS, ESSAYS

THEMES = (
    ("场景访谈", "interviews on uses"), ("规则对照", "a comparison of rules"),
    ("案例核实", "checking cases"), ("风险清单", "a list of risks"),
    ("企业诉求", "what companies ask for"), ("标准梳理", "a survey of standards"),
    ("数据安全", "data security"), ("未成年人保护", "protection of minors"),
    ("身份与凭证", "identity and credentials"), ("虚拟资产", "virtual assets"),
)  # fmt: skip
DONE = (
    "本月完成了{theme}，走访{n}家单位，形成{m}页材料。",
    "围绕{theme}开了{n}次小会，核对了{m}条来源。",
    "{theme}的初稿已在组内传阅，收到{n}人意见，采纳{m}处。",
)
DONE_EN = (
    "We finished {theme}, visited {n} units and wrote {m} pages.",
    "We met {n} times on {theme} and checked {m} sources.",
    "A first text on {theme} went round the group; {n} people answered, {m} changes were made.",
)
SNAG = (
    "{theme}的来源还不够，{n}处只有单一依据。",
    "两家单位对{theme}的口径不一致，需要再核对。",
    "无。",
)
SNAG_EN = (
    "Sources on {theme} are thin: {n} statements rest on one source only.",
    "Two units count {theme} differently; this needs another check.",
    "None.",
)
CURE = (
    "下月请两位组员补齐依据，由组长复核。",
    "已约定统一口径，{n}日内重新汇总。",
    "继续按计划推进。",
)
CURE_EN = (
    "Two members will complete the sources next month; the lead checks them.",
    "A common definition is agreed; figures are merged again within {n} days.",
    "We go on as planned.",
)


class Pen:
    """Writes sentences in the programme's first language."""

    def __init__(self, dice: Random, english: bool) -> None:
        self.dice = dice
        self.english = english

    def theme(self) -> str:
        zh, en = self.dice.choice(THEMES)
        return en if self.english else zh

    def section(self, order: int) -> str:
        """A paragraph for the section at this place of a report: results, problems, measures."""
        tables = ((DONE_EN, SNAG_EN, CURE_EN) if self.english else (DONE, SNAG, CURE))[order % 3]
        picks = [self._filled(self.dice.choice(tables))]
        if order % 3 == 0:
            picks.append(self._filled(self.dice.choice(tables)))
        return (" " if self.english else "").join(picks)

    def essay(self, place: int) -> str:
        """A section of a longer text: two themes, each with what this place of the report asks for:
        uses and challenges, challenges and directions, directions and proposals."""
        parts = []
        for theme in self.dice.sample(sorted(ESSAYS), 2):
            lines = ESSAYS[theme]
            first = min(place, 2)
            picked = [line[1] if self.english else line[0] for line in lines[first : first + 2]]
            head = EN_HEADS[theme] if self.english else theme
            parts.append(f"### {head}\n\n" + (" " if self.english else "").join(picked))
        return "\n\n".join(parts)

    def plan(self) -> str:
        theme = self.theme()
        return f"Carry on with {theme}" if self.english else f"推进{theme}"

    def pick(self, zh: str, en: str) -> str:
        return en if self.english else zh

    def _filled(self, sentence: str) -> str:
        return sentence.format(
            theme=self.theme(), n=self.dice.randint(2, 6), m=self.dice.randint(7, 40)
        )
