"""How Alembic runs our migrations: in the transaction that `core/migrate.py` hands over, and only there."""

from alembic import context

connection = context.config.attributes["connection"]

context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
