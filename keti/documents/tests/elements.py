"""Markup walked with the standard library: what stands in an element, whatever its space."""

from typing import Any
from xml.etree.ElementTree import Element

_OFF = {"0", "false", "off", "none"}
_SAYS = {
    "t",
    "tab",
    "sym",
    "blip",
    "imagedata",
    "textpath",
    "txbxContent",
    "chart",
    "relIds",
    "oMath",
    "OLEObject",
}


def name(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def said(one: Element | None, wanted: str = "val") -> str:
    for key, value in one.attrib.items() if one is not None else ():
        if key.rpartition("}")[2] == wanted:
            return value
    return ""


def kid(one: Element | None, *names: str) -> Element | None:
    for wanted in names:
        one = next((x for x in one if name(x) == wanted), None) if one is not None else None
    return one


def is_on(one: Element | None) -> bool:
    return one is not None and (said(one) or "1").lower() not in _OFF


def goes_on(props: Element | None, what: str) -> bool:
    found = kid(props, what)
    return found is not None and said(found) != "restart"


def holds(one: Element, wanted: str) -> bool:
    return any(name(inner) == wanted for inner in one.iter())


def held_in(one: Element, wanted: str) -> list[Element]:
    out: list[Element] = []
    for x in one:
        if name(x) == wanted:
            out.append(x)
        elif name(x) in ("sdt", "sdtContent", "customXml", "ins", "del", "moveTo", "moveFrom"):
            out += held_in(x, wanted)
    return out


def chosen(one: Element) -> Any:
    """Of several ways to say the same the first that says anything."""
    ways = [x for wanted in ("Choice", "Fallback") for x in one if name(x) == wanted]
    return next((x for x in ways if any(name(y) in _SAYS for y in x.iter())), (ways or [[]])[0])
