"""Where the terminal keeps the files and charts that messages carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

__all__ = ["Keeper"]

_UNSAFE = re.compile(r"[^\w.() -]+")


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps files in one folder, which is made when the first one comes."""

    folder: Path

    def keep(self, name: str, content: bytes) -> Path:
        """The path of the kept file. A name is never more than a name; other content never overwrites."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / (_UNSAFE.sub("-", name).strip(" .-")[-120:] or "file")
        if path.exists() and path.read_bytes() != content:
            path = path.with_stem(f"{path.stem}-{sha256(content).hexdigest()[:8]}")
        path.write_bytes(content)
        return path
