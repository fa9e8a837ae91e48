"""What this PC remembers: schema, migrations, repositories (SQLAlchemy Core; SQLite by default)."""

from __future__ import annotations

from otimo_tray.store.state import StateStore, open_store

__all__ = ["StateStore", "open_store"]
