"""The store of findings in memory keeps the promises of every such store."""

from tests.suites.findings_store import FindingsStoreSuite


class TestMemoryFindings(FindingsStoreSuite):
    """On the store that the API's tests use."""
