"""Feeds of editions, for who wants to hear of each new one: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from mimetypes import guess_type
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Request, Response

from birge_aggregator.editions import Edition
from birge_aggregator.pages.shell import Shell
from birge_aggregator.pages.site.publications_page import listed
from birge_common.web.pages.languages import PARAMETER
from birge_common.web.pages.words import Words

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_BEFORE_THE_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
"""A feed has to say when it last changed, also where nothing is out yet."""


@dataclass(frozen=True)
class Item:
    """An edition as both feeds tell it; it changes once more when another takes its place."""

    address: str
    title: str
    text: str
    published_at: datetime
    updated_at: datetime
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Feed:
    """All editions in one language; `address` is the site's."""

    address: str
    language: str
    title: str
    items: tuple[Item, ...]

    @property
    def updated_at(self) -> datetime:
        """When anything of it last changed."""
        return max((item.updated_at for item in self.items), default=_BEFORE_THE_FIRST)

    def at(self, path: str) -> str:
        """Where this feed is, in its own language."""
        return f"{self.address}{path}?{PARAMETER}={self.language}"


def feeds_router(shell: Shell, address: str) -> APIRouter:
    """`/feeds/editions.atom` and `/feeds/editions.json`."""
    router = APIRouter(include_in_schema=False)

    async def feed(request: Request) -> Feed:
        _, issued = await shell.edition(None)
        return feed_of(shell.words(request), issued, address)

    @router.get("/feeds/editions.atom")
    async def atom(request: Request) -> Response:
        found = await feed(request)
        return _answer(request, found, atom_of(found), "application/atom+xml")

    @router.get("/feeds/editions.json")
    async def json_feed(request: Request) -> Response:
        found = await feed(request)
        return _answer(request, found, json_of(found), "application/feed+json")

    return router


def feed_of(words: Words, issued: Sequence[Edition], address: str) -> Feed:
    """The editions as a feed, the newest first."""
    _ = words
    return Feed(
        address,
        _.language,
        _("Volunteering statistics of Kazakhstan"),
        tuple(_items(_, issued, address)),
    )


def _items(words: Words, issued: Sequence[Edition], address: str) -> Iterator[Item]:
    _, issued_at = words, {one.id: one.issued_at for one in issued}
    for one in sorted(issued, key=lambda one: one.issued_at, reverse=True):
        said = listed(_, one)
        replaced = _("A newer edition has taken the place of this one. It stays here as it was.")
        said_of_it = (said.note, replaced if said.successor else "")
        yield Item(
            address=f"{address}/publications/{one.id}",
            title=said.title,
            text=" ".join(text for text in said_of_it if text) or said.title,
            published_at=one.issued_at,
            updated_at=issued_at.get(said.successor, one.issued_at),
            files=tuple((f"{address}{file}", title) for file, title in said.files),
        )


def atom_of(feed: Feed) -> bytes:
    """The feed as Atom; an edition's permanent address is its id."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _text(root, "id", f"{feed.address}/publications")
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated_at.isoformat())
    _text(SubElement(root, "author"), "name", "Birge")
    SubElement(root, "link", {"rel": "self", "href": feed.at("/feeds/editions.atom")})
    SubElement(root, "link", {"rel": "alternate", "href": f"{feed.address}/publications"})
    for item in feed.items:
        entry = SubElement(root, "entry")
        _text(entry, "id", item.address)
        _text(entry, "title", item.title)
        _text(entry, "published", item.published_at.isoformat())
        _text(entry, "updated", item.updated_at.isoformat())
        _text(entry, "summary", item.text)
        SubElement(entry, "link", {"rel": "alternate", "href": item.address})
        for file, title in item.files:
            about = {"href": file, "title": title, "type": _media_type(file)}
            SubElement(entry, "link", {"rel": "enclosure", **about})
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def json_of(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    said = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": f"{feed.address}/publications",
        "feed_url": feed.at("/feeds/editions.json"),
        "language": feed.language,
        "authors": [{"name": "Birge"}],
        "items": [
            {
                "id": item.address,
                "url": item.address,
                "title": item.title,
                "content_text": item.text,
                "date_published": item.published_at.isoformat(),
                "date_modified": item.updated_at.isoformat(),
                "language": feed.language,
                "attachments": [
                    {"url": file, "mime_type": _media_type(file), "title": title}
                    for file, title in item.files
                ],
            }
            for item in feed.items
        ],
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _media_type(address: str) -> str:
    return guess_type(address)[0] or "application/octet-stream"


def _answer(request: Request, feed: Feed, body: bytes, media_type: str) -> Response:
    headers = {
        "ETag": f'"{sha256(body).hexdigest()[:32]}"',
        "Content-Language": feed.language,
        "Cache-Control": "public, max-age=60",
        "Vary": "Accept-Language, Cookie",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
