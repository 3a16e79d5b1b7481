"""Prove that thousands of letters to a wretched server go once, or are seen, and hold nobody up.

`python -m tests.prove letters`, on SQLite or beside `tools/with-postgres`; with numbers of its own
`python -m tests.prove.letters LETTERS SECONDS_BETWEEN_RUNS`. The server answers 421, 450 and 550 to
some, hangs, drops the line after the letter, and dies in the middle of it all; meanwhile somebody
else's reminders are written. Folder and server are made here.
"""

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from tests.office import BE_SILENT, BREAK_OFF, Office, free_port, opened

LATEST = 120.0
"""Seconds after which a reminder is late."""
EVERY = 7.0
OUTAGE = 20.0
KEY = "many"
TO_RECIPIENT = {0: "450 greylisted", 1: "550 5.1.1 no such user", 2: "421 closing", 3: BE_SILENT}
TO_LETTER = {4: BREAK_OFF, 5: BE_SILENT, 6: "451 later", 7: "554 refused"}


class Watched(Office):
    """The same server; it also notes when each letter came."""

    def __init__(self) -> None:
        super().__init__()
        self.came: dict[str, float] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self.came.setdefault(envelope.rcpt_tos[0], time.monotonic())
        return answer


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def prepare() -> int:
    """A folder of our own, migrated, in which mail is sent at once; returns the server's port."""
    port = free_port()
    os.environ |= {
        "KETI_DATA": tempfile.mkdtemp(prefix="keti-prove-"),
        "DJANGO_SETTINGS_MODULE": "keti.settings",
        "KETI_SMTP_HOST": "127.0.0.1",
        "KETI_SMTP_PORT": str(port),
        "KETI_SMTP_TIMEOUT": "5",
        "KETI_MAIL_HOLD": "0",
        "KETI_LOG": "ERROR",
    }
    import_module("django").setup()
    call = import_module("django.core.management").call_command
    call("migrate", verbosity=0, interactive=False)
    call("createcachetable", verbosity=0)
    return port


class Writer:
    """Writes letters into the outbox."""

    def __init__(self) -> None:
        self.now = import_module("keti.kernel.clock").instant
        self.actions = import_module("keti.notify.actions")
        self.sort = import_module("keti.notify.enums").Sort
        self.text = import_module("keti.kernel.acts").Text
        self.person = import_module("keti.accounts.models").Person
        at = self.now()
        self.programme = import_module("keti.programmes.models").Programme.objects.create(
            slug="letters", title_zh="投递（演示）", starts_at=at, ends_at=at + timedelta(days=9)
        )

    def many(self, number: int) -> None:
        """So many letters of news, each to somebody else."""
        people = [self._somebody(f"n{one}") for one in range(number)]
        letter = self.actions.Letter("prove.news", KEY, self.text("消息"), self.text("正文。"))
        self.actions.post(self.programme, letter, to=people, at=self.now())

    def reminder(self, number: int) -> str:
        """One reminder to somebody else; returns the address."""
        person = self._somebody(f"r{number}")
        words = self.text("提醒"), self.text("请办。")
        letter = self.actions.Letter(
            "prove.reminder", f"r{number}", *words, sort=self.sort.REMINDER
        )
        self.actions.post(self.programme, letter, to=[person], at=self.now())
        return str(person.mail)

    def _somebody(self, name: str) -> Any:
        mail = f"{name}@example.org"
        return self.person.objects.create(name=f"{name}（演示）", mail=mail, is_demo=True)


def mails(kind: str) -> Any:
    """The mails of this kind of letter."""
    rows = import_module("keti.notify.models").Delivery.objects.filter(way="mail")
    return rows.filter(message__kind=kind)


def states(kind: str) -> Counter[str]:
    """How many of this kind stand in which state."""
    return Counter(mails(kind).values_list("state", flat=True))


