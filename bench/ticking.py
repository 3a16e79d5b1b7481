"""What a tick costs: `python -m bench.ticking DUE` in the environment of a data folder.

Makes something due of this many programmes, each of one duty, and prints the processor time of
one run of both parts of the tick; with nothing due the least of several runs.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module

NEVER = datetime(2099, 1, 1, tzinfo=UTC)
AGAIN = 5


def quiet() -> None:
    """A programme that goes on, of whose duties nothing is said for long."""
    duties = import_module("keti.duties.models").Obligation.objects
    programmes = import_module("keti.programmes.models").Programme.objects
    duties.update(next_word_at=NEVER)
    programmes.update(closed_at=None)


def make_due(count: int) -> None:
    """One open duty of each of this many programmes has a word due that was never said."""
    duties = import_module("keti.duties.models").Obligation.objects
    now = import_module("keti.kernel.clock").instant()
    found: dict[int, int] = {}
    ahead = duties.open().filter(due__gt=now, seat__isnull=False, next_word_at=NEVER)
    for duty, programme in ahead.order_by("-pk").values_list("pk", "programme_id"):
        found.setdefault(programme, duty)
        if len(found) > count:
            break
    chosen = list(found.values())[:count]
    reach = int(timedelta(days=400).total_seconds())
    duties.filter(pk__in=chosen).update(next_word_at=now, remind=[reach])


def spent(work: Callable[[], int]) -> tuple[float, int]:
    """Milliseconds of processor time, and what the work says it did."""
    begun = time.process_time()
    done = work()
    return (time.process_time() - begun) * 1000, done


def main(due: int) -> None:
    """Warm up with nothing due, then measure."""
    import_module("django").setup()
    tick = import_module("keti.site.tick")
    tick.run()
    if due:  # the first letter of a process reads words and templates
        make_due(1)
        tick.run()
        make_due(due)
    times = 1 if due else AGAIN
    write, written = min(spent(tick.write) for _ in range(times))
    send, sent = min(spent(tick.send) for _ in range(times))
    print(json.dumps({"write": write, "written": written, "send": send, "sent": sent}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
