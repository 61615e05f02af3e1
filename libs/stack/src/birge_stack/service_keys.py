"""The secrets of one home, made once: what services digest keys and sign receipts with."""

import json
import os
import secrets
from collections.abc import Mapping

from birge_stack.errors import StackError
from birge_stack.home import Home

SETTINGS = ("BIRGE_SECURITY__KEY_PEPPER", "BIRGE_SECURITY__RECEIPT_KEY")
SECRET_BYTES = 32


def service_keys(home: Home) -> Mapping[str, str]:
    """The secrets as environment variables; losing the file would void every key and receipt."""
    home.root.mkdir(parents=True, exist_ok=True)
    if not home.secrets_file.exists():
        _write_new(home)
    try:
        kept = json.loads(home.secrets_file.read_text("ascii"))
        return {name: str(kept[name]) for name in SETTINGS}
    except (ValueError, KeyError, TypeError) as error:
        raise StackError(
            f"{home.secrets_file} is damaged; `birge reset` makes a new one"
        ) from error


def _write_new(home: Home) -> None:
    made = json.dumps({name: secrets.token_hex(SECRET_BYTES) for name in SETTINGS}, indent=2)
    draft = home.root / f".secrets-{os.getpid()}.json"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(made)
    try:
        # A link, unlike a rename, never replaces the file that another process made meanwhile.
        os.link(draft, home.secrets_file)
    except FileExistsError:
        return
    finally:
        draft.unlink()
