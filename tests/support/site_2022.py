"""The public site over the year 2022, as an application: for browsers and for looking at it."""

from fastapi import FastAPI
from pydantic import SecretStr

from birge_aggregator.app import create_api
from birge_aggregator.outputs.files import FILE_NAMES
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.memory import MemoryEditions, MemoryFindings, MemoryStore
from birge_aggregator.stores.memory_publications import MemoryPublications
from birge_common.security.keys import KeyDirectory
from birge_common.settings import SecuritySettings
from birge_common.testing.clock import ManualClock
from tests.support.edition_2022 import ID, editions_2022
from tests.support.visitors import access_at

_SECRET = "k" * 32


def site_2022() -> FastAPI:
    """One edition is out; nobody is signed in, and nothing is counted beside it."""
    return site_over(editions_2022())


def site_over(editions: MemoryEditions) -> FastAPI:
    """The same over other editions."""
    settings = AggregatorSettings(
        security=SecuritySettings(key_pepper=SecretStr(_SECRET), receipt_key=SecretStr(_SECRET))
    )
    clock = ManualClock()
    return create_api(
        settings,
        store=MemoryStore(),
        findings=MemoryFindings(),
        editions=editions,
        publications=MemoryPublications(bodies={(ID, name): b"..." for name in FILE_NAMES}),
        access=access_at(clock),
        keys=KeyDirectory(_SECRET),
        clock=clock,
    )
