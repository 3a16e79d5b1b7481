"""Mistakes about gates, people and promises."""

from __future__ import annotations

from bench.defects.ground import Block, Defect, Ground, Planted, below, removing, setting
from bench.defects.shape import gate
from keti.charter.rules.findings import Path
from keti.charter.rules.writing import put, remove

BUSY = {"lead", "watch", "resolve", "judge", "manage"}


def has(*words: str) -> object:
    return lambda one: all(one.get(word) for word in words)


def can(verb: str, here: Ground) -> Path | None:
    return here.first("roles", lambda one: verb in one.get("can", []))


def _circle(here: Ground) -> Planted:
    """Two works that wait for each other."""
    paths = [path for path, one in here.works() if "due" in one and "per" not in one]
    if len(paths) < 2:
        return None
    one, other = paths[0], paths[1]
    text = put(here.text, (*one, "needs"), [other[1]])
    return put(text, (*other, "needs"), [one[1]]), (*one, "needs", 0)


def _paperless(here: Ground) -> Path | None:
    """A work of a form that ends in an act and no paper."""
    plain = ("founding", "acceptance", "roll")
    found = (path for path, one in here.works() if one.get("form") in plain)
    path = next(found, None)
    return (*path, "series") if path else None


def _programme(here: Ground) -> Path:
    return ("programme", "number_format")


def _two_series(here: Ground) -> Planted:
    """One form without the series' word, for two series."""
    words = [(path, one["series"]) for path, one in here.works() if one.get("series")]
    other = next((path for path, word in words if word != words[0][1]), None)
    if other is None:
        return None
    form = "院文〔{year}〕{n}号"
    return put(here.text, ("programme", "number_format"), form), (*other, "series")


def _never(here: Ground) -> Planted:
    """A condition that asks for both a yes and a no."""
    keys = [key for key, one in here.block("gates").items() if "approve" in one["outcomes"]]
    path = here.first("gates", lambda one: "by" in one and one.get("when"))
    if not keys or path is None:
        return None
    asked = f"{keys[0]}.approve and not {keys[0]}.approve"
    return put(here.text, (*path, "when"), asked), (*path, "when")


def _nobody(here: Ground) -> Planted:
    """A role with duties that nobody fills."""
    path = here.first("roles", lambda one: one.get("appointed_by") and BUSY & set(one["can"]))
    return (remove(here.text, (*path, "appointed_by")), path) if path else None


def _own_work(here: Ground) -> Planted:
    """A gate decided by whoever wrote what it decides on."""
    for key, one in here.block("gates").items():
        for word in one.get("inputs", []):
            by = next((work.by for work in here.compiled.works if work.key == word), "")
            if by and "resolve" not in one:
                path: Path = ("gates", key, "decides")
                return put(here.text, path, [by]), (*path, 0)
    return None


def _office(here: Ground) -> Planted:
    """The office belongs to the party that decides last."""
    office = next((one for one in here.block("roles").values()
                   if "manage" in one.get("can", []) and one.get("holder")), None)  # fmt: skip
    if office is None:
        return None
    path: Path = ("parties", office["holder"])
    entry = here.data["parties"][office["holder"]]
    if not isinstance(entry, dict) or entry.get("affiliated_with"):
        return None
    place = (*path, "affiliated_with")
    return put(here.text, place, here.data["programme"]["commissioner"]), place


def _quorum(here: Ground) -> Planted:
    path = here.first("gates", lambda one: isinstance(one.get("rule"), dict))
    place = below(path, "rule", "quorum")
    return (put(here.text, place, 500), place) if place else None


def _appointers(here: Ground) -> Planted:
    found = [key for key, one in here.block("roles").items() if one.get("appointed_by")]
    if len(found) < 2:
        return None
    text = put(here.text, ("roles", found[0], "appointed_by"), found[1])
    text = put(text, ("roles", found[1], "appointed_by"), found[0])
    return text, ("roles", found[0], "appointed_by")


def _deputies(here: Ground) -> Planted:
    one, other = list(here.block("roles"))[:2]
    text = put(here.text, ("roles", one, "deputises"), other)
    return put(text, ("roles", other, "deputises"), one), ("roles", one, "deputises")


def _excluded_deputy(here: Ground) -> Planted:
    path = here.first("roles", lambda one: one.get("excludes"))
    if path is None:
        return None
    other = here.data["roles"][path[1]]["excludes"]
    other = other if isinstance(other, str) else other[0]
    return put(here.text, (*path, "deputises"), other), (*path, "deputises")


def _watcher(here: Ground) -> Planted:
    path = here.first("roles", lambda one: "watch" in one.get("can", []) and one.get("excludes"))
    if path is None:
        return None
    text = remove(here.text, (*path, "excludes"))
    for key, one in here.block("roles").items():
        if path[1] in one.get("excludes", []) and key != path[1]:
            text = remove(text, ("roles", key, "excludes"))
    return text, path


def _one_way(here: Ground) -> Planted:
    path = here.first("gates", lambda one: "resolve" not in one)
    if path is None:
        return None
    text = put(here.text, (*path, "max_rounds"), 2)
    return put(text, (*path, "outcomes"), ["approve", "stop"]), (*path, "max_rounds")


def _class(here: Ground, key: str) -> Path | None:
    classes = (here.data.get("amendment") or {}).get("classes") or {}
    return ("amendment", "classes", next(iter(classes)), key) if classes else None


