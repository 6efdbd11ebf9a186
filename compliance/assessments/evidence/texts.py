"""Plain text: characters that people can read, and no commands for the program that opens it."""

import re

from compliance.assessments.evidence.refusals import Refused

ENCODINGS = ("utf-8-sig", "gb18030")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_CODE = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|meta|img|\?php|\?xml|%@)"
    r"|\A\s*(#!|%!PS|\{\\rtf|MIME-Version:|@echo\b|\[InternetShortcut\])",
    re.IGNORECASE,
)
_COMMANDS = re.compile(  # of a spreadsheet: DDE, and functions that reach out
    r"(?:^|[,;\t\n\"'])\s*[=+\-@][^\n]*?(?:\|[^\n]*!|\b(?:HYPERLINK|WEBSERVICE|IMPORT\w+|CALL|EXEC"
    r"|REGISTER(?:\.ID)?|RTD)\s*\()",
    re.IGNORECASE,
)


def check_text(data: bytes) -> None:
    """Raise Refused where it is not plain text in UTF-8 or GB18030, or where it holds commands."""
    text = _decoded(data)
    if not text.strip():
        raise Refused("empty")
    if _CONTROLS.search(text):
        raise Refused("not_text")
    if _CODE.search(text) or _COMMANDS.search(text):
        raise Refused("code_in_text")


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("not_text")
