"""Everything a publication gave out, with the hash of each: for whoever checks it later."""

import json
from typing import Any

from keti.release.models import Publication
from keti.release.queries import ends

ABOUT = "manifest.json"
LANGUAGES = ("zh-hans", "en")


def files_of(out: Publication) -> list[dict[str, Any]]:
    """Every file as it is called at its public address, in the order of its name."""
    rows = []
    for lang in LANGUAGES:
        for form, kept in ends.artefacts(out, lang).items():
            name = f"report-{lang}.{form}"
            rows.append({"name": name, "sha256": kept.sha256, "bytes": kept.size})
    return sorted(rows, key=lambda one: str(one["name"]))


def about(out: Publication) -> bytes:
    """What was published, as JSON: title, numbers, version, roll, checkpoint, every file."""
    told = {
        "title": {"zh": out.title_zh, "en": out.title_en},
        "number": out.number,
        "published": (out.lifted_at or out.published_at).isoformat(),
        "version": {"number": out.version.number, "sha256": out.sha256},
        "decision": out.decision_number,
        "roll": {"edition": out.roll.edition, "sha256": out.roll.sha256} if out.roll else None,
        "checkpoint": out.checkpoint,
        "files": files_of(out),
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