def _unproved(here: Ground) -> Planted:
    """No requirement has evidence any more."""
    joining = here.data.get("admission") or {}
    asked = [key for key, one in (joining.get("tracks") or {}).items() if one.get("require")]
    if "evidence" not in joining or not asked:
        return None
    text = remove(here.text, ("admission", "evidence"))
    return text, ("admission", "tracks", asked[0], "require", 0)


def _required(here: Ground) -> Planted:
    """A requirement nobody checks."""
    for key, track in ((here.data.get("admission") or {}).get("tracks") or {}).items():
        if isinstance(track, dict):
            place: Path = ("admission", "tracks", key, "require")
            known = track.get("require", [])
            known = [known] if isinstance(known, str) else known
            return put(here.text, place, [*known, "good_reputation"]), (*place, len(known))
    return None


def kept(here: Ground) -> Path | None:
    if "retain" in (here.data.get("privacy") or {}) and "admission" in here.data:
        return ("privacy", "retain")
    return None


def _no_spare(here: Ground) -> Planted:
    """All seats of a role must be there."""
    for key, one in here.block("gates").items():
        word = one["decides"] if isinstance(one["decides"], str) else one["decides"][0]
        entry = here.block("roles").get(word, {})
        most = max(entry.get("max") or entry.get("min", 1), 2)
        if entry and "composition" not in one:
            text = put(here.text, ("roles", word, "max"), most)
            place = ("gates", key, "composition")
            return put(text, place, {word: {"min": most}}), (*place, word)
    return None


def promised(one: Block) -> object:
    return "evidence" in one and "proof" not in one


def _never_due(here: Ground) -> Planted:
    """A paper without a date, on which no gate decides."""
    judged = {word for one in here.block("gates").values() for word in one.get("inputs", [])}
    free = [path for path, one in here.works() if path[1] not in judged and "due" in one
            and here.spec(path).form in ("file", "report")]  # fmt: skip
    return (remove(here.text, (*free[0], "due")), free[0]) if free else None


def _principle(here: Ground) -> Path | None:
    found = (here.data["programme"].get("principles") or {}).items()
    keys = [key for key, one in found if isinstance(one, dict) and one.get("bound_to")]
    return ("programme", "principles", keys[0]) if keys else None


MEANING = [
    setting("GAT301", "a gate that can only say yes", lambda here: below(gate(here), "outcomes"),
            ["approve"]),
    removing("GAT302", "a gate without a deadline", lambda here: below(gate(here), "by")),
    Defect("GAT303", "a condition that contradicts itself", _never),
    Defect("GAT304", "two works that wait for each other", _circle),
    Defect("GAT307", "rounds without a way back", _one_way),
    setting("GAT308", "a gate that can never say yes",
            lambda here: below(gate(here), "outcomes"), ["revise"]),
    Defect("ROL201", "a role nobody fills", _nobody),
    Defect("ROL202", "a watcher who may watch herself", _watcher),
    Defect("ROL203", "an office that belongs to the last decider", _office),
    Defect("ROL204", "an author who decides on her own paper", _own_work),
    Defect("ROL207", "a quorum of five hundred", _quorum),
    Defect("ROL213", "a panel without a spare seat", _no_spare),
    Defect("ROL208", "two roles that appoint each other", _appointers),
    setting("ROL214", "a party without a part",
            lambda here: ("parties", "nobody_names_it"), {"en": "Idle", "kind": "academic"}),
    Defect("ROL210", "two roles that stand in for each other", _deputies),
    Defect("ROL211", "a deputy who is excluded", _excluded_deputy),
    removing("HON501", "an honour without criteria",
             lambda here: below(here.first("honours", has("criteria")), "criteria")),
    removing("HON501", "an honour nobody decides",
             lambda here: below(here.first("honours", has("decided_by")), "decided_by")),
    setting("HON502", "an honour for what nobody records",
            lambda here: below(here.first("honours", has("criteria")), "criteria"),
            ["excellent work"], lambda path: (*path, 0)),
    removing("OUT601", "a promise without evidence",
             lambda here: below(here.first("outreach", promised), "evidence")),
    setting("OUT602", "a promise kept by nobody known",
            lambda here: below(here.first("outreach"), "by"), "nobody_known"),
    removing("PRI701", "a principle that binds nothing", lambda here: below(
        _principle(here), "bound_to")),
    setting("PRI702", "a principle bound to nothing known",
            lambda here: below(_principle(here), "bound_to"), ["nothing.known"],
            lambda path: (*path, 0)),
    removing("AMD801", "no rule for changes", lambda here: (
        "amendment",) if "amendment" in here.data else None, lambda path: ("programme",)),
    setting("AMD802", "a class of changes to nothing", lambda here: _class(here, "touches"),
            ["nothing.known"], lambda path: (*path, 0)),
    setting("AMD804", "changes nobody approves", lambda here: _class(here, "approve"), []),
    Defect("OUT603", "a paper that is never due", _never_due),
    removing("PRV902", "applications kept for ever", kept, lambda path: path[:-1]),
    setting("RUN922", "a form of numbers without a number", _programme, "院文〔{year}〕号"),
    Defect("RUN924", "two series written alike", _two_series),
    setting("RUN920", "a series on what gives no paper", _paperless, "unprinted"),
    Defect("ADM401", "requirements without evidence", _unproved),
    Defect("ADM401", "a requirement nobody checks", _required),
]  # fmt: skip
