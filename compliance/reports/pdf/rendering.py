"""HTML to PDF, by WeasyPrint.

The result is tagged, claims PDF/A-3a and PDF/UA-1, and is the same bytes for the same input.
"""

import datetime
import gc
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cssselect2
from weasyprint import CSS, HTML, Attachment
from weasyprint.urls import URLFetcher

from compliance.reports.pdf import fonts
from compliance.reports.pdf.file import finish, identified, write_quickly
from compliance.reports.pdf.kept_lines import KeptFonts, keep_lines
from compliance.reports.pdf.roomy_stack import roomy

BASE = "report:/"
DEFAULTS = Path(__file__).with_name("defaults.css")

logger = logging.getLogger(__name__)

keep_lines()
write_quickly()

# Two at once would take longer than one after the other, and the garbage collector is one for all.
_ONE_AT_A_TIME = threading.Lock()


class NothingFetched(URLFetcher):
    """Refuses every address: a report carries its style and drawings in itself."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        logger.warning("A report tried to load %s; refused", url[:200])
        raise ValueError(f"a report loads nothing, not even {url[:200]}")


class Page(HTML):
    """A page that is well-formed XML, with the few defaults that reports need.

    A process reads each style once. HTML reads its page with a parser that takes eight times as
    long, offers no other, and asks `_ua_stylesheets` for the defaults.
    """

    def __init__(self, text: str) -> None:
        root = ElementTree.fromstring(text)  # noqa: S314 (our own template, what is typed escaped)
        self.base_url = BASE
        self.url_fetcher = NothingFetched()
        self.media_type = "print"
        self.styles = []
        for head in root.findall("head"):
            for style in head.findall("style"):
                self.styles.append(_style(style.text or ""))
                head.remove(style)
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [_style(DEFAULTS.read_text(encoding="utf-8"))]


@cache
def _fonts() -> Any:
    """Return the machine's fonts, which a process need not look for and load a second time."""
    return KeptFonts()


@lru_cache(maxsize=16)
def _style(text: str) -> Any:
    return CSS(string=text, base_url=BASE, url_fetcher=NothingFetched(), font_config=_fonts())


def render(
    html: str, generated: datetime.date, attachments: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the page, which has to be well-formed XML, as a PDF file.

    Title and language are those of the HTML; `generated` becomes its date of creation, for the
    clock is never asked. `attachments` are embedded under their names. Raises FontsMissingError
    where the machine lacks what reports are printed with.
    """
    fonts.demand()
    with _ONE_AT_A_TIME, _garbage_left():
        written = _write(fonts.legible(html), generated, attachments or {})
    return identified(written)


@roomy
def _write(html: str, generated: datetime.date, attachments: Mapping[str, bytes]) -> bytes:
    midnight = datetime.datetime.combine(generated, datetime.time(), datetime.UTC)
    page = Page(html)
    document = page.render(stylesheets=page.styles, font_config=_fonts(), pdf_variant="pdf/a-3a")
    document.metadata.created = document.metadata.modified = f"{midnight:%Y-%m-%dT%H:%M:%SZ}"
    document.metadata.attachments = [
        Attachment(
            string=content,
            name=name,
            created=midnight,
            modified=midnight,
            relationship="Data",
            url_fetcher=page.url_fetcher,
        )
        for name, content in attachments.items()
    ]
    # WeasyPrint's own identifier costs writing everything a second time to hash it.
    written = document.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=False, finisher=finish)
    return bytes(written)


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Collect no garbage inside, where there is none to find; then only what was made inside."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if was_enabled:
            gc.enable()
