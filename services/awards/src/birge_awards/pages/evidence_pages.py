"""Evidence files, for those who read the nomination: the region's managers and its own jurors."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_awards.domain.nominees.evidence import Attached, attached
from birge_awards.handlers.evidence import Evidence
from birge_awards.pages.console.action_pages import SignedIn
from birge_awards.pages.jury.review import review_of
from birge_awards.pages.shell import Shell


def evidence_pages(shell: Shell, evidence: Evidence) -> APIRouter:
    """`…/evidence/{file}` below a nomination, and below what a juror reads."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/awards/nominations/{nomination}/evidence/{file}")
    async def of_nomination(nomination: str, file: str, person: SignedIn) -> Response:
        opened = await shell.desk.nominations.opened(nomination, shell.desk.manager(person))
        files = attached(opened.personal.evidence) if opened.personal else []
        return await _download(evidence, files, file)

    @router.get("/awards/cycles/{cycle}/panels/{panel}/seat/reviews/{nominee}/evidence/{file}")
    async def of_review(request: Request, nominee: str, file: str, person: SignedIn) -> Response:
        review = await review_of(shell, request, person)
        text = await shell.reading.text(review.room.held, nominee, person.id)
        return await _download(evidence, list(text.files), file)

    return router


async def _download(evidence: Evidence, files: list[Attached], file: str) -> Response:
    """To be saved and not shown: nothing that a stranger sent is run within our pages."""
    opened = await evidence.open(files, file)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(opened.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(opened.body, media_type=opened.media_type, headers=headers)
