"""The public site over the year 2022, as an application: for browsers and for looking at it."""

from fastapi import FastAPI
from pydantic import SecretStr

from birge_aggregator.app import access_over, create_api
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.memory import MemoryFindings, MemoryStore
from birge_aggregator.stores.memory_publications import MemoryPublications
from birge_common.access.stores.memory import MemoryPeopleStore
from birge_common.security.keys import KeyDirectory
from birge_common.settings import SecuritySettings
from birge_common.testing.clock import ManualClock
from tests.support.edition_2022 import editions_2022

_SECRET = "k" * 32


def site_2022() -> FastAPI:
    """One edition is out; nobody is signed in, and nothing is counted beside it."""
    settings = AggregatorSettings(
        security=SecuritySettings(key_pepper=SecretStr(_SECRET), receipt_key=SecretStr(_SECRET))
    )
    clock = ManualClock()
    return create_api(
        settings,
        store=MemoryStore(),
        findings=MemoryFindings(),
        editions=editions_2022(),
        publications=MemoryPublications(),
        access=access_over(settings, MemoryPeopleStore(), clock),
        keys=KeyDirectory(_SECRET),
        clock=clock,
    )
