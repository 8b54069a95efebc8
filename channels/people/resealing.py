"""Sealing everything anew, a part of it in each transaction, so that nobody waits for long."""

from channels.people.desk import Opened

AT_ONCE = 200


def reseal_everything(opened: Opened) -> int:
    """Seal with the first key whatever another one sealed; how many values that were."""
    from core import vault
    from core.database import transaction

    count = 0
    with opened() as (_, engine, _):
        for column in vault.sealed_columns():
            while True:
                with transaction(engine) as session:
                    done = vault.reseal(session, column, AT_ONCE)
                count += done
                if done < AT_ONCE:
                    break
    return count
