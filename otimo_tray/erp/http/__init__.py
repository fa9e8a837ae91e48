"""The ERP's HTTP interface as a connector (contract: `resources/erp/openapi.yaml`): `open_http_erp` is its door."""

from otimo_tray.erp.http.connector import HttpErp, open_http_erp

__all__ = ["HttpErp", "open_http_erp"]
