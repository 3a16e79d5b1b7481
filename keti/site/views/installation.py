"""The page of the installation: what is set up, what is not, and who keeps it."""

import smtplib
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from shlex import quote
from shutil import which
from typing import Any
from zoneinfo import ZoneInfo

from chinese_calendar.constants import holidays as known_holidays
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.actions import (
    PersonFacts,
    drop_founder,
    name_founder,
    name_site,
    set_holidays,
)
from keti.accounts.models import Person
from keti.accounts.queries import has_second_factor
from keti.backups.actions import resume
from keti.backups.rules import last_backup
from keti.charter.queries import holidays, named_holidays
from keti.documents.rules.qr import qr_svg
from keti.groups.doors import KeyForm, attempt, digest_of
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.addresses import absolute, only_here
from keti.kernel.held import is_held
from keti.kernel.named import Site, site
from keti.kernel.refusals import Refused
from keti.kernel.templatetags.keti_dates import when_text
from keti.planning.doors import founder
from keti.planning.queries import deleted
from keti.site.rules import read_days, written_days

ZONE = "Asia/Shanghai"


class FounderForm(KeyForm):
    """Who else keeps the installation."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=80)
    mail = forms.EmailField(label=gettext_lazy("邮箱"))


class SiteForm(KeyForm):
    """What the site is called, and who runs it."""

    name = forms.CharField(label=gettext_lazy("平台名称"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("平台名称（英文）"), max_length=60, required=False)
    runs = forms.CharField(label=gettext_lazy("运行单位"), max_length=60, required=False)
    runs_en = forms.CharField(label=gettext_lazy("运行单位（英文）"), max_length=60, required=False)
    contact = forms.CharField(
        label=gettext_lazy("联系方式"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("写在每页页脚，例如电话或邮箱。"),
    )

    def said(self) -> Site:
        """What was typed."""
        given = self.cleaned_data
        names = ("name", "name_en", "runs", "runs_en", "contact")
        return Site(*(str(given[one]).strip() for one in names))


class DaysForm(KeyForm):
    """The holidays of one year, a line a stretch of days."""

    year = forms.IntegerField(widget=forms.HiddenInput, min_value=2000, max_value=2200)
    days = forms.CharField(
        label=gettext_lazy("放假和调休上班的日子"),
        required=False,
        max_length=4000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("一行一段，例如：2月15日至21日 春节；调休上班的写：2月14日 上班。"),
    )


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that an installation needs: how it stands, and what to do where it does not."""

    title: str
    is_set: bool
    words: str
    todo: str = ""
    lines: tuple[str, ...] = ()
    picture: str = ""


def installation(request: HttpRequest) -> HttpResponse:
    """What is set up, what is not first, for who may found programmes."""
    return _page(request, founder(request), None)


def _page(
    request: HttpRequest, person: Person, refused: Refused | None, **filled: KeyForm
) -> HttpResponse:
    """The page, with the forms as they were `filled` in."""
    now = clock.received(request)
    founders = Person.objects.filter(may_found=True).select_related("unit").order_by("pk")
    context: dict[str, Any] = {
        "things": sorted(_things(person, now), key=lambda one: one.is_set),
        "founders": [(one, KeyForm()) for one in founders],
        "form": filled.get("form") or FounderForm(),
        "site_form": filled.get("site") or SiteForm(initial=asdict(site())),
        "years": _years(now, filled.get("days")),
        "waits_to_run": RunForm() if is_held(settings.KETI_DATA) else None,
        "letter": KeyForm(),
        "sends": settings.KETI_MAIL,
        "me": person,
        "deleted": [(one, one.content["facts"]) for one in deleted()[:20]],
        "refusal": refused.sentence(get_language() or "zh-hans") if refused else "",
        "now": now,
        "zone": ZONE,
    }
    wrong = refused or any(one.errors for one in filled.values())
    status = 422 if wrong else 200
    return render(request, "site/installation.html", context, status=status)


def _things(person: Person, now: datetime) -> list[Thing]:
    return [_name(), _address(), _mail(), *_calendars(now), _factor(person), _backup()]


def _years(now: datetime, typed: KeyForm | None) -> list[tuple[int, KeyForm]]:
    """This year's and the next one's form, each with the days that were said."""
    found: list[tuple[int, KeyForm]] = []
    stand = named_holidays()
    for year in (now.year, now.year + 1):
        days = {day: what for day, what in stand.items() if day.year == year}
        fresh = DaysForm(initial={"year": year, "days": written_days(days)}, prefix=str(year))
        found.append((year, typed if typed and typed.prefix == str(year) else fresh))
    return found


