"""HTML to PDF: the one module that knows WeasyPrint.

The result is tagged, claims PDF/A-3a and PDF/UA-1, and is the same bytes for the same input.
"""

import datetime
import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher

from compliance.reports import fonts
from compliance.reports.compact_fonts import compact

BASE = "report:/"

_PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""What PDF/UA demands in the metadata, and the description of it that PDF/A demands."""

logger = logging.getLogger(__name__)


class NothingFetched(URLFetcher):
    """Refuses every address: a report carries its style and drawings in itself."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        logger.warning("A report tried to load %s; refused", url[:200])
        raise ValueError(f"a report loads nothing, not even {url[:200]}")


def render(
    html: str, generated: datetime.date, attachments: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the page as a PDF file.

    Title and language are those of the HTML; `generated` becomes its date of creation, for the
    clock is never asked. `attachments` are embedded under their names. Raises FontsMissingError
    where the machine lacks what reports are printed with.
    """
    fonts.demand()
    fetcher = NothingFetched()
    midnight = datetime.datetime.combine(generated, datetime.time(), datetime.UTC)
    with _garbage_left():
        document = HTML(string=fonts.legible(html), base_url=BASE, url_fetcher=fetcher).render(
            pdf_variant="pdf/a-3a"
        )
        document.metadata.created = document.metadata.modified = f"{midnight:%Y-%m-%dT%H:%M:%SZ}"
        document.metadata.attachments = [
            Attachment(
                string=content,
                name=name,
                created=midnight,
                modified=midnight,
                relationship="Data",
                url_fetcher=fetcher,
            )
            for name, content in (attachments or {}).items()
        ]
        return bytes(document.write_pdf(pdf_variant="pdf/a-3a", finisher=_finish))


def _finish(document: Any, pdf: Any) -> None:
    """Make embedded fonts smaller, and add the claim of PDF/UA beside the one of PDF/A."""
    for found in pdf.objects:
        if not isinstance(found, pydyf.Stream):
            continue
        if found.extra.get("Subtype") == "/OpenType":
            if program := compact(b"".join(found.stream)):
                found.stream = [program]
                found.extra["Subtype"] = "/CIDFontType0C"
        elif found.extra.get("Type") == "/Metadata":
            found.stream = [
                part.replace(b"</rdf:RDF>", _PDF_UA + b"</rdf:RDF>") for part in found.stream
            ]
            found.compress = False


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Collect no garbage inside: it costs a tenth of the time and finds nothing before the end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
            gc.collect()
