"""Embedded Chinese fonts without the empty places of glyphs that are not used.

A subset keeps the numbers of its glyphs, since the text refers to them. In a font of 65,000 glyphs
each unused one still has an outline of one byte, and a table of 65,000 places that grow by one
hardly compresses: more than 100 KB. Outlines of no byte at all make it a table of equal places,
which compresses to nothing.
"""

import io
import struct
from itertools import compress
from operator import sub

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import SFNTWriter


def compact(opentype: bytes) -> bytes:
    """Return an OpenType font whose unused glyphs have no outline, not even an empty one.

    Glyphs keep their numbers and everything else its place. A font without CFF outlines comes back
    as it is.
    """
    font = TTFont(io.BytesIO(opentype), lazy=True)
    if "CFF " not in font:
        return opentype
    written = io.BytesIO()
    writer = SFNTWriter(written, len(font.reader.tables), sfntVersion="OTTO")
    for tag in font.reader.tables:
        table = font.reader[tag]
        writer[tag] = _emptied(table, _widths(font)) if tag == "CFF " else table
    writer.close()
    return written.getvalue()


def _widths(font: TTFont) -> tuple[int, ...]:
    """Return the width of each glyph that has its own; a subset leaves unused ones at 0."""
    measured = font["hhea"].numberOfHMetrics
    return struct.unpack(f">{2 * measured}H", font.reader["hmtx"][: 4 * measured])[::2]


def _emptied(program: bytes, widths: tuple[int, ...]) -> bytes:
    """Return a CFF program of the same length, with the outlines moved together.

    What follows the outlines is found by its place in the file, so nothing else has to change.
    """
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None, isCFF2=False)
    start = fonts[0].rawDict["CharStrings"]
    count, size = struct.unpack_from(">HB", program, start)
    first = start + 3
    data = first + (count + 1) * size - 1  # places are counted from 1
    places = _places(program[first : data + 1], size)
    outlined = map((1).__lt__, map(sub, places[1:], places))
    used = {0, *compress(range(count), outlined), *compress(range(count), widths)}
    outlines = []
    table = []
    place, following = 1, 0
    for glyph in sorted(used):
        outline = program[data + places[glyph] : data + places[glyph + 1]]
        table.append(place.to_bytes(size, "big") * (glyph + 1 - following))
        outlines.append(outline)
        place += len(outline)
        following = glyph + 1
    table.append(place.to_bytes(size, "big") * (count + 1 - following))
    end = data + places[-1]
    return program[:first] + b"".join(table + outlines).ljust(end - first, b"\0") + program[end:]


def _places(table: bytes, size: int) -> tuple[int, ...]:
    """Return the numbers of a table, of so many bytes each and at most four."""
    count = len(table) // size
    padded = bytearray(4 * count)
    for at in range(size):
        padded[4 - size + at :: 4] = table[at::size]
    return struct.unpack(f">{count}I", padded)
