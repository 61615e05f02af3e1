"""The store in memory keeps the promises of every counting store."""

from tests.suites.counting_store import CountingStoreSuite


class TestMemoryStore(CountingStoreSuite):
    """The `store` fixture of this folder is the memory store."""
