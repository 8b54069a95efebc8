"""The statements that every turn runs: compiled once for each database, and put to its driver as they are.

SQLAlchemy's way from a statement to its rows costs several times the database's own work, and more than that
in a busy server; see `docs/decisions/0017-prepared-statements.md`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Insert, Select, Update
from sqlalchemy.engine.interfaces import DBAPICursor, DBAPIModule
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.type_api import TypeEngine
from sqlmodel import Session

Value = Any  # Any: what a column holds, as Python has it or as the driver takes it
Convert = Callable[[Value], Value]
Row = tuple[Value, ...]


class _Form(NamedTuple):
    """A statement as one kind of database takes it."""

    text: str
    names: Sequence[str] | None
    """Of the values in their order, where the driver takes them so."""
    constants: Mapping[str, Value]
    """The values that stand in the statement itself, as the driver takes them."""
    takes: Mapping[str, Convert]
    gives: Sequence[tuple[int, Convert]]


class Prepared:
    """A statement that is run with values by name, none of which is a list.

    Values and rows are converted as the types of their columns say. Failures are SQLAlchemy's, and do not
    tell the values.
    """

    def __init__(
        self, statement: Select[*tuple[Any, ...]] | Insert | Update, columns: Sequence[str] = ()
    ) -> None:
        """An INSERT is given values for these `columns`, for all of them each time."""
        self._statement, self._columns = statement, columns
        self._forms: dict[str, _Form] = {}

    def first(self, session: Session, values: Mapping[str, Value]) -> Row | None:
        """The first row, if there is one."""
        cursor, form = self._run(session.connection(), values)
        try:
            found = cursor.fetchone()
        finally:
            cursor.close()
        if found is None or not form.gives:
            return found
        row = list(found)
        for place, convert in form.gives:
            row[place] = convert(row[place])
        return tuple(row)

    def changed(self, session: Session, values: Mapping[str, Value]) -> int:
        """Run it; how many rows it has changed."""
        cursor, _ = self._run(session.connection(), values)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _run(self, connection: Connection, values: Mapping[str, Value]) -> tuple[DBAPICursor, _Form]:
        dialect = connection.dialect
        form = self._forms.get(dialect.name) or self._compile(dialect)
        given = {**form.constants, **values}
        for name, convert in form.takes.items():
            given[name] = convert(given[name])
        parameters = given if form.names is None else tuple([given[name] for name in form.names])
        return execute(connection, form.text, parameters), form

    def _compile(self, dialect: Dialect) -> _Form:
        compiled = self._statement.compile(dialect=dialect, column_keys=list(self._columns) or None)
        assert isinstance(compiled, SQLCompiler)
        binds = {name: bind for name, bind in compiled.binds.items() if name in compiled.params}
        takes = {name: _of(bind.type, dialect).bind_processor(dialect) for name, bind in binds.items()}
        fixed = {
            name: bind.value
            for name, bind in binds.items()
            if not bind.required and name not in self._columns
        }
        given = enumerate(self._statement.exported_columns)
        gives = [
            (place, _of(column.type, dialect).result_processor(dialect, None)) for place, column in given
        ]
        self._forms[dialect.name] = form = _Form(
            compiled.string,
            compiled.positiontup,
            {name: convert(value) if (convert := takes[name]) else value for name, value in fixed.items()},
            {name: convert for name, convert in takes.items() if convert and name not in fixed},
            [(place, convert) for place, convert in gives if convert],
        )
        return form


def execute(connection: Connection, text: str, parameters: Any = ()) -> DBAPICursor:
    """Put a text to the driver; the open cursor. Raises what SQLAlchemy would, without the parameters."""
    cursor = connection.connection.cursor()
    for hear in connection.dispatch.before_cursor_execute:
        hear(connection, cursor, text, parameters, None, False)
    dialect = connection.dialect
    try:
        dialect.do_execute(cursor, text, parameters)
    except dialect.loaded_dbapi.Error as error:
        raise _failure(connection, cursor, text, error) from error
    return cursor


def _of(type_: TypeEngine[Value], dialect: Dialect) -> TypeEngine[Value]:
    return type_.dialect_impl(dialect)


def _failure(
    connection: Connection, cursor: DBAPICursor, text: str, error: DBAPIModule.Error
) -> BaseException:
    """The same failure as SQLAlchemy tells it; a connection that is gone is used no more."""
    dialect = connection.dialect
    gone = dialect.is_disconnect(error, connection.connection, cursor)
    cursor.close()
    if gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=gone,
        dialect=dialect,
    )
