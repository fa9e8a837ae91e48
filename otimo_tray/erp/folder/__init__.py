"""The exchange-folder connector: `open_folder_erp` is its door."""

from otimo_tray.erp.folder.connector import FolderErp, open_folder_erp

__all__ = ["FolderErp", "open_folder_erp"]
