"""What every public page is made with: an edition, the reader's language, and a memory of pages."""

import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from fastapi import Request, Response

from birge_aggregator.desk import READERS
from birge_aggregator.domain.period import stated_window
from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.editions import Edition, Editions
from birge_aggregator.pages.site.navigation import Links
from birge_aggregator.pages.site.periods import period_name
from birge_common.access.requirements import visitor
from birge_common.web.pages.languages import language_of, remember_choice
from birge_common.web.pages.rendering import Pages
from birge_common.web.pages.words import Words
from birge_common.web.problems import Problem

_PAGES_MAX = 1_000

View = Mapping[str, Any]
MakesView = Callable[["Reader"], Awaitable[View]]


@dataclass(frozen=True)
class Reader:
    """Somebody who reads an edition in a language. `others` are all editions that are out.

    `is_draft` tells that only people of the desk see it, `is_of_desk` that the reader is one.
    """

    edition: Edition
    others: tuple[Edition, ...]
    words: Words
    editions: Editions
    links: Links
    is_draft: bool = False
    is_of_desk: bool = False

    async def frame(self, key: AnswerKey) -> Frame:
        """A frozen answer. Raises Problem where the edition does not hold it."""
        frame = await self.editions.answer(self.edition.id, key)
        if frame is None:
            raise Problem(404, "not_published", "This edition does not hold that.")
        return frame


@dataclass(frozen=True)
class _Page:
    """A page as it is kept: a tenth of its size, which is how nearly everybody takes it."""

    gzipped: bytes
    etag: str
    language: str


@dataclass
class Shell:
    """Pages over editions. A page of an edition is rendered once for each language, and kept."""

    pages: Pages
    editions: Editions
    drafts: Editions
    _kept: OrderedDict[tuple[str, ...], _Page] = field(default_factory=OrderedDict)

    def words(self, request: Request) -> Words:
        """How things are said in the reader's language."""
        language = language_of(request)
        return Words(language, self.pages.text_in(language), self.pages.formats_in(language))

    async def edition(self, edition: str | None) -> tuple[Edition | None, tuple[Edition, ...]]:
        """The edition asked for, or that of the newest period; None where nothing is out yet.

        Raises Problem where there is no such edition.
        """
        issued = tuple(await self.editions.issued())
        if edition is None:
            return _newest(issued), issued
        found = next((one for one in issued if one.id == edition), None)
        if found is None:
            raise Problem(404, "no_edition", "There is no such publication.")
        return found, issued

    async def show(
        self, request: Request, template: str, make: MakesView, edition: str | None = None
    ) -> Response:
        """The page of that edition, or of the newest; `make` gives what the template needs."""
        is_of_desk = _is_of_desk(request)
        draft = await self.drafts.one(edition) if is_of_desk and edition else None
        found, issued = (draft, ()) if draft else await self.edition(edition)
        if found is None:
            return self.pages.render(request, "site/nothing_yet.html", words=self.words(request))
        words = self.words(request)
        key = (
            str(request.url.path),
            str(request.query_params),
            words.language,
            found.id,
            ",".join(f"{one.id}>{one.superseded_by}" for one in issued),
        )
        is_kept = visitor(request) is None
        kept = self._kept.get(key) if is_kept else None
        if kept is None:
            links = Links(found, is_permanent=edition is not None)
            reader = Reader(
                found,
                issued,
                words,
                self.drafts if draft else self.editions,
                links,
                is_draft=draft is not None,
                is_of_desk=is_of_desk,
            )
            period = period_name(words, found.period)
            view = {
                "words": words,
                "reader": reader,
                "period": period,
                "permanent": links.here(request.url.path, request.url.query),
                **(await make(reader)),
            }
            if is_kept:
                # Of what many read, no page can carry one reader's request code.
                view["trace_id"] = ""
            kept = _page_of(self.pages.render(request, template, **view))
            if is_kept:
                self._keep(key, kept)
        return _answer(request, kept, is_public=is_kept)

    def _keep(self, key: tuple[str, ...], page: _Page) -> None:
        self._kept[key] = page
        if len(self._kept) > _PAGES_MAX:
            self._kept.popitem(last=False)


def _newest(issued: tuple[Edition, ...]) -> Edition | None:
    """Of the period that ends last, a year before its half: an old period may be amended late."""

    def recency(edition: Edition) -> tuple[int, int]:
        window = stated_window(edition.period)
        return window.last_month, window.months

    current = [one for one in issued if one.superseded_by is None]
    return max(current, key=recency, default=None)


def _is_of_desk(request: Request) -> bool:
    person = visitor(request)
    return person is not None and any(person.has(role) for role in READERS)


def _page_of(rendered: Response) -> _Page:
    body = bytes(rendered.body)
    return _Page(
        gzip.compress(body, compresslevel=5, mtime=0),
        f'W/"{sha256(body).hexdigest()[:32]}"',
        rendered.headers["Content-Language"],
    )


def _answer(request: Request, page: _Page, *, is_public: bool) -> Response:
    """The same page for everybody, or nothing where the reader has it already."""
    headers = {
        "ETag": page.etag,
        "Content-Language": page.language,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if page.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    # What is compressed beside somebody's own token could be guessed from its length.
    if is_public and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        answer = Response(page.gzipped, media_type="text/html", headers=headers)
    else:
        answer = Response(gzip.decompress(page.gzipped), media_type="text/html", headers=headers)
    remember_choice(request, answer)
    if not is_public:
        answer.headers["Cache-Control"] = "no-store"
    elif "set-cookie" not in answer.headers:
        answer.headers["Cache-Control"] = "public, max-age=60"
    return answer
