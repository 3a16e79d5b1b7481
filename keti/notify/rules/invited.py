"""The meeting a letter is about, as a row keeps it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from keti.kernel.acts import Text
from keti.notify.rules.feed import Appointment


@dataclass(frozen=True, slots=True)
class Invited:
    """A meeting in both languages: id, instant, wall clock, number of its last change."""

    uid: str
    title: Text
    starts: datetime
    zone: str
    sequence: int
    cancelled: bool = False
    place: str = ""

    def kept(self) -> dict[str, Any]:
        """What a row keeps of it."""
        return {
            "uid": self.uid,
            "title": [self.title.zh, self.title.en],
            "starts": self.starts.isoformat(),
            "zone": self.zone,
            "sequence": self.sequence,
            "cancelled": self.cancelled,
            "place": self.place,
        }

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Invited":
        """What a row kept."""
        said = {"title": Text(*kept["title"]), "starts": datetime.fromisoformat(kept["starts"])}
        return cls(**{**kept, **said})

    def in_(self, language: str) -> Appointment:
        """It as a calendar in this language shows it."""
        title, zone = self.title.in_(language), ZoneInfo(self.zone)
        return Appointment(
            self.uid, title, self.starts, self.sequence, self.cancelled, zone, self.place
        )
