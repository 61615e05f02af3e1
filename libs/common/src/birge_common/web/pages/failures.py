"""Says in words what a failed page means: what is safe, and what to do next."""

from dataclasses import dataclass
from typing import Any

from fastapi.datastructures import DefaultPlaceholder
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from birge_common.web.pages.catalogues import N_


@dataclass(frozen=True)
class Explanation:
    """Three texts for a reader, translated where they are shown."""

    title: str
    safe: str
    next: str


_NOTHING_CHANGED = N_("Nothing was changed. What was saved before is safe.")

_BY_STATUS = {
    401: Explanation(
        N_("Sign in to go on"), _NOTHING_CHANGED, N_("Sign in, then open this page again.")
    ),
    403: Explanation(
        N_("You may not do this"),
        _NOTHING_CHANGED,
        N_("Go back and open the page anew. If you need this right, ask your administrator."),
    ),
    404: Explanation(
        N_("Page not found"),
        N_("Nothing was lost: there is simply nothing at this address."),
        N_("Check the address, or begin at the start page."),
    ),
    409: Explanation(
        N_("The situation has changed"),
        _NOTHING_CHANGED,
        N_("Go back, open the page anew, look at what is different and decide again."),
    ),
    429: Explanation(
        N_("Too many requests"), _NOTHING_CHANGED, N_("Wait a minute, then try again.")
    ),
    503: Explanation(
        N_("The service is unavailable for now"),
        _NOTHING_CHANGED,
        N_("Wait a few minutes, then try again."),
    ),
}
_OUR_FAULT = Explanation(
    N_("Something went wrong on our side"),
    N_("What was saved before is safe. Your last step may not have been saved."),
    N_("Open the page anew and look whether your last step is there, before you repeat it."),
)
_UNCLEAR = Explanation(
    N_("The request could not be understood"),
    _NOTHING_CHANGED,
    N_("Go back, check what you entered and send it again."),
)


def explanation_of(status: int) -> Explanation:
    """The explanation of an HTTP status from 400 on."""
    return _BY_STATUS.get(status, _OUR_FAULT if status >= 500 else _UNCLEAR)


def is_page(request: Request) -> bool:
    """Whether the client reads HTML, and the route, where there is one, gives it.

    A route of pages says so by `response_class=HTMLResponse` or `RedirectResponse`.
    """
    if "text/html" not in request.headers.get("accept", ""):
        return False
    route: Any = request.scope.get("route")
    if route is None:
        return True
    kind = getattr(route, "response_class", HTMLResponse)
    kind = kind.value if isinstance(kind, DefaultPlaceholder) else kind
    return issubclass(kind, HTMLResponse | RedirectResponse)
