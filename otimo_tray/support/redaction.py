"""Takes out of a text what must not leave the shop: secrets wholly, people's names and documents behind a mask.

What names a thing (order number, SKU, NF-e number) stays: without it nobody could help.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

HIDDEN: Final = "•••"
_SECRET_FIELD: Final = re.compile(
    r"""(?i)(["']?[\w.-]*(?:access_token|refresh_token|client_secret|client_id|api[_-]?secret|api[_-]?user|password"""
    r"""|passwd|senha|secret|token|authorization|cookie)["']?\s*[:=]\s*(?:bearer\s+|basic\s+)?)"""
    r"""("[^"\n]*"|'[^'\n]*'|[^\s&,;}"']+)"""
)
_SCHEME: Final = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}")
_LOGIN: Final = re.compile(r"(\b[a-z][\w+.-]{1,30}://)[^\s/@]+@")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_KEY: Final = re.compile(r"(?<![0-9A-Za-z])([0-9]{6}[0-9A-Z]{12}[0-9]{26})(?![0-9A-Za-z])")
_CPF: Final = re.compile(r"(?<![\w.])(\d{3}\.?\d{3}\.?\d{3}-?\d{2})(?![\w.-]*\d)")
_CNPJ: Final = re.compile(r"(?<![\w.])([0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}/?[0-9A-Z]{4}-?\d{2})(?![0-9A-Za-z])")
_PHONE: Final = re.compile(r"(?<![\w.])(?:\+?55\s?)?\(\d{2}\)\s?\d{4,5}[-\s]?\d{4}\b")
_PERSON_KEY: Final = re.compile(
    r"(?i)^(payer|receiver|buyer|recipient|customer|comprador|destinatario|entrega|tax_?payer)(?!_id$)|"
    r"(^|_)(nickname|e?mail|phone|phone2|mobile|telefone|celular|cpf|cnpj|document|documento|rg|ie|address|endereco|"
    r"street|number_address|complement|neighborhood|bairro|zipcode|zip|cep|birth(day|date)?|company_name|"
    r"extra_text|inf_?cpl|state_registration|reference_address)($|_)"
)
_DOCUMENT_KEY: Final = re.compile(r"(?i)(cpf|cnpj|document)")
_SECRET_KEY: Final = re.compile(
    r"(?i)(password|passwd|senha|secret|token|authorization|cookie|client_id|api_?user|username$)"
)


def masked_name(text: str) -> str:
    """`Ana Souza` → `A*** S***`: two of the same name are still told apart by their initials."""
    return " ".join(f"{word[0]}***" for word in text.split())


def masked_document(text: str) -> str:
    """All but the last two characters of a CPF or CNPJ."""
    return f"{HIDDEN}{text[-2:]}"


def is_cpf(text: str) -> bool:
    """Whether eleven digits have the check digits of a CPF: an order's number rarely has."""
    digits = [int(char) for char in text]
    for size in (9, 10):
        rest = sum((size + 1 - place) * digits[place] for place in range(size)) * 10 % 11 % 10
        if rest != digits[size]:
            return False
    return len(set(text)) > 1


def is_cnpj(text: str) -> bool:
    """Whether fourteen characters have the check digits of a CNPJ, letters counted as `ord(c) - 48`."""
    values = [ord(char) - 48 for char in text]
    for size in (12, 13):
        weights = [(size - 1 - place) % 8 + 2 for place in range(size)]
        rest = sum(weight * value for weight, value in zip(weights, values, strict=False)) % 11
        if values[size] != (0 if rest < 2 else 11 - rest):
            return False
    return len(set(text)) > 1


class Redactor:
    """Redacts texts and JSON trees.

    Args:
        secrets: values known to be secret, wherever they stand; shorter ones than four characters are left alone.
        people: texts known to be about a person (a buyer's name, street), masked wherever they stand.
        home: this person's own folder, shown as `~`.
        documents: the shop's own CNPJs, masked whether they look right or not.
    """

    def __init__(
        self,
        secrets: Iterable[str] = (),
        people: Iterable[str] = (),
        home: str = "",
        documents: Iterable[str] = (),
    ) -> None:
        self._documents = [one for one in documents if len(one) >= 8]
        self._secrets = sorted({one for one in secrets if len(one) >= 4}, key=len, reverse=True)
        self._people = sorted({one.strip() for one in people if len(one.strip()) >= 3}, key=len, reverse=True)
        self._homes = [form for form in (home, home.replace("\\", "\\\\"), home.replace("\\", "/")) if len(home) > 3]

    def text(self, text: str) -> str:
        """A text without secrets, and with every document, e-mail address and telephone number masked."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        for form in self._homes:
            text = text.replace(form, "~")
        text = _SECRET_FIELD.sub(rf"\1{HIDDEN}", text)
        text = _SCHEME.sub(rf"\1 {HIDDEN}", text)
        text = _LOGIN.sub(rf"\1{HIDDEN}@", text)
        for document in self._documents:
            text = text.replace(document, masked_document(document))
        for person in self._people:
            text = re.sub(re.escape(person), masked_name(person), text, flags=re.IGNORECASE)
        text = _MAIL.sub(HIDDEN, text)
        text = _PHONE.sub(HIDDEN, text)
        text = _KEY.sub(lambda found: f"{found[1][:4]}…{found[1][25:34]}…", text)
        text = _CPF.sub(lambda found: _document(found[1], 11), text)
        return _CNPJ.sub(lambda found: _document(found[1], 14), text)

    def tree(self, value: Any, name: str = "", *, person: bool = False) -> Any:
        """A JSON value with the same done to every text in it, and what stands under a personal name masked.

        `person` says that the value stands inside of somebody's data, where `name` means a person's.
        """
        if isinstance(value, Mapping):
            inside = person or _PERSON_KEY.search(name) is not None
            entries = cast("Mapping[str, Any]", value)
            return {str(key): self.tree(one, str(key), person=inside) for key, one in entries.items()}
        if isinstance(value, list | tuple):
            return [self.tree(one, name, person=person) for one in cast("list[Any]", value)]
        if value is None or isinstance(value, bool):
            return value
        if _SECRET_KEY.search(name):
            return HIDDEN if value not in ("", 0) else value
        if (person or _PERSON_KEY.search(name)) and value != "":
            shown = str(value)
            return masked_document(shown) if _DOCUMENT_KEY.search(name) else masked_name(shown)
        return self.text(value) if isinstance(value, str) else value


def people_in(value: Any, name: str = "", *, person: bool = False) -> set[str]:
    """Every text of a JSON value that stands under a personal name: to be masked elsewhere too."""
    person = person or _PERSON_KEY.search(name) is not None
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        return set[str]().union(*(people_in(one, str(key), person=person) for key, one in entries.items()))
    if isinstance(value, list | tuple):
        return set[str]().union(*(people_in(one, name, person=person) for one in cast("list[Any]", value)))
    found = person and isinstance(value, str) and len(value.strip()) >= 5
    return {value} if found and not value.strip().isdigit() else set()


def _document(found: str, size: int) -> str:
    """A CPF or CNPJ behind its mask. What only looks like one (an order's number) stays, unless it is punctuated."""
    plain = re.sub(r"[./-]", "", found)
    if plain == found and not (is_cpf(plain) if size == 11 else is_cnpj(plain)):
        return found
    return masked_document(plain)
