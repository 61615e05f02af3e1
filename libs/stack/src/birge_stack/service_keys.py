"""The secrets of one home, made once: what services digest, sign, seal and open with."""

import fcntl
import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from birge_common.security.sealing import new_sealing_pair
from birge_common.transparency.note import new_signer
from birge_stack.audit.places import KEY_SUFFIX
from birge_stack.errors import StackError
from birge_stack.home import Home

KEY_PEPPER, RECEIPT_KEY = "BIRGE_SECURITY__KEY_PEPPER", "BIRGE_SECURITY__RECEIPT_KEY"
PUBLIC_KEY, PRIVATE_KEYS = "BIRGE_SEALING__PUBLIC_KEY", "BIRGE_SEALING__PRIVATE_KEYS"
LOG_KEY, VAULT_KEY = "BIRGE_AWARDS__LOG_KEY", "BIRGE_AWARDS__VAULT_KEY"
SECRET_BYTES = 32
AWARDS_LOG = "awards"

# What each program may know: the door seals, the awards service alone opens.
OF_PARTNERS = (KEY_PEPPER, RECEIPT_KEY)
OF_THE_DOOR = (*OF_PARTNERS, PUBLIC_KEY)
OF_AWARDS = (*OF_PARTNERS, PRIVATE_KEYS, LOG_KEY, VAULT_KEY)


def service_keys(home: Home, wanted: Collection[str]) -> Mapping[str, str]:
    """Those secrets as environment variables; losing the file would void every key and receipt."""
    home.root.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        if not home.secrets_file.exists():
            _write(home, _new_secrets())
        kept = _completed(home, _read(home))
    try:
        return {name: kept[name] for name in wanted}
    except KeyError as error:
        raise _damaged(home) from error


def replace_service_keys(home: Home, changed: Mapping[str, str]) -> None:
    """Keep these secrets in place of those of the same name; services read them when they start."""
    with _alone(home):
        _write(home, {**_read(home), **changed})


def _completed(home: Home, kept: dict[str, str]) -> dict[str, str]:
    """The secrets with those that an older home lacks: all of a group, or none."""
    made = dict(kept)
    for names, new in (({PUBLIC_KEY, PRIVATE_KEYS}, _new_pair), ({LOG_KEY, VAULT_KEY}, _new_award)):
        if not names & kept.keys():
            made |= new(home)
        elif not names <= kept.keys():
            raise _damaged(home)
    if made != kept:
        _write(home, made)
    return made


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Hold the home's folder: of two processes at once, the second finds what the first made."""
    folder = os.open(home.root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _read(home: Home) -> dict[str, str]:
    try:
        kept = json.loads(home.secrets_file.read_text("ascii"))
        return {name: str(kept[name]) for name in (*OF_PARTNERS, *(kept.keys() - OF_PARTNERS))}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(home) from error


def _damaged(home: Home) -> StackError:
    return StackError(f"{home.secrets_file} is damaged; `birge reset` makes a new one")


def _new_secrets() -> dict[str, str]:
    return {name: secrets.token_hex(SECRET_BYTES) for name in OF_PARTNERS}


def _new_award(home: Home) -> dict[str, str]:
    """The key of the log of acts, its public half put where `birge audit` looks, and the vault's.

    The public half comes first: a log whose verifier is missing could not be checked.
    """
    signer = new_signer(f"birge.local/{AWARDS_LOG}")
    published = home.root / "audit-keys" / f"{AWARDS_LOG}{KEY_SUFFIX}"
    published.parent.mkdir(exist_ok=True)
    published.write_text(f"{signer.verifier}\n", "ascii")
    return {LOG_KEY: signer.secret(), VAULT_KEY: secrets.token_hex(SECRET_BYTES)}


def _new_pair(_home: Home) -> dict[str, str]:
    public, private = new_sealing_pair(secrets.token_hex(4))
    return {PUBLIC_KEY: str(public), PRIVATE_KEYS: private}


def _write(home: Home, made: Mapping[str, str]) -> None:
    """Replace the file whole; nobody else can read it at any moment."""
    draft = home.root / f".secrets-{os.getpid()}.json"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(made, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, home.secrets_file)
