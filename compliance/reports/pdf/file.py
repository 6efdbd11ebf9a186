"""A PDF file as it is written: small, the same for the same pages, and claimed to be PDF/UA."""

import hashlib
import zlib
from typing import Any

import pydyf

from compliance.reports.pdf.compact_fonts import compact

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


def finish(document: Any, pdf: Any) -> None:
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


class PdfFile(pydyf.PDF):
    """A PDF file that keeps the references to its pages, of which each of its tags names one."""

    _references: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """Return the reference to each page that was added."""
        if 3 * len(self._references) != len(self.pages["Kids"]):
            self._references = super().page_references
        return self._references


def _stream(stream: Any) -> bytes:
    """Return a stream as it stands in the file.

    Compressed quicker than at the highest level, and sure where it ends: a carriage return at the
    end would be taken for a part of the line break that follows it.
    """
    content = b"\n".join([_written(part) for part in stream.stream])
    extra = pydyf.Dictionary(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content)
        content += b"\n" if content.endswith(b"\r") else b""
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _dictionary(dictionary: Any) -> bytes:
    """Return a dictionary as it stands in the file."""
    return b"<<%b>>" % b"".join(
        [b"/%b %b" % (key.encode("ascii"), _written(value)) for key, value in dictionary.items()]
    )


def _written(part: Any) -> bytes:
    """Return a piece of a stream, which may be an object, as it stands in the file."""
    if isinstance(part, bytes):
        return part
    if isinstance(part, str):
        return part.encode("ascii")
    written: bytes = pydyf._to_bytes(part)
    return written


def write_quickly() -> None:
    """Have every PDF file written in the ways above."""
    pydyf.PDF = PdfFile
    pydyf.Stream.data = property(_stream)
    pydyf.Dictionary.data = property(_dictionary)


def identified(written: bytes) -> bytes:
    """Add the identifier that PDF/A demands: a hash of the file.

    It goes into the file's last object, so that the place of no other object changes.
    """
    digest = hashlib.md5(written, usedforsecurity=False).hexdigest().encode()
    before, root, after = written.rpartition(b"/Root ")
    if not root:
        raise ValueError("the file has no trailer")
    return b"%b/ID [<%b> <%b>]%b%b" % (before, digest, digest, root, after)
