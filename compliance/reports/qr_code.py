"""QR codes as the path of a drawing: a template writes the SVG."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""How many modules around a code stay empty."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A drawing of square modules."""

    side: int
    """Modules on each side, the quiet zone included."""
    path: str
    """One rectangle for each run of dark modules in a row, as an SVG path."""


def qr_code(text: str) -> QrCode:
    """Return the code of a text, whose reader may miss 15 % of it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            runs.append(f"M{start} {y}h{x - start}v1h{start - x}z")
    return QrCode(len(rows), "".join(runs))
