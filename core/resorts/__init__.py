"""Ways of last resort: an e-mail or a text message, where somebody can be written to in no chat any more.

They only carry news: nobody answers there. So they are no accounts of a person's (`core.identities`), and
nothing goes that way that could be said in a chat. What did go is kept, with what it cost.
"""

from core.resorts.tables import AddressCode, Notification, NotifyAddress, RefusalLink

__all__ = ["AddressCode", "Notification", "NotifyAddress", "RefusalLink"]
