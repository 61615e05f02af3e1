"""Following a log shows whole lines, each once."""

from pathlib import Path

from birge_stack.log_view import read_on
from birge_stack.process import last_lines


def test_a_line_is_shown_when_it_is_whole(tmp_path: Path) -> None:
    log = tmp_path / "kafka.log"
    log.write_text("one\ntw")
    first, position = read_on(log, 0)
    log.write_text("one\ntwo\nthree\n")
    second, position = read_on(log, position)

    assert (first, second) == ("one", "two\nthree")
    assert read_on(log, position) == ("", position)


def test_the_end_of_a_log_is_read_whatever_its_bytes(tmp_path: Path) -> None:
    log = tmp_path / "kafka.log"
    log.write_bytes(b"\xff" * 200_000 + b"\n" + "\n".join(map(str, range(50))).encode())

    assert last_lines(log, 3) == "47\n48\n49"
    assert last_lines(tmp_path / "absent.log") == "(no log)"
