"""What is refused before any route sees it, and query parameters that mean nothing."""

from collections.abc import Collection, Sequence

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from birge_common.web.problems import Problem, problem_response

HEADER_BYTES_MAX = 16_384


class RequestGuard:
    """Refuses oversized headers (431) and foreign Host names (400)."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if sum(len(name) + len(value) for name, value in headers) > HEADER_BYTES_MAX:
            refusal = problem_response(
                431, "headers_too_large", f"Send at most {HEADER_BYTES_MAX} bytes of headers."
            )
            return await refusal(scope, receive, send)
        if not self._is_ours([value for name, value in headers if name == b"host"]):
            refusal = problem_response(
                400, "foreign_host", "The Host header names another host than this service."
            )
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_ours(self, hosts: list[bytes]) -> bool:
        if "*" in self._hosts:
            return True
        if len(hosts) != 1:
            return False
        name = hosts[0].decode("latin-1").lower()
        name = name.rsplit("]", 1)[0] + "]" if name.startswith("[") else name.split(":", 1)[0]
        return name in self._hosts


def query_parameters(request: Request, allowed: Collection[str]) -> dict[str, str]:
    """The query's parameters, each known and given once; else a 400 that names the allowed ones."""
    given = request.query_params.multi_items()
    names = [name for name, _ in given]
    if len(set(names)) < len(names) or not set(names) <= set(allowed):
        listed = ", ".join(sorted(allowed)) or "none"
        raise Problem(
            400, "query_parameter", f"Parameters taken here, each at most once: {listed}."
        )
    return dict(given)
