"""Makes the Windows icon from the SVG: `python icon.py APP.svg APP.ico`, in the checkout's environment (Qt draws it).

Every size is drawn from the vector by itself. ICO: small sizes as 32-bit bitmaps, which every reader knows, 256 as PNG.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def draw(renderer: QSvgRenderer, size: int) -> QImage:
    """Draw the icon `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def as_png(image: QImage) -> bytes:
    """Return the image as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(data.data())


def as_bitmap(image: QImage) -> bytes:
    """Return the image as an icon's bitmap: header with double height, rows from below, an empty mask."""
    size = image.width()
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = bytes(image.constBits())
    stride = image.bytesPerLine()
    colours = b"".join(rows[row * stride : row * stride + 4 * size] for row in reversed(range(size)))
    return header + colours + bytes((size + 31) // 32 * 4 * size)


def icon(source: Path) -> bytes:
    """Return the ICO file of an SVG."""
    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        raise SystemExit(f"{source.name} is no SVG that Qt can draw")
    parts = [(size, draw(renderer, size)) for size in SIZES]
    blobs = [as_png(image) if size == 256 else as_bitmap(image) for size, image in parts]
    offset = 6 + 16 * len(parts)
    entries = b""
    for size, blob in zip(SIZES, blobs, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(blob), offset)
        offset += len(blob)
    return struct.pack("<HHH", 0, 1, len(parts)) + entries + b"".join(blobs)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(icon(Path(sys.argv[1])))
