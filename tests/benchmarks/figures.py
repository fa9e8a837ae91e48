"""The figures' names and bounds, and how they are told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

BOUNDS: Mapping[str, float | None] = {
    "quiet_warm_ratio": 1.5,
    "quiet_cold_ratio": 6,
    "quiet_puts": 0,
    "changed_ratio": 1.15,
    "changed_puts": None,
    "usual_way_ratio": None,
    "engine_rss_mb": 150,
    "erp_read_ratio": 3,
    "erp_read_peak_ratio": 3,
    "tray_start_s": 1,
    "tray_rss_mb": 120,
    "tray_busy_rss_mb": 220,
    "idle_cpu_percent": 0.1,
    "idle_write_bytes": 0,
    "many_shops_round_s": 60,
    "many_shops_mb_per_shop": 1,
    "ui_stall_ms_max": 50,
    "ui_search_ms_max": 100,
}
"""The largest value that is right; None = no bound, the figure stands for comparison."""

_WORDS: Mapping[str, str] = {
    "quiet_warm_ratio": "quiet cycle, warm ÷ bare driver's fetch",
    "quiet_cold_ratio": "quiet cycle, cold ÷ bare driver's fetch",
    "quiet_puts": "PUTs in quiet cycles",
    "changed_ratio": "2,000 changed SKUs ÷ (PUTs × 50 ms / 5)",
    "changed_puts": "PUTs of 2,000 changed SKUs",
    "usual_way_ratio": "GET then PUT, one by one ÷ (PUTs × 50 ms / 5)",
    "engine_rss_mb": "engine alone, 100,000 SKUs, MB",
    "erp_read_ratio": "100,000 rows read and typed ÷ bare driver",
    "erp_read_peak_ratio": "memory's peak, 300,000 rows ÷ 100,000 rows",
    "tray_start_s": "tray: start until the icon shows, s",
    "tray_rss_mb": "tray before the first cycle, MB",
    "tray_busy_rss_mb": "tray after a cycle of 100,000, De/Para open, MB",
    "idle_cpu_percent": "a resting minute, % of one processor",
    "idle_write_bytes": "a resting minute, bytes written",
    "many_shops_round_s": "100 shops of 2,000 SKUs, every flow once, s",
    "many_shops_mb_per_shop": "one more shop in the same service, MB",
    "ui_stall_ms_max": "a busy minute: event loop blocked, ms at most",
    "ui_search_ms_max": "a busy minute: key until its result is seen, ms",
}


@dataclass
class Figures:
    """Figures by name and source; the worse source is the figure."""

    by_source: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    absent: dict[str, str] = field(default_factory=dict[str, str])
    """Name → why it can't be had here."""

    def put(self, source: str, **values: float | None) -> None:
        """Notes figures of one source; one that is None wasn't measured there."""
        for name, value in values.items():
            if value is not None:
                self.by_source.setdefault(name, {})[source] = round(value, 4)

    def worst(self, name: str) -> float | None:
        values = [value for source, value in self.by_source.get(name, {}).items() if not source.startswith("(")]
        return max(values) if values else None

    def missed(self) -> list[str]:
        """Names of figures above their bounds."""
        found: list[str] = []
        for name, bound in BOUNDS.items():
            value = self.worst(name)
            if bound is not None and value is not None and value > bound:
                found.append(name)
        return found

    def as_json(self) -> str:
        """One object; a figure that wasn't measured is null."""
        document: dict[str, object] = {}
        for name in BOUNDS:
            document[name] = self.worst(name)
            sources = self.by_source.get(name, {})
            if len(sources) > 1:
                document[f"{name}_by_source"] = {source.strip("()"): value for source, value in sources.items()}
        return json.dumps(document, indent=1)

    def as_text(self) -> str:
        """A table with the bound beside each figure."""
        lines = [f"{'':<52} {'found':>10} {'at most':>8}"]
        missed = self.missed()
        for name, bound in BOUNDS.items():
            value = self.worst(name)
            if value is None and name not in self.absent:
                continue
            found = "–" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:g}"
            limit = "" if bound is None else f"{bound:g}"
            remark = f"  {self.absent.get(name, '')}" if value is None else "  MISSED" if name in missed else ""
            sources = self.by_source.get(name, {})
            each = ", ".join(f"{source.strip('()')} {one:g}" for source, one in sources.items())
            lines.append(
                f"{_WORDS[name]:<52} {found:>10} {limit:>8}{remark}{f'  ({each})' if len(sources) > 1 else ''}"
            )
        return "\n".join(lines) + "\n"
