"""The house of the played book: nine cells, an author each, a report made of their chapters."""

import re
from pathlib import Path

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.groups.actions import Place, appoint
from keti.groups.models import Seat
from tests.cast import Cast, Player, assemble
from tests.prove.stage import CHARTER

NUMBERS = "甲乙丙丁戊己庚"
LATER = [f"cell{place}" for place in range(3, 10)]
WRITERS = ("lu", "he", *LATER)
"""Who writes the nine chapters, in the order of their cells."""


def charter(folder: Path) -> Path:
    """The cast's charter with seven more cells, without gates, its report in two languages with a
    summary and annexes."""
    text = CHARTER.read_text()
    more = ", ".join(
        f"{key}: {{zh: {sign}组, en: Cell {sign}}}".replace(f"Cell {sign}", f"Cell {place}")
        for place, (key, sign) in enumerate(zip(LATER, NUMBERS, strict=True), start=3)
    )
    text = text.replace("en: Blue cell}}", f"en: Blue cell}}, {more}}}")
    text = re.sub(r"^gates:\n.*?(?=^deliverables:)", "", text, flags=re.M | re.S)
    text = re.sub(r", opens_with: \w+", "", text)
    text = text.replace(
        "      frame: {zh: 总论, en: Frame}\n",
        "      gist: {zh: 摘要, en: Summary, summary: true}\n      frame: {zh: 总论, en: Frame}\n",
    )
    text = text.replace(
        "    assembles: part\n",
        "    assembles: part\n    classification: {zh: 公开, en: Public}\n"
        "    annexes: [decision, comments]\n",
    )
    file = folder / "book.yaml"
    file.write_text(text)
    return file


def founded(folder: Path) -> Cast:
    """Nine cells with an author each."""
    cast = assemble(charter(folder))
    for order, (key, sign) in enumerate(zip(LATER, NUMBERS, strict=True), start=20):
        unit = enter_organisation(f"{sign}氏研究所（演示）", is_demo=True)
        facts = PersonFacts(
            f"{sign}执笔（演示）", mail=f"{key}@example.org", unit=unit, is_demo=True
        )
        person = enter_person(facts)
        place = Place(
            group=cast.group(f"cell.{key}"), role=cast.role("captain"), person=person, order=order
        )
        seat = appoint(cast.qin.act(), place=place)
        held = Seat.objects.with_names().get(pk=seat.pk)
        cast.players[key] = Player(person, held, cast.moment)
    cast.reseat()
    return cast
