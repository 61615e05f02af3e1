"""A session as the server keeps it: the cookie holds a random token, the store its digest alone."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE_TERM, WHOLE_TERM = timedelta(minutes=30), timedelta(hours=12)
SEEN_AFTER = timedelta(minutes=1)
"""A session's last use is written down no more often than this."""
_TOKEN_BYTES = 32


@dataclass(frozen=True)
class Session:
    """Somebody's session by the digest of its token."""

    id: str
    person: str
    signed_in_at: datetime
    seen_at: datetime
    stepped_up_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it is neither idle for too long nor too old (ASVS 7.3)."""
        return now - self.seen_at < IDLE_TERM and now - self.signed_in_at < WHOLE_TERM


def new_token() -> str:
    """256 random bits as text: a session, an invitation."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def digest_of(token: str) -> str:
    """What is kept of a token: it cannot be turned back, and is long enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token_of(token: str) -> str:
    """What forms of this session carry; it tells nothing of the session's own token."""
    return hmac.digest(token.encode(), b"birge csrf", "sha256").hex()
