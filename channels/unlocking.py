"""The keys to what is sealed in the database: taken before it is read, and tried on it."""

from typing import TYPE_CHECKING

from channels.refusing import Refused

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.settings import Settings

MISSING = (
    "what this database keeps sealed (door codes, health notes) was sealed with a key that is not here."
    " Put vault.key back into the data folder, or set MENLING_SECRET_KEYS. Nothing is lost or changed."
)


def unlock(settings: "Settings", engine: "Engine") -> None:
    """Take the keys; one is made for a database in which nothing was sealed yet. Raises Refused."""
    from core import settings as every
    from core import vault

    try:
        keys = settings.vault_keys(make=not _is_marked(engine))
    except every.SettingsInvalid as wrong:
        raise Refused(str(wrong)) from None
    vault.use(keys)


def check(engine: "Engine") -> None:
    """Refuse to go on with the wrong keys; the first time, put down what they are known by."""
    from core import vault
    from core.database import looking, transaction

    with looking(engine) as session:
        known = session.get(vault.Mark, 1) is not None
    if not known:
        with transaction(engine) as session:
            vault.mark(session)
    with looking(engine) as session:
        if not vault.opens(session):
            raise Refused(MISSING)


def _is_marked(engine: "Engine") -> bool:
    """Whether something was sealed in this database. One of an older version has no place for it."""
    from sqlalchemy import inspect

    from core import vault
    from core.database import looking

    with looking(engine) as session:
        if not inspect(session.connection()).has_table(vault.Mark.__tablename__):
            return False
        return session.get(vault.Mark, 1) is not None
