"""Desks that share a schema of the tests' own PostgreSQL."""

from __future__ import annotations

from tests.store.conftest import clock, empty, file_store, path, schemas, shared_store

__all__ = ["clock", "empty", "file_store", "path", "schemas", "shared_store"]
