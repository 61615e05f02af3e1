"""Puts the pages of the awards together; the only module that knows all of them."""

from functools import cache
from pathlib import Path

from fastapi import FastAPI

from birge_awards.pages.console.audit_pages import audit_pages
from birge_awards.pages.console.cycle_pages import cycles_pages
from birge_awards.pages.console.member_pages import member_pages
from birge_awards.pages.console.nomination_pages import nomination_pages
from birge_awards.pages.console.panel_pages import panel_pages
from birge_awards.pages.console.policy_pages import policy_pages
from birge_awards.pages.console.result_pages import result_pages
from birge_awards.pages.evidence_pages import evidence_pages
from birge_awards.pages.jury.rooms import jury_pages
from birge_awards.pages.public.calendar_pages import calendar_pages
from birge_awards.pages.public.laureate_pages import laureate_pages
from birge_awards.pages.public.nominate_pages import PublicForm, nominate_pages
from birge_awards.pages.shell import Shell
from birge_awards.pages.start import start_pages
from birge_awards.vault import Vault
from birge_common.access.pages import CATALOGUES, TEMPLATES
from birge_common.web.pages.assets import assets_router
from birge_common.web.pages.rendering import Pages

HERE = Path(__file__).parent
PARTS = ("console", "jury", "public")
"""Folders that hold modules, templates and catalogues of their own."""


@cache
def pages_of_awards() -> Pages:
    """Templates and texts, read once."""
    parts = [HERE / part for part in PARTS]
    return Pages(
        [TEMPLATES, *(one / "templates" for one in parts)],
        [CATALOGUES, *(one / "locale" for one in (HERE, *parts))],
    )


def install_pages(
    app: FastAPI,
    shell: Shell,
    *,
    vault: Vault,
    public_form: PublicForm,
) -> None:
    """Add every page to the application."""
    app.include_router(assets_router())
    app.include_router(start_pages())
    for part in (
        cycles_pages,
        policy_pages,
        result_pages,
        panel_pages,
        nomination_pages,
        jury_pages,
        laureate_pages,
        calendar_pages,
        audit_pages,
    ):
        app.include_router(part(shell))
    app.include_router(member_pages(shell, vault))
    app.include_router(nominate_pages(public_form))
    app.include_router(evidence_pages(shell, public_form.submissions.evidence))
