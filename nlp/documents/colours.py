"""Colours of Office files: the theme's palette and its tints, as "RRGGBB"."""

from __future__ import annotations

import colorsys
import re

from defusedxml.ElementTree import fromstring

__all__ = ["blob_colour", "hex_colour", "theme_palette", "tinted"]

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_BLOBS = "\u25cf\u2b24\u25a0\u2588\u25fc\u25c6\u26ab\u2022\u25c9"
_WHITE, _BLACK = "FFFFFF", "000000"


def hex_colour(text: str | None) -> str | None:
    """The "RRGGBB" of an RGB or ARGB value; None for anything else and for white, which shades nothing."""
    match = _HEX.fullmatch(text or "")
    colour = match[1].upper() if match else None
    return None if colour == _WHITE else colour


def blob_colour(text: str, ink: str | None) -> str | None:
    """The ink of a mark that says nothing but its colour, as a disc typed into a rating cell; None for any other."""
    return ink if len(text) == 1 and text in _BLOBS and ink != _BLACK else None


def theme_palette(xml: bytes | str) -> dict[str, str]:
    """The colours of a theme part by their names: dk1, lt1, dk2, lt2, accent1 to accent6, hlink, folHlink."""
    palette: dict[str, str] = {}
    for scheme in (node for node in fromstring(xml).iter() if node.tag.endswith("}clrScheme")):
        for entry in scheme:
            value = next((c.get("lastClr") or c.get("val") for c in entry), None)
            if value and _HEX.fullmatch(value):
                palette[entry.tag.rpartition("}")[2]] = value.upper()
    return palette


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint 0 to 1) or darker (-1 to 0), as Office does it on the luminance (ECMA-376 18.8.19)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    light = min(max(light, 0.0), 1.0)
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
