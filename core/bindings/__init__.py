"""One person on several channels: their accounts become one customer by proof, and can be parted again."""

from core.bindings.hiding import HIDDEN, sweep
from core.bindings.merging import MergedFurther, MergeUndone, TwoVerified, has_own, latest, recent, undo
from core.bindings.offers import (
    Bound,
    CodeExpired,
    CodeUsed,
    SameCustomer,
    WrongCode,
    bind,
    is_token,
    offer,
    verify,
)
from core.bindings.proofs import bind_proven
from core.bindings.readdressing import readdress
from core.bindings.sharing import ProofGone, ask_once, bind_by_phone, find_same_phone
from core.bindings.tables import (
    LASTS,
    MOST_TRIES,
    BindingOffer,
    BindingQuestion,
    BindingTry,
    Merge,
    Offer,
    Proof,
    Split,
)
from core.bindings.tries import TooManyTries

__all__ = [
    "HIDDEN",
    "LASTS",
    "MOST_TRIES",
    "BindingOffer",
    "BindingQuestion",
    "BindingTry",
    "Bound",
    "CodeExpired",
    "CodeUsed",
    "Merge",
    "MergeUndone",
    "MergedFurther",
    "Offer",
    "Proof",
    "ProofGone",
    "SameCustomer",
    "Split",
    "TooManyTries",
    "TwoVerified",
    "WrongCode",
    "ask_once",
    "bind",
    "bind_by_phone",
    "bind_proven",
    "find_same_phone",
    "has_own",
    "is_token",
    "latest",
    "offer",
    "readdress",
    "recent",
    "sweep",
    "undo",
    "verify",
]
