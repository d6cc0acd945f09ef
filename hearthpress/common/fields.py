"""The few column kinds that many packages share."""

import secrets

# Crockford's base 32 without look-alikes: fit to be read aloud and typed.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 12


def public_id() -> str:
    """A random name for a row, fit for a URL: 60 bits, so that nobody finds a neighbour by counting."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
