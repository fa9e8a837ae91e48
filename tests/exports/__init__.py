"""Exports of an ERP, good and bad, through the real connector, flow and state database."""
