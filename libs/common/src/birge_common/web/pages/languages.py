"""Which of the three languages a request is answered in, and how a reader changes it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

Language: TypeAlias = Literal["kk", "ru", "en"]

LANGUAGES: dict[Language, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
COOKIE = "birge_language"
PARAMETER = "language"
_YEAR_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Choice:
    """A language of the switch: its code, its own name, and this page's address in it."""

    code: Language
    name: str
    address: str
    is_current: bool


def language_of(request: Request) -> Language:
    """The address's language, else the cookie's, else the browser's first known one, else kk."""
    wanted = (request.query_params.get(PARAMETER), request.cookies.get(COOKIE))
    accepted = _accepted(request.headers.get("accept-language", ""))
    return next((known for each in (*wanted, *accepted) if (known := _known(each))), "kk")


def choices(request: Request) -> list[Choice]:
    """The switch in the header: the same address, with everything else that it says kept."""
    current = language_of(request)
    address = request.url.replace(scheme="", netloc="")
    return [
        Choice(code, name, str(address.include_query_params(language=code)), code == current)
        for code, name in LANGUAGES.items()
    ]


def remember_choice(request: Request, response: Response) -> None:
    """Keep for a year what the address chose; a language only negotiated is not kept."""
    chosen = _known(request.query_params.get(PARAMETER))
    if chosen is not None:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=_YEAR_SECONDS,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


def _known(code: str | None) -> Language | None:
    return next((known for known in LANGUAGES if known == code), None)


def _accepted(header: str) -> list[str]:
    """The header's languages without their countries, best first (RFC 9110, 12.5.4)."""
    weighed = [(_weight(each), each.split(";")[0].strip()) for each in header.split(",")]
    ordered = sorted(weighed, key=lambda pair: -pair[0])
    return [name.split("-")[0].lower() for weight, name in ordered if weight > 0]


def _weight(item: str) -> float:
    _, _, quality = item.replace(" ", "").partition(";q=")
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
