-- SQL Server 2016 SP1 and later. Each CREATE VIEW must be the only statement of its batch: run the file in a tool that
-- knows GO. ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON is recommended: then a reading takes no locks at all.
--
-- 1. Staging tables: Ótimo Tray writes orders here, an order and its lines in one transaction. The ERP takes them from
-- here; it may fill in referencia_erp (its own number) and must not delete a row before it has the order.

CREATE TABLE otimo_pedidos (
    chave VARCHAR(64) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    id_pluggto NVARCHAR(400) NOT NULL,
    gravado_em DATETIME2(0),
    data_aprovacao DATETIME2(0),
    despachar_ate DATETIME2(0),
    pedido_canal NVARCHAR(100),
    canal NVARCHAR(60),
    conta_canal NVARCHAR(100),
    comprador_nome NVARCHAR(255),
    comprador_documento NVARCHAR(20),
    comprador_ie NVARCHAR(30),
    comprador_email NVARCHAR(255),
    comprador_telefone NVARCHAR(40),
    entrega_nome NVARCHAR(255),
    entrega_endereco NVARCHAR(255),
    entrega_numero NVARCHAR(30),
    entrega_complemento NVARCHAR(255),
    entrega_referencia NVARCHAR(255),
    entrega_bairro NVARCHAR(100),
    entrega_cidade NVARCHAR(100),
    entrega_uf NVARCHAR(30),
    entrega_cep NVARCHAR(20),
    tipo_entrega NVARCHAR(40),
    transportadora NVARCHAR(100),
    metodo_envio NVARCHAR(100),
    intermediador_cnpj NVARCHAR(20),
    intermediador_pagamento_cnpj NVARCHAR(20),
    intermediador_id NVARCHAR(60),
    forma_pagamento NVARCHAR(60),
    parcelas NVARCHAR(20),
    total_produtos DECIMAL(15,2),
    frete DECIMAL(15,2),
    desconto DECIMAL(15,2),
    total_pedido DECIMAL(15,2),
    referencia_erp NVARCHAR(60)
);

CREATE TABLE otimo_pedidos_itens (
    chave VARCHAR(64) COLLATE Latin1_General_BIN2 NOT NULL,
    linha INTEGER NOT NULL,
    codigo NVARCHAR(100) NOT NULL,
    sku NVARCHAR(200),
    descricao NVARCHAR(1000),
    quantidade INTEGER NOT NULL,
    preco_unitario DECIMAL(15,4),
    total_linha DECIMAL(15,2),
    PRIMARY KEY (chave, linha),
    FOREIGN KEY (chave) REFERENCES otimo_pedidos (chave)
);

GO

-- 2. Views: what Ótimo Tray reads. Replace PRODUTO, NOTA and their columns by the ERP's own; keep the names after AS.
-- Only codigo and saldo, and id of the notes, are needed; a column that the ERP does not have is left out.
-- A balance is what can be sold now, in units; prices in BRL; a promotion includes its last day.

CREATE OR ALTER VIEW otimo_produtos AS
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

GO

-- Notes: id is a whole number that grows with every new note; alterado (a moment, a counter, or the state itself) becomes
-- another when the note is authorised or cancelled. Either xml (the whole NF-e as text or bytes), or the columns from
-- numero on: chave has 44 characters, cancelada is 0 or 1.

CREATE OR ALTER VIEW otimo_notas AS
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

GO

-- 3. A user of its own, with these rights and no others:
-- CREATE LOGIN otimo_tray WITH PASSWORD = '…'; CREATE USER otimo_tray FOR LOGIN otimo_tray;
-- GRANT SELECT ON otimo_produtos TO otimo_tray; GRANT SELECT ON otimo_notas TO otimo_tray;
-- GRANT SELECT, INSERT ON otimo_pedidos TO otimo_tray; GRANT SELECT, INSERT ON otimo_pedidos_itens TO otimo_tray;
