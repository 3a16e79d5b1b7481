"""One writing of an address and of a unit's name, under which they are compared. Pure."""

import re
import unicodedata

from keti.kernel.acts import Text

LONGEST_MAIL = 254
LONGEST_LOCAL = 64
LONGEST_UNIT = 400
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}|localhost")
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def plain_width(text: str) -> str:
    """The text with every full-width sign in its plain width (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """The text without differences of case and width (NFKC, casefolded)."""
    return plain_width(plain_width(text).casefold())


def mail_key(mail: str) -> str:
    """The one writing under which an address is compared; "" for what is no address.

    The local part is folded; the domain is written as the mail server is asked for it (IDNA), so
    that two addresses have one key exactly when a letter to either goes to the same box.
    """
    local, at, domain = fold(mail.strip()).rpartition("@")
    domain = _asked_for(domain)
    if not (at and domain) or "@" in local or not _is_local(local):
        return ""
    key = f"{local}@{domain}"
    return key if len(key) <= LONGEST_MAIL else ""


def _asked_for(domain: str) -> str:
    """The domain as it is asked for: punycode where it is not ASCII; "" where it is none."""
    try:
        plain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return plain if _DOMAIN.fullmatch(plain) else ""


def _is_local(local: str) -> bool:
    if not local or len(local.encode()) > LONGEST_LOCAL:
        return False
    plain = "".join(sign if sign.isascii() else "x" for sign in local)
    strange = any(not sign.isprintable() for sign in local)
    return _LOCAL.fullmatch(plain) is not None and not strange


def mail_fault(mail: str) -> str:
    """The code of what is wrong with a typed address; "" when it may be used.

    Before the @ a sign outside ASCII stands only for itself: one that folds into another sign
    (a full-width letter, the sign for kelvin) would be a second writing of somebody's address.
    """
    if not mail_key(mail):
        return "accounts.not-an-address"
    local = mail.strip().rpartition("@")[0]
    if not local.isascii() and local != fold(local):
        return "accounts.look-alike-address"
    return ""


def unit_key(text: str) -> str:
    """The text folded, without any gap: what headings and plain words are compared by."""
    return _GAPS.sub("", fold(text))[:LONGEST_UNIT]


_DOTS = re.compile("[·•‧∙⋅・･●．.]")
_BRACKETS = str.maketrans("〔【［｛[{〕】］｝]}", "(" * 6 + ")" * 6)


def like_key(text: str) -> str:
    """The one writing under which names of units (and of groups and roles) are compared: no case,
    width and gaps, any middle dot one dot and any bracket a round one."""
    return unit_key(_DOTS.sub("·", text).translate(_BRACKETS))


def name_key(name: str) -> str:
    """The one writing under which people's names are compared: as a unit's, and without the dots
    between its parts, which one office types and another does not."""
    key = like_key(name)
    return key.replace("·", "") or key


def tidy_name(name: str) -> str:
    """A name as it is entered: Chinese names without the blanks that spread them in a table."""
    name = " ".join(name.split())
    return name if re.search("[A-Za-zＡ-Ｚａ-ｚ]", name) else name.replace(" ", "")


_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def spoken(name: str) -> str:
    """The language of letters to somebody of whom only the name is known: English where it is
    words in letters, without any Chinese character; a name taken from an address is one word."""
    words = plain_width(name).split()
    foreign = len(words) > 1 and re.search("[A-Za-z]", name) and not _HAN.search(name)
    return "en" if foreign else "zh-hans"


_SYSTEMS = (
    ("HarmonyOS", Text("鸿蒙手机", "HarmonyOS phone")),
    ("iPhone", Text("iPhone")),
    ("iPad", Text("iPad")),
    ("Android", Text("安卓手机", "Android phone")),
    ("Windows", Text("Windows 电脑", "Windows computer")),
    ("Mac OS X", Text("苹果电脑", "Mac")),
    ("Linux", Text("Linux 电脑", "Linux computer")),
)
_BROWSERS = (
    ("MicroMessenger", Text("微信", "WeChat")),
    ("DingTalk", Text("钉钉", "DingTalk")),
    ("Lark", Text("飞书", "Lark")),
    ("Edg", Text("Edge")),
    ("Firefox", Text("Firefox")),
    ("Chrome", Text("Chrome")),
    ("Safari", Text("Safari")),
)


def device_words(agent: str) -> tuple[Text, Text]:
    """Machine and browser in words, by what a browser says of itself."""
    machine = next((words for mark, words in _SYSTEMS if mark in agent), None)
    browser = next((words for mark, words in _BROWSERS if mark in agent), None)
    return machine or Text("其他设备", "another device"), browser or Text("浏览器", "browser")


_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_LENGTH = 18


def is_credit_code(code: str) -> bool:
    """Is this a unified social credit code whose check sign is right (GB 32100-2015)?"""
    signs = [_CODE_SIGNS.find(sign) for sign in plain_width(code).upper()]
    if len(signs) != CODE_LENGTH or min(signs) < 0:
        return False
    total = sum(sign * pow(3, place, 31) for place, sign in enumerate(signs[:-1]))
    return signs[-1] == -total % 31
