"""The real request that parts with an HTTP side are waited for with."""

from functools import cache

import httpx

from birge_stack.part import NotReady

PROBE_TIMEOUT_SECONDS = 2.0


def probe_http(url: str) -> None:
    """Raise NotReady unless a GET of `url` is answered 200."""
    try:
        answer = _client().get(url)
    except httpx.HTTPError as error:
        raise NotReady(f"{url}: {error}") from error
    if answer.status_code != httpx.codes.OK:
        raise NotReady(f"{url} answered {answer.status_code}")


@cache
def _client() -> httpx.Client:
    """One client for all probes, made once: each new one would read all root certificates.

    It keeps no connection, because the other end is expected to come and go.
    """
    return httpx.Client(
        timeout=PROBE_TIMEOUT_SECONDS,
        trust_env=False,
        limits=httpx.Limits(max_keepalive_connections=0),
    )
