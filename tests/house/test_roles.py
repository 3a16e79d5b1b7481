"""The application's role of PostgreSQL reads and writes rows; what is kept it cannot change."""

import pytest
from django.db import DatabaseError, connection, transaction

from keti.intake.tests.scene import submitted
from keti.kernel.roles import grant, powers, unsynced
from tests.house.test_kept import ANYWHERE, facts, rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="roles of PostgreSQL"),
]
ROLE = "keti_application_of_a_test"
KEPT = "ledger_entry"
REFUSED = [
    *ANYWHERE,
    "TRUNCATE {t} CASCADE",
    "TRUNCATE ONLY {t} RESTART IDENTITY",
    "TRUNCATE programmes_programme CASCADE",
    "DROP TABLE {t} CASCADE",
    "DROP TABLE IF EXISTS public.{t}",
    "DROP TABLE programmes_programme CASCADE",
    "DROP SCHEMA public CASCADE",
    "DROP TRIGGER {t}_no_update ON {t}",
    "DROP TRIGGER IF EXISTS {t}_no_delete ON {t} CASCADE",
    "DROP TRIGGER {t}_no_delete_truncate ON {t}",
    "DROP FUNCTION {t}_no_update() CASCADE",
    "DROP FUNCTION {t}_no_delete CASCADE",
    "CREATE OR REPLACE FUNCTION {t}_no_update() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NEW; END $$",
    "ALTER FUNCTION {t}_no_update() RENAME TO other",
    "ALTER FUNCTION {t}_no_update() OWNER TO " + ROLE,
    "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "ALTER TABLE {t} DISABLE TRIGGER USER",
    "ALTER TABLE {t} DISABLE TRIGGER {t}_no_update",
    "ALTER TABLE {t} ENABLE REPLICA TRIGGER {t}_no_update",
    "ALTER TRIGGER {t}_no_update ON {t} RENAME TO other",
    "ALTER TABLE {t} OWNER TO " + ROLE,
    "ALTER TABLE {t} SET SCHEMA pg_temp",
    "ALTER TABLE {t} ADD COLUMN more text DEFAULT 'x'",
    "ALTER TABLE {t} ALTER COLUMN {c} SET DEFAULT NULL",
    "ALTER TABLE {t} ALTER COLUMN {c} TYPE text",
    "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY hide ON {t} USING (false)",
    "CREATE RULE hush AS ON INSERT TO {t} DO INSTEAD NOTHING",
    "CREATE TRIGGER hush BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_no_update()",
    "CREATE TRIGGER hush BEFORE UPDATE ON {t} FOR EACH ROW"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE TABLE below () INHERITS ({t})",
    "CREATE TABLE public.beside (id integer)",
    "CREATE TEMPORARY TABLE {t} (id integer)",
    "CREATE SCHEMA before_public",
    "CREATE VIEW {t}_seen AS SELECT * FROM {t}",
    "CREATE INDEX ON {t} ({c})",
    "CREATE EVENT TRIGGER hush ON ddl_command_start EXECUTE FUNCTION {t}_no_update()",
    "CREATE EXTENSION file_fdw",
    "CREATE LANGUAGE plpython3u",
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = local",
    "SELECT set_config('session_replication_role', 'replica', true)",
    "ALTER SYSTEM SET fsync = off",
    "ALTER ROLE " + ROLE + " SUPERUSER",
    "ALTER DATABASE postgres SET session_replication_role = replica",
    "GRANT ALL ON {t} TO PUBLIC",
    "COMMENT ON TABLE {t} IS 'x'",
    "COPY {t} FROM PROGRAM 'true'",
    "COPY {t} TO '/tmp/never-written'",
    "COPY {t} FROM '/etc/hostname'",
    "SELECT lo_import('/etc/hostname')",
    "SELECT pg_read_file('/etc/hostname')",
    "SELECT setval('{t}_id_seq', 1)",
    "ALTER SEQUENCE {t}_id_seq RESTART",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "DELETE FROM pg_trigger",
    "UPDATE pg_class SET relowner = 0",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    "MERGE INTO {t} USING {t} AS o ON {t}.id = o.id WHEN MATCHED THEN DELETE",
    "MERGE INTO {t} USING {t} AS o ON {t}.id = o.id WHEN MATCHED THEN UPDATE SET {c} = o.{c}",
    "DO $$ BEGIN EXECUTE 'ALTER TABLE {t} DISABLE TRIGGER USER'; END $$",
    "DO $$ BEGIN DELETE FROM {t}; END $$",
    "INSERT INTO programmes_deletion (programme_id, at) SELECT id, now() FROM programmes_programme;"
    " DELETE FROM {t}",
]
HARMLESS = {ANYWHERE[11], "GRANT ALL ON {t} TO PUBLIC"}
"""What is there already is left as it is; who owns nothing grants nothing, and is only warned."""


@pytest.fixture
def role():
    """A role that may sign in and no more, granted what the application is."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
    grant(ROLE)
    return ROLE


def said(statement: str) -> str:
    """What the database answers this role; "" where it obeys. All is taken back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""


def test_the_application_changes_nothing_that_is_kept(cast, role):
    assert len(set(REFUSED)) >= 60
    submitted(cast)  # of a trial rows may go, with all of it
    before, told = rows(KEPT), facts(KEPT)
    obeyed = [one for one in REFUSED if not said(one.format(**told)) and one not in HARMLESS]
    assert obeyed == []
    assert rows(KEPT) == before


def test_the_application_reads_and_writes_rows(cast, role):
    assert said(f"SELECT * FROM {KEPT}") == ""
    assert said("UPDATE programmes_programme SET title_en = title_en") == ""
    assert said("SELECT name FROM django_migrations") == ""
    assert said("SELECT nextval('ledger_entry_id_seq')") == ""


def test_the_doctor_hears_what_a_role_may_beyond_rows(cast, role):
    assert "is a superuser" in powers()
    assert any(one.startswith("owns ") for one in powers())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        assert powers() == []
        transaction.set_rollback(True)
    assert [one for one in unsynced() if not one.startswith("fsync")] == []
