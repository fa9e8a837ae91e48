"""The Windows icon: every size, drawn and not empty."""

from __future__ import annotations

import struct

from PySide6.QtGui import QImage

from installer.windows import icon, layout

SOURCE = layout.ROOT / "resources" / "icons" / "app.svg"


def test_every_size_is_there_and_drawn() -> None:
    data = icon.icon(SOURCE)
    reserved, kind, count = struct.unpack_from("<HHH", data)
    assert (reserved, kind, count) == (0, 1, len(icon.SIZES))
    for place, size in enumerate(icon.SIZES):
        width, _, _, _, _, bits, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * place)
        assert (width or 256, bits) == (size, 32)
        blob = data[offset : offset + length]
        assert len(blob) == length
        if size == 256:
            assert QImage.fromData(blob).width() == 256
        else:
            assert struct.unpack_from("<Iii", blob) == (40, size, 2 * size)
            assert any(blob[40:])


def test_it_is_the_same_every_time() -> None:
    assert icon.icon(SOURCE) == icon.icon(SOURCE)
