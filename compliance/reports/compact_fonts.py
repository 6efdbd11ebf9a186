"""Embedded Chinese fonts without the empty places of glyphs that are not used.

A subset keeps the numbers of its glyphs, so that the text stays valid; in a font of 65,000 glyphs
the empty places alone take more than 100 KB. In a CID-keyed font the numbers stand in the font's
own list of characters as well, so the places can go: the same text, a third of the size.
"""

import io
import struct

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont


def compact(opentype: bytes) -> bytes | None:
    """Return the bare CFF program of an OpenType font, used glyphs only.

    The font is a subset that kept its glyph numbers. Returns None for a font that is not
    CID-keyed CFF: its glyph numbers stand nowhere else, so it has to stay as it is.
    """
    font = TTFont(io.BytesIO(opentype), lazy=True)
    if "CFF " not in font:
        return None
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(font.reader["CFF "]), font, isCFF2=False)
    program = fonts[0]
    if not hasattr(program, "ROS"):
        return None
    glyphs = program.CharStrings
    index = glyphs.charStringsIndex
    used = _used(font, index.offsets)
    index.items = [index[glyph] for glyph in used]
    del index.file, index.offsets
    program.FDSelect.format = None
    program.FDSelect.gidArray = [program.FDSelect[glyph] for glyph in used]
    program.charset = [program.charset[glyph] for glyph in used]
    program.numGlyphs = len(used)
    glyphs.charStrings = {name: place for place, name in enumerate(program.charset)}
    compacted = io.BytesIO()
    fonts.compile(compacted, TTFont(recalcBBoxes=False), isCFF2=False)
    return compacted.getvalue()


def _used(font: TTFont, offsets: list[int]) -> list[int]:
    """Return the glyphs that have an outline or a width; glyph 0 always has its place."""
    measured = font["hhea"].numberOfHMetrics
    widths = struct.unpack(f">{2 * measured}H", font.reader["hmtx"][: 4 * measured])[::2]
    return [
        glyph
        for glyph in range(len(offsets) - 1)
        if glyph == 0
        or offsets[glyph + 1] - offsets[glyph] > 1
        or (glyph < measured and widths[glyph])
    ]
