"""The second factor: codes by time (RFC 6238) and, where the device is lost, recovery codes."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from io import BytesIO
from urllib.parse import quote, urlencode

import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

DIGITS, STEP_SECONDS, SECRET_BYTES = 6, 30, 20
STEPS_OFF = 1
"""A device may be so many steps ahead or behind."""
RECOVERY_CODES = 10
_NONCE_BYTES = 12
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No sign that is taken for another."""
ISSUER = "Birge"


class SecretBox:
    """Seals the secrets of second factors, so that a copy of the database gives no codes."""

    def __init__(self, pepper: str) -> None:
        """`pepper` is the deployment's secret that digests of keys are made with as well."""
        self._cipher = AESGCM(hashlib.sha256(b"birge second factor|" + pepper.encode()).digest())
        self._pepper = pepper.encode()

    def new(self, person: str) -> bytes:
        """A new secret, sealed for this person alone."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        secret = secrets.token_bytes(SECRET_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret, person.encode())

    def open(self, sealed: bytes, person: str) -> bytes:
        """The secret. Raises ValueError where the pepper is another one."""
        nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, text, person.encode())
        except InvalidTag as error:
            raise ValueError("the secret was sealed with another pepper") from error

    def token(self, purpose: str) -> str:
        """256 bits that are the same each time for this deployment, and nobody else's to guess."""
        said = hmac.digest(self._pepper, b"birge token|" + purpose.encode(), "sha256")
        return base64.urlsafe_b64encode(said).decode().rstrip("=")


def is_of_a_device(code: str) -> bool:
    """Whether it looks like a device's code; others may be recovery codes."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def counter_of(secret: bytes, code: str, now: datetime, after: int) -> int | None:
    """The step that a code belongs to, if it is right, near now, and later than `after`."""
    if not is_of_a_device(code):
        return None
    hotp = HOTP(secret, DIGITS, SHA1())
    step = int(now.timestamp()) // STEP_SECONDS
    for counter in range(max(step - STEPS_OFF, after + 1), step + STEPS_OFF + 1):
        try:
            hotp.verify(code.encode(), counter)
        except InvalidToken:
            continue
        return counter
    return None


def code_at(secret: bytes, now: datetime) -> str:
    """The code that a device shows, for commands and tests that stand in for one."""
    counter = int(now.timestamp()) // STEP_SECONDS
    return HOTP(secret, DIGITS, SHA1()).generate(counter).decode()


def address_for_devices(secret: bytes, name: str) -> str:
    """The `otpauth:` address that authenticator apps read."""
    label = quote(f"{ISSUER}:{name}")
    return f"otpauth://totp/{label}?" + urlencode({"secret": as_text(secret), "issuer": ISSUER})


def as_text(secret: bytes) -> str:
    """The secret to be typed where no picture can be read."""
    return base64.b32encode(secret).decode()


def picture_of(address: str) -> str:
    """A QR code as an SVG element, to stand in a page."""
    drawn = BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=4, xmldecl=False, svgns=False, dark="#000", light="#fff"
    )
    return drawn.getvalue().decode()


def new_recovery_codes() -> list[str]:
    """Codes to be kept on paper; each works once instead of a device's code."""
    return [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_digest(code: str, person: str) -> str:
    """What is kept of a recovery code; 49 random bits, bound to the person."""
    said = code.strip().lower().encode()
    return hashlib.scrypt(said, salt=person.encode(), n=2**12, r=8, p=1, dklen=16).hex()
