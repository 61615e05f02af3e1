"""`birge-awards` and what it can do: settings, telemetry, the program."""

import asyncio
import sys

from birge_awards.app import (
    administrator,
    api,
    destroy_sealing_keys,
    rotate_sealing_key,
    worker,
)
from birge_awards.measuring import measured_text
from birge_awards.rotation import RotationRefused
from birge_awards.settings import AwardsSettings
from birge_common.telemetry.setup import setup_telemetry
from birge_common.web.serving import serve

_HAS_ADMINISTRATOR = 3
_USAGE = (
    "Usage: birge-awards api | worker | administrator | rotate-sealing-key KEY_ID | "
    "destroy-sealing-keys | measure"
)
_PROGRAMS = {"api": api, "worker": worker}


def main() -> None:
    """Run the program that the argument names."""
    match sys.argv[1:]:
        case [name] if name in _PROGRAMS:
            _serve(name, AwardsSettings())
        case ["administrator"]:
            _invite_administrator(AwardsSettings())
        case ["rotate-sealing-key", key_id]:
            _rotate_sealing_key(AwardsSettings(), key_id)
        case ["destroy-sealing-keys"]:
            _destroy_sealing_keys(AwardsSettings())
        case ["measure"]:
            sys.stdout.write(f"{measured_text()}\n")
        case _:
            sys.exit(_USAGE)


def _invite_administrator(settings: AwardsSettings) -> None:
    settings.security.require()
    link = asyncio.run(administrator(settings))
    if link is None:
        sys.stderr.write("There is an administrator already, who invites everybody else.\n")
        sys.exit(_HAS_ADMINISTRATOR)
    sys.stdout.write(f"{link}\n")


def _rotate_sealing_key(settings: AwardsSettings, key_id: str) -> None:
    try:
        made = asyncio.run(rotate_sealing_key(settings, key_id))
    except RotationRefused as refused:
        sys.exit(str(refused))
    sys.stdout.write(f"BIRGE_SEALING__PRIVATE_KEYS={made.private_keys}\n")
    sys.stdout.write(f"BIRGE_SEALING__PUBLIC_KEY={made.public_key}\n")
    sys.stderr.write(
        "Give the first line to awards and restart it; only then the second to ingest.\n"
    )


def _destroy_sealing_keys(settings: AwardsSettings) -> None:
    try:
        done = asyncio.run(destroy_sealing_keys(settings))
    except RotationRefused as refused:
        sys.exit(str(refused))
    sys.stdout.write(f"BIRGE_SEALING__PRIVATE_KEYS={done.private_keys}\n")
    said = f"left out: {', '.join(done.key_ids)}" if done.key_ids else "every key is still needed"
    sys.stderr.write(f"Sealing keys: {said}.\n")


def _serve(name: str, settings: AwardsSettings) -> None:
    settings.security.require()
    telemetry = setup_telemetry("awards", settings.telemetry)
    serve(_PROGRAMS[name](settings), settings.http, telemetry)


if __name__ == "__main__":
    main()
