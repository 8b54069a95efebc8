"""An account that the platform calls by another name from now on: what bindings keep of it goes along."""

from sqlalchemy import update
from sqlmodel import Session, col

from core.bindings.tables import BindingTry, Merge
from core.correspondence import Peer


def readdress(session: Session, peer: Peer, user: str) -> None:
    """Its wrong tries still count, and the merges it brought about are still its own."""
    for table in (BindingTry, Merge):
        of = (col(table.channel) == peer.channel, col(table.account) == peer.account)
        session.exec(update(table).where(*of, col(table.user) == peer.user).values(user=user))
