"""Passwords as argon2id, a few at a time: each takes memory and half a core for a moment."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

AT_ONCE = 4
"""Each takes 64 MiB: more at once would let strangers fill the memory."""


class Passwords:
    """Hashes and verifies outside of the event loop."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """The defaults of the library are those of RFC 9106's second recommendation."""
        self._hasher = hasher or PasswordHasher()
        self._some = asyncio.Semaphore(AT_ONCE)
        # Verified for an unknown account, so that it takes as long as a known one's.
        self._nobody = self._hasher.hash("nobody's password")

    async def hashed(self, password: str) -> str:
        """The hash, with parameters and salt."""
        async with self._some:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def is_right(self, password: str, kept: str | None) -> bool:
        """Whether it is the password; without a hash it takes the same time and is not."""
        async with self._some:
            is_same = await asyncio.to_thread(self._verified, password, kept or self._nobody)
        return is_same and bool(kept)

    def _verified(self, password: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except VerificationError:
            return False
