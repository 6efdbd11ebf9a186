"""What follows from a style alone, found once for each style.

A report has thousands of boxes in a few hundred styles, and WeasyPrint asks the same of each box
anew. The functions here take the place of its own and come to the same result.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import background, block, inline, table

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in _SIDES),
    *(f"{most}{way}" for most in ("", "min_", "max_") for way in ("width", "height")),
)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_BARE = dict.fromkeys(_CORNERS, (0, 0)) | {"background": None}

_PLAIN = {
    name: (
        name in INHERITED,
        frozenset(
            PHYSICAL_FUNCTIONS[name](block="ttb", inline=way)
            for way in ("ltr", "rtl")
            if name in PHYSICAL_FUNCTIONS
        ),
    )
    for name in INITIAL_VALUES
    if name not in {"page", "position", "float", "display"}
    and not name.startswith("text_decoration_")
    and (name in INHERITED or name not in INITIAL_NOT_COMPUTED)
}
"""Of the properties that are as inherited or as at first unless a style sheet names them: whether
they are inherited, and their names where they are named by the direction of the text."""


def _property(original: Any, style: Any, name: str) -> Any:
    """Return a property that no style sheet names without asking what it might be otherwise."""
    if name in _PLAIN and name not in style.cascaded:
        inherited, otherwise = _PLAIN[name]
        if otherwise.isdisjoint(style.cascaded):
            if not inherited:
                value = style[name] = INITIAL_VALUES[name]
                return value
            if style.parent_style is not None and not check_math(style.parent_style[name]):
                value = style[name] = style.parent_style[name]
                return value
    return original(style, name)


def _resolve_percentages(original: Any, box: Any, containing_block: Any) -> None:
    """Set the lengths of a box, which follow from its style and the room it has."""
    style = box.style
    if style["box_sizing"] != "content-box" or not isinstance(box, Box) or isinstance(box, PageBox):
        original(box, containing_block)
        return
    known = style.__dict__.setdefault("known_lengths", {})
    room = (
        (containing_block.width, containing_block.height)
        if isinstance(containing_block, Box)
        else tuple(containing_block)
    )
    if room not in known:
        copy = box.copy()
        for name in _BORDERS:
            copy.__dict__.pop(name, None)
        original(copy, containing_block)
        known[room] = (
            {name: getattr(copy, name) for name in _LENGTHS},
            {name: getattr(copy, name) for name in _BORDERS},
        )
    lengths, borders = known[room]
    box.__dict__.update(lengths)
    if style["border_collapse"] == "collapse":  # a cell's were agreed upon with its neighbours'
        borders = {name: width for name, width in borders.items() if not hasattr(box, name)}
    box.__dict__.update(borders)


def _layout_background(
    original: Any, page: Any, box: Any, images: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Find the background of a box: most have none."""
    if style is not None or not isinstance(box, Box) or box is page or not _bare(box.style):
        original(page, box, images, layout_children, style)
        return
    if layout_children:
        for child in box.all_children():
            background.layout_box_backgrounds(page, child, images)
    box.__dict__.update(_BARE)


def _bare(style: Any) -> bool:
    """Tell whether a style has neither a background nor round corners nor pictures."""
    known = style.__dict__
    if "bare" not in known:
        known["bare"] = (
            all((0, "px") in style[corner] for corner in _CORNERS)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and all(kind == "none" for kind, _ in style["background_image"])
            and get_color(style, "background_color").alpha == 0
            and not style["box_shadow"]
        )
    return bool(known["bare"])


def _strut(original: Any, style: Any) -> tuple[float, float]:
    """Return height and baseline of a line in a style."""
    known = style.__dict__
    if "strut" not in known:
        known["strut"] = original(style)
    height, baseline = known["strut"]
    return height, baseline


def _in_normal_flow(original: Any, box: Any) -> bool:
    """Tell whether a box stands where it comes: most do."""
    style = box.style
    return (style["float"] == "none" and style["position"] == "static") or bool(original(box))


def _method(ours: Callable[..., Any], original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *arguments: ours(original, *arguments)


def keep_styles() -> None:
    """Have WeasyPrint ask each style once."""
    ComputedStyle.__missing__ = _method(_property, ComputedStyle.__missing__)
    Box.is_in_normal_flow = _method(_in_normal_flow, Box.is_in_normal_flow)
    for module in (block, inline, table):
        module.resolve_percentages = partial(_resolve_percentages, module.resolve_percentages)
    background.layout_box_backgrounds = partial(
        _layout_background, background.layout_box_backgrounds
    )
    inline.strut = partial(_strut, inline.strut)
    inline.can_break_text = lru_cache(maxsize=4096)(inline.can_break_text)
