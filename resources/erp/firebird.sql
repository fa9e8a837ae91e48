-- Firebird 3 and later. If the ERP connects with WIN1252 or ISO8859_1, write WIN1252 in place of UTF8 below: then
-- Ótimo Tray puts a ? for characters that are not in it (never in the ERP's codes and in amounts).
--
-- 1. Staging tables: Ótimo Tray writes orders here, an order and its lines in one transaction. The ERP takes them from
-- here; it may fill in referencia_erp (its own number) and must not delete a row before it has the order.

CREATE TABLE otimo_pedidos (
    chave VARCHAR(64) CHARACTER SET ASCII NOT NULL PRIMARY KEY,
    id_pluggto VARCHAR(400) CHARACTER SET UTF8 NOT NULL,
    gravado_em TIMESTAMP,
    data_aprovacao TIMESTAMP,
    despachar_ate TIMESTAMP,
    pedido_canal VARCHAR(100) CHARACTER SET UTF8,
    canal VARCHAR(60) CHARACTER SET UTF8,
    conta_canal VARCHAR(100) CHARACTER SET UTF8,
    comprador_nome VARCHAR(255) CHARACTER SET UTF8,
    comprador_documento VARCHAR(20) CHARACTER SET UTF8,
    comprador_ie VARCHAR(30) CHARACTER SET UTF8,
    comprador_email VARCHAR(255) CHARACTER SET UTF8,
    comprador_telefone VARCHAR(40) CHARACTER SET UTF8,
    entrega_nome VARCHAR(255) CHARACTER SET UTF8,
    entrega_endereco VARCHAR(255) CHARACTER SET UTF8,
    entrega_numero VARCHAR(30) CHARACTER SET UTF8,
    entrega_complemento VARCHAR(255) CHARACTER SET UTF8,
    entrega_referencia VARCHAR(255) CHARACTER SET UTF8,
    entrega_bairro VARCHAR(100) CHARACTER SET UTF8,
    entrega_cidade VARCHAR(100) CHARACTER SET UTF8,
    entrega_uf VARCHAR(30) CHARACTER SET UTF8,
    entrega_cep VARCHAR(20) CHARACTER SET UTF8,
    tipo_entrega VARCHAR(40) CHARACTER SET UTF8,
    transportadora VARCHAR(100) CHARACTER SET UTF8,
    metodo_envio VARCHAR(100) CHARACTER SET UTF8,
    intermediador_cnpj VARCHAR(20) CHARACTER SET UTF8,
    intermediador_pagamento_cnpj VARCHAR(20) CHARACTER SET UTF8,
    intermediador_id VARCHAR(60) CHARACTER SET UTF8,
    forma_pagamento VARCHAR(60) CHARACTER SET UTF8,
    parcelas VARCHAR(20) CHARACTER SET UTF8,
    total_produtos NUMERIC(15,2),
    frete NUMERIC(15,2),
    desconto NUMERIC(15,2),
    total_pedido NUMERIC(15,2),
    referencia_erp VARCHAR(60) CHARACTER SET UTF8
);

CREATE TABLE otimo_pedidos_itens (
    chave VARCHAR(64) CHARACTER SET ASCII NOT NULL,
    linha INTEGER NOT NULL,
    codigo VARCHAR(100) CHARACTER SET UTF8 NOT NULL,
    sku VARCHAR(200) CHARACTER SET UTF8,
    descricao VARCHAR(1000) CHARACTER SET UTF8,
    quantidade INTEGER NOT NULL,
    preco_unitario NUMERIC(15,4),
    total_linha NUMERIC(15,2),
    PRIMARY KEY (chave, linha),
    FOREIGN KEY (chave) REFERENCES otimo_pedidos (chave)
);

-- 2. Views: what Ótimo Tray reads. Replace PRODUTO, NOTA and their columns by the ERP's own; keep the names after AS.
-- Only codigo and saldo, and id of the notes, are needed; a column that the ERP does not have is left out.
-- A balance is what can be sold now, in units; prices in BRL; a promotion includes its last day.

CREATE OR ALTER VIEW otimo_produtos (
    codigo, saldo, preco, preco_promocional, promocao_inicio, promocao_fim, descricao, ean
) AS
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

CREATE OR ALTER VIEW otimo_notas (
    id, alterado, xml, pedido, numero, serie, data, chave, cnpj, documento, total, cancelada
) AS
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

-- 3. A user of its own, with these rights and no others:
-- CREATE USER otimo_tray PASSWORD '…';
-- GRANT SELECT ON otimo_produtos TO otimo_tray;
-- GRANT SELECT ON otimo_notas TO otimo_tray;
-- GRANT SELECT, INSERT ON otimo_pedidos TO otimo_tray;
-- GRANT SELECT, INSERT ON otimo_pedidos_itens TO otimo_tray;
-- The views need rights of their own: GRANT SELECT ON produto TO VIEW otimo_produtos; likewise nota, otimo_notas.
