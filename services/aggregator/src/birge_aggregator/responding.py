"""An answer's bytes over HTTP: compressed, or not at all where the asker has them already."""

from fastapi import Request, Response

from birge_aggregator.rendering import Rendered


def response_of(request: Request, answer: Rendered, *, cache: str) -> Response:
    """The answer; `cache` is who may keep it, and for how long."""
    headers = {
        "ETag": answer.etag,
        "Cache-Control": cache,
        "Vary": "Accept, Accept-Encoding, Authorization",
        "Birge-Caveats": answer.caveats,
    }
    known = request.headers.get("if-none-match", "")
    if known and (known.strip() == "*" or answer.etag in known):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", "") and answer.gzipped is not None:
        headers["Content-Encoding"] = "gzip"
        return Response(answer.gzipped, media_type=answer.media_type, headers=headers)
    return Response(answer.body, media_type=answer.media_type, headers=headers)
