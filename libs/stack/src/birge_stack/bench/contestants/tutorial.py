"""A door as a tutorial writes it: typed bodies, one send an event, no look-up and no receipts.

Beside it empty routes, to tell what the framework itself costs.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from aiokafka import AIOKafkaProducer
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from birge_stack.bench.contestants.job import FullEvent

TOPIC = "birge.grants.v1"


@asynccontextmanager
async def _producing(app: FastAPI) -> AsyncIterator[None]:
    producer = AIOKafkaProducer(
        bootstrap_servers=os.environ["BIRGE_KAFKA__BOOTSTRAP_SERVERS"],
        acks="all",
        enable_idempotence=True,
    )
    await producer.start()
    app.state.producer = producer
    yield
    await producer.stop()


app = FastAPI(lifespan=_producing)


@app.post("/v1/events", status_code=202)
async def take(events: list[FullEvent], request: Request) -> dict[str, int]:
    """Validate by annotation, send each event, answer when all are acknowledged."""
    producer: AIOKafkaProducer = request.app.state.producer
    sent = [
        await producer.send(TOPIC, event.model_dump_json().encode(), key=event.subject.encode())
        for event in events
    ]
    for each in sent:
        await each
    return {"accepted": len(events)}


@app.post("/empty", status_code=202)
async def swallow(request: Request) -> Response:
    """Read the body and do nothing with it."""
    await request.body()
    return Response(b'{"status":"accepted"}', 202, media_type="application/json")


@app.get("/empty")
async def nothing() -> dict[str, bool]:
    """Answer a little JSON."""
    return {"ok": True}


@app.get("/empty-page", response_class=HTMLResponse)
async def page() -> str:
    """Answer a page with nothing on it."""
    return "<!doctype html><title>Empty</title>"


if __name__ == "__main__":
    uvicorn.run(
        app,
        host=os.environ["BIRGE_HTTP__HOST"],
        port=int(os.environ["BIRGE_HTTP__PORT"]),
        log_level="error",
        access_log=False,
    )
