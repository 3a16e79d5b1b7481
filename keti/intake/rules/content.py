"""What an application holds, what is missing in it, and its fingerprint. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from keti.charter.rules.joining import NOTHING, AdmissionSpec, TrackSpec
from keti.documents.rules.typed import shown
from keti.kernel.acts import Text

MOST_CHOICES = 2
LONGEST = {"name": 80, "mobile": 20, "unit": 200, "delegate": 80, "delegate_mail": 254}


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an applicant fills in. `unit` is required of a unit, optional for a person."""

    track: str
    name: str = ""
    mobile: str = ""
    unit: str = ""
    delegate: str = ""
    delegate_mail: str = ""
    choices: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    declarations: tuple[str, ...] = ()
    consent: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values to store."""
        return {
            **asdict(self),
            "choices": list(self.choices),
            "fields": dict(self.fields),
            "declarations": list(self.declarations),
        }

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Content":
        """The content as it was stored."""
        return cls(
            **{
                **stored,
                "choices": tuple(stored.get("choices", ())),
                "declarations": tuple(stored.get("declarations", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps an application from being submitted: the field and a message code."""

    field: str
    code: str
    title: Text = NOTHING
    most: int = 0


def tidy(content: Content, admission: AdmissionSpec) -> Content:
    """Cleaned text; keys the charter does not know are dropped."""
    known, groups = {one.key for one in admission.fields}, offered(admission, content.track)
    declared = {key for key, _ in admission.declarations}
    return Content(
        track=content.track,
        **{name: shown(getattr(content, name)).strip() for name in LONGEST},
        choices=tuple(key for key in dict.fromkeys(content.choices) if key in groups),
        fields={key: shown(text).strip() for key, text in content.fields.items() if key in known},
        declarations=tuple(key for key in content.declarations if key in declared),
        consent=content.consent,
    )


def track_of(admission: AdmissionSpec, key: str) -> TrackSpec | None:
    """The track of this key, or None."""
    return next((track for track in admission.tracks if track.key == key), None)


def offered(admission: AdmissionSpec, track: str) -> tuple[str, ...]:
    """The groups one can ask for on this track: those in which the role it leads to can sit."""
    found = track_of(admission, track)
    return found.choices if found else ()


def gaps(content: Content, admission: AdmissionSpec, *, is_unit: bool) -> list[Gap]:
    """What is still missing or too long, in the order of the form."""
    found = [] if content.name else [Gap("name", "intake.name-missing")]
    found += [
        Gap(name, "intake.box-too-long", most=most)
        for name, most in LONGEST.items()
        if len(getattr(content, name)) > most
    ]
    if is_unit and not content.unit:
        found.append(Gap("unit", "intake.unit-missing"))
    if offered(admission, content.track) and not content.choices:
        found.append(Gap("choices", "intake.choose-a-group", most=MOST_CHOICES))
    if len(content.choices) > MOST_CHOICES:
        found.append(Gap("choices", "intake.too-many-groups", most=MOST_CHOICES))
    for spec in admission.fields:
        text = content.fields.get(spec.key, "")
        name = f"field_{spec.key}"
        if spec.required and not text:
            found.append(Gap(name, "intake.field-missing", spec.title))
        elif len(text) > spec.max_chars:
            found.append(Gap(name, "intake.field-too-long", spec.title, spec.max_chars))
    missing = [key for key, _ in admission.declarations if key not in content.declarations]
    if missing:
        found.append(Gap("declarations", "intake.declare-all"))
    return found


def fingerprint(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the content in one canonical writing."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_open(opens: datetime | None, closes: datetime | None, at: datetime) -> bool:
    """The window is half-open: its first instant is inside, its closing instant is not."""
    return opens is not None and closes is not None and opens <= at < closes


def chosen(choices: tuple[str, ...]) -> str:
    """The choices as one text that can be searched for a whole key."""
    return "".join(f"|{key}" for key in choices) + "|" if choices else ""
