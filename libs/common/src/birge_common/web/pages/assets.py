"""Style sheets and scripts under addresses that change with their content, cached for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

_HERE = Path(__file__).parent
_SERVED = frozenset({".css", ".js", ".svg", ".png", ".ico", ".woff2"})
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True)
class Asset:
    """A file that pages refer to; its address names its content."""

    name: str
    content: bytes

    @property
    def address(self) -> str:
        """Where browsers find exactly this content."""
        return f"/assets/{sha256(self.content).hexdigest()[:16]}/{self.name}"


def assets_in(folders: Sequence[Path] = ()) -> dict[str, Asset]:
    """The shell's assets and those of further folders by name; a service's own name wins."""
    return {
        path.name: Asset(path.name, path.read_bytes())
        for folder in (_HERE / "vendor", _HERE / "own", *folders)
        for path in sorted(folder.iterdir())
        if path.suffix in _SERVED
    }


def assets_router(folders: Sequence[Path] = ()) -> APIRouter:
    """Serves the assets, read once; pass the same folders as to `Pages`."""
    served = {asset.address: asset for asset in assets_in(folders).values()}
    router = APIRouter(include_in_schema=False)

    @router.get("/assets/{content_hash}/{name}")
    async def asset(content_hash: str, name: str) -> Response:
        found = served.get(f"/assets/{content_hash}/{name}")
        if found is None:
            raise HTTPException(404)
        kind = guess_type(name)[0]
        return Response(found.content, media_type=kind, headers=_FOR_EVER)

    return router
