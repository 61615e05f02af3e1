"""`python -m birge_awards.openapi [--check]`: docs/openapi-awards.json."""

import sys
from pathlib import Path

from fastapi import FastAPI
from pydantic import SecretStr

from birge_awards.app import access_over, create_api
from birge_awards.mailing import FolderMail
from birge_awards.settings import AwardSettings, AwardsSettings
from birge_awards.stores.evidence_memory import MemoryEvidenceStore
from birge_awards.stores.form_memory import MemoryDraftStore
from birge_awards.stores.memory import MemoryAwardsStore
from birge_common.access.stores.failures_memory import MemoryFailures
from birge_common.access.stores.memory import MemoryPeopleStore
from birge_common.clock import SystemClock
from birge_common.security.keys import KeyDirectory
from birge_common.web.openapi import write_or_check

PATH = Path(__file__).resolve().parents[4] / "docs" / "openapi-awards.json"


def documented_app() -> FastAPI:
    """The API over nothing: only its routes matter here."""
    settings = AwardsSettings(awards=AwardSettings(vault_key=SecretStr("documented" * 4)))
    clock = SystemClock()
    return create_api(
        settings,
        MemoryAwardsStore(),
        access=access_over(settings, MemoryPeopleStore(), clock, MemoryFailures()),
        drafts=MemoryDraftStore(),
        evidence_files=MemoryEvidenceStore(),
        mail=FolderMail(settings.awards.mail_folder),
        keys=KeyDirectory(""),
        clock=clock,
    )


if __name__ == "__main__":
    write_or_check(documented_app(), PATH, sys.argv[1:])