def _name() -> Thing:
    said, lang = site(), get_language() or "zh-hans"
    words = said.called(lang) or _("未设置，页面和信件用“课题管理平台”。")
    if runs := said.run_by(lang):
        words = _("{name}，由{who}运行").format(name=words, who=runs)
    todo = _("在下面写上主办单位认得的名称、谁在运行、有事问谁。")
    return Thing(_("平台名称和运行单位"), bool(said.name and said.runs), words, todo)


def _address() -> Thing:
    near = only_here()
    words = absolute("/")
    if near:
        words += _("：只有这台机器能打开，信里和二维码里的网址别人用不了。")
    picture = "" if near else mark_safe(qr_svg(absolute("/")))
    todo = _(
        "在启动平台的那台机器上输入下面这一行，网址换成大家使用的；重新启动平台，"
        "再用手机扫这里的二维码试一试。"
    )
    lines = () if not near else _commands("KETI_URL=https://keti.example.org")
    return Thing(_("公开网址"), not near, words, todo, lines, picture)


MAIL = (
    "KETI_SMTP_HOST=smtp.example.org", "KETI_SMTP_PORT=465", "KETI_SMTP_TLS=implicit",
    "KETI_SMTP_USER=keti@example.org", "KETI_SMTP_FROM=keti@example.org", "KETI_SMTP_PASSWORD",
)  # fmt: skip


def _commands(*said: str) -> tuple[str, ...]:
    """The lines to type, as they work on this machine: where the command lies, and the folder
    where it is another than the usual one."""
    program = "keti" if which("keti") else str(Path(sys.executable).with_name("keti"))
    usual = Path(settings.KETI_DATA) == Path.cwd() / "data"
    folder = "" if usual else f" --data {quote(settings.KETI_DATA)}"
    return tuple(f"{program} set {one}{folder}" for one in said)


def _mail() -> Thing:
    if not settings.KETI_MAIL:
        words = _("未设置：验证码、任职告知和提醒都发不出去。")
        todo = _(
            "在启动平台的那台机器上逐行输入，等号后面换成邮箱服务商给的；最后一行会问密码，"
            "输入时不显示。重新启动平台，再回来给自己发一封试信。"
        )
        return Thing(_("邮件"), False, words, todo, _commands(*MAIL))
    words = _("{host}:{port}，发件人 {sender}").format(
        host=settings.EMAIL_HOST, port=settings.EMAIL_PORT, sender=settings.DEFAULT_FROM_EMAIL
    )
    return Thing(_("邮件"), True, words)


def _calendars(now: datetime) -> list[Thing]:
    """This year's and next year's holidays: known by the table, or by the installation's own."""
    years = {day.year for day in known_holidays} | {day.year for day in holidays()}
    found = []
    for year in (now.year, now.year + 1):
        known = year in years
        words = _("已有") if known else _("还没有：国务院公布后才有，此前按周一至周五算工作日。")
        todo = _("公布后在下面填上；已经定下的期限不重新计算。")
        found.append(Thing(_("{year} 年放假安排").format(year=year), known, words, todo))
    return found


def _factor(person: Person) -> Thing:
    has = has_second_factor(person)
    words = _("您的账户已设置") if has else _("您的账户未设置")
    return Thing(_("两步验证"), has, words, _("在“我的账户”里设置：您能看到全部课题的资料。"))


def _backup() -> Thing:
    """When the last one was made here, and whether it was read again from end to end."""
    last = last_backup(settings.KETI_DATA)
    todo = _(
        "运行 keti backup 马上做一份；要每夜自动备份并检查，在启动平台的那台机器上输入下面这一行，"
        "文件夹换成另一块盘上的，再重新启动平台。"
    )
    nightly = () if settings.KETI_BACKUP_FOLDER else _commands("KETI_BACKUP_FOLDER=/backup")
    if last is None:
        words = _("还没有备份。数据文件夹：{folder}").format(folder=settings.KETI_DATA)
        return Thing(_("备份"), False, words, todo, nightly)
    when = when_text(last.made, ZoneInfo(ZONE), get_language() or "zh-hans")
    words = _("最近一次：{when}，{file}").format(when=when, file=last.file)
    if not last.checked:
        return Thing(
            _("备份"), False, words, _("还没有检查：请运行 keti backup --check 加文件名。")
        )
    if not last.whole:
        return Thing(_("备份"), False, words, _("检查时发现已损坏，请马上另做一份。"))
    checked = when_text(last.checked, ZoneInfo(ZONE), get_language() or "zh-hans")
    return Thing(_("备份"), True, words + _("；已检查完整：{when}").format(when=checked))


class RunForm(KeyForm):
    """Letters that waited when the backup was made."""

    send = forms.BooleanField(
        label=gettext_lazy("恢复时在等待的信也都发出（可能有人收到两次）"), required=False
    )


