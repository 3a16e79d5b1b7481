"""Faults that were found once and mended, each as it was, and the test that would find it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from keti.kernel import clock
from keti.kernel.refusals import YES

Old = Callable[..., Any]


@dataclass(frozen=True)
class Fault:
    """What was wrong in one function, and by which test it is found. `before` makes the function
    as it was then out of what it is now."""

    what: str
    function: str
    before: Callable[[Old], Old]
    found_by: str


def nothing(_: Old) -> Old:
    """The step was not there."""
    return lambda *args, **given: None


def yes(_: Old) -> Old:
    """The rule was not there."""
    return lambda *args, **given: YES


def as_given(_: Old) -> Old:
    """What came went out unchanged."""
    return lambda text: text


def of_persons_alone(now: Old) -> Old:
    return lambda seat: [side for side in now(seat) if "person" in side]


def by_looks(now: Old) -> Old:
    return lambda mail: now(mail.replace("\u0131", "i").replace("\u0441", "c"))


def without_digest(now: Old) -> Old:
    return lambda act, kind, **given: now(replace(act, digest=""), kind, **given)


def fit_when_new(now: Old) -> Old:
    return lambda place, held=None: now(place) if held is None else YES


def whoever_is_named_first(_: Old) -> Old:
    return lambda peer, chain, trusted: (chain.split(",")[0].strip() or peer, 0)


def closing_instant_included(_: Old) -> Old:
    return lambda opens, closes, at: bool(opens and closes and opens <= at <= closes)


FAULTS = (
    Fault(
        "An address that only looks alike found somebody else's account",
        "keti.accounts.rules.mail_key",
        by_looks,
        "keti/accounts/tests/test_keys.py::test_what_only_looks_alike_is_another_address",
    ),
    Fault(
        "Somebody was joined to an account before its address was confirmed",
        "keti.accounts.actions.signing._confirmed",
        lambda _: lambda user: True,
        "keti/site/tests/test_doors.py::test_an_unproved_address_makes_nobody",
    ),
    Fault(
        "Whoever handed in late became punctual by their own word",
        "keti.duties.permissions.counts_from",
        lambda _: lambda act, duty: act.happened_at,
        "keti/duties/tests/test_claims.py::test_the_holders_own_word_leaves_the_duty_late",
    ),
    Fault(
        "A moment could be claimed before the programme or the duty began",
        "keti.groups.permissions.not_before",
        nothing,
        "keti/duties/tests/test_claims.py::test_nothing_is_claimed_before_it_could_be_done",
    ),
    Fault(
        "Acts beside reports recorded late though the charter forbids it",
        "keti.groups.permissions._recorded_late",
        nothing,
        "keti/groups/tests/test_permissions.py"
        "::test_a_charter_that_forbids_late_recording_is_obeyed_by_every_act",
    ),
    Fault(
        "A form sent again with other content was taken for the first",
        "keti.ledger.actions.repeated",
        without_digest,
        "tests/house/test_keys.py::test_the_same_key_with_other_content_is_told_and_kept",
    ),
    Fault(
        "A line break in a title went into headers of letters",
        "keti.kernel.texts.one_line",
        as_given,
        "tests/house/test_lines.py::test_a_column_folds_by_every_way_in",
    ),
    Fault(
        "A personal link opened a duty again after it was waived",
        "keti.accounts.actions.links.close_links",
        nothing,
        "keti/site/tests/test_link_ends.py::test_waived_or_cancelled_it_never_opens_again",
    ),
    Fault(
        "Whatever address a stranger wrote into a header was believed",
        "keti.kernel.addresses.nearest",
        whoever_is_named_first,
        "keti/kernel/tests/test_addresses.py::test_the_nearest_address_that_is_no_trusted_proxy",
    ),
    Fault(
        "Naming another delegate went past the roles that exclude each other",
        "keti.groups.actions.seats.fit_for_seat",
        fit_when_new,
        "keti/planning/tests/test_seats_fit.py"
        "::test_whoever_watches_is_no_delegate_in_a_role_that_excludes_it",
    ),
    Fault(
        "A conflict bound the person and nobody of the same unit",
        "keti.groups.actions.seats._sides",
        of_persons_alone,
        "keti/review/tests/test_sight.py"
        "::test_a_declared_conflict_closes_the_text_to_the_person_and_to_the_unit",
    ),
    Fault(
        "Participants read on for ever after the programme had ended",
        "keti.groups.permissions.still_reads",
        lambda _: lambda seat, at: True,
        "keti/groups/tests/test_rights_end.py"
        "::test_members_read_until_the_term_and_the_archive_stays_with_two",
    ),
    Fault(
        "The next step on a finding stayed with whoever had left the seat",
        "keti.monitoring.actions.follow_the_seats",
        nothing,
        "keti/intake/tests/test_seats.py::test_the_answer_follows_the_seat",
    ),
    Fault(
        "Logs held the secrets of links and letters",
        "keti.kernel.logs.veiled",
        as_given,
        "keti/site/tests/test_logs.py::test_message_arguments_and_traceback_are_veiled",
    ),
    Fault(
        "An application that came at the closing instant was in time",
        "keti.intake.rules.content.is_open",
        closing_instant_included,
        "keti/intake/tests/test_applications.py"
        "::test_at_the_closing_instant_it_is_refused_and_the_text_kept",
    ),
    Fault(
        "A request counted from when a thread was free, not from when it was here",
        "keti.kernel.clock.received",
        lambda _: lambda request: clock.instant(),
        "keti/kernel/tests/test_clock.py::test_waiting_for_a_worker_is_taken_off",
    ),
    Fault(
        "Office files that fetch or run something were taken",
        "keti.documents.rules.office.refuse_active",
        nothing,
        "keti/documents/tests/test_rules_hostile.py"
        "::test_a_hostile_file_is_refused_in_every_spelling",
    ),
)
