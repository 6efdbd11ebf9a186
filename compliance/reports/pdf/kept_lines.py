"""Lines of text that stay laid out until they are drawn.

WeasyPrint lays out each line, forgets it to save memory, and lays it out again to draw it. A report
has a few thousand lines, and each takes a few kilobytes: they are kept. What a line starts from
(its language and its font) is found once for each style.
"""

from typing import Any

from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import FontConfiguration, font_features, get_font_description

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_PARAGRAPH_ENDS = frozenset("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")


class KeptFonts(FontConfiguration):
    """The machine's fonts, and what lines in each language start from."""

    def __init__(self) -> None:
        super().__init__()
        self._contexts: dict[str, Any] = {}

    def context(self, language: str) -> Any:
        """Return what Pango needs to set text in a language from left to right."""
        if language not in self._contexts:
            context = ffi.gc(
                pango.pango_font_map_create_context(self.font_map), gobject.g_object_unref
            )
            pango.pango_context_set_round_glyph_positions(context, False)
            pango.pango_context_set_base_dir(context, PANGO_DIRECTION["ltr"])
            pango.pango_context_set_language(context, _language(language))
            self._contexts[language] = context
        return self._contexts[language]


class KeptLine(line_break.Layout):
    """A line that is laid out once, where nothing about it changes until it is drawn."""

    _whole = False
    _drawn = False

    def setup(self, style: Any) -> None:
        """Start a line in a style."""
        known = style.__dict__
        if "line_start" not in known:
            known["line_start"] = _start(style)
        if known["line_start"] is None:
            super().setup(style)
            return
        context, self.language, font = known["line_start"]
        self.style = style
        self.first_line_direction = 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, font)

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text, as one paragraph where it is one: so it is when it is drawn."""
        super().set_text(text, justify)
        pango.pango_layout_set_single_paragraph_mode(
            self.layout, _PARAGRAPH_ENDS.isdisjoint(self.text)
        )

    def get_first_line(self) -> Any:
        """Return the first line, and where the next one starts."""
        line, following = super().get_first_line()
        self._whole = following is None
        return line, following

    def deactivate(self) -> None:
        """Forget the line once it is drawn, or where it will be drawn otherwise than measured."""
        if self._drawn or self.justification_spacing or not self._whole:
            super().deactivate()

    def reactivate(self, style: Any) -> None:
        """Get ready to draw the line."""
        self._drawn = True
        if self.__dict__.get("style") is not style:
            super().reactivate(style)


def _start(style: Any) -> tuple[Any, Any, Any] | None:
    """Return context, language and font of lines in a style; None where it asks for more."""
    if (
        style["text_decoration_line"] != "none"
        or style["direction"] != "ltr"
        or style["font_language_override"] != "normal"
        or not style["lang"]
        or font_features(*(style[name] for name in _FEATURES))
        or not isinstance(style.font_config, KeptFonts)
    ):
        return None
    language = style["lang"]
    return style.font_config.context(language), _language(language), get_font_description(style)


def _language(name: str) -> Any:
    pointer, _kept_alive = unicode_to_char_p(name)
    return pango.pango_language_from_string(pointer)


def keep_lines() -> None:
    """Have WeasyPrint keep its lines."""
    line_break.Layout = KeptLine
