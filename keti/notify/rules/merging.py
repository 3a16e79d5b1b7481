"""Places in a letter that each reader finds filled with their own: {姓名}, {单位}. Pure."""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{([^{}\r\n]{1,20})\}")
NAMES = {
    "姓名": "name", "单位": "unit", "组别": "group", "职务": "role",
    "name": "name", "unit": "unit", "group": "group", "role": "role",
}  # fmt: skip
"""What may stand in a place, in either language."""


def unknown_places(*texts: str) -> list[str]:
    """The places no reader's record fills, as they were typed, each once and in order."""
    found = (one for text in texts for one in PLACE.findall(text))
    return list(dict.fromkeys(f"{{{one}}}" for one in found if one.strip() not in NAMES))


def merged(text: str, facts: Mapping[str, str]) -> str:
    """The text as one reader gets it: `facts` by name, unit, group and role."""
    return PLACE.sub(lambda place: facts.get(NAMES.get(place[1].strip(), ""), ""), text)