@require_POST
def let_run(request: HttpRequest) -> HttpResponse:
    """A restored installation sends and reminds again."""
    person, form = founder(request), RunForm(request.POST)
    refused = None
    if form.is_valid():
        act, send = _act(request, person, str(form.cleaned_data["key"])), form.cleaned_data["send"]
        _done, refused = attempt(lambda: resume(act, send=send))
    if refused is not None:
        return _page(request, person, refused)
    return HttpResponseRedirect(reverse("site:installation"))


@require_POST
def say_name(request: HttpRequest) -> HttpResponse:
    """What the site is called and who runs it, from now on."""
    person, form, refused = founder(request), SiteForm(request.POST), None
    if form.is_valid():
        act = _act(request, person, str(form.cleaned_data["key"]))
        said, refused = attempt(lambda: name_site(act, said=form.said()))
        if said is not None:
            messages.success(request, _("已保存，页面和信件从现在起用新的名称。"))
            return HttpResponseRedirect(reverse("site:installation"))
    return _page(request, person, refused, site=form)


@require_POST
def say_days(request: HttpRequest, year: int) -> HttpResponse:
    """The holidays of a year, all at once."""
    person, form = founder(request), DaysForm(request.POST, prefix=str(year))
    refused = None
    if form.is_valid():
        given = form.cleaned_data
        act = _act(request, person, str(given["key"]))
        _done, refused = attempt(
            lambda: set_holidays(act, year=year, days=read_days(str(given["days"]), year))
        )
        if refused is None:
            messages.success(request, _("已保存 {year} 年放假安排。").format(year=year))
            return HttpResponseRedirect(reverse("site:installation"))
    return _page(request, person, refused, days=form)


@require_POST
def send_letter(request: HttpRequest) -> HttpResponse:
    """A letter to oneself, at once; how it went, in words."""
    person = founder(request)
    if not KeyForm(request.POST).is_valid() or not settings.KETI_MAIL:
        raise Http404
    called = site().called(get_language() or "zh-hans") or _("课题管理平台")
    subject = _("试信：{name}").format(name=called)
    words = _("收到这封信，说明平台能发邮件。网址：{url}").format(url=absolute("/"))
    try:
        EmailMessage(subject, words, settings.DEFAULT_FROM_EMAIL, [person.mail]).send()
    except (OSError, smtplib.SMTPException) as trouble:
        messages.error(request, _("没有发出：{why}").format(why=_why(trouble)))
    else:
        messages.success(
            request, _("已交给邮件服务器，请到 {mail} 查收。").format(mail=person.mail)
        )
    return HttpResponseRedirect(reverse("site:installation"))


def _why(trouble: OSError | smtplib.SMTPException) -> str:
    """What went wrong, for who can mend it."""
    if isinstance(trouble, smtplib.SMTPAuthenticationError):
        return _("邮件服务器不接受用户名或密码。")
    if isinstance(trouble, smtplib.SMTPSenderRefused):
        return _("邮件服务器不接受这个发件人，请核对 KETI_SMTP_FROM。")
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return _("邮件服务器不接受您的邮箱。")
    if isinstance(trouble, smtplib.SMTPException):
        return _("邮件服务器拒绝了这封信，请核对端口和加密方式（KETI_SMTP_TLS）。")
    if is_held(settings.KETI_DATA):
        return _("平台刚从备份恢复，还没有恢复运行。")
    return _("连不上邮件服务器，请核对 KETI_SMTP_HOST 和 KETI_SMTP_PORT。")


@require_POST
def add_founder(request: HttpRequest) -> HttpResponse:
    """Name another person who keeps the installation."""
    person = founder(request)
    form = FounderForm(request.POST)
    refused = None
    if form.is_valid():
        given = form.cleaned_data
        facts = PersonFacts(given["name"], mail=given["mail"])
        act = _act(request, person, str(given["key"]))
        _done, refused = attempt(lambda: name_founder(act, facts=facts))
        if refused is None:
            return HttpResponseRedirect(reverse("site:installation"))
    return _page(request, person, refused, form=form)


@require_POST
def end_founder(request: HttpRequest, who: str) -> HttpResponse:
    """Somebody keeps the installation no longer."""
    person = founder(request)
    gone = Person.objects.filter(public_id=who, may_found=True).first()
    form = KeyForm(request.POST)
    refused = None
    if gone is not None and form.is_valid():
        act = _act(request, person, str(form.cleaned_data["key"]))
        _done, refused = attempt(lambda: drop_founder(act, person=gone))
    if refused is not None:
        return _page(request, person, refused)
    return HttpResponseRedirect("/" if gone == person else reverse("site:installation"))


def _act(request: HttpRequest, person: Person, key: str) -> Act:
    return Act(person, clock.received(request), key=key, digest=digest_of(request))
