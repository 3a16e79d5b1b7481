"""A backup every night: asked for by the tick, done by a worker, read again, the oldest let go."""

from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from keti.backups.actions.checking import check
from keti.backups.actions.making import make
from keti.jobs.actions import Asker, Running, Wanted, ask
from keti.jobs.models import Job
from keti.kernel import clock
from keti.kernel.acts import Text
from keti.kernel.held import is_held

KIND = "backups.nightly"
SECONDS = 6 * 3600
ZONE = "Asia/Shanghai"
ENDING = ".keti-backup"
_NAME = "keti-%Y%m%d"


def back_up_due() -> bool:
    """Ask for tonight's backup once its hour has come and it was not asked for; True when asked.

    Only where KETI_BACKUP_FOLDER is set, and neither in demo and play folders nor in a restored
    installation that is still held.
    """
    if not settings.KETI_BACKUP_FOLDER or settings.KETI_MODE != "normal":
        return False
    if is_held(settings.KETI_DATA):
        return False
    night = _night(clock.database_instant())
    key = f"{night:%Y-%m-%d}"
    if Job.objects.filter(kind=KIND, key=key).exists():
        return False
    title = Text(f"每夜备份 {key}", f"Nightly backup {key}")
    ask(Wanted(KIND, key, title, {"night": key}), Asker())
    return True


def _night(now: datetime) -> datetime:
    """The last moment before now at which a nightly backup was due."""
    local = now.astimezone(ZoneInfo(ZONE))
    due = datetime.combine(local, time.fromisoformat(settings.KETI_BACKUP_AT), local.tzinfo)
    return due if due <= local else due - timedelta(days=1)


def work(running: Running) -> str:
    """Make, read again, and let go of all but the newest few. Done twice it makes nothing twice."""
    folder = Path(settings.KETI_BACKUP_FOLDER)
    night = datetime.fromisoformat(str(running.job.asked["night"]))
    file = folder / f"{night.strftime(_NAME)}{ENDING}"
    if not file.exists():
        make(file)
    check(file, now=clock.database_instant())
    for old in sorted(folder.glob(f"keti-????????{ENDING}"))[: -settings.KETI_BACKUP_KEEP]:
        old.unlink(missing_ok=True)
    return ""
