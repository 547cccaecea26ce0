"""HTML pages to PNG: shoot.py FOLDER TARGET [NAME ...], with a headless browser, cut to what is on them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageChops

WIDTH, HEIGHT, SCALE = 760, 2400, 1.5
MARGIN = 8


def shoot(page: Path, picture: Path) -> None:
    """One page as one picture."""
    command = [
        os.environ["BROWSER"],
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--force-device-scale-factor={SCALE}",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--screenshot={picture}",
        page.resolve().as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 (our own page)
    trim(picture)


def trim(picture: Path) -> None:
    """Without the white below and beside."""
    with Image.open(picture) as shot:
        drawn = shot.convert("RGB")
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
    assert box is not None, f"{picture} is empty"
    right, bottom = min(box[2] + MARGIN, drawn.width), min(box[3] + MARGIN, drawn.height)
    drawn.crop((0, 0, right, bottom)).quantize(128).save(picture, optimize=True)


def main() -> None:
    folder, target, wanted = Path(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:])
    for page in sorted(folder.glob("*.html")):
        if not wanted or page.stem in wanted:
            shoot(page, target / f"slack-{page.stem}.png")
            sys.stdout.write(f"{target / f'slack-{page.stem}.png'}\n")


if __name__ == "__main__":
    main()
