import asyncio

import pytest

from birge_stack.bench.load import Load, answer_from, put_under, request_of
from birge_stack.errors import StackError

POST = Load("http://127.0.0.1:80/v1/events?x=1", [b"{}"], {"Content-Type": "text/plain"}, 1, 0.1)


async def read(text: bytes) -> tuple[int, bytes]:
    reader = asyncio.StreamReader()
    reader.feed_data(text)
    reader.feed_eof()
    return await answer_from(reader)


def test_a_request_says_how_long_its_body_is():
    assert request_of(POST, b"{}") == (
        b"POST /v1/events?x=1 HTTP/1.1\r\nHost: 127.0.0.1:80\r\n"
        b"Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"
    )


async def test_an_answer_ends_where_its_length_says():
    assert await read(b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nokHTTP") == (202, b"ok")


async def test_an_answer_in_chunks_is_put_together():
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n1\r\n!\r\n0\r\n\r\n"
    assert await read(chunks) == (200, b"ok!")


@pytest.mark.parametrize("status", [202, 500])
def test_only_the_wanted_status_counts(status):
    async def answering() -> float:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while await reader.readline():
                await reader.readuntil(b"{}")
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        load = Load(f"http://127.0.0.1:{port}/", [b"{}"], {}, 2, 0.05)
        async with server:
            served = await asyncio.to_thread(put_under, load, status=202)
        return served.rate

    if status == 202:
        assert asyncio.run(answering()) > 0
    else:
        with pytest.raises(StackError, match="answered 500"):
            asyncio.run(answering())
