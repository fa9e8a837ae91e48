"""The chart of what safety stock buys: two panels over the same axis, drawn by hand as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WIDTH, HEIGHT = 860, 400
_PANEL_WIDTH, _PANEL_HEIGHT, _TOP = 330, 220, 96
_INK, _SOFT, _GRID = "#1f2933", "#5b6770", "#dde3e8"
_LOOK = 'font-family="Segoe UI, Noto Sans, DejaVu Sans, sans-serif"'
_HUBS = (("lowers", "hub lowers its own stock", "#0b6e99"), ("keeps", "hub keeps its number", "#d9822b"))


def draw(document: dict[str, Any]) -> str:
    """`document` as `report.as_json` makes it."""
    rows: list[dict[str, Any]] = document["safety"]
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    made_of = "{skus:,} SKUs, {days} days, {orders:,} orders, seed {seed}".format_map(document)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {WIDTH} {HEIGHT}" {_LOOK} role="img">',
        "<title>Oversold units and lost sales by units of safety stock</title>",
        f'<rect {size} fill="#ffffff"/>',
        _text(30, 34, "What each unit of safety stock buys, and costs", 18, _INK, weight="600"),
        _text(
            30,
            56,
            made_of,
            12,
            _SOFT,
        ),
    ]
    for number, (key, title) in enumerate((("oversold", "Units oversold"), ("lost", "Sales lost, units"))):
        values = {hub: [float(row["hubs"][hub][key]) for row in rows] for hub, _, _ in _HUBS}
        parts += _panel(75 + number * 420, title, values)
    left = 75
    for _, name, colour in _HUBS:
        parts.append(f'<rect x="{left}" y="{HEIGHT - 26}" width="12" height="12" rx="2" fill="{colour}"/>')
        parts.append(_text(left + 18, HEIGHT - 15.5, name, 12, _INK))
        left += 220
    return "\n".join([*parts, "</svg>", ""])


def _panel(left: int, title: str, values: dict[str, list[float]]) -> list[str]:
    count = len(next(iter(values.values())))
    ticks = _ticks(max(max(series) for series in values.values()))
    bottom, scale = _TOP + _PANEL_HEIGHT, _PANEL_HEIGHT / ticks[-1]
    parts = [_text(left, _TOP - 14, f"{title} per 10,000 orders", 13, _INK, weight="600")]
    for tick in ticks:
        y = bottom - tick * scale
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + _PANEL_WIDTH}" y2="{y:.1f}" stroke="{_GRID}"/>')
        parts.append(_text(left - 8, y + 4, f"{tick:,g}", 11, _SOFT, anchor="end"))
    slot = _PANEL_WIDTH / count
    bar = slot * 0.34
    for position in range(count):
        middle = left + slot * (position + 0.5)
        for number, (hub, _, colour) in enumerate(_HUBS):
            value = values[hub][position]
            x, height = middle + (number - 1) * (bar + 1) + number * 2 - 0.5, value * scale
            parts.append(
                f'<rect x="{x:.1f}" y="{bottom - height:.1f}" width="{bar:.1f}" height="{height:.1f}" fill="{colour}">'
                f"<title>{position} units, {value:,.2f}</title></rect>"
            )
        parts.append(_text(middle, bottom + 18, str(position), 12, _INK, anchor="middle"))
    parts.append(f'<line x1="{left}" y1="{bottom}" x2="{left + _PANEL_WIDTH}" y2="{bottom}" stroke="{_SOFT}"/>')
    parts.append(
        _text(left + _PANEL_WIDTH / 2, bottom + 38, "safety stock, units of each ERP code", 12, _SOFT, anchor="middle")
    )
    return parts


def _ticks(highest: float) -> Sequence[float]:
    """Four to seven round steps from zero to above `highest`."""
    step = 10.0**-2
    while True:
        for factor in (1, 2, 5):
            if step * factor * 6 >= highest:
                size = step * factor
                count = max(1, -int(-highest // size))
                return [round(number * size, 4) for number in range(count + 1)]
        step *= 10


def _text(x: float, y: float, text: str, size: int, colour: str, *, anchor: str = "start", weight: str = "400") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{text}</text>'
    )
