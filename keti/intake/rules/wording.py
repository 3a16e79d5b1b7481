"""What the office says its words mean: names of roles, groups and columns of a roster. Pure.

A roster speaks as people speak (组长, 成员, 第一章); the programme has its own names. What is not
understood is asked once a word, and the answer is kept with the reading, under the word's key.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keti.accounts.rules import like_key, unit_key

ROLE, GROUP, HEADING = "role", "group", "heading"

IDLE = re.compile(
    "备注|说明|附注|性别|年龄|民族|出生.*|生日|学历|学位|专业|籍贯|政治面貌|身份证.*|地址|邮编|传真|签名|签字"
    "|notes?|remarks?|comments?|gender|sex|age|address|fax|signature|degree"
)
"""Headings that a roster has no use for: nobody is asked about them."""


def is_idle(heading: str) -> bool:
    """Is this a heading that no roster reads?"""
    return IDLE.fullmatch(unit_key(heading)) is not None


@dataclass(slots=True)
class Word:
    """One word that is not the programme's: in which column, in a group of which kind ("" where
    that is open), in how many rows, and the key of what is perhaps meant."""

    column: str
    word: str
    among: str = ""
    near: str = ""
    rows: int = 0

    @property
    def key(self) -> str:
        """Under which its answer is kept."""
        return key_of(self.column, self.word, self.among)


def key_of(column: str, word: str, among: str = "") -> str:
    """The key of a word: its column, the kind of group, and the word as it is compared."""
    return f"{column}/{among}/{unit_key(word) if column == HEADING else like_key(word)}"


def said_of_words(answers: Mapping[str, str]) -> dict[str, str]:
    """Of all answers of a reading those about words: they hold for the next sheet as well."""
    begins = tuple(f"{column}/" for column in (ROLE, GROUP, HEADING))
    return {key: value for key, value in answers.items() if key.startswith(begins)}


ASK = "ask"
"""The answer of a reading that whom units name is asked before they sit."""
SHEET, LEFT_OUT = "sheet", "left out"


def sheets_said(people: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """Which of the sheets that hold people are left out, as answers; they hold for this file."""
    return {f"{SHEET}/{name}": "" if name in wanted else LEFT_OUT for name in people}


def is_left_out(answers: Mapping[str, str], sheet: str) -> bool:
    """Was it said that this sheet is not to be read?"""
    return answers.get(f"{SHEET}/{sheet}") == LEFT_OUT


def headings_said(answers: Mapping[str, str]) -> dict[str, str]:
    """Which column a heading names, by what was said: the heading as compared -> the column."""
    begin = f"{HEADING}//"
    return {
        key.removeprefix(begin): value for key, value in answers.items() if key.startswith(begin)
    }
