"""The contract with the ERP's database: its two views and the two staging tables, by name and column.

The DDL for each database is `resources/erp/*.sql`; names are lower case and unquoted, so that every database folds them
its own way.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

ITEMS: Final = "otimo_produtos"
INVOICES: Final = "otimo_notas"
ORDERS: Final = "otimo_pedidos"
ORDER_LINES: Final = "otimo_pedidos_itens"

ITEM_COLUMNS: Final = (
    "codigo", "saldo", "preco", "preco_promocional", "promocao_inicio", "promocao_fim", "descricao", "ean",
)  # fmt: skip
"""In the order of a raw row's eight fields."""
ITEM_NEEDED: Final = ("codigo", "saldo")
INVOICE_COLUMNS: Final = (
    "id", "alterado", "xml", "pedido", "numero", "serie", "data", "chave", "cnpj", "documento", "total", "cancelada",
)  # fmt: skip
INVOICE_NEEDED: Final = ("id",)

TEXT_LENGTHS: Final[dict[str, int]] = {
    "pedido_canal": 100, "canal": 60, "conta_canal": 100, "comprador_nome": 255, "comprador_documento": 20,
    "comprador_ie": 30, "comprador_email": 255, "comprador_telefone": 40, "entrega_nome": 255,
    "entrega_endereco": 255, "entrega_numero": 30, "entrega_complemento": 255, "entrega_referencia": 255,
    "entrega_bairro": 100, "entrega_cidade": 100, "entrega_uf": 30, "entrega_cep": 20, "tipo_entrega": 40,
    "transportadora": 100, "metodo_envio": 100, "intermediador_cnpj": 20, "intermediador_pagamento_cnpj": 20,
    "intermediador_id": 60, "forma_pagamento": 60, "parcelas": 20,
}  # fmt: skip
"""Texts of an order that are cut at their column's length: they describe, nothing is computed from them."""
MONEY: Final = ("total_produtos", "frete", "desconto", "total_pedido")
LONGEST_ID: Final = 400
LONGEST_CODE: Final = 100
LONGEST_NAME: Final = 1000

_metadata = sa.MetaData()


def _columns(*names: str) -> list[sa.Column[object]]:
    # Without a type the driver adapts the value itself, which each of ours does for Decimal and datetime.
    return [sa.Column(name, sa.types.NullType()) for name in names]


items_view: Final = sa.Table(ITEMS, _metadata, *_columns(*ITEM_COLUMNS))
invoices_view: Final = sa.Table(INVOICES, _metadata, *_columns(*INVOICE_COLUMNS))
orders_table: Final = sa.Table(
    ORDERS,
    _metadata,
    *_columns("chave", "id_pluggto", "gravado_em", "data_aprovacao", "despachar_ate", *TEXT_LENGTHS, *MONEY),
    *_columns("referencia_erp"),
)
"""`referencia_erp` is the ERP's to fill in: what it calls the order."""
lines_table: Final = sa.Table(
    ORDER_LINES,
    _metadata,
    *_columns("chave", "linha", "codigo", "sku", "descricao", "quantidade", "preco_unitario", "total_linha"),
)
