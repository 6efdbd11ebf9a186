"""Lines that are kept change no byte of a report."""

import hashlib
import subprocess
import sys

from django.conf import settings

from compliance.reports.cover import cover_of_file
from compliance.reports.gap_report import gap_report_html
from compliance.reports.pdf import rendering
from tests.reports.conftest import DAY

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Kept</title><style>
body { font: 9pt "Noto Sans CJK SC"; text-align: justify }
table { width: 400pt; table-layout: fixed; border-collapse: collapse; border: 1pt solid red }
td { padding: 2pt 5%; border-bottom: 3pt double blue; white-space: pre-line }
.boxed { box-sizing: border-box; width: 50%; padding: 1em; border-radius: 4pt; background: #eee }
.left { float: left; width: 30% } .over { position: relative; top: 3pt }
u { text-decoration: underline } s { letter-spacing: 2pt; word-spacing: 5pt }
@page { size: 300pt 300pt; @bottom-right { content: counter(page) " / " counter(pages) } }
</style></head><body>
<p class="left">浮动的文字，占三成宽。</p>
<p>Justified text around it, 混排中文与 English words, <u>underlined</u>,
<s>spaced</s>, <b>bold</b><i>italic</i>, a soft&#173;hyphen and a\u2028separator,
over several lines.</p>
<p lang="ar">نص من اليمين</p><p class="boxed">In a box <span class="over">above</span></p>
<p>Averyveryverylongwordthatmustbebrokensomewhere0123456789012345678901234567890123456789</p>
<table><thead><tr><td>一</td><td>二</td></tr></thead><tbody>{rows}</tbody></table>
</body></html>"""
ROW = "<tr><td>第一行\nsecond line, long enough to be broken once or twice</td><td>—</td></tr>"

PLAIN = """
import datetime, hashlib, sys
from compliance.reports.pdf import kept_lines
kept_lines.keep_lines = lambda: None
from compliance.reports.pdf.rendering import render
for html in sys.stdin.read().split("\\0"):
    print(hashlib.sha256(render(html, datetime.date(*map(int, sys.argv[1:])))).hexdigest())
"""


def test_every_byte_is_as_without_what_is_kept(example):
    cover = cover_of_file(example.file, example.score, "en", DAY)
    pages = [PAGE.replace("{rows}", ROW * 20), gap_report_html(example.score, cover)]
    day = map(str, (DAY.year, DAY.month, DAY.day))
    plain = subprocess.run(
        [sys.executable, "-c", PLAIN, *day],
        input="\0".join(pages),
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    kept = [hashlib.sha256(rendering.render(page, DAY)).hexdigest() for page in pages]
    assert plain.stdout.split() == kept
