-- SQLite 3.
--
-- 1. Staging tables: Ótimo Tray writes orders here, an order and its lines in one transaction. The ERP takes them from
-- here; it may fill in referencia_erp (its own number) and must not delete a row before it has the order.

CREATE TABLE otimo_pedidos (
    chave TEXT NOT NULL PRIMARY KEY,
    id_pluggto TEXT NOT NULL,
    gravado_em TEXT,
    data_aprovacao TEXT,
    despachar_ate TEXT,
    pedido_canal TEXT,
    canal TEXT,
    conta_canal TEXT,
    comprador_nome TEXT,
    comprador_documento TEXT,
    comprador_ie TEXT,
    comprador_email TEXT,
    comprador_telefone TEXT,
    entrega_nome TEXT,
    entrega_endereco TEXT,
    entrega_numero TEXT,
    entrega_complemento TEXT,
    entrega_referencia TEXT,
    entrega_bairro TEXT,
    entrega_cidade TEXT,
    entrega_uf TEXT,
    entrega_cep TEXT,
    tipo_entrega TEXT,
    transportadora TEXT,
    metodo_envio TEXT,
    intermediador_cnpj TEXT,
    intermediador_pagamento_cnpj TEXT,
    intermediador_id TEXT,
    forma_pagamento TEXT,
    parcelas TEXT,
    total_produtos NUMERIC,
    frete NUMERIC,
    desconto NUMERIC,
    total_pedido NUMERIC,
    referencia_erp TEXT
);

CREATE TABLE otimo_pedidos_itens (
    chave TEXT NOT NULL,
    linha INTEGER NOT NULL,
    codigo TEXT NOT NULL,
    sku TEXT,
    descricao TEXT,
    quantidade INTEGER NOT NULL,
    preco_unitario NUMERIC,
    total_linha NUMERIC,
    PRIMARY KEY (chave, linha),
    FOREIGN KEY (chave) REFERENCES otimo_pedidos (chave)
);

-- 2. Views: what Ótimo Tray reads. Replace PRODUTO, NOTA and their columns by the ERP's own; keep the names after AS.
-- Only codigo and saldo, and id of the notes, are needed; a column that the ERP does not have is left out.
-- A balance is what can be sold now, in units; prices in BRL; a promotion includes its last day.

CREATE VIEW otimo_produtos AS
SELECT
    p.codigo AS codigo,
    p.saldo AS saldo,
    p.preco AS preco,
    p.preco_promocional AS preco_promocional,
    p.promocao_inicio AS promocao_inicio,
    p.promocao_fim AS promocao_fim,
    p.descricao AS descricao,
    p.ean AS ean
FROM produto p;

-- Notes: id is a whole number that grows with every new note; alterado (a moment, a counter, or the state itself) becomes
-- another when the note is authorised or cancelled. Either xml (the whole NF-e as text or bytes), or the columns from
-- numero on: chave has 44 characters, cancelada is 0 or 1.

CREATE VIEW otimo_notas AS
SELECT
    n.id AS id,
    n.alterado AS alterado,
    n.xml AS xml,
    n.pedido AS pedido,
    n.numero AS numero,
    n.serie AS serie,
    n.data AS data,
    n.chave AS chave,
    n.cnpj AS cnpj,
    n.documento AS documento,
    n.total AS total,
    n.cancelada AS cancelada
FROM nota n;

-- 3. The folder of the file must be writable for the user who runs Ótimo Tray.
