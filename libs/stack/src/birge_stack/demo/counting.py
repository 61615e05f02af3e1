"""Waits until everything in the log is counted, by the positions that answers are as of."""

import time

from birge_stack.errors import StackError
from birge_stack.replay.run import progress_bar
from birge_stack.verify.log import LogReader
from birge_stack.verify.statistics_api import StatisticsApi

PAUSE_SECONDS = 0.2
STALL_SECONDS = 60.0


def wait_until_counted(api: StatisticsApi, log: LogReader) -> int:
    """Return the number of records once all that were in the log at the start are counted.

    Raises StackError when counting makes no progress for a minute.
    """
    ends = log.ends()
    whole = sum(ends.values())
    moved_at, done = time.monotonic(), -1
    with progress_bar() as bar:
        task = bar.add_task("counted", total=whole)
        while done < whole:
            positions = api.positions()
            counted = sum(min(positions.get(at, 0), end) for at, end in ends.items())
            if counted > done:
                moved_at, done = time.monotonic(), counted
                bar.update(task, completed=counted)
            elif time.monotonic() - moved_at > STALL_SECONDS:
                raise StackError(f"counting stands still at {counted:,} of {whole:,} records")
            if done < whole:
                time.sleep(PAUSE_SECONDS)
    return whole
