"""10,000 one-bit changes in a ledger and in receipts, each found where it is by both verifiers, and
a ledger of 100,000 lines judged alike within ten seconds of one processor each."""

import random
import time

from keti.ledger import rules
from tests.record import second
from tests.record.making import Made, faults_of, flipped, touched

CHANGES = 10_000
LINES = 100_000
SECONDS = 10


def main(arguments: list[str]) -> int:
    """Prints how many were found, and how long the long ledger took."""
    made = Made(40)
    ledger, receipt = made.file(), made.receipt(23).text().encode()
    missed = sum(_missed(ledger, bit) for bit in _bits(ledger, CHANGES))
    print(f"ledger: {CHANGES} changes of one bit, {missed} not found in their line by both")
    blind = sum(_blind(receipt, bit) for bit in _bits(receipt, len(receipt) * 8))
    print(f"receipt: {len(receipt) * 8} changes of one bit, {blind} not found by both")
    long = Made(LINES).file()
    slow = 0
    for name, verifier in (("first", faults_of), ("second", second.ledger)):
        began = time.process_time()
        wrong = len(verifier(long))
        took = time.process_time() - began
        slow += wrong or took > SECONDS
        print(f"{LINES} lines, {len(long) >> 20} MB, {name} verifier: {wrong} wrong, {took:.1f} s")
    return 1 if missed or blind or slow else 0


def _bits(data: bytes, count: int) -> list[int]:
    return random.Random(7).sample(range(len(data) * 8), count)


def _missed(data: bytes, bit: int) -> bool:
    bent, where = flipped(data, bit), touched(data, bit)
    found, other = faults_of(bent), second.ledger(bent)
    return not (found and other and found[0] in where and other[0] in where)


def _blind(data: bytes, bit: int) -> bool:
    bent = flipped(data, bit)
    faults = rules.check_receipt(bent.decode("utf-8", "replace"))[1]
    return not faults or second.receipt(bent)
