"""What the tests of intake start from: a published call, a filled-in form, a roster."""

from datetime import timedelta

from keti.documents.actions import keep_upload
from keti.documents.rules.sheet import to_xlsx
from keti.intake import actions
from keti.intake.actions import CheckResult, Content
from keti.intake.models import Application, Call
from keti.kernel import clock

OPENS, CLOSES = "2030-03-04T00:00", "2030-03-21T00:00"
HEADER = ("姓名", "单位", "组别", "职务", "称谓", "顺序", "邮箱", "手机", "代表人", "入册同意")


def published(cast) -> Call:
    return actions.publish_call(cast.qin.act(), obligation=cast.duty("invite"))


def content(track="solo", **more) -> Content:
    given = {
        "name": "吴路人（演示）",
        "choices": ("cell.red",),
        "fields": {"topic": "测试方法", "offer": "写第一章。"},
        "declarations": ("lawful", "truthful"),
        "consent": True,
    }
    return Content(track, **{**given, **more})


def drafted(cast, who="wu", **more) -> Application:
    call = Call.objects.first() or published(cast)
    more = {"name": cast.players[who].person.name} | more
    return actions.save_application(cast.players[who].act(), call=call, content=content(**more))


def submitted(cast, who="wu", at="2030-03-10T10:00", **more) -> Application:
    draft = drafted(cast, who, **more)
    if clock.instant() < cast.at(at):
        cast.at(at)
    return actions.submit_application(cast.players[who].act(), application=draft)


def checked(cast, application, *, met=True) -> Application:
    keys = ("known", "lawful") if application.track == "solo" else ("lawful", "has_expert")
    results = [CheckResult(key, met, "" if met else "名单上查不到。") for key in keys]
    return actions.check_eligibility(cast.qin.act(), application=application, results=results)


def just_before(moment):
    clock.stand_at(moment - timedelta(milliseconds=1))


def roster(cast, rows, header=HEADER, name="名单.xlsx"):
    data = to_xlsx(name.rpartition(".")[0], header, rows)
    return keep_upload(cast.qin.act(), programme=cast.programme, name=name, data=data)
