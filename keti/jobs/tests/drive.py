"""An installation of its own, driven from outside: `python -m keti.jobs.tests.drive VERB ...`.

The worker it starts is the real one; it knows one kind more, whose course a test can steer.
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keti.settings")


def steered(running):
    """Notes that it began, waits for the file `go`, notes that it ended."""
    folder = Path(os.environ["KETI_DATA"])
    name = running.job.key
    with (folder / f"{name}.notes").open("a") as notes:
        notes.write("begun\n")
    while not (folder / f"{name}.go").exists():
        time.sleep(0.02)
    with (folder / f"{name}.notes").open("a") as notes:
        notes.write("ended\n")
    return f"/{name}/"


def main(verb, *words):
    django.setup()
    actions = import_module("keti.jobs.actions")
    text = import_module("keti.kernel.acts").Text
    actions.register("tests.steered", steered, seconds=int(os.environ.get("SECONDS_EACH", "60")))
    if verb == "ask":
        for key in words:
            actions.ask(actions.Wanted("tests.steered", key, text(key)), actions.Asker())
    elif verb == "paper":
        paper = import_module("keti.documents.rules.paper").Paper(
            "notice", words[0], body=import_module("keti.documents.rules.written").as_body(words[0])
        )
        made = import_module("keti.documents.doors.made")
        print(made.ask_for(paper, "docx", actions.Asker(), "/").asked["key"])
    elif verb == "work":
        actions.work(idle=float(words[0]))
    elif verb == "told":
        fields = ("key", "state", "attempts", "result", "error", "worker")
        print(
            json.dumps(
                {
                    one["key"]: one
                    for one in import_module("keti.jobs.models").Job.objects.values(*fields)
                }
            )
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
