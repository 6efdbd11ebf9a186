"""Chinese fonts cut down to the glyphs that are used, in one step.

WeasyPrint takes a second step to drop what stands behind the last glyph used. A Chinese font has
65,000 glyphs, whose places it reads again for that; and unused places cost nothing in the file
(see compact_fonts).
"""

from collections.abc import Callable, Collection
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
from weasyprint.text.fonts import get_hb_object_data

_DROPPED = (
    *(b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF"),
    *(b"LTSH", b"PCLT", b"SVG "),
)
"""The tables that nothing in a PDF file asks for."""


def _subset(
    original: Callable[..., None], font: Any, to_unicode: Collection[int], hinting: bool
) -> None:
    """Leave in a font only the glyphs of these numbers, which they keep."""
    if "CFF " not in font.tables or hinting or font.missing:
        original(font, to_unicode, hinting)
        return
    wanted = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy
    )
    glyphs = harfbuzz_subset.hb_subset_input_glyph_set(wanted)
    _add(glyphs, to_unicode)
    dropped = harfbuzz_subset.hb_subset_input_set(
        wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
    )
    _add(dropped, [harfbuzz.hb_tag_from_string(name, -1) for name in _DROPPED])
    harfbuzz_subset.hb_subset_input_set_flags(
        wanted,
        harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS
        | harfbuzz_subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED
        | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
        | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING,
    )
    face = harfbuzz_subset.hb_subset_or_fail(font.hb_face, wanted)
    content = face and get_hb_object_data(ffi.gc(face, harfbuzz.hb_face_destroy))
    if content:
        font.file_content = content
    else:
        original(font, to_unicode, hinting)


def _add(numbers: Any, more: Collection[int]) -> None:
    harfbuzz.hb_set_add_sorted_array(numbers, ffi.new("hb_codepoint_t[]", sorted(more)), len(more))


def subset_once() -> None:
    """Have WeasyPrint cut down Chinese fonts in this way."""
    original = Font._harfbuzz_subset
    Font._harfbuzz_subset = lambda *arguments: _subset(original, *arguments)
