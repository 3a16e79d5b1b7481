from django.urls import path

from keti.site.views import (
    demo,
    desk,
    groups,
    home,
    house,
    mailbox,
    papers,
    person,
    phone,
    records,
    reminding,
    writing,
)

app_name = "site"
P = "p/<slug:slug>/"
urlpatterns = [
    path("", house.front, name="front"),
    path("healthz", house.healthz, name="healthz"),
    path("readyz", house.readyz, name="readyz"),
    path("help/", house.help_page, name="help"),
    path("seat/", house.switch_seat, name="switch_seat"),
    path("search/", person.find, name="search"),
    path("me/", person.me, name="me"),
    path("me/rights/", person.rights, name="rights"),
    path("me/letters/", person.letters, name="letters"),
    path("me/feed/", person.new_feed, name="new_feed"),
    path("d/<str:token>/", phone.phone, name="phone"),
    path("demo/", demo.people, name="demo"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("demo/advance/", demo.one_day, name="demo_advance"),
    path("demo/next-due/", demo.next_due, name="demo_next_due"),
    path(P, home.home, name="home"),
    path(f"{P}progress/", home.progress, name="progress"),
    path(f"{P}progress.<str:form>", home.progress_paper, name="progress_paper"),
    path(f"{P}desk/", desk.desk, name="desk"),
    path(f"{P}desk/remind/<str:duty_id>/", reminding.remind, name="remind"),
    path(f"{P}do/<str:duty_id>/", house.do, name="do"),
    path(f"{P}raise/<str:duty_id>/", house.raise_finding, name="raise"),
    path(f"{P}groups/", groups.index, name="groups"),
    path(f"{P}groups/<str:group_id>/", groups.group, name="group"),
    path(f"{P}ledger/", records.ledger, name="ledger"),
    path(f"{P}ledger/ledger.jsonl", records.ledger_file, name="ledger_file"),
    path(f"{P}ledger/lines.<str:form>", records.ledger_lines, name="ledger_lines"),
    path(f"{P}mailbox/", mailbox.mailbox, name="mailbox"),
    path(f"{P}mailbox/received.<str:form>", mailbox.received_file, name="received_file"),
    path(f"{P}mailbox/sent.<str:form>", mailbox.sent_file, name="sent_file"),
    path(f"{P}mailbox/write/", writing.write, name="write"),
    path(f"{P}mailbox/<str:message_id>/file/<str:file_id>/", mailbox.enclosure, name="enclosure"),
    path(f"{P}mailbox/<str:message_id>/paper/<str:form>/", papers.letter, name="letter"),
    path(f"{P}mailbox/<str:message_id>/again/", mailbox.resend, name="resend"),
    path(f"{P}mailbox/<str:message_id>/recall/", mailbox.recall, name="recall"),
]
_PUBLIC = ("front", "healthz", "readyz", "help")
_SIGNED_IN = ("switch_seat", "search", "me", "rights", "new_feed", "letters")
_DEMO = ("demo", "demo_sign_in", "demo_advance", "demo_next_due")
_SEAT = (
    "home",
    "progress",
    "progress_paper",
    "desk",
    "remind",
    "do",
    "raise",
    "groups",
    "group",
    "ledger",
    "ledger_file",
    "ledger_lines",
    "mailbox",
    "letter",
    "received_file",
    "sent_file",
    "resend",
    "recall",
    "write",
    "enclosure",
)
POLICY = {
    **dict.fromkeys(_PUBLIC, "public"),
    **dict.fromkeys(_SIGNED_IN, "signed-in"),
    **dict.fromkeys(_DEMO, "demo"),
    **dict.fromkeys(_SEAT, "seat"),
    "phone": "token",
}
OPENS = {"phone": phone.opens}
