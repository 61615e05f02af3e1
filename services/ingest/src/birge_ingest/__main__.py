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
    import uvicorn

    from birge_common.telemetry.setup import setup_telemetry
    from birge_common.web.protocol import GuardedHttpProtocol
    from birge_ingest.app import ingest_app

    settings = IngestSettings()
    settings.security.require()
    telemetry = setup_telemetry("ingest", settings.telemetry)
    try:
        uvicorn.run(
            ingest_app(settings),
            host=settings.http.host,
            port=settings.http.port,
            loop="uvloop",
            http=GuardedHttpProtocol,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            # An address that any client can write into a header is no address.
            proxy_headers=False,
            timeout_graceful_shutdown=7,
        )
    finally:
        telemetry.shutdown()


def main() -> None:
    """Run the program that the arguments name."""
    program()


if __name__ == "__main__":
    main()
