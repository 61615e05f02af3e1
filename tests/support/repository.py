"""The files of the checkout, as a stranger would get them: no caches, no data, no downloads."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {"__pycache__", "node_modules", "uv.lock"}
_HIDDEN_BUT_OURS = {".ci", ".gitignore", ".dockerignore", ".pre-commit-config.yaml", ".github"}


def files(*suffixes: str, below: Path = ROOT) -> list[Path]:
    """All files of the project, or those with one of these suffixes."""
    return sorted(path for path in _walk(below) if not suffixes or path.suffix in suffixes)


def name_of(path: Path) -> str:
    """A path as people say it: from the root on."""
    return path.relative_to(ROOT).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        is_hidden = path.name.startswith(".") and path.name not in _HIDDEN_BUT_OURS
        if is_hidden or path.name in _NOT_OURS:
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
