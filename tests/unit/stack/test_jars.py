"""Jars come in by their checksum only, whole, and no more often than needed."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from birge_stack import kafka, zipkin
from birge_stack.errors import StackError
from birge_stack.jars import Jar, class_path, ensure_jars, parse_lock


def jar(name: str, content: bytes) -> Jar:
    return Jar("kz.birge.test", name, "1.0", hashlib.sha256(content).hexdigest())


class Repository:
    """Serves the contents it was given and counts what it was asked for."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.asked: list[str] = []

    def fetch(self, wanted: Jar, folder: Path) -> Path:
        self.asked.append(wanted.artifact)
        path = folder / f"download-{wanted.filename}"
        path.write_bytes(self.contents[wanted.artifact])
        return path


def test_what_is_missing_is_fetched_and_what_is_there_is_not(tmp_path: Path) -> None:
    repository = Repository({"one": b"1", "two": b"2"})
    one, two = jar("one", b"1"), jar("two", b"2")

    ensure_jars([one], tmp_path, fetch=repository.fetch)
    ensure_jars([one, two], tmp_path, fetch=repository.fetch)

    assert repository.asked == ["one", "two"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one-1.0.jar", "two-1.0.jar"]


def test_a_download_with_a_wrong_checksum_is_named_and_not_kept(tmp_path: Path) -> None:
    repository = Repository({"one": b"something else"})

    with pytest.raises(StackError, match=r"one-1\.0\.jar has the wrong checksum"):
        ensure_jars([jar("one", b"1")], tmp_path, fetch=repository.fetch)

    assert list(tmp_path.iterdir()) == []


def test_a_jar_that_was_changed_on_disk_is_named_and_not_replaced_in_silence(
    tmp_path: Path,
) -> None:
    repository = Repository({"one": b"1"})
    ensure_jars([jar("one", b"1")], tmp_path, fetch=repository.fetch)
    (tmp_path / "one-1.0.jar").write_bytes(b"1, and a stranger's addition")

    with pytest.raises(StackError, match=r"one-1\.0\.jar has the wrong checksum"):
        ensure_jars([jar("one", b"1")], tmp_path, fetch=repository.fetch)

    assert repository.asked == ["one"]


def test_an_interrupted_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    jars = [jar("one", b"1"), jar("two", b"2"), jar("three", b"3")]
    repository = Repository({"one": b"1", "two": b"2", "three": b"3"})

    def stop_at_three(line: str) -> None:
        if "3/3" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_jars(jars, tmp_path, fetch=repository.fetch, progress=stop_at_three)
    ensure_jars(jars, tmp_path, fetch=repository.fetch)

    assert repository.asked == ["one", "two", "three"]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_lock_may_name_a_classifier() -> None:
    plain, slim = parse_lock("# a remark\ng a 1 aa\n\ng server 2 bb slim\n")

    assert plain.filename == "a-1.jar"
    assert slim.filename == "server-2-slim.jar"


@pytest.mark.parametrize("jars", [kafka.JARS, zipkin.JARS], ids=["kafka", "zipkin"])
def test_committed_locks_have_a_checksum_for_each_file_and_no_file_twice(
    jars: tuple[Jar, ...],
) -> None:
    assert jars
    assert all(len(bytes.fromhex(each.sha256)) == hashlib.sha256().digest_size for each in jars)
    assert len({each.filename for each in jars}) == len(jars)


def test_the_class_path_keeps_the_order_of_the_lock() -> None:
    folder = Path("/jars")
    assert class_path([jar("b", b""), jar("a", b"")], folder) == "/jars/b-1.0.jar:/jars/a-1.0.jar"
