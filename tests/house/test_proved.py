"""What the record and its keeping promise, each with the tests that would fail if it broke.

C: what is acknowledged and what is posted outlives crashes. G: the record shows what was changed.
"""

import ast
from pathlib import Path

import pytest

from tests.house.sources import ROOT

PROVED = {
    "C3 what is acknowledged is synced": (
        "tests/house/test_kept.py:test_a_connection_is_durable_and_lets_replace_pass_no_trigger",
        "tests/prove/power.py:run",
    ),
    "C6 a letter whose sender was killed can be sent again": (
        "keti/notify/tests/test_delivery.py:test_a_crash_after_handing_over_is_never_sent_twice",
        "keti/site/tests/test_post.py:test_what_is_stranded_is_said_why_and_sent_again_with_its_id",
        "tests/house/test_several.py:test_letters_that_failed_go_again_together",
        "tests/prove/post.py:main",
    ),
    "C8 where the answer to a letter is lost it is not sent twice by itself": (
        "keti/notify/tests/test_trouble.py:"
        "test_a_server_that_falls_silent_in_mid_run_costs_a_few_letters",
        "tests/prove/post.py:main",
    ),
    "C11 what is put back sends nothing until told": (
        "keti/backups/tests/test_backups.py:"
        "test_what_is_put_back_is_the_same_page_for_page_and_is_held",
        "tests/prove/restored.py:run",
    ),
    "C12 a database that restarts costs the requests of that moment": (
        "tests/faults/test_served.py:test_a_restarted_postgresql_costs_the_requests_of_that_moment",
        "keti/site/tests/test_ready.py:test_a_database_that_takes_no_write_is_known",
    ),
    "G1 one changed bit is found, and where": (
        "tests/record/test_record.py:test_ten_thousand_bits_small_every_one_found_where_it_is",
    ),
    "G2 a history written anew is found from one receipt": (
        "tests/record/test_record.py:test_a_line_changed_and_hashed_anew_is_found_from_one_receipt",
        "tests/record/test_record.py:"
        "test_time_runs_forward_and_nothing_happens_after_it_was_recorded",
    ),
    "G3 others hold signed checkpoints": (
        "keti/witness/tests/test_witness.py:test_partners_are_written_the_checkpoint_once_a_month",
        "keti/ledger/tests/test_kept.py:"
        "test_a_checkpoint_is_kept_once_a_day_and_only_where_something_was_recorded",
    ),
    "G4 no statement of the application changes what is kept": (
        "tests/house/test_kept.py:test_no_statement_changes_what_is_kept",
        "tests/house/test_kept.py:test_no_switch_of_a_connection_opens_a_way",
    ),
    "G5 nor does one of its role on PostgreSQL": (
        "tests/house/test_roles.py:test_the_application_changes_nothing_that_is_kept",
        "tests/house/test_roles.py:test_the_doctor_hears_what_a_role_may_beyond_rows",
    ),
    "G6 rows that say other than the record are named": (
        "tests/record/test_agreeing.py:test_each_guarded_field_changed_behind_the_house_is_named",
        "tests/record/test_agreeing.py:test_a_row_slipped_in_and_a_row_taken_out_are_named",
    ),
    "what was erased is in no backup made after it": (
        "tests/people/test_erased_backup.py:"
        "test_no_byte_of_the_erased_is_in_a_backup_made_after_it",
    ),
}


@pytest.mark.parametrize("promise", PROVED)
def test_every_promise_has_its_proof(promise: str) -> None:
    for named in PROVED[promise]:
        place, name = named.split(":")
        assert name in _functions(ROOT / place), named


def _functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
