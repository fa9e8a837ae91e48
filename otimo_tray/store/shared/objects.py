"""What a shop's schema has on a server beyond its tables: numbers of changes, notes of deletions, notifications.

    change_no    one sequence; each table outside `UNFOLLOWED` has a column so called, set by a trigger at each write
    gone_row     (change_no, table_name, key): a deleted row's primary key, a JSON list of texts and numbers in the
                 key's order. The row without a table's name holds, as its key, the number up to which deletions are
                 forgotten.
    otimo_<schema>   the channel on which each committed transaction names the tables that it wrote

A row that was deleted and written again has a deletion with a lower number than its own: whoever follows takes away
what is gone, then puts what is there.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect

from otimo_tray.store.shared.names import channel_of

UNFOLLOWED: Final = ("alembic_version", "desk", "dirty", "gone_row", "lease", "open_item")
"""Tables whose rows nobody follows; the beats of a lease and what is open are written outside the writers' queue, so
that a number of theirs could come before a lower one."""


def create(connection: Connection) -> None:
    """Makes them in the schema that comes first in the search path, whose tables must be there; and settles the types
    of their columns."""
    schema = str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
    look = inspect(connection)
    _settle_types(connection)
    for command in _BASE:
        connection.exec_driver_sql(command.format(schema=schema, channel=channel_of(schema)))
    for table in sorted(set(look.get_table_names()) - set(UNFOLLOWED)):
        keys = look.get_pk_constraint(table)["constrained_columns"]
        key = ", ".join(f'"{name}"' for name in keys)
        for command in _EACH:
            connection.exec_driver_sql(command.format(schema=schema, table=table, key=key))


def _settle_types(connection: Connection) -> None:
    """Texts in the order of their code points, whole numbers of 64 bits: both as in SQLite."""
    found = connection.exec_driver_sql(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND data_type IN ('text', 'integer')"
        " ORDER BY table_name, ordinal_position"
    )
    columns: dict[str, list[str]] = {}
    for table, column, kind in found:
        settled = 'text COLLATE "C"' if kind == "text" else "bigint"
        columns.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE {settled}')
    for table, changes in columns.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(changes)}')
    counters = connection.exec_driver_sql("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")
    for (counter,) in counters.all():
        connection.exec_driver_sql(f'ALTER SEQUENCE "{counter}" AS bigint')


# Names are qualified in the functions: a trigger runs in the search path of whoever writes.
_BASE: Final = (
    "CREATE SEQUENCE change_no",
    """CREATE TABLE gone_row (
  change_no bigint PRIMARY KEY, table_name text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL DEFAULT now())""",
    "INSERT INTO gone_row (change_no, table_name, key) VALUES (0, '', '0')",
    """CREATE FUNCTION number_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.change_no := nextval('"{schema}".change_no');
  RETURN NEW;
END$$""",
    """CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('{channel}', TG_TABLE_NAME);
  RETURN NULL;
END$$""",
    """CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE would leave no note of what is gone: use DELETE';
END$$""",
)
_EACH: Final = (
    'ALTER TABLE "{table}" ADD COLUMN change_no bigint NOT NULL DEFAULT 0',
    'CREATE INDEX "ix_{table}_change_no" ON "{table}" (change_no)',
    """CREATE FUNCTION "note_gone_{table}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "{schema}".gone_row (change_no, table_name, key)
  SELECT nextval('"{schema}".change_no'), '{table}', json_build_array({key})::text FROM gone;
  RETURN NULL;
END$$""",
    """CREATE TRIGGER number_change BEFORE INSERT OR UPDATE ON "{table}"
  FOR EACH ROW EXECUTE FUNCTION number_change()""",
    """CREATE TRIGGER note_gone AFTER DELETE ON "{table}" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "note_gone_{table}"()""",
    """CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON "{table}"
  FOR EACH STATEMENT EXECUTE FUNCTION tell_change()""",
    """CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "{table}"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()""",
)
