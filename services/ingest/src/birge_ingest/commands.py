"""`birge-ingest partner …`: an administrator gives, takes and lists partners' keys."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn, TypeVar

import typer
from pymongo.errors import PyMongoError

from birge_common.clock import SystemClock
from birge_common.mongo import connect
from birge_common.security.keys import issue_key
from birge_ingest.partner_keys import ScopeError, partner_key
from birge_ingest.ports import PartnerRegistry, SourceTakenError
from birge_ingest.settings import IngestSettings
from birge_ingest.stores.partners import MongoPartnerRegistry

Answer = TypeVar("Answer")

partner_commands = typer.Typer(
    help="Partners' keys. The running service announces each change to every API.",
    no_args_is_help=True,
)


@partner_commands.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The partner; one name may hold several keys")],
    source: Annotated[list[str], typer.Option(help="URI its events come from; may be repeated")],
    region: Annotated[
        list[str] | None, typer.Option(help="Region code it may send for; all by default")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Family of events it may send; all by default")
    ] = None,
) -> None:
    """Make a key and print it, alone, on the last line. It is kept nowhere, so keep it now."""
    settings = _settings()
    issued = issue_key(
        settings.security.environment, settings.security.key_pepper.get_secret_value()
    )
    try:
        key = partner_key(
            issued,
            name,
            sources=source,
            regions=region or (),
            kinds=kind or (),
            now=SystemClock().now(),
        )
        _with_registry(settings, lambda registry: registry.register(key))
    except ScopeError as error:
        _fail(str(error))
    except SourceTakenError as error:
        _fail(
            f"The source {error.source} is registered to another partner. Use that partner's name "
            "for a second key, or another source."
        )
    typer.echo(
        f"Key {key.key_id} of {name} for {', '.join(key.sources)}; regions: "
        f"{', '.join(key.regions or ['all'])}; kinds: {', '.join(key.kinds or ['all'])}.\n"
        "It is shown this once. Revoke it with: birge-ingest partner revoke " + key.key_id,
        err=True,
    )
    typer.echo(issued.text)


@partner_commands.command("add-all")
def add_all() -> None:
    """Make a key for each partner on standard input; print the keys, one a line, in their order.

    A line is JSON: {"name": …, "sources": […], "regions": […], "kinds": […]}; without regions or
    kinds a key covers all. A line that fails ends it; keys printed before it stand.
    """
    settings = _settings()

    async def register_all(registry: PartnerRegistry) -> None:
        for line in filter(str.strip, sys.stdin):
            wanted = json.loads(line)
            issued = issue_key(
                settings.security.environment, settings.security.key_pepper.get_secret_value()
            )
            key = partner_key(
                issued,
                wanted["name"],
                sources=wanted["sources"],
                regions=wanted.get("regions") or (),
                kinds=wanted.get("kinds") or (),
                now=SystemClock().now(),
            )
            await registry.register(key)
            typer.echo(issued.text)

    try:
        _with_registry(settings, register_all)
    except ScopeError as error:
        _fail(str(error))
    except SourceTakenError as error:
        _fail(f"The source {error.source} is registered to another partner.")
    except (ValueError, KeyError, TypeError):
        _fail("Each line is a JSON object with name and sources.")


@partner_commands.command("revoke")
def revoke(
    key_id: Annotated[str, typer.Argument(help="Key id, from `partner list` or inside the key")],
) -> None:
    """Revoke a key: within seconds it is refused everywhere. What it sent stays counted."""
    revoked = _with_registry(_settings(), lambda registry: registry.revoke(key_id))
    if revoked is None:
        _fail("There is no key of this id; `birge-ingest partner list` shows all.")
    typer.echo(f"Key {revoked.key_id} of {revoked.name} is revoked.", err=True)


@partner_commands.command("list")
def list_keys() -> None:
    """List all keys: id, state, partner, sources, regions, kinds; tabs between them."""
    for key in _with_registry(_settings(), lambda registry: registry.keys()):
        columns = [
            key.key_id,
            key.state,
            key.name,
            ",".join(key.sources),
            ",".join(key.regions or ["all"]),
            ",".join(key.kinds or ["all"]),
            key.registered_at.isoformat(timespec="seconds"),
        ]
        typer.echo("\t".join(columns))


def _settings() -> IngestSettings:
    settings = IngestSettings()
    settings.security.require()
    return settings


def _with_registry(
    settings: IngestSettings, action: Callable[[PartnerRegistry], Awaitable[Answer]]
) -> Answer:
    async def run() -> Answer:
        client = connect(settings.mongo)
        try:
            return await action(MongoPartnerRegistry(client, settings.database))
        finally:
            client.close()

    try:
        return asyncio.run(run())
    except PyMongoError as error:
        _fail(f"MongoDB does not answer ({type(error).__name__}); nothing was changed.")


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
