"""Renders a service's templates inside the shell, in the reader's language."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from birge_common.web.pages.assets import assets_in
from birge_common.web.pages.catalogues import Texts, texts_of
from birge_common.web.pages.failures import explanation_of, is_page
from birge_common.web.pages.formats import Formats
from birge_common.web.pages.headers import add_safe_headers
from birge_common.web.pages.languages import (
    LANGUAGES,
    Language,
    choices,
    language_of,
    remember_choice,
)
from birge_common.web.problems import trace_id_of

HERE = Path(__file__).parent
TEMPLATES, CATALOGUES = HERE / "templates", HERE / "locale"


class Pages:
    """The pages of one service; everything is read at the start, and never again.

    `templates` and `catalogues` are the service's own folders, `assets` those of further style
    sheets and scripts. A catalogue folder holds `kk.po` and `ru.po`.
    """

    def __init__(
        self,
        templates: Sequence[Path] = (),
        catalogues: Sequence[Path] = (),
        *,
        assets: Sequence[Path] = (),
        build: str | None = None,
    ) -> None:
        folders = [CATALOGUES, *catalogues]
        self._texts = {language: texts_of(language, folders) for language in LANGUAGES}
        self._formats = {language: Formats(language) for language in LANGUAGES}
        addresses = {name: asset.address for name, asset in assets_in(assets).items()}
        loader = FileSystemLoader([TEMPLATES, *templates])
        self._environments = {
            language: _environment(loader, self._texts[language], self._formats[language])
            for language in LANGUAGES
        }
        for environment in self._environments.values():
            environment.globals |= {
                "asset": addresses.__getitem__,
                "build": build or version("birge-common"),
            }

    def text_in(self, language: Language) -> Texts:
        """The texts for a page's own code; call it `_`, so that its texts are found."""
        return self._texts[language]

    def formats_in(self, language: Language) -> Formats:
        """Numbers and times as the templates' filters write them."""
        return self._formats[language]

    def render(
        self,
        request: Request,
        name: str,
        /,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **view: Any,
    ) -> HTMLResponse:
        """The page in the request's language; a name that the template lacks is an error."""
        language = language_of(request)
        template = self._environments[language].get_template(name)
        response = HTMLResponse(
            template.render(_context(request, language) | view), status, headers=headers
        )
        response.headers["Content-Language"] = language
        response.headers.add_vary_header("Accept-Language, Cookie")
        # Also here, since the answer to a bug is given outside of all middleware.
        add_safe_headers(response.headers)
        remember_choice(request, response)
        return response

    def answers(self, request: Request) -> bool:
        """Whether a failure of this request is answered by a page."""
        return is_page(request)

    def failure(
        self, request: Request, status: int, detail: str, headers: Mapping[str, str] | None
    ) -> HTMLResponse:
        """The page that says what is safe and what to do; no cache keeps it.

        `detail` is shown where the catalogues have it in the reader's language.
        """
        language = language_of(request)
        shown = language == "en" or self._texts[language].has(detail)
        return self.render(
            request,
            "problem.html",
            status,
            headers={"Cache-Control": "no-store", **(headers or {})},
            explanation=explanation_of(status),
            detail=detail if shown else "",
        )


def _environment(loader: FileSystemLoader, texts: Texts, formats: Formats) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(texts.translations, newstyle=True)  # type: ignore[attr-defined]
    for name in ("number", "money", "percent", "date", "moment"):
        environment.filters[name] = getattr(formats, name)
    return environment


def _context(request: Request, language: Language) -> dict[str, Any]:
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return {
        "language": language,
        "languages": choices(request),
        "trace_id": trace_id_of(request) or "",
        "person": getattr(request.state, "person", None),
        "csrf_token": getattr(request.state, "csrf_token", ""),
        "path": request.url.path,
        "sign_in_address": f"/sign-in?next={quote(address, safe='/')}",
    }
