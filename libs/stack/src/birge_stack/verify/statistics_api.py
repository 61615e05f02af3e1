"""The aggregator's statistics as a program with a key reads them."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from birge_stack.errors import StackError

TIMEOUT_SECONDS = 30.0

Answer = Mapping[str, Any]
Positions = dict[tuple[str, int], int]


class StatisticsApi:
    """One connection to the API; use it as a context."""

    def __init__(self, url: str, key: str) -> None:
        self._client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def table(self, name: str, query: Mapping[str, str]) -> Answer:
        """The answer to one question; raises StackError where there is none."""
        try:
            answer = self._client.get(f"/v1/statistics/{name}", params=dict(query))
        except httpx.HTTPError as error:
            raise StackError(f"the statistics API does not answer: {error!r}") from error
        if answer.status_code != httpx.codes.OK:
            raise StackError(f"{answer.url} answered {answer.status_code}: {answer.text[:300]}")
        found: Answer = answer.json()
        return found

    def positions(self) -> Positions:
        """How far the log is counted now."""
        return positions_of(self.table("hours", {"period": "2022"}))


def positions_of(answer: Answer) -> Positions:
    """The positions that an answer is as of: the next offset to be counted, by partition."""
    return {
        (topic, int(partition)): offset
        for topic, partitions in answer["as_of"]["positions"].items()
        for partition, offset in partitions.items()
    }
