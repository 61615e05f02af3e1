"""Puts the pages of the awards together; the only module that knows all of them."""

from collections.abc import Collection, Mapping
from pathlib import Path

from fastapi import FastAPI

from birge_awards.desk import Desk
from birge_awards.handlers.reading import Reading
from birge_awards.pages.console.cycle_pages import cycles_pages
from birge_awards.pages.shell import PersonNames, Shell
from birge_common.web.pages.assets import assets_router
from birge_common.web.pages.rendering import Pages

HERE = Path(__file__).parent
PARTS = ("console",)
"""Folders that hold modules, templates and catalogues of their own."""


def pages_of_awards() -> Pages:
    """Templates and texts, read once."""
    folders = [HERE / part for part in PARTS]
    return Pages(
        [one / "templates" for one in folders],
        [HERE / "locale", *(one / "locale" for one in folders)],
    )


async def no_names(_ids: Collection[str]) -> Mapping[str, str]:
    """Nobody's name is known."""
    return {}


def install_pages(
    app: FastAPI, pages: Pages, desk: Desk, reading: Reading, names: PersonNames
) -> None:
    """Add every page to the application."""
    shell = Shell(pages, desk, reading, names)
    app.include_router(assets_router())
    app.include_router(cycles_pages(shell))