def moods(office: Office, number: int) -> None:
    """Every twenty-fifth reader's server is in one of eight moods."""
    for one in range(0, number, 25):
        mood = one // 25 % 8
        answers = office.to_recipient if mood in TO_RECIPIENT else office.to_letter
        answers[f"n{one}"] = TO_RECIPIENT.get(mood) or TO_LETTER[mood]


def reminding(writer: Writer, written: dict[str, float], stop: threading.Event) -> None:
    """Write a reminder every few seconds until told to stop."""
    number = 0
    while not stop.wait(EVERY):
        written[writer.reminder(number)] = time.monotonic()
        number += 1
    import_module("django.db").connection.close()


def posting(office: Watched, port: int, number: int, gap: float) -> float:
    """The post, run after run, as the server of the house does it, until each letter was tried;
    the mail server dies in the middle. Returns how long that took."""
    begun, dies_at = time.monotonic(), number // 2
    untried = mails("prove.news").filter(state="waiting", attempts=0)
    while untried.exists():
        done = threading.Event()
        run = threading.Thread(target=_run, args=(done,))
        with opened(office, port):
            run.start()
            while not done.wait(0.05) and len(office.kept) < dies_at:
                pass
        died = not done.is_set()
        run.join()
        said = f"{len(office.kept)} came, {dict(states('prove.news'))}"
        say(f"{time.monotonic() - begun:5.0f} s  {said}{' the server died' if died else ''}")
        if len(office.kept) >= dies_at:
            dies_at = 1 << 60
        time.sleep(OUTAGE if died else gap)
    return time.monotonic() - begun


def _run(done: threading.Event) -> None:
    now = import_module("keti.kernel.clock").instant()
    import_module("keti.notify.actions").deliver_due(now)
    import_module("django.db").connection.close()
    done.set()


def finished(office: Watched, port: int) -> None:
    """What passes is tried until it is given up: days pass, no time does."""
    deliver = import_module("keti.notify.actions").deliver_due
    now: datetime = import_module("keti.kernel.clock").instant()
    with opened(office, port):
        for day in range(1, 60):
            if not states("prove.news")["waiting"]:
                return
            deliver(now + timedelta(days=day))


def faults(office: Watched, written: dict[str, float]) -> list[str]:
    """What is not as it must be."""
    doubled = [one for one, times in office.ids().items() if times > 1]
    came = {one.strip("<>").removesuffix("@keti") for one in office.ids()}
    wrong = [f"came twice: {one}" for one in doubled]
    for mail in mails("prove.news").select_related("message"):
        known = mail.message.public_id in came
        if mail.state == "sent" and not known:
            wrong.append(f"{mail.pk} is said to be sent and never came")
        if known and mail.state not in ("sent", "uncertain"):
            wrong.append(f"{mail.pk} came and is {mail.state}")
        if mail.state == "waiting" or (mail.state != "sent" and not mail.why("zh-hans")):
            wrong.append(f"{mail.pk} is {mail.state} without a reason")
    late = [one for one, at in written.items() if office.came.get(one, at + 999) - at > LATEST]
    return wrong + [f"reminder to {one} was late, or never came" for one in late]


def main(arguments: list[str]) -> int:
    """So many letters, so many seconds between two runs; 0 when all of it held."""
    number, gap = [int(one) for one in arguments] or (5000, 60)
    port = prepare()
    writer, office, written = Writer(), Watched(), dict[str, float]()
    writer.many(number)
    moods(office, number)
    stop = threading.Event()
    reminders = threading.Thread(target=reminding, args=(writer, written, stop))
    reminders.start()
    took = posting(office, port, number, gap)
    stop.set()
    reminders.join()
    finished(office, port)
    delays = sorted(office.came[one] - at for one, at in written.items() if one in office.came)
    wrong = faults(office, written)
    say(f"{number} letters, each tried within {took:.0f} s; became {dict(states('prove.news'))}")
    say(f"{len(delays)} of {len(written)} reminders came, the latest after {max(delays):.0f} s")
    for one in wrong[:20]:
        say(f"WRONG {one}")
    say("held" if not wrong else f"did not hold: {len(wrong)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
