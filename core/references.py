"""Short names that people read aloud, type and are known by: of a visit, of a friend's code."""

import secrets

LETTERS = "BCFGJKMNQRSVXZ"
"""Nothing that is mistaken for a digit, and no vowel: no name of a month, a day or anything rude comes about.
Nor D, H, P, T, W and Y: `3RD`, `6H`, `2P`, `T8`, `WKND` and `BY5` are times."""
SIGNS = "23456789" + LETTERS
LENGTH = 6


def draw() -> str:
    """Six signs by chance, a letter first: neither a number nor a word nor a time somebody may mean."""
    return secrets.choice(LETTERS) + "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
