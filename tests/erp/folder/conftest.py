"""The folder every test of the connector starts with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.erp.folder.shop_folder import ShopFolder


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return ShopFolder(tmp_path)
