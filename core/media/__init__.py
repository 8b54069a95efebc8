"""Pictures and recordings people send: checked, kept under names of ours, shown only to whoever sent them.

First `checked`, then `Store.put`, then `record` in a transaction; first `find` in one, then `Store.get`. A
file that is in the store without a record is one that nobody can see; the sweep takes it away.
"""

from core.media.kinds import MOST_BYTES, Family, MediaRefused, checked
from core.media.records import (
    CHAT,
    COMPLAINT,
    REFUSED,
    UNFILED_FOR,
    Consent,
    Media,
    UnknownMedia,
    days_kept,
    file,
    find,
    forget,
    known,
    of_customer,
    of_subject,
    over,
    place_of,
    readdress,
    record,
    refile,
    sent,
    take_back,
)
from core.media.stores import FolderStore, NotStored, Store, Stored, StoreFailed, is_id, new_id, probe

__all__ = [
    "CHAT",
    "COMPLAINT",
    "MOST_BYTES",
    "REFUSED",
    "UNFILED_FOR",
    "Consent",
    "Family",
    "FolderStore",
    "Media",
    "MediaRefused",
    "NotStored",
    "Store",
    "StoreFailed",
    "Stored",
    "UnknownMedia",
    "checked",
    "days_kept",
    "file",
    "find",
    "forget",
    "is_id",
    "known",
    "new_id",
    "of_customer",
    "of_subject",
    "over",
    "place_of",
    "probe",
    "readdress",
    "record",
    "refile",
    "sent",
    "take_back",
]
