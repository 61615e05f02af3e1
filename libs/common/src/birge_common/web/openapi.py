"""Writes a service's OpenAPI document, or tells that the committed one is out of date."""

import json
import sys
from pathlib import Path

from fastapi import FastAPI


def document_of(app: FastAPI) -> str:
    """The document as committed: sorted, so that a reviewer sees a change and nothing else."""
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_or_check(app: FastAPI, path: Path, options: list[str]) -> None:
    """Write the document to `path`; with `--check` exit with 1 where the file differs."""
    document = document_of(app)
    if options == ["--check"]:
        if not path.exists() or path.read_text(encoding="utf-8") != document:
            sys.exit(f"{path.name} is out of date: run the same command without --check.")
    elif options:
        sys.exit("The only option is --check.")
    else:
        path.write_text(document, encoding="utf-8")
