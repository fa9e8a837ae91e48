"""Ótimo Tray: keeps a shop's Ótimo Gestor ERP and the Plugg.to marketplace hub in step."""

__version__ = "0.1.0"
