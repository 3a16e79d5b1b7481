"""The public page on the day of its release against a static file of the same server.

`python -m tests.prove.released [DATA]`: answers a second of both, eight visitors at once, in turn;
the page must come to 0.7 of the file. DATA keeps the demonstration for another time.
"""

import http.client
import re
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from tests.serving import serving

VISITORS, SECONDS, ROUNDS = 8, 4.0, 5
LEAST = 0.7
PAGE = re.compile(r'href="(/published/[\w-]+/)"')
STATIC = re.compile(r'href="(/static/keti/app[^"]*\.css)"')


def asked(place: tuple[str, int], path: str) -> float:
    """Answers a second of eight visitors who keep their line open; anything but 200 fails."""
    counts, faults, ending = [0] * VISITORS, [], time.monotonic() + SECONDS

    def visit(number: int) -> None:
        line = http.client.HTTPConnection(*place, timeout=60)
        while time.monotonic() < ending:
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            counts[number] += 1
            if answer.status != 200:
                faults.append(answer.status)

    threads = [threading.Thread(target=visit, args=(one,)) for one in range(VISITORS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults, faults[:3]
    return sum(counts) / SECONDS


def found(url: str) -> tuple[str, str]:
    """A published report and the style sheet that its page names."""
    shelf = urllib.request.urlopen(f"{url}/published/", timeout=60).read().decode()
    page = PAGE.findall(shelf)[0]
    text = urllib.request.urlopen(f"{url}{page}", timeout=60).read().decode()
    return page, STATIC.findall(text)[0]


def main(arguments: list[str]) -> int:
    """0 when the page comes to its share."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(arguments[0]) if arguments else Path(folder) / "data"
        with serving("demo", data, Path(folder) / "log") as house:
            page, file = found(house.url)
            shares = []
            for _ in range(ROUNDS):
                static, public = asked(house.place, file), asked(house.place, page)
                shares.append(public / static)
                print(f"{file}: {static:.0f}/s, {page}: {public:.0f}/s, {public / static:.2f}")
    share = statistics.median(shares)
    print(f"median of {ROUNDS}: {share:.2f} of a static file, at least {LEAST} wanted")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
