"""The plain name of a shading: "92D050" is green, "FFC000" amber."""

from __future__ import annotations

import colorsys

__all__ = ["shade_name"]

_HUES = (
    (14, "red"),
    (50, "amber"),
    (68, "yellow"),
    (170, "green"),
    (262, "blue"),
    (330, "purple"),
    (361, "red"),
)


def shade_name(fill: str | None) -> str | None:
    """The colour of an "RRGGBB" fill in the words of ratings; None for no fill, white and near-white."""
    if not fill or len(fill) != 6:
        return None
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if light > 0.96:
        return None
    if saturation < 0.15:
        return "black" if light < 0.12 else "grey"
    return next(name for limit, name in _HUES if hue * 360 < limit)
