"""`GET /v1/receipts/{receipt}`: what a receipt says."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from birge_common.security.bearer import authenticated_partner
from birge_common.security.keys import RECEIPTS_READ, Partner
from birge_common.security.receipts import ReceiptSigner
from birge_common.web.guards import query_parameters
from birge_common.web.problems import Problem
from birge_ingest.api.models import ReceiptContent
from birge_ingest.api.problems import documented


def receipts_router(signer: ReceiptSigner) -> APIRouter:
    """Receipts are read, not looked up: they hold everything, signed."""
    router = APIRouter(tags=["receipts"])

    @router.get(
        "/v1/receipts/{receipt}",
        summary="Read a receipt",
        response_model=ReceiptContent,
        responses=documented([400, 401, 403, 404, 405, 431, 500]),
    )
    async def read_receipt(
        request: Request,
        receipt: str,
        partner: Annotated[Partner, Depends(authenticated_partner(RECEIPTS_READ))],
    ) -> dict[str, Any]:
        """Where the log holds the event. What became of it, the statistics API answers."""
        query_parameters(request, ())
        content = signer.read(receipt)
        # A foreign receipt and one that never was get the same answer along the same way.
        if content is None or content.source not in partner.sources:
            raise Problem(404, "not_found", "No receipt of yours reads like this.")
        return asdict(content)

    return router
