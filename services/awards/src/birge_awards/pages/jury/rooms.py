"""Every page of the jury's rooms."""

from fastapi import APIRouter

from birge_awards.pages.jury.declare_pages import declare_pages
from birge_awards.pages.jury.minutes_pages import minutes_pages
from birge_awards.pages.jury.review_pages import review_pages
from birge_awards.pages.jury.seat_pages import seat_pages
from birge_awards.pages.jury.submission_pages import submission_pages
from birge_awards.pages.jury.tie_pages import tie_pages
from birge_awards.pages.shell import Shell


def jury_pages(shell: Shell) -> APIRouter:
    """What members of juries see and do, and the minutes that come of it."""
    router = APIRouter()
    for pages in (
        seat_pages,
        declare_pages,
        review_pages,
        submission_pages,
        tie_pages,
        minutes_pages,
    ):
        router.include_router(pages(shell))
    return router
