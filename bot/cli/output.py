"""Where a command's result goes: standard output, or the file that was named."""

from __future__ import annotations

import sys
from pathlib import Path

from storage.model.errors import UsageError

__all__ = ["read_input", "write"]

MAX_INPUT = 50 * 2**20


def write(content: str | bytes, output: Path | None) -> None:
    """Write to the file, or to standard output; bytes are not for a terminal."""
    data = content if isinstance(content, bytes) else content.encode()
    if output is not None:
        output.write_bytes(data)
        return
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise UsageError("This is no text for a terminal: name a file with --output.")
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def read_input(path: Path) -> bytes:
    """The bytes of a file that a person named; a sentence where that is not possible."""
    if not path.exists():
        raise UsageError(f"There is no file {path}.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file in it.")
    if path.stat().st_size > MAX_INPUT:
        size = path.stat().st_size / 2**20
        raise UsageError(f"{path} has {size:.0f} MB, and {MAX_INPUT // 2**20} MB is the most that is read.")
    return path.read_bytes()
