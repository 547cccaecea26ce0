"""Every benchmark, one after the other, each in a process of its own: ``python -m tests.bench [NAME ...]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

if __name__ == "__main__":
    names = sys.argv[1:] or sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    failed = 0
    for name in names:
        print(f"\n{name}\n{'-' * len(name)}", flush=True)
        failed += (
            subprocess.run([sys.executable, "-m", f"tests.bench.bench_{name}"], check=False).returncode != 0
        )
    sys.exit(1 if failed else 0)
