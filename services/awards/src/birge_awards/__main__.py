"""`birge-awards api | worker | administrator | measure`: settings, telemetry, the program."""

import asyncio
import sys

from birge_awards.app import administrator, api, worker
from birge_awards.measuring import measured_text
from birge_awards.settings import AwardsSettings
from birge_common.telemetry.setup import setup_telemetry
from birge_common.web.serving import serve

_HAS_ADMINISTRATOR = 3
_PROGRAMS = {"api": api, "worker": worker}


def main() -> None:
    """Run the program that the argument names."""
    match sys.argv[1:]:
        case [name] if name in _PROGRAMS:
            _serve(name, AwardsSettings())
        case ["administrator"]:
            _invite_administrator(AwardsSettings())
        case ["measure"]:
            sys.stdout.write(f"{measured_text()}\n")
        case _:
            sys.exit("Usage: birge-awards api | worker | administrator | measure")


def _invite_administrator(settings: AwardsSettings) -> None:
    settings.security.require()
    link = asyncio.run(administrator(settings))
    if link is None:
        sys.stderr.write("There is an administrator already, who invites everybody else.\n")
        sys.exit(_HAS_ADMINISTRATOR)
    sys.stdout.write(f"{link}\n")


def _serve(name: str, settings: AwardsSettings) -> None:
    settings.security.require()
    telemetry = setup_telemetry("awards", settings.telemetry)
    serve(_PROGRAMS[name](settings), settings.http, telemetry)


if __name__ == "__main__":
    main()
