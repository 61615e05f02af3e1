"""The real request that parts with an HTTP side are waited for with."""

import httpx

from birge_stack.part import NotReady

PROBE_TIMEOUT_SECONDS = 2.0


def probe_http(url: str) -> None:
    """Raise NotReady unless a GET of `url` is answered 200."""
    try:
        answer = httpx.get(url, timeout=PROBE_TIMEOUT_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        raise NotReady(f"{url}: {error}") from error
    if answer.status_code != httpx.codes.OK:
        raise NotReady(f"{url} answered {answer.status_code}")
