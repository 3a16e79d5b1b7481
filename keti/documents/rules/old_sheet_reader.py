"""What `old_sheet.read_apart` starts: reads a sheet from the standard input, writes its table as
JSON, or why it is refused."""

import dataclasses
import json
import resource
import sys

from keti.documents.rules.sheet import of_book
from keti.kernel.refusals import Refused

MEMORY = 1 << 30


def main() -> None:
    """Read one sheet with no more memory than that; the arguments: most rows, most columns,
    the name of the sheet."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most_rows, most_columns = (int(word) for word in sys.argv[1:3])
    try:
        table = of_book(sys.stdin.buffer.read(), most_rows, most_columns, sys.argv[3])
    except Refused as refused:
        json.dump({"refused": refused.code, "facts": refused.facts}, sys.stdout)
        return
    json.dump(dataclasses.asdict(table), sys.stdout)


if __name__ == "__main__":
    main()
