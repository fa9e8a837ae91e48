"""The ERP's database as the way in: Firebird, PostgreSQL, MariaDB/MySQL, SQL Server, SQLite."""

from otimo_tray.erp.database.connector import DatabaseErp, open_database_erp
from otimo_tray.erp.database.look import Look, look

__all__ = ["DatabaseErp", "Look", "look", "open_database_erp"]
