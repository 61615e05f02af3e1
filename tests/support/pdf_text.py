"""Reads the text back out of a PDF that typst wrote, so that tests see what a reader copies.

It knows as much of the format as typst uses: plain objects, Flate streams, glyph numbers of two
bytes and a ToUnicode map for each font. Another writer's file fails loudly rather than reads empty.
"""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_SHOWN = re.compile(
    rb"/(?P<font>f\d+) [\d.]+ Tf|ActualText<(?P<actual>[0-9A-F]+)>"
    rb"|(?P<glyphs>\(|<[0-9A-F]+>)|\bET\b"
)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of each page in the order of drawing, one line for each run."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    first = [body for body in objects.values() if re.search(rb"/Type/Pages\b", body)]
    kids = re.search(rb"/Kids\[([^\]]*)\]", first[0])
    assert kids is not None
    assert len(first) == 1, "one flat list of pages"
    return [_page(objects, number) for number in _references(kids[1])]


def squeezed(text: str) -> str:
    """The text without white space and places to break: lines end where the page wants it."""
    return re.sub(r"[\s\u00a0\u200b]+", "", text)


def _page(objects: dict[int, bytes], number: int) -> str:
    page = objects[number]
    resources = _object(objects, page, b"Resources")
    names = re.search(rb"/Font\s*<<(.*?)>>", resources, re.DOTALL)
    assert names is not None, "a page without fonts"
    fonts = {
        name: _characters(_stream(_object(objects, objects[int(font)], b"ToUnicode")))
        for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", names[1])
    }
    return _text(_stream(_object(objects, page, b"Contents")), fonts)


def _references(text: bytes) -> list[int]:
    return [int(one) for one in re.findall(rb"(\d+) 0 R", text)]


def _object(objects: dict[int, bytes], body: bytes, key: bytes) -> bytes:
    found = re.search(rb"/%s (\d+) 0 R" % key, body)
    assert found is not None, f"no {key.decode()}"
    return objects[int(found[1])]


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None, "no stream"
    return zlib.decompressobj().decompress(found[1]) if b"FlateDecode" in body else found[1]


def _characters(cmap: bytes) -> dict[int, str]:
    assert b"beginbfrange" not in cmap, "typst lists every glyph"
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in _MAPPED.findall(b"".join(_blocks(cmap)))
    }


def _blocks(cmap: bytes) -> list[bytes]:
    return re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL)


def _text(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    said: list[str] = []
    characters: dict[int, str] = {}
    at = 0
    while found := _SHOWN.search(content, at):
        at = found.end()
        if found["font"]:
            characters = fonts[found["font"]]
        elif found["actual"]:
            # What the run means, instead of what it draws.
            said.append(bytes.fromhex(found["actual"].decode()).decode("utf-16"))
            at = content.index(b"EMC", at)
        elif not found["glyphs"]:
            said.append("\n")
        elif characters:
            raw = bytes.fromhex(found["glyphs"].strip(b"<(>").decode())
            if found["glyphs"] == b"(":
                at = _closing(content, at)
                raw = _unescaped(content[found.end() : at - 1])
            numbers = (int.from_bytes(raw[each : each + 2]) for each in range(0, len(raw), 2))
            said += [characters.get(number, "") for number in numbers]
    return "".join(said)


def _closing(content: bytes, at: int) -> int:
    """Behind the parenthesis that ends a string; pairs inside it need no backslash."""
    depth = 1
    while depth:
        found = _PARENTHESIS.search(content, at)
        assert found is not None, "a string without an end"
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        at = found.end()
    return at


def _unescaped(raw: bytes) -> bytes:
    def byte(one: re.Match[bytes]) -> bytes:
        return bytes([int(one[1], 8)]) if one[1].isdigit() else _LETTERS.get(one[1], one[1])

    return _ESCAPED.sub(byte, raw)
