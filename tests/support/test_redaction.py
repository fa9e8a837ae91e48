"""Nothing secret and nobody's name leaves; what names an order stays."""

from __future__ import annotations

import pytest

from otimo_tray.support.redaction import Redactor, is_cnpj, is_cpf, people_in


@pytest.mark.parametrize(
    "text",
    [
        '{"access_token":"abcDEF123456"}',
        "Authorization: Bearer abcDEF123456",
        "client_secret=abcDEF123456&grant_type=password",
        "GET /x?access_token=abcDEF123456",
        "postgresql://loja:abcDEF123456@servidor/banco",
        "password: 'abcDEF123456'",
        "API secret abcDEF123456",
    ],
)
def test_no_secret_stays(text: str) -> None:
    assert "abcDEF123456" not in Redactor(["abcDEF123456"]).text(text)
    if "API secret " not in text:
        assert "abcDEF123456" not in Redactor().text(text)


def test_documents_are_masked_and_order_numbers_stay() -> None:
    shown = Redactor().text(
        "CPF 529.982.247-25 ou 52998224725, CNPJ 59594315000157, pedido 20000012345 e 2000001234567890"
    )
    assert "529" not in shown
    assert "59594315" not in shown
    assert "20000012345" in shown
    assert "2000001234567890" in shown


def test_a_cnpj_with_letters_is_one() -> None:
    assert is_cnpj("12ABC34501DE35")
    assert not is_cnpj("12ABC34501DE36")
    assert is_cpf("52998224725")
    assert "12ABC345" not in Redactor().text("emitente 12ABC34501DE35.")


def test_the_key_of_an_invoice_keeps_its_number() -> None:
    shown = Redactor().text("35200159594315000157550010000000012062777161")
    assert "59594315000157" not in shown
    assert "000000001" in shown


def test_a_person_is_masked_by_the_field_and_everywhere_else() -> None:
    order = {
        "payer_name": "Ana Souza",
        "payer_cpf": "12345678909",
        "receiver_address": "Rua das Flores",
        "name": "Tênis",
    }
    redactor = Redactor(people=people_in(order))
    assert redactor.tree(order) == {
        "payer_name": "A*** S***",
        "payer_cpf": "•••09",
        "receiver_address": "R*** d*** F***",
        "name": "Tênis",
    }
    assert redactor.text("falhou para ana souza na Rua das Flores") == "falhou para A*** S*** na R*** d*** F***"


def test_mails_telephones_and_the_own_folder() -> None:
    shown = Redactor(home="C:\\Users\\maria").text("C:\\Users\\maria\\x ana@exemplo.com.br (11) 98765-4321")
    assert shown == "~\\x ••• •••"
