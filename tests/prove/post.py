"""Prove that letters are neither doubled nor lost when the post is killed, or its server away.

`python -m tests.prove post`, on SQLite or beside `tools/with-postgres`; with numbers of its own
`python -m tests.prove.post KILLS LETTERS`. Folder, servers and processes are made here.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from importlib import import_module

from tests.office import Office, free_port, opened

PATIENCE = 120


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def prepare() -> None:
    """A folder of our own, migrated, in which mail is sent."""
    os.environ["KETI_DATA"] = tempfile.mkdtemp(prefix="keti-prove-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "keti.settings"
    os.environ["KETI_MAIL_HOLD"] = "0"
    os.environ["KETI_SMTP_PORT"], os.environ["KETI_SMTP_TIMEOUT"] = str(free_port()), "5"
    import_module("django").setup()
    call = import_module("django.core.management").call_command
    call("migrate", verbosity=0, interactive=False)
    call("createcachetable", verbosity=0)


def write(number: int, key: str) -> None:
    """So many letters in the outbox, each to somebody else."""
    now = import_module("keti.kernel.clock").instant()
    person = import_module("keti.accounts.models").Person
    ends = now + timedelta(days=1)
    told = {"title_zh": "投递试验（演示）", "starts_at": now, "ends_at": ends}
    programmes = import_module("keti.programmes.models").Programme.objects
    programme, _ = programmes.get_or_create(slug="post", defaults=told)
    actions = import_module("keti.notify.actions")
    text = import_module("keti.kernel.acts").Text
    people = [
        person.objects.create(name=f"{key}{n}（演示）", mail=f"{key}{n}@example.org", is_demo=True)
        for n in range(number)
    ]
    letter = actions.Letter("prove.letter", key, text("试验"), text("正文"))
    actions.post(programme, letter, to=people, at=now)


def states(key: str) -> Counter[str]:
    """How many letters of this key stand in which state."""
    mails = import_module("keti.notify.models").Delivery.objects.filter(way="mail")
    rows = mails.filter(message__key=key)
    return Counter(rows.values_list("state", flat=True))


def tick() -> "subprocess.Popen[bytes]":
    """The post in a process of its own, as cron would start it."""
    command = [sys.executable, "-m", "keti", "tick"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed(office: Office, kills: int) -> list[str]:
    """Kill the post in the middle of sending, again and again; then let it finish."""
    dice, wrong = random.Random(7), []
    for round_ in range(kills):
        key = f"kill{round_}-"
        before = len(office.kept)
        write(60, key)
        running = tick()
        wanted, end = before + dice.randint(1, 40), time.monotonic() + PATIENCE
        while len(office.kept) < wanted and running.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        running.kill()
        running.wait()
        left = states(key)
        say(f"kill {round_ + 1}: {len(office.kept) - before} arrived, {dict(left)}")
        if left["uncertain"] > 1:
            wrong.append(f"kill {round_ + 1}: {left['uncertain']} uncertain")
        tick().wait(PATIENCE)
        after = states(key)
        arrived = len(office.kept) - before
        if after["sent"] + after["uncertain"] != 60 or arrived < after["sent"]:
            wrong.append(f"kill {round_ + 1}: {dict(after)}, {arrived} arrived")
    doubled = [one for one, times in office.ids().items() if times > 1]
    return wrong + [f"doubled: {one}" for one in doubled]


def away(port: int, letters: int) -> list[str]:
    """The server is down, then up, with two posts at once: each letter exactly once."""
    write(letters, "away")
    tick().wait(PATIENCE)
    if states("away") != Counter(waiting=letters):
        return [f"while down: {dict(states('away'))}"]
    with opened(Office(), port) as office:
        for _ in range(20):
            both = [tick(), tick()]
            for one in both:
                one.wait(PATIENCE)
            if states("away") == Counter(sent=letters):
                break
    say(f"down, then up, two at once: {len(office.kept)} arrived, {dict(states('away'))}")
    once = len(office.kept) == len(office.ids()) == letters
    return [] if once and states("away") == Counter(sent=letters) else ["not each exactly once"]


def main(arguments: list[str]) -> int:
    """Run both, with so many kills and letters; 0 when all of it held."""
    kills, letters = [int(one) for one in arguments] or (20, 500)
    prepare()
    port = int(os.environ["KETI_SMTP_PORT"])
    with opened(Office(), port) as office:
        wrong = killed(office, kills)
    wrong += away(port, letters)
    for one in wrong:
        say(f"WRONG {one}")
    say(f"{kills} kills, {letters} letters: {'held' if not wrong else 'did not hold'}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
