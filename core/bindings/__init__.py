"""One person on several channels: their accounts become one customer by proof, and can be parted again."""

from core.bindings.merging import MergedFurther, MergeUndone, TwoVerified, has_own, latest, undo
from core.bindings.offers import (
    Bound,
    CodeExpired,
    CodeUsed,
    SameCustomer,
    TooManyTries,
    WrongCode,
    bind,
    offer,
    verify,
)
from core.bindings.proofs import bind_proven
from core.bindings.tables import LASTS, MOST_TRIES, BindingOffer, BindingTry, Merge, Offer

__all__ = [
    "LASTS",
    "MOST_TRIES",
    "BindingOffer",
    "BindingTry",
    "Bound",
    "CodeExpired",
    "CodeUsed",
    "Merge",
    "MergeUndone",
    "MergedFurther",
    "Offer",
    "SameCustomer",
    "TooManyTries",
    "TwoVerified",
    "WrongCode",
    "bind",
    "bind_proven",
    "has_own",
    "latest",
    "offer",
    "undo",
    "verify",
]
