"""How much of the disk somebody may use: by person, programme and hour."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, Sum

from keti.documents.models import StoredFile
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme

HOUR = timedelta(hours=1)
MB = 1 << 20


def may_keep(act: Act, programme: Programme, size: int, *, reserved: bool = False) -> Verdict:
    """May this person store so many bytes more in this programme? One statement counts.

    Who acts in no seat has a small quota. With `reserved` (the secretariat) the quota of the
    whole programme does not bind, so that others cannot use it up for everybody.
    """
    mine = Q(by_id=act.by.public_id)
    since = act.recorded_at - HOUR
    used = StoredFile.objects.filter(programme=programme).aggregate(
        all=Sum("size"),
        mine=Sum("size", filter=mine),
        hour=Sum("size", filter=mine & Q(at__gt=since)),
    )
    seated = act.seat is not None or reserved
    own = settings.KETI_FILES_PERSON_MB if seated else settings.KETI_FILES_STRANGER_MB
    whole = 0 if reserved else settings.KETI_FILES_PROGRAMME_MB
    limits = {"hour": settings.KETI_FILES_HOUR_MB, "mine": own, "all": whole}
    for name, limit in limits.items():
        before = int(used[name] or 0)
        if limit and before + size > limit << 20:
            when = _frees(act, programme, (limit << 20) - size) if name == "hour" else ""
            return no(
                f"documents.quota-{name}", limit_mb=limit, used_mb=-(-before // MB), when=when
            )
    return YES


def _frees(act: Act, programme: Programme, room: int) -> str:
    """When enough of the last hour's files are an hour old, in the programme's own time."""
    sent = StoredFile.objects.filter(
        programme=programme, by_id=act.by.public_id, at__gt=act.recorded_at - HOUR
    )
    left, at = 0, act.recorded_at
    rows: list[tuple[datetime, int]] = list(sent.order_by("-at").values_list("at", "size"))
    for moment, size in rows:
        left += size
        if left > room:
            at = moment
            break
    return programme.local(at + HOUR).strftime("%H:%M")
