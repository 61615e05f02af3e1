"""`birge-ingest api | partner …`: settings, then telemetry, then the program."""

import typer

from birge_ingest.commands import partner_commands
from birge_ingest.settings import IngestSettings

program = typer.Typer(
    help="The public door of Birge.", no_args_is_help=True, pretty_exceptions_enable=False
)
program.add_typer(partner_commands, name="partner")


@program.command("api")
def api() -> None:
    """Serve the door until it is told to stop."""
    # The partner commands need none of this, and answer sooner without it.
    from birge_common.telemetry.setup import setup_telemetry
    from birge_common.web.serving import serve
    from birge_ingest.app import ingest_app

    settings = IngestSettings()
    settings.security.require()
    telemetry = setup_telemetry("ingest", settings.telemetry)
    serve(ingest_app(settings), settings.http, telemetry)


def main() -> None:
    """Run the program that the arguments name."""
    program()


if __name__ == "__main__":
    main()
