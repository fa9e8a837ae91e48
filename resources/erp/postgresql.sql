-- PostgreSQL 10 and later.
--
-- 1. Staging tables: Ótimo Tray writes orders here, an order and its lines in one transaction. The ERP takes them from
-- here; it may fill in referencia_erp (its own number) and must not delete a row before it has the order.

CREATE TABLE otimo_pedidos (
    chave VARCHAR(64) NOT NULL PRIMARY KEY,
    id_pluggto VARCHAR(400) NOT NULL,
    gravado_em TIMESTAMP(0),
    data_aprovacao TIMESTAMP(0),
    despachar_ate TIMESTAMP(0),
    pedido_canal VARCHAR(100),
    canal VARCHAR(60),
    conta_canal VARCHAR(100),
    comprador_nome VARCHAR(255),
    comprador_documento VARCHAR(20),
    comprador_ie VARCHAR(30),
    comprador_email VARCHAR(255),
    comprador_telefone VARCHAR(40),
    entrega_nome VARCHAR(255),
    entrega_endereco VARCHAR(255),
    entrega_numero VARCHAR(30),
    entrega_complemento VARCHAR(255),
    entrega_referencia VARCHAR(255),
    entrega_bairro VARCHAR(100),
    entrega_cidade VARCHAR(100),
    entrega_uf VARCHAR(30),
    entrega_cep VARCHAR(20),
    tipo_entrega VARCHAR(40),
    transportadora VARCHAR(100),
    metodo_envio VARCHAR(100),
    intermediador_cnpj VARCHAR(20),
    intermediador_pagamento_cnpj VARCHAR(20),
    intermediador_id VARCHAR(60),
    forma_pagamento VARCHAR(60),
    parcelas VARCHAR(20),
    total_produtos NUMERIC(15,2),
    frete NUMERIC(15,2),
    desconto NUMERIC(15,2),
    total_pedido NUMERIC(15,2),
    referencia_erp VARCHAR(60)
);

CREATE TABLE otimo_pedidos_itens (
    chave VARCHAR(64) NOT NULL,
    linha INTEGER NOT NULL,
    codigo VARCHAR(100) NOT NULL,
    sku VARCHAR(200),
    descricao VARCHAR(1000),
    quantidade INTEGER NOT NULL,
    preco_unitario NUMERIC(15,4),
    total_linha NUMERIC(15,2),
    PRIMARY KEY (chave, linha),
    FOREIGN KEY (chave) REFERENCES otimo_pedidos (chave)
);

-- 2. Views: what Ótimo Tray reads. Replace PRODUTO, NOTA and their columns by the ERP's own; keep the names after AS.
-- Only codigo and saldo, and id of the notes, are needed; a column that the ERP does not have is left out.
-- A balance is what can be sold now, in units; prices in BRL; a promotion includes its last day.

CREATE OR REPLACE VIEW otimo_produtos AS
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

CREATE OR REPLACE VIEW otimo_notas AS
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
-- CREATE ROLE otimo_tray LOGIN PASSWORD '…';
-- GRANT SELECT ON otimo_produtos, otimo_notas TO otimo_tray;
-- GRANT SELECT, INSERT ON otimo_pedidos, otimo_pedidos_itens TO otimo_tray;
