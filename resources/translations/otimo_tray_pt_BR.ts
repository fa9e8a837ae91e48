<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="pt_BR">
<context>
    <name>DatabasePart</name>
    <message numerus="yes">
        <source>%n consulta(s) própria(s)</source>
        <translation>
            <numerusform>%n consulta própria</numerusform>
            <numerusform>%n consultas próprias</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstSyncStep</name>
    <message numerus="yes">
        <source>Decidir os &amp;pedidos… (%n)</source>
        <translation>
            <numerusform>Decidir o &amp;pedido… (%n)</numerusform>
            <numerusform>Decidir os &amp;pedidos… (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderPart</name>
    <message numerus="yes">
        <source>%n coluna(s) com nome próprio</source>
        <translation>
            <numerusform>%n coluna com nome próprio</numerusform>
            <numerusform>%n colunas com nome próprio</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message numerus="yes">
        <source>%n linha(s)</source>
        <translation>
            <numerusform>%n linha</numerusform>
            <numerusform>%n linhas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MappingStep</name>
    <message numerus="yes">
        <source>✓ %n SKU(s) ligados por código igual.</source>
        <translation>
            <numerusform>✓ %n SKU ligado por código igual.</numerusform>
            <numerusform>✓ %n SKUs ligados por código igual.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ficaram de fora por haver mais de um código.</source>
        <translation>
            <numerusform>%n ficou de fora por haver mais de um código.</numerusform>
            <numerusform>%n ficaram de fora por haver mais de um código.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>✓ %n linha(s) aplicadas.</source>
        <translation>
            <numerusform>✓ %n linha aplicada.</numerusform>
            <numerusform>✓ %n linhas aplicadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>✓ %n linha(s) gravadas.</source>
        <translation>
            <numerusform>✓ %n linha gravada.</numerusform>
            <numerusform>✓ %n linhas gravadas.</numerusform>
        </translation>
    </message>
</context>
</TS>
