"""A PDF file as it is written: small, the same for the same pages, and claimed to be PDF/UA."""

import hashlib
import zlib
from typing import Any

import pydyf

from compliance.reports.compact_fonts import compact

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


def identified(written: bytes) -> bytes:
    """Add the identifier that PDF/A demands: a hash of the file.

    It goes into the file's last object, so that the place of no other object changes.
    """
    digest = hashlib.md5(written, usedforsecurity=False).hexdigest().encode()
    before, root, after = written.rpartition(b"/Root ")
    if not root:
        raise ValueError("the file has no trailer")
    return b"%b/ID [<%b> <%b>]%b%b" % (before, digest, digest, root, after)
