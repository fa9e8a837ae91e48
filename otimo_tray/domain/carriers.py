"""Which carrier is meant: by its name as people and channels write it, else by the code's form. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

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

    def proposed(self, code: str, company: str = "", method: str = "") -> tuple[Carrier, str] | None:
        """Who carries a code, and the service: an S10 code is Correios'; else whoever the channel filled in.

        A company that isn't among ours is taken as the channel wrote it, without an address to follow the parcel.
        None: nothing says it, and a person must.
        """
        said = self.named(f"{company} {method}") or self.named(company) or self.named(method)
        if looks_like_s10(normalise_code(code)):
            own = said is not None and said[0].name == self._correios.name
            return self._correios, (said[1] if own and said is not None else "")
        if said is not None:
            return said
        return (Carrier(company.strip(), "", method.strip()), method.strip()) if company.strip() else None

    @property
    def _correios(self) -> Carrier:
        return self._by_name.get(fold(CORREIOS.name), CORREIOS)
