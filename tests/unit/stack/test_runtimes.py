"""Java is chosen by what runs; a server that cannot run says what to install."""

from pathlib import Path

import pytest

from birge_stack.errors import StackError
from birge_stack.java import Java, first_usable
from birge_stack.mongod import check_runs, explain_failure


def program(path: Path, *, says: str, status: int = 0) -> Path:
    path.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit {status}\n")
    path.chmod(0o755)
    return path


def test_the_first_java_that_runs_and_is_new_enough_is_taken(tmp_path: Path) -> None:
    old = program(tmp_path / "old", says='java version "1.8.0_392"')
    new = program(tmp_path / "new", says='openjdk version "21.0.2" 2024-01-16')
    newest = program(tmp_path / "newest", says='openjdk version "25.0.2" 2026-01-20')

    assert first_usable([tmp_path / "absent", old, new, newest]) == Java(new, 21)


def test_no_usable_java_is_a_clear_error(tmp_path: Path) -> None:
    old = program(tmp_path / "old", says='openjdk version "11.0.2"')
    with pytest.raises(StackError, match="JAVA_HOME"):
        first_usable([old])


def test_newer_runtimes_get_the_flags_older_ones_do_not_know() -> None:
    def command(version: int) -> tuple[str, ...]:
        return Java(Path("java"), version).command(heap_start_mb=32, heap_max_mb=256)

    assert command(17)[:3] == ("java", "-Xms32m", "-Xmx256m")
    assert "-XX:+UseCompactObjectHeaders" not in command(17)
    assert "-XX:+UseCompactObjectHeaders" in command(25)


@pytest.mark.parametrize(
    ("library", "package"),
    [("libcurl.so.4", "libcurl4"), ("libcrypto.so.3", "libssl3"), ("liblzma.so.5", "liblzma5")],
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    library: str, package: str, tmp_path: Path
) -> None:
    says = f"mongod: error while loading shared libraries: {library}: cannot open shared object"
    with pytest.raises(StackError, match=f"{library}.*apt-get install {package}$"):
        check_runs(program(tmp_path / "mongod", says=says, status=127))


def test_another_failure_of_the_server_is_told_as_it_is() -> None:
    assert explain_failure("Illegal instruction\n") == "mongod does not start: Illegal instruction"


def test_a_server_for_another_system_is_told_as_it_is(tmp_path: Path) -> None:
    foreign = tmp_path / "mongod"
    foreign.write_bytes(b"\x7fELF for another machine")
    foreign.chmod(0o755)
    with pytest.raises(StackError, match="does not run on this system"):
        check_runs(foreign)
