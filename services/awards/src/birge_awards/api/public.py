"""What programs read without an account: the laureates, once they are published."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Response

from birge_awards.domain.cycle.policy import policy_hash
from birge_awards.handlers.laureates import Laureates, PublicLaureate

CACHED_SECONDS = 60


@dataclass(frozen=True)
class LaureatesView:
    """A published cycle; `minutes` is the hash that the commission signed.

    It signs none where two people signed why there is no national award: `no_award` is the reason.
    """

    cycle: str
    policy: str
    minutes: str | None
    no_award: str | None
    laureates: Sequence[PublicLaureate]


def public_router(laureates: Laureates) -> APIRouter:
    """`GET /v1/awards/cycles/{cycle}/laureates`."""
    router = APIRouter(prefix="/v1/awards", tags=["public"])

    @router.get("/cycles/{cycle}/laureates")
    async def published(cycle: str, response: Response) -> LaureatesView:
        """The laureates from the moment of publication on; 404 `no_cycle` before it."""
        found = await laureates.published(cycle)
        assert found.policy is not None, "a published cycle has a policy"
        assert found.decision is not None, "and a decision"
        response.headers["Cache-Control"] = f"public, max-age={CACHED_SECONDS}"
        several = await laureates.of(found)
        minutes = found.decision.minutes
        reason = found.no_award.reason if found.no_award and minutes is None else None
        return LaureatesView(found.id, policy_hash(found.policy), minutes, reason, several)

    return router
