"""A door without a past for each test, and traces that can be looked at."""

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.support.door import DoorUnderTest

_EXPORTER = InMemorySpanExporter()


@pytest.fixture(scope="session", autouse=True)
def _tracing() -> None:
    """A provider can be set once a process."""
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        provider = TracerProvider()
        trace.set_tracer_provider(provider)
    provider.add_span_processor(SimpleSpanProcessor(_EXPORTER))


@pytest.fixture
def spans() -> InMemorySpanExporter:
    _EXPORTER.clear()
    return _EXPORTER


@pytest.fixture(scope="session")
def _built() -> DoorUnderTest:
    return DoorUnderTest()


@pytest.fixture
def door(_built: DoorUnderTest) -> DoorUnderTest:
    """Building an application takes longer than most tests, so one is emptied and used again."""
    _built.clear()
    return _built
