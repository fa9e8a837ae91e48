"""Which carrier a sheet's row means: by its name as people write it, else by the code's form, else the order's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from otimo_tray.domain.orders import Order
from otimo_tray.domain.text import fold
from otimo_tray.domain.tracking import CORREIOS, DEFAULT_CARRIERS, Carrier, looks_like_s10, normalise_code

_CORREIOS_SERVICES: Final = {"sedex": "SEDEX", "pac": "PAC", "mini envios": "Mini Envios"}
"""What people write into *transportadora* when they mean a service of Correios."""


class Carriers:
    """The shop's carriers and those every shop has, by folded name."""

    def __init__(self, own: Iterable[Carrier]) -> None:
        self._by_name = {fold(carrier.name): carrier for carrier in (*DEFAULT_CARRIERS, *own)}

    @property
    def names(self) -> list[str]:
        return sorted(carrier.name for carrier in self._by_name.values())

    def named(self, text: str) -> tuple[Carrier, str] | None:
        """The carrier of that name and the service said with it ("Correios PAC" → PAC, else ""); None: unknown."""
        folded = fold(text)
        if folded in self._by_name:
            return self._by_name[folded], ""
        service = _CORREIOS_SERVICES.get(folded)
        if service is not None:
            return self._correios, service
        for name in sorted(self._by_name, key=len, reverse=True):
            if folded.startswith(f"{name} "):
                rest = " ".join(text.split())[len(name) :].strip(" -–/")
                return self._by_name[name], _CORREIOS_SERVICES.get(fold(rest), rest)
        return None

    def proposed(self, code: str, order: Order | None) -> Carrier | None:
        """An S10 code is Correios'; else the carrier that the channel filled in, if we know it."""
        if looks_like_s10(normalise_code(code)):
            return self._correios
        for shipment in order.shipments if order is not None else ():
            found = self.named(shipment.company) if shipment.company else None
            if found is not None:
                return found[0]
        return None

    @property
    def _correios(self) -> Carrier:
        return self._by_name.get(fold(CORREIOS.name), CORREIOS)
