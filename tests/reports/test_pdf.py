"""HTML to PDF: nothing is fetched, and what is missing on the machine is named."""

import gc
import io
import logging
import re
import zlib
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from compliance.reports import checks
from compliance.reports.pdf import fonts, rendering
from tests.reports.conftest import DAY

PAGE = (
    '<!DOCTYPE html><html lang="zh-Hans"><head><title>题</title><style>{css}</style></head>'
    "<body>正文{html}</body></html>"
)


def render(html="", css="", **more):
    return rendering.render(PAGE.format(html=html, css=css), DAY, **more)


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">绝不外传</text></svg>')
    return path.as_uri()


WAYS_IN = {
    "image": {"html": '<img alt="" src="{address}"/>'},
    "object": {"html": '<object data="{address}"></object>'},
    "embed": {"html": '<embed src="{address}"/>'},
    "drawing": {
        "html": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<title>画</title><image href="{address}" width="9" height="9"/></svg>'
    },
    "drawing used": {
        "html": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<title>画</title><use href="{address}#part"/></svg>'
    },
    "style sheet": {"html": '<link rel="stylesheet" href="{address}"/>'},
    "attachment": {"html": '<link rel="attachment" href="{address}"/>'},
    "linked attachment": {"html": '<a rel="attachment" href="{address}">附件</a>'},
    "import": {"css": '@import url("{address}");'},
    "background": {"css": 'body {{ background: url("{address}") }}'},
    "font": {
        "css": '@font-face {{ font-family: F; src: url("{address}") }} body {{ font: 9pt F }}'
    },
    "content": {"css": 'body::after {{ content: url("{address}") }}'},
}

NEVER_TRIED = {"drawing used", "attachment"}
"""What WeasyPrint does not follow here, so that there is nothing to refuse."""


def _not_opened(*args, **more):
    pytest.fail("something was opened")


@pytest.mark.parametrize("name", WAYS_IN)
def test_no_address_is_opened_whatever_names_it(name, secret, caplog, monkeypatch):
    monkeypatch.setattr("urllib.request.OpenerDirector.open", _not_opened)
    for address in (secret, "http://127.0.0.1:9/x.svg", "data:text/css,body{}"):
        caplog.clear()
        with caplog.at_level(logging.WARNING, rendering.__name__):
            content = render(
                **{k: text.format(address=address) for k, text in WAYS_IN[name].items()}
            )
        refused = [r.getMessage() for r in caplog.records if r.name == rendering.__name__]
        assert name in NEVER_TRIED or any(address in message for message in refused)
        file = pypdf.PdfReader(io.BytesIO(content))
        assert "绝不外传" not in "".join(page.extract_text() for page in file.pages)
        assert not file.attachments


def test_a_relative_address_leads_nowhere(caplog):
    render('<img alt="" src="../../etc/passwd"/>')
    assert "etc/passwd; refused" in caplog.text


def test_characters_that_no_page_may_hold_are_printed_as_their_codes():
    content = render("<p>\0\v\x7f\ud800\ufffe\uffff</p>")
    printed = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    for code in ("0000", "000B", "007F", "D800", "FFFE", "FFFF"):
        assert f"[U+{code}]" in printed


INLINE = {"a", "b", "br", "i", "span", "svg", "rect"}


def test_the_defaults_know_every_element_of_the_templates():
    folder = settings.BASE_DIR / "templates" / "reports"
    written = "".join(path.read_text() for path in folder.rglob("*.html"))
    pages = re.sub("<svg.*?</svg>", "<svg>", written, flags=re.DOTALL)
    known = set(re.findall(r"[a-z][a-z0-9]*(?=[^{}]*\{)", rendering.DEFAULTS.read_text()))
    assert set(re.findall("<([a-z][a-z0-9]*)", pages)) <= known | INLINE


def test_attachments_are_embedded_under_their_names():
    file = pypdf.PdfReader(io.BytesIO(render(attachments={"a.json": b"[1]"})))
    assert dict(file.attachments) == {"a.json": [b"[1]"]}


def test_the_identifier_is_there_and_depends_on_the_content():
    def identifier(content):
        return pypdf.PdfReader(io.BytesIO(content)).trailer["/ID"]

    assert identifier(render()) == identifier(render())
    assert identifier(render()) != identifier(render("<p>又一段</p>"))


def test_no_stream_ends_where_a_reader_would_take_its_end_for_a_line_break(monkeypatch):
    compressed = zlib.compress
    monkeypatch.setattr("zlib.compress", lambda content: compressed(content) + b"\r")
    content = render("<p>又一段</p>")
    assert b"\r\nendstream" not in content
    assert "又一段" in pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_a_font_keeps_its_used_glyphs_whole_and_the_numbers_of_all():
    content = render("<p>数字人企业</p>", css='* { font: 9pt "Noto Sans CJK SC" }')
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    (font,) = page["/Resources"]["/Font"].values()
    descendant = font["/DescendantFonts"][0]
    program = descendant["/FontDescriptor"]["/FontFile3"].get_data()
    embedded = TTFont(io.BytesIO(program))
    glyphs = embedded["CFF "].cff[0].CharStrings.charStringsIndex
    drawn = [number for number in range(len(glyphs)) if len(glyphs[number].bytecode) > 1]
    widths = descendant["/W"]
    used = [first + at for first, many in pairs(widths) for at in range(len(many))]
    assert set(drawn) == {0, *used}
    assert all(embedded["hmtx"].metrics[f"cid{number:05}"][0] == 1000 for number in used)


def pairs(widths):
    return zip(widths[::2], widths[1::2], strict=True)


def test_a_chinese_font_costs_what_its_glyphs_cost():
    # 65,000 empty places alone would take more than 100 KB.
    content = render("<p>数字人企业合规自评估</p>", css='* { font: 9pt "Noto Sans CJK SC" }')
    assert len(content) < 15_000


def test_garbage_is_collected_again_afterwards_even_after_a_failure(monkeypatch):
    render()
    assert gc.isenabled()
    monkeypatch.setattr(rendering, "finish", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        render()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_two_at_once_in_one_process_come_out_as_one_alone_does():
    alone = render()
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(render) for _ in range(2)]
        assert [printing.result() for printing in both] == [alone, alone]
    assert gc.isenabled()


@pytest.fixture
def bare_machine(monkeypatch):
    """A machine with neither the fonts nor the library that cuts them."""

    def not_there(name):
        raise OSError(name)

    monkeypatch.setattr(fonts.ctypes, "CDLL", not_there)
    monkeypatch.setattr(fonts, "_fontconfig", lambda *arguments: "DejaVu Sans\nNoto Sans CJK JP\n")
    fonts.missing.cache_clear()
    yield
    fonts.missing.cache_clear()


@pytest.mark.usefixtures("bare_machine")
def test_what_is_missing_is_named_with_its_package_before_anything_is_printed():
    with pytest.raises(fonts.FontsMissingError) as refused:
        render()
    for package in ("libharfbuzz-subset0", "fonts-noto-cjk", "fonts-lato"):
        assert package in str(refused.value)
    warnings = checks.printing_check()
    assert [warning.id for warning in warnings] == ["reports.W001", "reports.W002", "reports.W003"]
    assert "Noto Sans CJK SC" in warnings[1].msg


def test_a_complete_machine_gets_no_warning():
    assert checks.printing_check() == []
