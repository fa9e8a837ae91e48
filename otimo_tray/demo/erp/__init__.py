"""The embedded demo ERP: a shop's whole back office in one SQLite file, and the small life that goes on in it."""

from otimo_tray.demo.erp.demo_erp import DemoErp
from otimo_tray.demo.erp.life import Life, TickReport

__all__ = ["DemoErp", "Life", "TickReport"]
