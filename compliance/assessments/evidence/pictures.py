"""Pictures: whole from their first byte to their last, not too large, and nothing behind them."""

import io
import struct
import warnings

from PIL import Image

from compliance.assessments.evidence.refusals import Refused

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 30_000

PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
_STANDALONE = {0x01, *range(0xD0, 0xD8)}  # markers of a JPEG that no length follows


def check_png(data: bytes) -> None:
    """Raise Refused where it is not one PNG, whole and with nothing behind its end."""
    _check_size(data, "PNG")
    place, last = len(PNG_START), b""
    while place + 12 <= len(data) and last != b"IEND":
        (length,) = struct.unpack(">I", data[place : place + 4])
        last, place = data[place + 4 : place + 8], place + 12 + length
    if last != b"IEND" or place > len(data):
        raise Refused("broken")
    if place < len(data):
        raise Refused("disguised")


def check_jpeg(data: bytes) -> None:
    """Raise Refused where it is not a JPEG, whole and with no more behind it than further ones.

    Cameras put a preview behind the picture; some fill the rest with zeros.
    """
    _check_size(data, "JPEG")
    rest = data
    while rest:
        if not rest.startswith(JPEG_START):
            raise Refused("disguised")
        rest = rest[_end_of_jpeg(rest) :].lstrip(b"\0")


def check_webp(data: bytes) -> None:
    """Raise Refused where it is not one WebP, whole and with nothing behind its end."""
    _check_size(data, "WEBP")
    (length,) = struct.unpack("<I", data[4:8])
    if length + 8 + length % 2 > len(data):
        raise Refused("broken")
    if length + 8 + length % 2 < len(data):
        raise Refused("disguised")


def _check_size(data: bytes, kind: str) -> None:
    """Read the header only: nothing is decoded before the size is known, nor after."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as picture:
                width, height = picture.size
                if width * height <= MOST_PIXELS and kind == "PNG":
                    picture.verify()
    except Image.DecompressionBombError:
        raise Refused("picture_too_large", limit=MOST_PIXELS // 1_000_000) from None
    except Exception as error:  # whatever the reader stumbles over is a fault of the file
        raise Refused("broken") from error
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused("picture_too_large", limit=MOST_PIXELS // 1_000_000)


def _end_of_jpeg(data: bytes) -> int:
    """Return where the first JPEG of the data ends, by its own markers."""
    place = 2
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 2 > len(data):
            raise Refused("broken")
        marker = data[place + 1]
        if marker == 0xD9:
            return place + 2
        if marker in _STANDALONE or marker in (0x00, 0xFF):  # 00 is data, FF is filling
            place += 1 if marker == 0xFF else 2
            continue
        if place + 4 > len(data):
            raise Refused("broken")
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
