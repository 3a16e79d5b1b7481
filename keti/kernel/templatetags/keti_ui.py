"""Template tags of the interface: state marks, dates, chips, fields and other parts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.core.files.storage import storages
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from keti.kernel import drawing, named
from keti.kernel.fingerprints import short
from keti.kernel.refusals import Verdict
from keti.kernel.standing import Kept, Still
from keti.kernel.templatetags import keti_dates as dates

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """The name of this site: its own, else what the house is called."""
    return named.site().called(get_language() or "zh") or _("课题管理平台")


@register.simple_tag
def run_by() -> str:
    """Who runs this site, as its keepers said; empty where they did not."""
    return named.site().run_by(get_language() or "zh")


@register.simple_tag
def site_contact() -> str:
    """Whom to ask about this site, as its keepers said."""
    return named.site().contact


RING = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="{}"/>'
SHAPES: dict[str, str] = {
    "done": '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    "late": '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path d="M8 3.800V8.300l2.800 1.900" fill="none" stroke="#fff" stroke-width="1.700"/>',
    "doing": RING.format("1.5") + '<path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor"/>',
    "soon": RING.format("2")
    + '<path d="M8 4.500V8l2.500 2" fill="none" stroke="currentColor" stroke-width="1.600"/>',
    "overdue": '<path d="M8 0l8 8-8 8-8-8z" fill="currentColor"/>',
    "none": RING.format("1.2"),
    "returned": '<path d="M5.500 2 2.500 5l3 3M3 5h6.500a4.200 4.200 0 0 1 0 8.500H5" fill="none" '
    'stroke="currentColor" stroke-width="2"/>',
    "waived": RING.format("1.2") + '<path d="M4.500 8h7" stroke="currentColor" stroke-width="2"/>',
}
WORDS = {
    "done": gettext_lazy("已办"),
    "late": gettext_lazy("迟交"),
    "doing": gettext_lazy("办理中"),
    "soon": gettext_lazy("即将到期"),
    "overdue": gettext_lazy("逾期"),
    "none": gettext_lazy("未开始"),
    "returned": gettext_lazy("退回修改"),
    "waived": gettext_lazy("免办"),
}


def _lang() -> str:
    return get_language() or "zh-hans"


def _zone(context: Context, zone: str | tzinfo | None) -> tzinfo:
    return dates.zone_of(zone or context.get("zone") or timezone.get_current_timezone())


def _kind(kind: object) -> str:
    return str(kind) if str(kind) in SHAPES else "none"


@lru_cache(maxsize=40)
def _shape(kind: str, extra: str = "") -> SafeString:
    svg = f'<svg class="glyph{extra}" viewBox="0 0 16 16" aria-hidden="true">{SHAPES[kind]}</svg>'
    return mark_safe(svg)


@register.simple_tag
def mark(kind: object, label: object = None) -> SafeString:
    """A state: shape and word."""
    name = _kind(kind)
    word = conditional_escape(str(label or WORDS[name]))
    return mark_safe(f'<span class="mark tone-{name}">{_shape(name)}<span>{word}</span></span>')


@register.simple_tag
def glyph(kind: object, label: object = None) -> SafeString:
    """A state in a narrow place: the shape is seen, the word is read aloud."""
    name = _kind(kind)
    word = conditional_escape(str(label or WORDS[name]))
    return mark_safe(f'{_shape(name, f" tone-{name}")}<span class="vh">{word}</span>')


@register.simple_tag
def icon(name: str, label: object = "") -> SafeString:
    """A line icon of the sprite; without a label it is decoration."""
    drawn = _icon(name, storages["staticfiles"])
    return drawn + format_html('<span class="vh">{}</span>', label) if label else drawn


@lru_cache(maxsize=200)
def _icon(name: str, _kept_in: object) -> SafeString:
    """Where the sprite lies depends on the storage of static files alone."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("keti/icons.svg"),
        name,
    )


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept by %}…{% endkept %}`: what depends on nothing but the value `by` (a hash and what is
    made of it by rules alone) and the language. Whose page it is may not matter inside."""
    _name, key = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(inside, parser.compile_filter(key))


@register.tag
def still(parser: Parser, _token: Token) -> Still:
    """`{% still %}…{% endstill %}`: words, addresses and files of the house that depend on nothing
    but the language. No variable may stand inside: a test looks."""
    inside = parser.parse(("endstill",))
    parser.delete_first_token()
    return Still(inside)


@register.simple_tag(takes_context=True)
def when(context: Context, instant: datetime | None, zone: str | tzinfo | None = None) -> str:
    """An instant on the programme's wall clock."""
    return (
        _time(instant, dates.when_text(instant, _zone(context, zone), _lang())) if instant else ""
    )


@register.simple_tag(takes_context=True)
def deadline(context: Context, instant: datetime | None, zone: str | tzinfo | None = None) -> str:
    """A deadline: local midnight is written 24:00 of the day before."""
    if not instant:
        return ""
    return _time(instant, dates.deadline_text(instant, _zone(context, zone), _lang()))


@register.simple_tag
def day(value: date | None) -> str:
    """A calendar day with its weekday."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value, dates.day_text(value, _lang()))


@register.simple_tag(takes_context=True)
def until(
    context: Context,
    instant: datetime | None,
    now: datetime | None = None,
    zone: str | tzinfo | None = None,
) -> str:
    """What is left until a deadline, seen from `now` (given, or the page's `now`)."""
    moment = now or context.get("now")
    if not instant or not moment:
        return ""
    return dates.until_text(instant, moment, _zone(context, zone), _lang())


@register.simple_tag(takes_context=True)
def zone_note(context: Context, zone: str | tzinfo | None = None) -> str:
    """Which zone the page's times are in."""
    return dates.zone_text(_zone(context, zone), context.get("now"), _lang())


def _time(instant: datetime, text: str) -> SafeString:
    return mark_safe(f'<time datetime="{instant.isoformat()}">{escape(text)}</time>')


@register.simple_tag
def person(name: object, note: object = "", url: str = "") -> SafeString:
    """A person: first character in a circle, name, title or unit."""
    return _chip("person", name, note, url)


@register.simple_tag
def unit(name: object, note: object = "", url: str = "") -> SafeString:
    """A unit: first character in a square, name."""
    return _chip("unit", name, note, url)


def _chip(kind: str, name: object, note: object, url: str) -> SafeString:
    word = str(name)
    shown = format_html('<a href="{}">{}</a>', url, word) if url else format_html("{}", word)
    after = format_html('<span class="chip-note">{}</span>', note) if note else ""
    return format_html(
        '<span class="chip {}"><span class="chip-face" aria-hidden="true">{}</span>{}{}</span>',
        kind,
        word[:1],
        shown,
        after,
    )


@register.simple_tag
def fingerprint(value: object) -> SafeString:
    """The short form of a hash, the whole on hover."""
    text = value.hex() if isinstance(value, bytes) else str(value)
    whole, first = escape(text), escape(short(text))
    return mark_safe(f'<code class="fingerprint" title="{whole}">{first}</code>')


@register.simple_tag
def whynot(reason: object) -> SafeString:
    """Why a button is not offered, beside the place where it would stand: words, or a verdict."""
    if isinstance(reason, Verdict):
        reason = reason.sentence(_lang())
    return (
        format_html('<p class="whynot">{}<span>{}</span></p>', icon("lock"), reason)
        if reason
        else SafeString()
    )


@register.simple_tag
def crumbs(*parts: object) -> SafeString:
    """A breadcrumb, label and address in turn: `{% crumbs "会议" url "本页" %}`."""
    pairs = [
        (parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)
    ]
    items = format_html_join(
        "",
        "<li>{}</li>",
        (
            (format_html('<a href="{}">{}</a>', url, label) if url else label,)
            for label, url in pairs
        ),
    )
    return format_html(
        '<nav aria-label="{}"><ol class="crumbs">{}</ol></nav>', _("所在位置"), items
    )


@register.simple_tag
def progress(value: int, most: int, label: object) -> SafeString:
    """How much of the whole is done: a bar and its figures."""
    return format_html(
        '<progress value="{}" max="{}" aria-label="{}"></progress> '
        '<span class="num">{} / {}</span>',
        value,
        most,
        label,
        value,
        most,
    )


@register.filter
def rooms_only(items: Iterable[Any]) -> list[Any]:
    """The items of the rail that lead somewhere."""
    return [item for item in items or () if _of(item, "url")]


def _of(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, dict) else getattr(item, name, None)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field: label, help, errors, control, tied together for a screen reader."""
    return drawing.field(bound, icon)


@register.simple_tag
def field_notes(bound: BoundField) -> SafeString:
    """What helps to fill a field that a table has, and what is wrong with it."""
    return drawing.notes(bound, icon)


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> dict[str, object]:
    """A whole form: error summary, hidden fields, every field in order."""
    return {"form": form}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """What is wrong with a form, each line leading to its field."""
    return {"form": form}


@register.inclusion_tag("ui/duty.html", takes_context=True)
def duty(context: Context, row: object) -> dict[str, object]:
    """One line of the desk: due, what, state, acts."""
    return {"row": row, "now": context.get("now"), "zone": context.get("zone")}


@register.inclusion_tag("ui/empty.html")
def empty(title: object, text: object = "", url: str = "", label: object = "") -> dict[str, object]:
    """A place with nothing in it yet, and what comes next."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], name: str = "page") -> dict[str, object]:
    """Earlier and later pages of a list, keeping the filters."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    number = page.number
    return {
        "page": page,
        "before": _turn(query, name, number - 1),
        "after": _turn(query, name, number + 1),
    }


def _turn(query: QueryDict, name: str, number: int) -> str:
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/exports.html")
def exports(xlsx: str = "", csv: str = "") -> dict[str, object]:
    """The same list as a file."""
    return {"xlsx": xlsx, "csv": csv}


@register.inclusion_tag("ui/timeline.html", takes_context=True)
def timeline(context: Context, lines: Sequence[object]) -> dict[str, object]:
    """What happened, one line an act."""
    return {"lines": lines, "zone": context.get("zone"), "now": context.get("now")}


@register.inclusion_tag("ui/diff.html")
def diff(rows: Sequence[object]) -> dict[str, object]:
    """Before and after, one line a field."""
    return {"rows": rows}


@register.inclusion_tag("ui/receipt.html", takes_context=True)
def receipt(
    context: Context, number: object, title: object, at: datetime, sha: str = ""
) -> dict[str, object]:
    """Proof that something was received."""
    return {"number": number, "title": title, "at": at, "sha": sha, "zone": context.get("zone")}


@register.inclusion_tag("ui/legend.html")
def legend(*kinds: str) -> dict[str, object]:
    """What the shapes mean."""
    return {"kinds": kinds or tuple(SHAPES), "label": _("图例")}


@register.filter
def tongue(words: object) -> SafeString:
    """The attribute that tells which language a text is in that was written down in one alone."""
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in str(words))
    return format_html(' lang="{}"', "zh-Hans" if chinese else "en")


@register.filter
def in_lang(value: Any, lang: str = "") -> str:
    """A bilingual text in the page's language."""
    return str(value.in_(lang or _lang())) if value else ""
