"""HTML to PDF: the one module that knows WeasyPrint.

The result is tagged, claims PDF/A-3a and PDF/UA-1, and is the same bytes for the same input.
"""

import datetime
import gc
import hashlib
import logging
import threading
import zlib
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

# Two at once would take longer than one after the other, and the garbage collector is one for all.
_ONE_AT_A_TIME = threading.Lock()


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
    with _ONE_AT_A_TIME, _garbage_left():
        written = _write(fonts.legible(html), generated, attachments or {})
    return _identified(written)


def _write(html: str, generated: datetime.date, attachments: Mapping[str, bytes]) -> bytes:
    fetcher = NothingFetched()
    midnight = datetime.datetime.combine(generated, datetime.time(), datetime.UTC)
    document = HTML(string=html, base_url=BASE, url_fetcher=fetcher).render(pdf_variant="pdf/a-3a")
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
        for name, content in attachments.items()
    ]
    # WeasyPrint's own identifier costs writing everything a second time to hash it.
    written = document.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=False, finisher=_finish)
    return bytes(written)


def _finish(document: Any, pdf: Any) -> None:
    """Make embedded fonts smaller, and add the claim of PDF/UA beside the one of PDF/A."""
    for found in pdf.objects:
        if not isinstance(found, pydyf.Stream):
            continue
        if found.extra.get("Subtype") == "/OpenType":
            found.stream = [compact(b"".join(found.stream))]
        elif found.extra.get("Type") == "/Metadata":
            found.stream = [
                part.replace(b"</rdf:RDF>", _PDF_UA + b"</rdf:RDF>") for part in found.stream
            ]
            found.compress = False
        if found.compress:
            _compress(found)


def _compress(stream: Any) -> None:
    """Compress a stream here: quicker than at the highest level, and sure where it ends.

    A carriage return at the end would be taken for a part of the line break that follows it.
    """
    content = b"\n".join(_written(part) for part in stream.stream)
    compressed = zlib.compress(content)
    stream.stream = [compressed + b"\n" if compressed.endswith(b"\r") else compressed]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _written(part: Any) -> bytes:
    """Return a piece of a stream, which may be an object, as it stands in the file."""
    if isinstance(part, pydyf.Object):
        return bytes(part.data)
    return part if isinstance(part, bytes) else str(part).encode("ascii")


def _identified(written: bytes) -> bytes:
    """Add the identifier that PDF/A demands: a hash of the file.

    It goes into the file's last object, so that the place of no other object changes.
    """
    digest = hashlib.md5(written, usedforsecurity=False).hexdigest().encode()
    before, root, after = written.rpartition(b"/Root ")
    if not root:
        raise ValueError("the file has no trailer")
    return b"%b/ID [<%b> <%b>]%b%b" % (before, digest, digest, root, after)


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
