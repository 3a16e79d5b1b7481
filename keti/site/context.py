"""What every page shows around its content: rail, acting seat, demo band."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keti.accounts.queries import person_of
from keti.consultation.permissions import takes_part
from keti.groups.doors import Door
from keti.kernel import clock
from keti.kernel.held import is_held
from keti.kernel.templatetags.keti_dates import when_text
from keti.letters.permissions import keeps_letters
from keti.site.permissions import lacks_factor
from keti.site.queries import waiting_counts

HOUSE_ZONE = "Asia/Shanghai"

ROOMS = [
    ("desk", "desk/", ""),
    ("home", "", ""),
    ("charter", "charter/", "divider"),
    ("duties", "duties/", ""),
    ("groups", "groups/", ""),
    ("applications", "applications/", "manage"),
    ("taskbooks", "taskbooks/", ""),
    ("meetings", "meetings/", ""),
    ("research", "research/", ""),
    ("reports", "reports/", ""),
    ("consultations", "consultations/", "inside"),
    ("reviews", "reviews/", ""),
    ("findings", "findings/", ""),
    ("release", "release/", "divider"),
    ("honours", "honours/", ""),
    ("letters", "letters/", "letters"),
    ("gatherings", "gatherings/", "promises"),
    ("promises", "promises/", "promises"),
    ("activities", "activities/", "promises"),
    ("media", "media/", "promises"),
    ("ledger", "ledger/", ""),
    ("mailbox", "mailbox/", ""),
]


def _labels() -> dict[str, str]:
    return {
        "desk": _("我的待办"),
        "home": _("进度图"),
        "charter": _("实施方案"),
        "duties": _("应办事项"),
        "groups": _("分课题组"),
        "applications": _("申报与名单"),
        "taskbooks": _("任务书"),
        "meetings": _("会议"),
        "research": _("研究"),
        "reports": _("报告"),
        "consultations": _("征求意见"),
        "reviews": _("评审"),
        "findings": _("监控意见"),
        "release": _("发布"),
        "honours": _("荣誉"),
        "letters": _("函件寄送"),
        "gatherings": _("大会"),
        "promises": _("承诺"),
        "media": _("影像与传播"),
        "activities": _("后续活动"),
        "ledger": _("办理记录"),
        "mailbox": _("信箱"),
    }


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of base.html. A page inside a programme has a door; others have none."""
    door: Door | None = getattr(request, "door", None)
    person = door.person if door else person_of(getattr(request, "user", None))
    lang = get_language() or "zh-hans"
    shown: dict[str, Any] = {
        "lang": lang,
        "person": person.called.in_(lang) if person else "",
        "person_id": person.public_id if person else "",
        "is_public": door is None,
        "is_demo": settings.KETI_MODE != "normal",
    }
    if is_held(settings.KETI_DATA) and person:
        manages = any(one.can("manage") for one in door.seats) if door else False
        shown["held"] = person.may_found or manages
    if door is None:
        return shown | _outside(request)
    return shown | {
        "nav": _nav(request, door, lang),
        "unprotected": lacks_factor(door.person, door.seats),
        "seat": door.seat.title.in_(lang),
        "seats": [
            {
                "label": one.title.in_(lang),
                "public_id": one.public_id,
                "current": one.pk == door.seat.pk,
            }
            for one in door.seats
        ],
        "band": _band(door.programme.local(door.now)),
        "zone": door.programme.zone,
        "now": door.now,
    }


def _nav(request: HttpRequest, door: Door, lang: str) -> dict[str, Any]:
    base = f"/p/{door.programme.slug}/"
    labels, counts = _labels(), waiting_counts(door)
    items = []
    for key, tail, mark in ROOMS:
        if mark == "manage" and not door.seat.can("manage"):
            continue
        if mark == "inside" and not takes_part(door.seat):
            continue
        if mark == "promises" and mark not in counts:
            continue
        if mark == "letters" and not keeps_letters(door.seat):
            continue
        path = base + tail
        current = request.path == path if not tail else request.path.startswith(path)
        items.append(
            {
                "label": labels[key],
                "url": path,
                "count": counts.get(key, 0),
                "current": current,
                "divider": mark == "divider",
            }
        )
    day = (door.now - door.programme.starts_at).days + 1
    return {
        "programme": {
            "title": door.programme.title.in_(lang),
            "slug": door.programme.slug,
            "url": base,
            "phase_title": door.programme.phase_title.in_(lang),
            "day_no": day if day > 0 and door.now < door.programme.ends_at else "",
        },
        "items": items,
    }


def _outside(request: HttpRequest) -> dict[str, Any]:
    """A page of the house: only a demo has a band there, with the simulated date."""
    if settings.KETI_MODE == "normal":
        return {}
    return {"band": _band(clock.received(request).astimezone(ZoneInfo(HOUSE_ZONE)))}


def _band(local: datetime) -> dict[str, str] | None:
    if settings.KETI_MODE == "normal":
        return None
    return {
        "date_text": when_text(local, local.tzinfo or UTC, get_language() or "zh-hans"),
        "advance_url": "/demo/advance/",
        "next_due_url": "/demo/next-due/",
        "moves": "1" if settings.KETI_DEMO_DOORS else "",
    }
