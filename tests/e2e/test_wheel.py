"""The built wheel holds all that the program needs: it is installed elsewhere and the demo runs from it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    """What the command printed; the test fails with what it said where it failed."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def elsewhere(folder: Path) -> Path:
    """A new environment that sees this one's libraries, but not this checkout."""
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python*/site-packages"))
    borrowed = folder / "borrowed"
    borrowed.mkdir()
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if "assurebot" not in entry.name and entry.suffix != ".pth":
            (borrowed / entry.name).symlink_to(entry)
    (site / "borrowed.pth").write_text(f"{borrowed}\n")
    return folder / "bin" / "python"


def test_the_demo_runs_from_the_wheel(tmp_path: Path) -> None:
    build = "--no-isolation", "--wheel", "--outdir", tmp_path / "dist"
    run(sys.executable, "-m", "build", *build, source(tmp_path), cwd=tmp_path)
    wheel = next((tmp_path / "dist").glob("assurebot-*.whl"))
    python = elsewhere(tmp_path / "env")
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=tmp_path)
    story = run(python.with_name("assurebot"), "demo", cwd=tmp_path)
    assert "What to try next" in story
    assert (tmp_path / "demo-output" / "assurebot.db").stat().st_size > 0
    where = run(python, "-c", "import bot; print(bot.__file__)", cwd=tmp_path)
    assert str(tmp_path / "env") in where


def source(folder: Path) -> Path:
    """The checkout's own files without what was built or installed in it."""
    copy = folder / "source"
    copy.mkdir()
    for name in ("bot", "handlers", "nlp", "storage", "pyproject.toml", "README.md", "LICENSE"):
        (copy / name).symlink_to(ROOT / name)
    return copy
