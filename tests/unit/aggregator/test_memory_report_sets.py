"""The store in memory gives the report sets that every store gives."""

from tests.suites.report_sets_store import ReportSetsSuite


class TestMemoryReportSets(ReportSetsSuite):
    """The `store` fixture of this folder is the memory store."""
