"""Settings that stand in the data folder (`keti.env`), for who starts the installation without an
environment of its own. What the environment says goes before it."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from keti.kernel.durable import write_whole
from keti.kernel.refusals import Refused

FILE = "keti.env"
SECRET = ("KETI_SMTP_PASSWORD",)
"""Asked for at the terminal, never typed into a command, shown nowhere."""
NUMBERS = (
    "KETI_SMTP_PORT", "KETI_SMTP_TIMEOUT", "KETI_MAIL_HOLD", "KETI_BACKUP_KEEP", "KETI_ACCESS_DAYS",
)  # fmt: skip
KNOWN = (
    "KETI_URL", "KETI_TRUSTED_PROXY", "KETI_SECOND_FACTOR", "KETI_SMTP_HOST", "KETI_SMTP_USER",
    "KETI_SMTP_TLS", "KETI_SMTP_FROM", "KETI_BACKUP_FOLDER", "KETI_BACKUP_AT", *NUMBERS, *SECRET,
)  # fmt: skip


def stated(data: Path) -> dict[str, str]:
    """What stands in the folder, by name; lines that say nothing known are passed over."""
    file = data / FILE
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    pairs = (line.partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() in KNOWN}


def adopt(data: Path) -> None:
    """Put it into the environment of this process where that says nothing itself."""
    for name, value in stated(data).items():
        if value and f"{name}_FILE" not in os.environ:
            os.environ.setdefault(name, value)


def state(data: Path, name: str, value: str) -> None:
    """Write one setting; an empty one is taken away. Refuses a name that no file sets, and a value
    that could not work."""
    if name not in KNOWN:
        raise Refused("kernel.set-unknown", name=name, known="、".join(KNOWN))
    value = value.strip()
    if value:
        _refuse_useless(name, value)
    told = {key: said for key, said in stated(data).items() if key != name}
    told |= {name: value} if value else {}
    write_whole(data / FILE, _lines(told).encode())


def _lines(told: Mapping[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in sorted(told.items()))


def _refuse_useless(name: str, value: str) -> None:
    if not value.isprintable():
        raise Refused("kernel.set-one-line", name=name)
    if name in NUMBERS and not value.isdecimal():
        raise Refused("kernel.set-number", name=name, value=value)
    where = urlsplit(value)
    if name == "KETI_URL" and not (where.scheme in ("http", "https") and where.hostname):
        raise Refused("kernel.set-address", value=value)
    if name == "KETI_BACKUP_FOLDER" and not Path(value).is_dir():
        raise Refused("kernel.set-folder", value=value)
