"""The parts of a Word file: opened within a budget, read as they are asked for. Pure."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..pictures import MOST_BYTES, Picture, cleaned
from ..xml_in import Element, parsed
from ..zips import Budget, inflated

MOST_PICTURES = 400


@dataclass
class Package:
    """An open archive, the relations of its document, and the pictures found so far."""

    archive: zipfile.ZipFile
    name: str
    budget: Budget
    parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    known: dict[str, Picture | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = {one.filename.lower(): one for one in self.archive.infolist()}
        self.main = self._main()

    def _main(self) -> str:
        """The document's own part: what the package says it is, else where all programs put it."""
        for kind, _mode, target in self._relations("_rels/.rels"):
            if kind == "officeDocument" and target.lstrip("/").lower() in self.parts:
                return target.lstrip("/").lower()
        return "word/document.xml"

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part piece by piece; nothing where there is none."""
        entry = self.parts.get(part.lower())
        return inflated(self.archive, entry, self.name, self.budget) if entry else iter(())

    def whole(self, part: str) -> bytes:
        """A part at once; b"" where there is none."""
        return b"".join(self.chunks(part))

    def tree(self, part: str) -> Element | None:
        """A part as a tree; None where there is none."""
        data = self.whole(part)
        return parsed(data) if data.strip() else None

    def part(self, kind: str) -> str:
        """The document's part of this kind: what its relations say, whatever it is called; else
        where all programs put it."""
        return next(iter(self.parts_of(kind)), self._beside(f"{kind}.xml"))

    def parts_of(self, kind: str) -> list[str]:
        """The parts that the document names as of this kind."""
        found = (to for sort, to in self.relations_of(self.main).values() if sort == kind)
        return [to for to in found if to.lower() in self.parts]

    def _beside(self, file: str) -> str:
        return posixpath.join(posixpath.dirname(self.main), file)

    def relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id -> what kind, and where to: a part of this file or an address."""
        folder, file = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{file}.rels")
        tree = self.tree(place)
        found: dict[str, tuple[str, str]] = {}
        for one in tree.kids if tree else ():
            kind = one.attrs.get("Type", "").rpartition("/")[2]
            target = one.attrs.get("Target", "")
            if one.attrs.get("TargetMode", "").lower() != "external":
                inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(inside)
            found[one.attrs.get("Id", "")] = (kind, target)
        return found

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        tree = self.tree(part)
        return [
            (
                one.attrs.get("Type", "").rpartition("/")[2],
                one.attrs.get("TargetMode", ""),
                one.attrs.get("Target", ""),
            )
            for one in (tree.kids if tree else ())
        ]

    def picture(self, part: str) -> Picture | None:
        """The cleaned picture of a part; None where it is none that pages show."""
        key = part.lower()
        if key not in self.known:
            entry = self.parts.get(key)
            small = entry is not None and entry.file_size <= MOST_BYTES
            free = len(self.pictures) < MOST_PICTURES
            self.known[key] = cleaned(self.whole(part)) if small and free else None
        found = self.known[key]
        if found is not None:
            self.pictures[found.sha256] = found
        return found
