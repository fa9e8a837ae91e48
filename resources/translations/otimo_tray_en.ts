<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="pt_BR">
<context>
    <name>AboutWindow</name>
    <message>
        <source>Sobre o Ótimo Tray</source>
        <translation>About Ótimo Tray</translation>
    </message>
    <message>
        <source>Versão {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Mantém o Ótimo Gestor e o Plugg.to em dia: estoque, preço, pedidos, notas e rastreio.</source>
        <translation>Keeps Ótimo Gestor and Plugg.to in step: stock, prices, orders, invoices and tracking.</translation>
    </message>
    <message>
        <source>&amp;Limites conhecidos</source>
        <translation>Known &amp;limits</translation>
    </message>
    <message>
        <source>&amp;Diagnóstico…</source>
        <translation>&amp;Diagnostics…</translation>
    </message>
    <message>
        <source>&amp;Copiar</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <source>&amp;Fechar</source>
        <translation>Cl&amp;ose</translation>
    </message>
    <message>
        <source>Suporte: {contact}</source>
        <translation>Support: {contact}</translation>
    </message>
    <message>
        <source>Suporte: informe o contato em Ajustes → Loja e programa.</source>
        <translation>Support: enter the contact in Settings → Shop and program.</translation>
    </message>
</context>
<context>
    <name>ActsWindow</name>
    <message>
        <source>Quem fez o quê – Ótimo Tray</source>
        <translation>Who did what – Ótimo Tray</translation>
    </message>
    <message>
        <source>Quando</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Quem</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>Computador</source>
        <translation>Computer</translation>
    </message>
    <message>
        <source>O quê</source>
        <translation>What</translation>
    </message>
    <message>
        <source>SKU ou pedido</source>
        <translation>SKU or order</translation>
    </message>
    <message>
        <source>Buscar pessoa, computador, SKU ou pedido</source>
        <translation>Search person, computer, SKU or order</translation>
    </message>
    <message>
        <source>&amp;Exportar…</source>
        <translation>&amp;Export…</translation>
    </message>
    <message>
        <source>Quem fez o quê</source>
        <translation>Who did what</translation>
    </message>
    <message>
        <source>Cada alteração do De/Para, regra, código de rastreio, liberação, decisão e ajuste, com a pessoa e o computador. Fica guardado por {n} dias.</source>
        <translation>Every change of the SKU mapping (De/Para), rule, tracking code, release, decision and setting, with the person and the computer. Kept for {n} days.</translation>
    </message>
    <message>
        <source>Salvo em {file}.</source>
        <translation>Saved in {file}.</translation>
    </message>
    <message>
        <source>Exportar</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>quem-fez-o-que.xlsx</source>
        <translation>who-did-what.xlsx</translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>{n} de {total}</source>
        <translation>{n} of {total}</translation>
    </message>
    <message>
        <source>Nada encontrado para “{text}”.</source>
        <translation>Nothing found for “{text}”.</translation>
    </message>
    <message>
        <source>Nada ainda. Alterações e decisões aparecem aqui assim que alguém as faz.</source>
        <translation>Nothing yet. Changes and decisions appear here as soon as somebody makes them.</translation>
    </message>
</context>
<context>
    <name>Bulk</name>
    <message>
        <source>Gravando {n} códigos…</source>
        <translation>Saving {n} codes…</translation>
    </message>
    <message>
        <source>código gravado</source>
        <translation>code saved</translation>
    </message>
    <message>
        <source>códigos gravados</source>
        <translation>codes saved</translation>
    </message>
    <message>
        <source>{saved}; {wrong} com problema</source>
        <translation>{saved}; {wrong} with a problem</translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>código desfeito</source>
        <translation>code undone</translation>
    </message>
    <message>
        <source>códigos desfeitos</source>
        <translation>codes undone</translation>
    </message>
    <message>
        <source>; {n} já transmitidos ficam</source>
        <translation>; {n} already sent stay</translation>
    </message>
    <message>
        <source>Importar planilha de códigos</source>
        <translation>Import sheet of codes</translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.xls *.csv);;Todos (*)</source>
        <translation>Sheets (*.xlsx *.xls *.csv);;All (*)</translation>
    </message>
    <message>
        <source>Lendo {file}…</source>
        <translation>Reading {file}…</translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>; {n} para corrigir</source>
        <translation>; {n} to correct</translation>
    </message>
</context>
<context>
    <name>Carriers</name>
    <message>
        <source>Dê um nome à transportadora.</source>
        <translation>Give the carrier a name.</translation>
    </message>
    <message>
        <source>Nome e serviço têm até 60 letras.</source>
        <translation>Name and service have at most 60 characters.</translation>
    </message>
    <message>
        <source>Já existe uma transportadora com este nome.</source>
        <translation>There is a carrier with this name already.</translation>
    </message>
    <message>
        <source>O endereço começa com https://</source>
        <translation>The address starts with https://</translation>
    </message>
    <message>
        <source>Escreva {code} no lugar do código, por exemplo https://site.com/?c={code}</source>
        <translation>Write {code} where the code goes, for example https://site.com/?c={code}</translation>
    </message>
</context>
<context>
    <name>CarriersDialog</name>
    <message>
        <source>Transportadoras</source>
        <translation>Carriers</translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation>Carrier</translation>
    </message>
    <message>
        <source>Serviço padrão</source>
        <translation>Default service</translation>
    </message>
    <message>
        <source>Endereço de rastreio</source>
        <translation>Tracking address</translation>
    </message>
    <message>
        <source>&amp;Nome</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Serviço &amp;padrão</source>
        <translation>Default ser&amp;vice</translation>
    </message>
    <message>
        <source>&amp;Endereço</source>
        <translation>&amp;Address</translation>
    </message>
    <message>
        <source>N&amp;ova</source>
        <translation>Ne&amp;w</translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>&amp;Remover</source>
        <translation>&amp;Remove</translation>
    </message>
    <message>
        <source>O nome e o endereço vão para o Plugg.to junto com o código; o comprador segue o pacote por ele.</source>
        <translation>Name and address go to Plugg.to together with the code; buyers follow their parcel there.</translation>
    </message>
    <message>
        <source>Exemplo: {url}</source>
        <translation>Example: {url}</translation>
    </message>
    <message>
        <source>Voltar ao &amp;original</source>
        <translation>Back to the &amp;original</translation>
    </message>
</context>
<context>
    <name>CodesTable</name>
    <message>
        <source>Todos os códigos do ERP têm um SKU.</source>
        <translation>Every ERP code has an SKU.</translation>
    </message>
</context>
<context>
    <name>CodesWindow</name>
    <message>
        <source>Códigos – Ótimo Tray</source>
        <translation>Codes – Ótimo Tray</translation>
    </message>
    <message>
        <source>Código</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>O que é</source>
        <translation>What it is</translation>
    </message>
    <message>
        <source>O que houve</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>O que fazer</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>Códigos</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Código ou palavra</source>
        <translation>Code or word</translation>
    </message>
    <message>
        <source>O que diz um código</source>
        <translation>What a code means</translation>
    </message>
    <message>
        <source>Cada aviso termina com um código curto, como E-253. Digite-o para ver o que fazer.</source>
        <translation>Every message ends with a short code such as E-253. Type it to see what to do.</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Código no ERP</source>
        <translation>ERP code</translation>
    </message>
    <message>
        <source>Saldo</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>Preço</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Preço promocional</source>
        <translation>Promotional price</translation>
    </message>
    <message>
        <source>Início da promoção</source>
        <translation>Promotion start</translation>
    </message>
    <message>
        <source>Fim da promoção</source>
        <translation>Promotion end</translation>
    </message>
    <message>
        <source>Produto</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>EAN</source>
        <translation>EAN</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Colunas das planilhas</source>
        <translation>Columns of the sheets</translation>
    </message>
    <message>
        <source>Nenhuma planilha “estoque” na pasta ainda.</source>
        <translation>No “estoque” (stock) sheet in the folder yet.</translation>
    </message>
    <message>
        <source>nenhum arquivo</source>
        <translation>no file</translation>
    </message>
    <message>
        <source>Que coluna é qual?</source>
        <translation>Which column is which?</translation>
    </message>
    <message>
        <source>Arquivos na pasta: {files}</source>
        <translation>Files in the folder: {files}</translation>
    </message>
    <message>
        <source>Primeiras linhas, como serão lidas:</source>
        <translation>First rows, as they will be read:</translation>
    </message>
    <message>
        <source>– não há –</source>
        <translation>– none –</translation>
    </message>
    <message>
        <source>▲ A mesma coluna foi escolhida duas vezes: {names}</source>
        <translation>▲ The same column was chosen twice: {names}</translation>
    </message>
    <message>
        <source>▲ Falta escolher: {names}</source>
        <translation>▲ Still to choose: {names}</translation>
    </message>
    <message>
        <source>✓ As colunas servem.</source>
        <translation>✓ The columns fit.</translation>
    </message>
</context>
<context>
    <name>ConflictBar</name>
    <message>
        <source>&amp;Ficar com o outro</source>
        <translation>&amp;Keep the other one</translation>
    </message>
    <message>
        <source>&amp;Usar o meu</source>
        <translation>&amp;Use mine</translation>
    </message>
    <message>
        <source>▲ {sku}: {when}. De {name}: {theirs}. O seu: {mine}.</source>
        <translation>▲ {sku}: {when}. From {name}: {theirs}. Yours: {mine}.</translation>
    </message>
    <message>
        <source>Mais {n} assim.</source>
        <translation>{n} more like this.</translation>
    </message>
    <message>
        <source>&amp;Ficar com o de {name}</source>
        <translation>&amp;Keep the one from {name}</translation>
    </message>
</context>
<context>
    <name>DatabasePart</name>
    <message>
        <source>Tipo de banco de dados</source>
        <translation>Kind of database</translation>
    </message>
    <message>
        <source>Servidor</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>nome ou IP; ou cole o endereço inteiro</source>
        <translation>name or IP; or paste the whole address</translation>
    </message>
    <message>
        <source>Porta</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Banco de dados</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>Usuário do banco</source>
        <translation>Database user</translation>
    </message>
    <message>
        <source>Senha do banco</source>
        <translation>Database password</translation>
    </message>
    <message>
        <source>Consultas &amp;próprias…</source>
        <translation>Own &amp;queries…</translation>
    </message>
    <message>
        <source>porta</source>
        <translation>port</translation>
    </message>
    <message>
        <source>T&amp;ipo</source>
        <translation>&amp;Kind</translation>
    </message>
    <message>
        <source>Se&amp;rvidor</source>
        <translation>Serve&amp;r</translation>
    </message>
    <message>
        <source>&amp;Banco</source>
        <translation>&amp;Database</translation>
    </message>
    <message>
        <source>&amp;Usuário</source>
        <translation>&amp;User</translation>
    </message>
    <message>
        <source>Sen&amp;ha</source>
        <translation>&amp;Password</translation>
    </message>
    <message>
        <source>Leitura</source>
        <translation>Reading</translation>
    </message>
    <message numerus="yes">
        <source>%n consulta(s) própria(s)</source>
        <translation>
            <numerusform>%n own query</numerusform>
            <numerusform>%n own queries</numerusform>
        </translation>
    </message>
    <message>
        <source>visões do contrato</source>
        <translation>the contract&apos;s views</translation>
    </message>
    <message>
        <source>•••••••• guardado</source>
        <translation>•••••••• saved</translation>
    </message>
    <message>
        <source>não informado</source>
        <translation>not entered</translation>
    </message>
    <message>
        <source>caminho do .fdb no servidor, ou alias</source>
        <translation>path of the .fdb on the server, or an alias</translation>
    </message>
    <message>
        <source>caminho do arquivo</source>
        <translation>path of the file</translation>
    </message>
    <message>
        <source>nome do banco</source>
        <translation>name of the database</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>{orders} vão para o ERP</source>
        <translation>{orders} on the way to the ERP</translation>
    </message>
    <message>
        <source>{orders} marcados como já no ERP</source>
        <translation>{orders} marked as already in the ERP</translation>
    </message>
    <message>
        <source>{orders} ignorados</source>
        <translation>{orders} ignored</translation>
    </message>
    <message>
        <source>pedido</source>
        <translation>order</translation>
    </message>
    <message>
        <source>pedidos</source>
        <translation>orders</translation>
    </message>
    <message>
        <source>Tentando de novo…</source>
        <translation>Trying again…</translation>
    </message>
    <message>
        <source>{n} a transmitir</source>
        <translation>{n} to send</translation>
    </message>
    <message>
        <source>nota</source>
        <translation>invoice</translation>
    </message>
    <message>
        <source>notas</source>
        <translation>invoices</translation>
    </message>
    <message>
        <source>{n} deixadas de lado</source>
        <translation>{n} set aside</translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>Os dados do pedido {number} foram apagados.</source>
        <translation>The data of order {number} was erased.</translation>
    </message>
    <message>
        <source>Apagar deste computador tudo sobre o pedido {number}? Não há volta; só o número fica, para que não seja importado de novo.</source>
        <translation>Erase everything about order {number} from this computer? There is no way back; only its number stays, so that it isn&apos;t imported again.</translation>
    </message>
    <message>
        <source>&amp;Apagar</source>
        <translation>Era&amp;se</translation>
    </message>
</context>
<context>
    <name>DemoPart</name>
    <message>
        <source>Arquivo do ERP de demonstração</source>
        <translation>Demo ERP&apos;s file</translation>
    </message>
    <message>
        <source>&amp;Arquivo</source>
        <translation>F&amp;ile</translation>
    </message>
</context>
<context>
    <name>DesksPart</name>
    <message>
        <source>Nome deste computador</source>
        <translation>Name of this computer</translation>
    </message>
    <message>
        <source>ex.: Balcão 1</source>
        <translation>e.g. Counter 1</translation>
    </message>
    <message>
        <source>Salvar o nome</source>
        <translation>Save the name</translation>
    </message>
    <message>
        <source>Servidor</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Porta</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Banco de dados</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>Usuário</source>
        <translation>User</translation>
    </message>
    <message>
        <source>Senha</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Esquema da loja</source>
        <translation>The shop&apos;s schema</translation>
    </message>
    <message>
        <source>Cada loja tem o seu esquema no banco. Letras minúsculas, números e _.</source>
        <translation>Each shop has its own schema in the database. Lower-case letters, digits and _.</translation>
    </message>
    <message>
        <source>Certificado (CA)</source>
        <translation>Certificate (CA)</translation>
    </message>
    <message>
        <source>vazio: os certificados do sistema</source>
        <translation>empty: the system&apos;s certificates</translation>
    </message>
    <message>
        <source>Escolher…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>Testar conexão</source>
        <translation>Test connection</translation>
    </message>
    <message>
        <source>Levar ao servidor…</source>
        <translation>Take to the server…</translation>
    </message>
    <message>
        <source>Entrar nesta loja…</source>
        <translation>Join this shop…</translation>
    </message>
    <message>
        <source>Trazer de volta…</source>
        <translation>Bring back…</translation>
    </message>
    <message>
        <source>Os dados desta loja estão no servidor {host}, esquema {schema}.</source>
        <translation>This shop&apos;s data is on the server {host}, schema {schema}.</translation>
    </message>
    <message>
        <source>Os dados desta loja estão neste computador. Para que mais de um trabalhe ao mesmo tempo, eles ficam num servidor PostgreSQL: veja o capítulo “Vários computadores” do guia (F1).</source>
        <translation>This shop&apos;s data is on this computer. For several to work at the same time it lies on a PostgreSQL server: see the chapter “Vários computadores” of the guide (F1).</translation>
    </message>
    <message>
        <source>•••••••• guardada</source>
        <translation>•••••••• kept</translation>
    </message>
    <message>
        <source>Conectando…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>Neste esquema já há uma loja. Este computador pode entrar nela; nada é levado daqui, e o arquivo deste computador fica guardado ao lado.</source>
        <translation>There is a shop in this schema already. This computer can join it; nothing is taken from here, and this computer&apos;s file is kept aside.</translation>
    </message>
    <message>
        <source>O esquema está vazio: os dados desta loja podem ser levados para lá.</source>
        <translation>The schema is empty: this shop&apos;s data can be taken there.</translation>
    </message>
    <message>
        <source>✓ Nome salvo. Ele aparece em “Quem fez o quê”.</source>
        <translation>✓ Name saved. It appears in “Who did what”.</translation>
    </message>
    <message>
        <source>Certificados (*.crt *.pem *.cer);;Todos (*)</source>
        <translation>Certificates (*.crt *.pem *.cer);;All (*)</translation>
    </message>
</context>
<context>
    <name>DiagnosticsWindow</name>
    <message>
        <source>Diagnóstico – Ótimo Tray</source>
        <translation>Diagnostics – Ótimo Tray</translation>
    </message>
    <message>
        <source>número do pedido (vazio: tudo)</source>
        <translation>order number (empty: everything)</translation>
    </message>
    <message>
        <source>Número do pedido</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>Só um &amp;pedido:</source>
        <translation>Only one &amp;order:</translation>
    </message>
    <message>
        <source>&amp;Juntar</source>
        <translation>&amp;Collect</translation>
    </message>
    <message>
        <source>&amp;Salvar ZIP…</source>
        <translation>&amp;Save ZIP…</translation>
    </message>
    <message>
        <source>Arquivos do diagnóstico</source>
        <translation>Files of the diagnostics</translation>
    </message>
    <message>
        <source>Conteúdo do arquivo</source>
        <translation>Content of the file</translation>
    </message>
    <message>
        <source>Diagnóstico</source>
        <translation>Diagnostics</translation>
    </message>
    <message>
        <source>O que o suporte precisa ver. Senhas não entram; nomes e documentos são encobertos. Confira abaixo: nada é enviado, você salva e entrega o arquivo.</source>
        <translation>What support needs to see. Passwords are left out; names and documents are masked. Check it below: nothing is sent, you save the file and hand it over.</translation>
    </message>
    <message>
        <source>Juntando…</source>
        <translation>Collecting…</translation>
    </message>
    <message>
        <source>✓ Salvo em {path}</source>
        <translation>✓ Saved to {path}</translation>
    </message>
    <message>
        <source>Salvar o diagnóstico</source>
        <translation>Save the diagnostics</translation>
    </message>
    <message>
        <source>Arquivos ZIP (*.zip)</source>
        <translation>ZIP files (*.zip)</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>colar</source>
        <translation>paste</translation>
    </message>
    <message>
        <source>preencher para baixo</source>
        <translation>fill down</translation>
    </message>
    <message>
        <source>limpar</source>
        <translation>clear</translation>
    </message>
    <message>
        <source>kit {sku}</source>
        <translation>kit {sku}</translation>
    </message>
    <message>
        <source>editar {sku}</source>
        <translation>edit {sku}</translation>
    </message>
    <message>
        <source>Conferindo {n} linhas…</source>
        <translation>Checking {n} rows…</translation>
    </message>
    <message>
        <source>usar o meu: {sku}</source>
        <translation>use mine: {sku}</translation>
    </message>
    <message>
        <source>SKU alterado</source>
        <translation>SKU changed</translation>
    </message>
    <message>
        <source>SKUs alterados</source>
        <translation>SKUs changed</translation>
    </message>
    <message>
        <source>{n} com o código completado</source>
        <translation>{n} with the code completed</translation>
    </message>
    <message>
        <source>{n} recusados, marcados com ⚠</source>
        <translation>{n} refused, marked with ⚠</translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>Ver os recusados</source>
        <translation>Show the refused ones</translation>
    </message>
    <message>
        <source>{n} linhas coladas sem SKU correspondente</source>
        <translation>{n} pasted rows match no SKU</translation>
    </message>
</context>
<context>
    <name>ErpForm</name>
    <message>
        <source>Conexão com o ERP</source>
        <translation>Connection to the ERP</translation>
    </message>
    <message>
        <source>Pasta de integração</source>
        <translation>Exchange folder</translation>
    </message>
    <message>
        <source>Banco de dados</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>API HTTP</source>
        <translation>HTTP API</translation>
    </message>
    <message>
        <source>ERP de demonstração</source>
        <translation>Demo ERP</translation>
    </message>
    <message>
        <source>T&amp;estar</source>
        <translation>&amp;Test</translation>
    </message>
    <message>
        <source>&amp;Guardar a conexão</source>
        <translation>Sa&amp;ve the connection</translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation>ERP code</translation>
    </message>
    <message>
        <source>Produto</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>Saldo</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>Preço</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>&amp;Conexão</source>
        <translation>&amp;Connection</translation>
    </message>
    <message>
        <source>Lendo as planilhas…</source>
        <translation>Reading the sheets…</translation>
    </message>
    <message>
        <source>Testando…</source>
        <translation>Testing…</translation>
    </message>
    <message>
        <source>✓ Conexão testada. As primeiras linhas:</source>
        <translation>✓ Connection tested. The first rows:</translation>
    </message>
    <message>
        <source>✓ Conexão testada.</source>
        <translation>✓ Connection tested.</translation>
    </message>
    <message>
        <source>Guardada.</source>
        <translation>Saved.</translation>
    </message>
    <message>
        <source>O ERP grava planilhas numa pasta e busca nela os pedidos. O caminho mais simples.</source>
        <translation>The ERP writes sheets into a folder and picks up the orders there. The simplest way.</translation>
    </message>
    <message>
        <source>Lê as visões do contrato e grava os pedidos nas tabelas de entrada.</source>
        <translation>Reads the contract&apos;s views and writes the orders into the inbox tables.</translation>
    </message>
    <message>
        <source>O ERP oferece a API descrita no contrato do Ótimo Tray.</source>
        <translation>The ERP offers the API described in Ótimo Tray&apos;s contract.</translation>
    </message>
    <message>
        <source>Uma loja inventada, só para conhecer o programa.</source>
        <translation>A made-up shop, just to get to know the program.</translation>
    </message>
</context>
<context>
    <name>ErpStep</name>
    <message>
        <source>Ótimo Gestor (ERP)</source>
        <translation>Ótimo Gestor (ERP)</translation>
    </message>
    <message>
        <source>Diga onde o ERP deixa saldos e preços. O programa testa e mostra as primeiras linhas.</source>
        <translation>Say where the ERP leaves balances and prices. The program tests it and shows the first rows.</translation>
    </message>
</context>
<context>
    <name>Explained</name>
    <message>
        <source>{now} (de {before})</source>
        <translation>{now} (was {before})</translation>
    </message>
    <message>
        <source>regra deste SKU</source>
        <translation>rule of this SKU</translation>
    </message>
    <message>
        <source>regra {pattern}</source>
        <translation>rule {pattern}</translation>
    </message>
    <message>
        <source>padrão da loja</source>
        <translation>shop default</translation>
    </message>
    <message>
        <source>Saldo no ERP</source>
        <translation>Balance in the ERP</translation>
    </message>
    <message>
        <source>− reservado em pedidos</source>
        <translation>− committed to orders</translation>
    </message>
    <message>
        <source>− estoque de segurança</source>
        <translation>− safety stock</translation>
    </message>
    <message>
        <source>÷ Qtd. por SKU</source>
        <translation>÷ Qty per SKU</translation>
    </message>
    <message>
        <source>é o que limita o kit</source>
        <translation>is what limits the kit</translation>
    </message>
    <message>
        <source>= kits possíveis</source>
        <translation>= kits possible</translation>
    </message>
    <message>
        <source>no máximo anunciado</source>
        <translation>at the announced maximum</translation>
    </message>
    <message>
        <source>venda parada</source>
        <translation>selling stopped</translation>
    </message>
    <message>
        <source>= Disponível</source>
        <translation>= Available</translation>
    </message>
    <message>
        <source>Preço próprio</source>
        <translation>Own price</translation>
    </message>
    <message>
        <source>Preço no ERP</source>
        <translation>Price in the ERP</translation>
    </message>
    <message>
        <source>em promoção no ERP</source>
        <translation>on promotion in the ERP</translation>
    </message>
    <message>
        <source>= soma dos componentes</source>
        <translation>= sum of the components</translation>
    </message>
    <message>
        <source>+ acréscimo</source>
        <translation>+ markup</translation>
    </message>
    <message>
        <source>− desconto</source>
        <translation>− discount</translation>
    </message>
    <message>
        <source>+ margem dentro do preço</source>
        <translation>+ margin within the price</translation>
    </message>
    <message>
        <source>arredondado para cima</source>
        <translation>rounded up</translation>
    </message>
    <message>
        <source>Promoção própria</source>
        <translation>Own promotion</translation>
    </message>
    <message>
        <source>= Preço</source>
        <translation>= Price</translation>
    </message>
    <message>
        <source>o preço está abaixo: aguardará liberação</source>
        <translation>the price is below: it will wait for release</translation>
    </message>
    <message>
        <source>Preço mínimo</source>
        <translation>Minimum price</translation>
    </message>
</context>
<context>
    <name>FailureWindow</name>
    <message>
        <source>O Ótimo Tray não pôde começar</source>
        <translation>Ótimo Tray couldn&apos;t start</translation>
    </message>
    <message>
        <source>&amp;Fechar</source>
        <translation>&amp;Close</translation>
    </message>
</context>
<context>
    <name>FinishStep</name>
    <message>
        <source>Pronto</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>O Ótimo Tray fica ao lado do relógio e trabalha sozinho.</source>
        <translation>Ótimo Tray sits beside the clock and works on its own.</translation>
    </message>
    <message>
        <source>&amp;Iniciar com o computador (recomendado)</source>
        <translation>&amp;Start with the computer (recommended)</translation>
    </message>
    <message>
        <source>✓ Verde: tudo em dia. Não há nada a fazer.</source>
        <translation>✓ Green: all up to date. Nothing to do.</translation>
    </message>
    <message>
        <source>▲ Vermelho: algo espera você; clique no ícone para ver o quê.</source>
        <translation>▲ Red: something waits for you; click the icon to see what.</translation>
    </message>
    <message>
        <source>Códigos de rastreio: bipe ou digite em Rastreio (Ctrl+3).</source>
        <translation>Tracking codes: scan or type them in Tracking (Ctrl+3).</translation>
    </message>
    <message>
        <source>Ajuda: tecla F1 em qualquer tela.</source>
        <translation>Help: press F1 on any screen.</translation>
    </message>
</context>
<context>
    <name>FirstSyncStep</name>
    <message>
        <source>Primeira sincronização</source>
        <translation>First sync</translation>
    </message>
    <message>
        <source>Um ensaio: isto é o que iria ao Plugg.to. Nada segue sem você liberar.</source>
        <translation>A rehearsal: this is what would go to Plugg.to. Nothing is sent until you release it.</translation>
    </message>
    <message>
        <source>Ler de &amp;novo</source>
        <translation>Read &amp;again</translation>
    </message>
    <message>
        <source>Decidir os &amp;pedidos…</source>
        <translation>Decide the &amp;orders…</translation>
    </message>
    <message numerus="yes">
        <source>Decidir os &amp;pedidos… (%n)</source>
        <translation>
            <numerusform>Decide the &amp;order… (%n)</numerusform>
            <numerusform>Decide the &amp;orders… (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Confira a lista. “Liberar” envia; “Descartar” deixa o Plugg.to como está.</source>
        <translation>Check the list. “Release” sends it; “Discard” leaves Plugg.to as it is.</translation>
    </message>
    <message>
        <source>✓ Liberada. Daqui em diante só o que muda é enviado.</source>
        <translation>✓ Released. From here on only changes are sent.</translation>
    </message>
    <message>
        <source>✓ Nada a enviar: o Plugg.to já mostra os valores do ERP.</source>
        <translation>✓ Nothing to send: Plugg.to already shows the ERP&apos;s values.</translation>
    </message>
    <message>
        <source>Lendo os dois lados…</source>
        <translation>Reading both sides…</translation>
    </message>
</context>
<context>
    <name>Flow</name>
    <message>
        <source>Estoque</source>
        <translation>Stock</translation>
    </message>
    <message>
        <source>Preço</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Notas</source>
        <translation>Invoices</translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation>Tracking</translation>
    </message>
</context>
<context>
    <name>FolderPart</name>
    <message>
        <source>Pasta de integração</source>
        <translation>Exchange folder</translation>
    </message>
    <message>
        <source>Pasta dos XML das notas</source>
        <translation>Folder of the invoice XMLs</translation>
    </message>
    <message>
        <source>a pasta “notas” dentro da pasta de integração</source>
        <translation>the “notas” folder inside the exchange folder</translation>
    </message>
    <message>
        <source>Sincronizar quando um arquivo da pasta muda</source>
        <translation>Sync when a file in the folder changes</translation>
    </message>
    <message>
        <source>Co&amp;lunas…</source>
        <translation>Colu&amp;mns…</translation>
    </message>
    <message>
        <source>&amp;Pasta</source>
        <translation>F&amp;older</translation>
    </message>
    <message>
        <source>&amp;XML das notas</source>
        <translation>Invoice &amp;XML</translation>
    </message>
    <message>
        <source>Planilhas</source>
        <translation>Sheets</translation>
    </message>
    <message numerus="yes">
        <source>%n coluna(s) com nome próprio</source>
        <translation>
            <numerusform>%n column with a name of its own</numerusform>
            <numerusform>%n columns with names of their own</numerusform>
        </translation>
    </message>
    <message>
        <source>nomes reconhecidos</source>
        <translation>names recognised</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>ontem {time}</source>
        <translation>yesterday {time}</translation>
    </message>
    <message>
        <source>amanhã {time}</source>
        <translation>tomorrow {time}</translation>
    </message>
    <message>
        <source>hoje {time}</source>
        <translation>today {time}</translation>
    </message>
    <message>
        <source>agora</source>
        <translation>now</translation>
    </message>
    <message>
        <source>há {span}</source>
        <translation>{span} ago</translation>
    </message>
    <message>
        <source>em {span}</source>
        <translation>in {span}</translation>
    </message>
    <message>
        <source>1 dia</source>
        <translation>1 day</translation>
    </message>
    <message>
        <source>{n} dias</source>
        <translation>{n} days</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Guia – Ótimo Tray</source>
        <translation>Guide – Ótimo Tray</translation>
    </message>
    <message>
        <source>Buscar no guia</source>
        <translation>Search the guide</translation>
    </message>
    <message>
        <source>Capítulos</source>
        <translation>Chapters</translation>
    </message>
    <message>
        <source>Capítulo do guia</source>
        <translation>Chapter of the guide</translation>
    </message>
    <message>
        <source>Guia</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>&amp;Códigos…</source>
        <translation>&amp;Codes…</translation>
    </message>
    <message>
        <source>&amp;Diagnóstico…</source>
        <translation>&amp;Diagnostics…</translation>
    </message>
</context>
<context>
    <name>HeldPane</name>
    <message>
        <source>Envio aguardando liberação</source>
        <translation>Update waiting for release</translation>
    </message>
    <message>
        <source>&amp;Liberar</source>
        <translation>&amp;Release</translation>
    </message>
    <message>
        <source>&amp;Descartar</source>
        <translation>&amp;Discard</translation>
    </message>
    <message>
        <source>Este envio não tem valores: foi a leitura inteira do ERP que ficou retida.</source>
        <translation>This update has no values: the whole ERP reading was held.</translation>
    </message>
    <message>
        <source>Filtrar por SKU</source>
        <translation>Filter by SKU</translation>
    </message>
    <message>
        <source>{n} valores</source>
        <translation>{n} values</translation>
    </message>
    <message>
        <source>&amp;Liberar {n}</source>
        <translation>&amp;Release {n}</translation>
    </message>
    <message>
        <source>&amp;Liberar tudo</source>
        <translation>&amp;Release all</translation>
    </message>
    <message>
        <source>&amp;Descartar {n}</source>
        <translation>&amp;Discard {n}</translation>
    </message>
    <message>
        <source>&amp;Descartar tudo</source>
        <translation>&amp;Discard all</translation>
    </message>
    <message>
        <source>Por que este valor? (De/Para)</source>
        <translation>Why this value? (SKU mapping)</translation>
    </message>
    <message>
        <source>estoque</source>
        <translation>stock</translation>
    </message>
    <message>
        <source>preço</source>
        <translation>price</translation>
    </message>
    <message>
        <source>novo</source>
        <translation>new</translation>
    </message>
    <message>
        <source>SKU Plugg.to</source>
        <translation>Plugg.to SKU</translation>
    </message>
    <message>
        <source>O quê</source>
        <translation>What</translation>
    </message>
    <message>
        <source>No Plugg.to</source>
        <translation>At Plugg.to</translation>
    </message>
    <message>
        <source>Passa a</source>
        <translation>Becomes</translation>
    </message>
    <message>
        <source>Variação</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>Motivo</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>HttpPart</name>
    <message>
        <source>Endereço da API</source>
        <translation>API address</translation>
    </message>
    <message>
        <source>Acesso à API</source>
        <translation>API access</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Usuário e senha</source>
        <translation>User and password</translation>
    </message>
    <message>
        <source>Usuário da API</source>
        <translation>User of the API</translation>
    </message>
    <message>
        <source>Token ou senha da API</source>
        <translation>Token or password of the API</translation>
    </message>
    <message>
        <source>E&amp;ndereço</source>
        <translation>A&amp;ddress</translation>
    </message>
    <message>
        <source>Acesso</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>To&amp;ken ou senha</source>
        <translation>To&amp;ken or password</translation>
    </message>
    <message>
        <source>&amp;Usuário</source>
        <translation>&amp;User</translation>
    </message>
    <message>
        <source>•••••••• guardado</source>
        <translation>•••••••• saved</translation>
    </message>
    <message>
        <source>não informado</source>
        <translation>not entered</translation>
    </message>
</context>
<context>
    <name>HubForm</name>
    <message>
        <source>Client ID</source>
        <translation>Client ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Client secret</translation>
    </message>
    <message>
        <source>API user</source>
        <translation>API user</translation>
    </message>
    <message>
        <source>API secret</source>
        <translation>API secret</translation>
    </message>
    <message>
        <source>Endereço do Plugg.to</source>
        <translation>Plugg.to&apos;s address</translation>
    </message>
    <message>
        <source>Endereço</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>&amp;Testar e guardar</source>
        <translation>Test and s&amp;ave</translation>
    </message>
    <message>
        <source>O Plugg.to entrega as quatro a quem implanta. Ficam no cofre de senhas do sistema e não voltam.</source>
        <translation>Plugg.to gives these four to whoever sets up the integration. They are kept in the system&apos;s password vault and never shown again.</translation>
    </message>
    <message>
        <source>•••••••• guardado</source>
        <translation>•••••••• saved</translation>
    </message>
    <message>
        <source>não informado</source>
        <translation>not entered</translation>
    </message>
    <message>
        <source>Perguntando ao Plugg.to…</source>
        <translation>Asking Plugg.to…</translation>
    </message>
    <message>
        <source>✓ O Plugg.to aceitou. Guardadas no cofre de senhas.</source>
        <translation>✓ Plugg.to accepted them. Saved in the password vault.</translation>
    </message>
</context>
<context>
    <name>HubStep</name>
    <message>
        <source>Plugg.to</source>
        <translation>Plugg.to</translation>
    </message>
    <message>
        <source>Digite o que o Plugg.to entregou; o programa confere na hora.</source>
        <translation>Type what Plugg.to gave you; the program checks it at once.</translation>
    </message>
    <message>
        <source>Usar um &amp;modelo de ajustes…</source>
        <translation>Use a settings te&amp;mplate…</translation>
    </message>
    <message>
        <source>Tra&amp;zer de outro PC…</source>
        <translation>Brin&amp;g from another PC…</translation>
    </message>
    <message>
        <source>&amp;Entrar numa loja no servidor…</source>
        <translation>&amp;Join a shop on the server…</translation>
    </message>
    <message>
        <source>Esta loja já usa o Ótimo Tray, ou há um modelo pronto?</source>
        <translation>Does this shop use Ótimo Tray already, or is there a template?</translation>
    </message>
    <message>
        <source>Modelo de ajustes</source>
        <translation>Settings template</translation>
    </message>
    <message>
        <source>Ajustes (*.toml)</source>
        <translation>Settings (*.toml)</translation>
    </message>
    <message>
        <source>✓ Modelo aplicado.</source>
        <translation>✓ Template applied.</translation>
    </message>
</context>
<context>
    <name>KitDialog</name>
    <message>
        <source>Componentes do kit</source>
        <translation>Components of the kit</translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation>ERP code</translation>
    </message>
    <message>
        <source>Qtd.</source>
        <translation>Qty</translation>
    </message>
    <message>
        <source>Produto no ERP</source>
        <translation>Product in the ERP</translation>
    </message>
    <message>
        <source>Cancelar</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>&amp;Mais um componente</source>
        <translation>&amp;Add a component</translation>
    </message>
    <message>
        <source>Quantidade</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>O ERP não tem: {codes}</source>
        <translation>The ERP doesn&apos;t have: {codes}</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>Sem contato com o servidor desde {time}: isto espera até ele voltar.</source>
        <translation>No contact with the server since {time}: this waits until it is back.</translation>
    </message>
    <message>
        <source>Sem contato com o servidor desde {time}.</source>
        <translation>No contact with the server since {time}.</translation>
    </message>
    <message>
        <source>Você vê o que havia às {time}.</source>
        <translation>You see what there was at {time}.</translation>
    </message>
    <message>
        <source>Códigos de rastreio digitados ficam guardados aqui e sobem sozinhos.</source>
        <translation>Tracking codes you type are kept here and go up by themselves.</translation>
    </message>
    <message>
        <source>código guardado</source>
        <translation>code kept</translation>
    </message>
    <message>
        <source>códigos guardados</source>
        <translation>codes kept</translation>
    </message>
    <message>
        <source>Sincronização: nenhum computador assumiu ainda</source>
        <translation>Sync: no computer has taken it on yet</translation>
    </message>
    <message>
        <source>Sincronização em: {desk}</source>
        <translation>Syncing on: {desk}</translation>
    </message>
    <message>
        <source>{leader}, neste computador</source>
        <translation>{leader}, this computer</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Registro – Ótimo Tray</source>
        <translation>Log – Ótimo Tray</translation>
    </message>
    <message>
        <source>Filtrar linhas</source>
        <translation>Filter lines</translation>
    </message>
    <message>
        <source>Nível</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>todas as linhas</source>
        <translation>all lines</translation>
    </message>
    <message>
        <source>avisos e erros</source>
        <translation>warnings and errors</translation>
    </message>
    <message>
        <source>só erros</source>
        <translation>only errors</translation>
    </message>
    <message>
        <source>&amp;Acompanhar</source>
        <translation>&amp;Follow</translation>
    </message>
    <message>
        <source>Linhas do registro</source>
        <translation>Lines of the log</translation>
    </message>
    <message>
        <source>Registro</source>
        <translation>Log</translation>
    </message>
    <message numerus="yes">
        <source>%n linha(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message>
        <source>Nada aqui: o registro só guarda o que falha.</source>
        <translation>Nothing here: the log only keeps what fails.</translation>
    </message>
</context>
<context>
    <name>Mapping</name>
    <message>
        <source>Todos</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Com De/Para</source>
        <translation>Mapped</translation>
    </message>
    <message>
        <source>Sem De/Para</source>
        <translation>Unmapped</translation>
    </message>
    <message>
        <source>Em conflito</source>
        <translation>In conflict</translation>
    </message>
    <message>
        <source>Divergentes</source>
        <translation>Different</translation>
    </message>
    <message>
        <source>Aguardando liberação</source>
        <translation>Waiting for release</translation>
    </message>
    <message>
        <source>✓ em dia</source>
        <translation>✓ up to date</translation>
    </message>
    <message>
        <source>○ sem De/Para</source>
        <translation>○ unmapped</translation>
    </message>
    <message>
        <source>▲ código não está no ERP</source>
        <translation>▲ code isn&apos;t in the ERP</translation>
    </message>
    <message>
        <source>▲ SKU não está no Plugg.to</source>
        <translation>▲ SKU isn&apos;t at Plugg.to</translation>
    </message>
    <message>
        <source>▲ tem tabela no Plugg.to</source>
        <translation>▲ has a table at Plugg.to</translation>
    </message>
    <message>
        <source>≠ diverge do Plugg.to</source>
        <translation>≠ differs from Plugg.to</translation>
    </message>
    <message>
        <source>■ aguardando liberação</source>
        <translation>■ waiting for release</translation>
    </message>
    <message>
        <source>→ a enviar</source>
        <translation>→ to send</translation>
    </message>
    <message>
        <source>▲ recusado pelo Plugg.to</source>
        <translation>▲ refused by Plugg.to</translation>
    </message>
    <message>
        <source>○ aguarda o 1º envio</source>
        <translation>○ waiting for first update</translation>
    </message>
    <message>
        <source>kit</source>
        <translation>kit</translation>
    </message>
    <message>
        <source>SKU Plugg.to</source>
        <translation>Plugg.to SKU</translation>
    </message>
    <message>
        <source>Produto</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation>ERP code</translation>
    </message>
    <message>
        <source>Qtd. por SKU</source>
        <translation>Qty per SKU</translation>
    </message>
    <message>
        <source>Saldo</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>Disponível</source>
        <translation>Available</translation>
    </message>
    <message>
        <source>Preço ERP</source>
        <translation>ERP price</translation>
    </message>
    <message>
        <source>Preço Plugg.to</source>
        <translation>Plugg.to price</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>State</translation>
    </message>
    <message>
        <source>EAN</source>
        <translation>EAN</translation>
    </message>
    <message>
        <source>A Qtd. por SKU é um número inteiro a partir de 1.</source>
        <translation>Qty per SKU is a whole number from 1 up.</translation>
    </message>
    <message>
        <source>O ERP não tem o código {code}.</source>
        <translation>The ERP doesn&apos;t have the code {code}.</translation>
    </message>
    <message>
        <source>Este kit tem vários componentes: edite-o em Componentes do kit.</source>
        <translation>This kit has several components: edit it in Components of the kit.</translation>
    </message>
    <message>
        <source>Informe primeiro o Código no ERP.</source>
        <translation>Enter the ERP code first.</translation>
    </message>
    <message>
        <source>Produto no ERP</source>
        <translation>Product in the ERP</translation>
    </message>
    <message>
        <source>✓ será vinculado</source>
        <translation>✓ will be linked</translation>
    </message>
    <message>
        <source>▲ mais de um código: fica de fora</source>
        <translation>▲ more than one code: left out</translation>
    </message>
    <message>
        <source>Nenhum SKU sem De/Para tem um código correspondente no ERP.</source>
        <translation>No unmapped SKU has a matching code in the ERP.</translation>
    </message>
    <message>
        <source>{n} SKUs serão vinculados; {m} ambíguos ficam como estão.</source>
        <translation>{n} SKUs will be linked; {m} ambiguous ones stay as they are.</translation>
    </message>
    <message>
        <source>Vincular por EAN</source>
        <translation>Link by EAN</translation>
    </message>
    <message>
        <source>Vincular por código igual</source>
        <translation>Link equal codes</translation>
    </message>
    <message>
        <source>&amp;Vincular {n}</source>
        <translation>&amp;Link {n}</translation>
    </message>
    <message>
        <source>Filtrar por SKU ou código</source>
        <translation>Filter by SKU or code</translation>
    </message>
    <message>
        <source>▲ recusada</source>
        <translation>▲ refused</translation>
    </message>
    <message>
        <source>+ nova</source>
        <translation>+ new</translation>
    </message>
    <message>
        <source>→ alterada</source>
        <translation>→ changed</translation>
    </message>
    <message>
        <source>= igual</source>
        <translation>= same</translation>
    </message>
    <message>
        <source>Linha</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Motivo</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>A planilha não tem linhas.</source>
        <translation>The sheet has no rows.</translation>
    </message>
    <message>
        <source>{new} novas, {changed} alteradas, {same} iguais, {refused} recusadas.</source>
        <translation>{new} new, {changed} changed, {same} same, {refused} refused.</translation>
    </message>
    <message>
        <source>&amp;Aplicar {n}</source>
        <translation>&amp;Apply {n}</translation>
    </message>
    <message>
        <source>Filtrar</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>No Plugg.to</source>
        <translation>At Plugg.to</translation>
    </message>
    <message>
        <source>Volta a</source>
        <translation>Back to</translation>
    </message>
    <message>
        <source>Todos os valores deste envio eram os primeiros: não há a que voltar.</source>
        <translation>All values of this update were the first ones: there is nothing to go back to.</translation>
    </message>
    <message>
        <source>SKU volta ao valor de antes</source>
        <translation>SKU goes back to its earlier value</translation>
    </message>
    <message>
        <source>SKUs voltam ao valor de antes</source>
        <translation>SKUs go back to their earlier values</translation>
    </message>
    <message>
        <source>não tinha valor antes e fica</source>
        <translation>had no value before and stays</translation>
    </message>
    <message>
        <source>não tinham valor antes e ficam</source>
        <translation>had no value before and stay</translation>
    </message>
    <message>
        <source>Último envio: {since} a {until}. {moved}; {kept}. As proteções valem como em qualquer envio, e o valor do ERP volta quando ele mudar.</source>
        <translation>Last update: {since} to {until}. {moved}; {kept}. The safeguards apply as to any update, and the ERP&apos;s value returns when it changes.</translation>
    </message>
    <message>
        <source>Desfazer o último envio de estoque</source>
        <translation>Undo the last stock update</translation>
    </message>
    <message>
        <source>Desfazer o último envio de preços</source>
        <translation>Undo the last price update</translation>
    </message>
    <message>
        <source>&amp;Desfazer {n}</source>
        <translation>&amp;Undo {n}</translation>
    </message>
    <message>
        <source>Filtrar por SKU</source>
        <translation>Filter by SKU</translation>
    </message>
    <message>
        <source>outra pessoa</source>
        <translation>somebody else</translation>
    </message>
    <message>
        <source>Alterado por {name}</source>
        <translation>Changed by {name}</translation>
    </message>
    <message>
        <source>sem De/Para</source>
        <translation>no mapping</translation>
    </message>
    <message>
        <source>regra de {sku}</source>
        <translation>rule of {sku}</translation>
    </message>
    <message>
        <source>{name} está com este SKU aberto.</source>
        <translation>{name} has this SKU open.</translation>
    </message>
</context>
<context>
    <name>MappingPage</name>
    <message>
        <source>Códigos sem SKU</source>
        <translation>Codes without SKU</translation>
    </message>
    <message>
        <source>Buscar SKU, produto, código ou EAN</source>
        <translation>Search SKU, product, code or EAN</translation>
    </message>
    <message>
        <source>&amp;Detalhes</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>&amp;Mais</source>
        <translation>&amp;More</translation>
    </message>
    <message>
        <source>Desfazer:</source>
        <translation>Undo:</translation>
    </message>
    <message>
        <source>Refazer:</source>
        <translation>Redo:</translation>
    </message>
    <message>
        <source>Regras por padrão de SKU…</source>
        <translation>Rules by SKU pattern…</translation>
    </message>
    <message>
        <source>Desfazer o último envio de estoque…</source>
        <translation>Undo the last stock update…</translation>
    </message>
    <message>
        <source>Desfazer o último envio de preços…</source>
        <translation>Undo the last price update…</translation>
    </message>
    <message>
        <source>O Plugg.to não tem o SKU {sku}.</source>
        <translation>Plugg.to doesn&apos;t have the SKU {sku}.</translation>
    </message>
    <message>
        <source>O SKU {sku} já tem De/Para. Para somar este código, use Componentes do kit.</source>
        <translation>SKU {sku} is mapped already. To add this code, use Components of the kit.</translation>
    </message>
    <message>
        <source>Ver o SKU</source>
        <translation>Show the SKU</translation>
    </message>
    <message>
        <source>vincular {code} a {sku}</source>
        <translation>link {code} to {sku}</translation>
    </message>
    <message>
        <source>{n} de {total}</source>
        <translation>{n} of {total}</translation>
    </message>
    <message>
        <source>Nenhum SKU ainda. Os SKUs aparecem aqui depois da primeira leitura do catálogo do Plugg.to.</source>
        <translation>No SKUs yet. They appear here after the first reading of Plugg.to&apos;s catalogue.</translation>
    </message>
    <message>
        <source>Nada encontrado para “{text}”. Esc limpa a busca.</source>
        <translation>Nothing found for “{text}”. Esc clears the search.</translation>
    </message>
    <message>
        <source>Todos os SKUs têm De/Para.</source>
        <translation>All SKUs are mapped.</translation>
    </message>
    <message>
        <source>Nenhum conflito.</source>
        <translation>No conflicts.</translation>
    </message>
    <message>
        <source>Nada diverge do Plugg.to.</source>
        <translation>Nothing differs from Plugg.to.</translation>
    </message>
    <message>
        <source>Nada aguarda liberação.</source>
        <translation>Nothing waits for release.</translation>
    </message>
    <message>
        <source>Nenhum SKU com De/Para ainda. Use Vincular por código igual, ou importe a planilha.</source>
        <translation>No mapped SKUs yet. Use Link equal codes, or import the sheet.</translation>
    </message>
    <message>
        <source>Nada a mostrar.</source>
        <translation>Nothing to show.</translation>
    </message>
    <message>
        <source>Colar</source>
        <translation>Paste</translation>
    </message>
    <message>
        <source>Preencher para baixo</source>
        <translation>Fill down</translation>
    </message>
    <message>
        <source>Limpar</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>Ficar com o de {name}</source>
        <translation>Keep the one from {name}</translation>
    </message>
    <message>
        <source>Usar o meu</source>
        <translation>Use mine</translation>
    </message>
    <message>
        <source>Componentes do kit…</source>
        <translation>Components of the kit…</translation>
    </message>
    <message>
        <source>Tornar kit…</source>
        <translation>Make it a kit…</translation>
    </message>
    <message>
        <source>Regras deste SKU…</source>
        <translation>Rules of this SKU…</translation>
    </message>
    <message>
        <source>Por que este número?</source>
        <translation>Why this number?</translation>
    </message>
</context>
<context>
    <name>MappingStep</name>
    <message>
        <source>De/Para</source>
        <translation>SKU mapping (De/Para)</translation>
    </message>
    <message>
        <source>Cada SKU do Plugg.to precisa do seu código no ERP. Códigos iguais se ligam sozinhos.</source>
        <translation>Each Plugg.to SKU needs its code in the ERP. Equal codes link by themselves.</translation>
    </message>
    <message>
        <source>SKUs no Plugg.to</source>
        <translation>SKUs at Plugg.to</translation>
    </message>
    <message>
        <source>com De/Para</source>
        <translation>mapped</translation>
    </message>
    <message>
        <source>sem De/Para</source>
        <translation>unmapped</translation>
    </message>
    <message>
        <source>&amp;Ligar por código igual</source>
        <translation>Link &amp;equal codes</translation>
    </message>
    <message>
        <source>&amp;Importar planilha…</source>
        <translation>&amp;Import sheet…</translation>
    </message>
    <message>
        <source>E&amp;xportar SKUs sem De/Para…</source>
        <translation>E&amp;xport unmapped SKUs…</translation>
    </message>
    <message>
        <source>Exportar &amp;códigos do ERP…</source>
        <translation>Export ERP &amp;codes…</translation>
    </message>
    <message>
        <source>A&amp;plicar a planilha</source>
        <translation>&amp;Apply the sheet</translation>
    </message>
    <message>
        <source>&amp;Abrir o De/Para</source>
        <translation>&amp;Open SKU mapping</translation>
    </message>
    <message>
        <source>SKUs sem De/Para não recebem estoque nem preço, e os pedidos deles esperam. Dá para completar depois, em De/Para.</source>
        <translation>Unmapped SKUs get no stock and no price, and their orders wait. You can complete this later, in SKU mapping.</translation>
    </message>
    <message>
        <source>lendo…</source>
        <translation>reading…</translation>
    </message>
    <message numerus="yes">
        <source>✓ %n SKU(s) ligados por código igual.</source>
        <translation>
            <numerusform>✓ %n SKU linked by equal code.</numerusform>
            <numerusform>✓ %n SKUs linked by equal code.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ficaram de fora por haver mais de um código.</source>
        <translation>
            <numerusform>%n was left out: it has more than one code.</numerusform>
            <numerusform>%n were left out: they have more than one code.</numerusform>
        </translation>
    </message>
    <message>
        <source>Planilha do De/Para</source>
        <translation>SKU mapping sheet</translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.xls *.csv)</source>
        <translation>Sheets (*.xlsx *.xls *.csv)</translation>
    </message>
    <message>
        <source>Lendo a planilha…</source>
        <translation>Reading the sheet…</translation>
    </message>
    <message>
        <source>{new} novas, {changed} alteradas, {same} iguais, {refused} recusadas.</source>
        <translation>{new} new, {changed} changed, {same} same, {refused} refused.</translation>
    </message>
    <message numerus="yes">
        <source>✓ %n linha(s) aplicadas.</source>
        <translation>
            <numerusform>✓ %n row applied.</numerusform>
            <numerusform>✓ %n rows applied.</numerusform>
        </translation>
    </message>
    <message>
        <source>sku-sem-de-para.xlsx</source>
        <translation>unmapped-skus.xlsx</translation>
    </message>
    <message>
        <source>codigos-do-erp.xlsx</source>
        <translation>erp-codes.xlsx</translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.csv)</source>
        <translation>Sheets (*.xlsx *.csv)</translation>
    </message>
    <message numerus="yes">
        <source>✓ %n linha(s) gravadas.</source>
        <translation>
            <numerusform>✓ %n row written.</numerusform>
            <numerusform>✓ %n rows written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Ação do aviso</source>
        <translation>Action of the message</translation>
    </message>
    <message>
        <source>Fechar o aviso</source>
        <translation>Close the message</translation>
    </message>
</context>
<context>
    <name>MissingDialog</name>
    <message>
        <source>O que falta despachar</source>
        <translation>What is left to ship</translation>
    </message>
    <message>
        <source>Não falta nada: todos os pedidos têm código.</source>
        <translation>Nothing is left: every order has a code.</translation>
    </message>
    <message>
        <source>pedido sem código</source>
        <translation>order without a code</translation>
    </message>
    <message>
        <source>pedidos sem código</source>
        <translation>orders without a code</translation>
    </message>
    <message>
        <source>, {n} em atraso</source>
        <translation>, {n} late</translation>
    </message>
    <message>
        <source>&amp;Imprimir (PDF)…</source>
        <translation>&amp;Print (PDF)…</translation>
    </message>
    <message>
        <source>&amp;Salvar planilha…</source>
        <translation>&amp;Save sheet…</translation>
    </message>
    <message>
        <source>&amp;Copiar</source>
        <translation>&amp;Copy</translation>
    </message>
    <message>
        <source>Copiado: cole no Excel ou numa mensagem.</source>
        <translation>Copied: paste it into Excel or a message.</translation>
    </message>
    <message>
        <source>Salvar planilha</source>
        <translation>Save sheet</translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>O que falta</source>
        <translation>What is left</translation>
    </message>
    <message>
        <source>Salvar para imprimir</source>
        <translation>Save for printing</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Salvo em {file}.</source>
        <translation>Saved to {file}.</translation>
    </message>
    <message>
        <source>falta-despachar-{day}</source>
        <translation>left-to-ship-{day}</translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message>
        <source>&amp;Entrar e reiniciar</source>
        <translation>&amp;Join and restart</translation>
    </message>
    <message>
        <source>&amp;Reiniciar e começar</source>
        <translation>&amp;Restart and begin</translation>
    </message>
    <message>
        <source>&amp;Cancelar</source>
        <translation>&amp;Cancel</translation>
    </message>
</context>
<context>
    <name>MoveWindow</name>
    <message>
        <source>Entrando…</source>
        <translation>Joining…</translation>
    </message>
    <message>
        <source>Copiando e conferindo…</source>
        <translation>Copying and comparing…</translation>
    </message>
    <message>
        <source>Andamento</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>&amp;Cancelar</source>
        <translation>&amp;Cancel</translation>
    </message>
    <message>
        <source>&amp;Abrir o Ótimo Tray</source>
        <translation>&amp;Open Ótimo Tray</translation>
    </message>
    <message>
        <source>{done} de {total} linhas</source>
        <translation>{done} of {total} rows</translation>
    </message>
    <message>
        <source> · faltam {span}</source>
        <translation> · {span} left</translation>
    </message>
    <message>
        <source>✓ Este computador entrou na loja.</source>
        <translation>✓ This computer has joined the shop.</translation>
    </message>
    <message>
        <source>✓ {n} linhas copiadas e conferidas, uma a uma.</source>
        <translation>✓ {n} rows copied and compared, one by one.</translation>
    </message>
    <message>
        <source>O que havia antes ficou guardado em {place}.</source>
        <translation>What was there before is kept in {place}.</translation>
    </message>
    <message>
        <source>Cancelando…</source>
        <translation>Cancelling…</translation>
    </message>
</context>
<context>
    <name>Moving</name>
    <message>
        <source>Entrar na loja que já está no servidor</source>
        <translation>Join the shop that is on the server</translation>
    </message>
    <message>
        <source>Trazer os dados de volta para este computador</source>
        <translation>Bring the data back to this computer</translation>
    </message>
    <message>
        <source>Levar os dados para o servidor</source>
        <translation>Take the data to the server</translation>
    </message>
    <message>
        <source>Este computador passa a trabalhar na loja que está no servidor: os mesmos De/Para, pedidos e códigos que os outros computadores veem. Nada do que há neste computador vai para lá; o arquivo daqui fica guardado, com a data no nome. O programa reinicia em seguida.</source>
        <translation>This computer will work on the shop that is on the server: the same mapping, orders and codes that the other computers see. Nothing of this computer goes there; its own file is kept, with the date in its name. The program restarts then.</translation>
    </message>
    <message>
        <source>O programa reinicia, copia os dados do servidor para este computador e os confere linha por linha. Só então passam a valer aqui; no servidor eles ficam guardados, com a data no nome. Os outros computadores precisam estar fechados. Enquanto isso nada é sincronizado.</source>
        <translation>The program restarts, copies the data from the server to this computer and compares it row by row. Only then does it count here; on the server it is kept, with the date in its name. The other computers must be closed. Meanwhile nothing is synced.</translation>
    </message>
    <message>
        <source>O programa reinicia, copia os dados para o servidor e os confere linha por linha. Só então passam a valer lá; o arquivo deste computador não é apagado: fica guardado, com a data no nome. Enquanto isso nada é sincronizado, e até o fim dá para cancelar.</source>
        <translation>The program restarts, copies the data to the server and compares it row by row. Only then does it count there; this computer&apos;s file isn&apos;t deleted: it is kept, with the date in its name. Meanwhile nothing is synced, and you can cancel until the end.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>pedido cancelado: não despache</source>
        <translation>cancelled order: do not ship</translation>
    </message>
    <message>
        <source>pedidos cancelados: não despache</source>
        <translation>cancelled orders: do not ship</translation>
    </message>
    <message>
        <source>envio aguarda sua liberação</source>
        <translation>update waits for your release</translation>
    </message>
    <message>
        <source>envios aguardam sua liberação</source>
        <translation>updates wait for your release</translation>
    </message>
    <message>
        <source>pedido espera sua decisão</source>
        <translation>order waits for your decision</translation>
    </message>
    <message>
        <source>pedidos esperam sua decisão</source>
        <translation>orders wait for your decision</translation>
    </message>
    <message>
        <source>problema novo</source>
        <translation>new problem</translation>
    </message>
    <message>
        <source>problemas</source>
        <translation>problems</translation>
    </message>
    <message>
        <source>nota a confirmar</source>
        <translation>invoice to confirm</translation>
    </message>
    <message>
        <source>notas a confirmar</source>
        <translation>invoices to confirm</translation>
    </message>
    <message>
        <source>pedido parado, falta De/Para</source>
        <translation>order stuck: SKU not mapped</translation>
    </message>
    <message>
        <source>pedidos parados, falta De/Para</source>
        <translation>orders stuck: SKU not mapped</translation>
    </message>
</context>
<context>
    <name>OrderDetail</name>
    <message>
        <source>&amp;Importar</source>
        <translation>Imp&amp;ort</translation>
    </message>
    <message>
        <source>&amp;Já está no ERP</source>
        <translation>Al&amp;ready in the ERP</translation>
    </message>
    <message>
        <source>I&amp;gnorar</source>
        <translation>I&amp;gnore</translation>
    </message>
    <message>
        <source>Cancelamento &amp;tratado</source>
        <translation>&amp;Cancellation handled</translation>
    </message>
    <message>
        <source>&amp;Tentar de novo</source>
        <translation>&amp;Try again</translation>
    </message>
    <message>
        <source>Abrir no &amp;Plugg.to</source>
        <translation>Open at &amp;Plugg.to</translation>
    </message>
    <message>
        <source>Diagnóstico…</source>
        <translation>Diagnostics…</translation>
    </message>
    <message>
        <source>Dados brutos</source>
        <translation>Raw data</translation>
    </message>
    <message>
        <source>Itens</source>
        <translation>Items</translation>
    </message>
    <message>
        <source>Histórico</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Notas</source>
        <translation>Invoices</translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation>Tracking</translation>
    </message>
    <message>
        <source>Pedido {number}</source>
        <translation>Order {number}</translation>
    </message>
    <message>
        <source>✖ Cancelado no canal depois de importado. Não despache; cancele no ERP e marque como tratado.</source>
        <translation>✖ Cancelled at the channel after the import. Do not ship; cancel it in the ERP and mark it as handled.</translation>
    </message>
    <message>
        <source>Rastreio ({n})</source>
        <translation>Tracking ({n})</translation>
    </message>
    <message>
        <source>Notas ({n})</source>
        <translation>Invoices ({n})</translation>
    </message>
    <message>
        <source>Vincular {sku} no De/Para</source>
        <translation>Link {sku} in SKU mapping</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>State</translation>
    </message>
    <message>
        <source>No Plugg.to</source>
        <translation>At Plugg.to</translation>
    </message>
    <message>
        <source>Canal</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation>Buyer</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Aprovado</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>Despachar até</source>
        <translation>Ship by</translation>
    </message>
    <message>
        <source>No ERP como</source>
        <translation>In the ERP as</translation>
    </message>
    <message>
        <source>Nota</source>
        <translation>Invoice</translation>
    </message>
    <message>
        <source>Chave</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Id no Plugg.to</source>
        <translation>Plugg.to id</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Produto</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation>ERP code</translation>
    </message>
    <message>
        <source>○ sem De/Para</source>
        <translation>○ unmapped</translation>
    </message>
    <message>
        <source>Qtd.</source>
        <translation>Qty</translation>
    </message>
    <message>
        <source>Preço</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Quando</source>
        <translation>When</translation>
    </message>
    <message>
        <source>O quê</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Detalhe</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>○ aguardando autorização</source>
        <translation>○ waiting for authorisation</translation>
    </message>
    <message>
        <source>? a confirmar</source>
        <translation>? to confirm</translation>
    </message>
    <message>
        <source>→ a transmitir</source>
        <translation>→ to send</translation>
    </message>
    <message>
        <source>→ transmitida</source>
        <translation>→ sent</translation>
    </message>
    <message>
        <source>✓ confirmada</source>
        <translation>✓ confirmed</translation>
    </message>
    <message>
        <source>▲ recusada</source>
        <translation>▲ refused</translation>
    </message>
    <message>
        <source>– cancelada</source>
        <translation>– cancelled</translation>
    </message>
    <message>
        <source>● digitado</source>
        <translation>● typed</translation>
    </message>
    <message>
        <source>→ transmitido</source>
        <translation>→ sent</translation>
    </message>
    <message>
        <source>✓ confirmado</source>
        <translation>✓ confirmed</translation>
    </message>
    <message>
        <source>▲ com problema</source>
        <translation>▲ with a problem</translation>
    </message>
    <message>
        <source>– substituído</source>
        <translation>– replaced</translation>
    </message>
    <message>
        <source>Vol.</source>
        <translation>Parcel</translation>
    </message>
    <message>
        <source>Código</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation>Carrier</translation>
    </message>
    <message>
        <source>Digitado</source>
        <translation>Typed</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>Todos</source>
        <translation>All</translation>
    </message>
    <message>
        <source>A decidir</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>Parados</source>
        <translation>Stuck</translation>
    </message>
    <message>
        <source>Cancelados a tratar</source>
        <translation>Cancelled, to handle</translation>
    </message>
    <message>
        <source>Em andamento</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>Notas a confirmar</source>
        <translation>Invoices to confirm</translation>
    </message>
    <message>
        <source>a decidir</source>
        <translation>to decide</translation>
    </message>
    <message>
        <source>aguarda pagamento</source>
        <translation>waiting for payment</translation>
    </message>
    <message>
        <source>aprovado</source>
        <translation>approved</translation>
    </message>
    <message>
        <source>indo para o ERP</source>
        <translation>going into the ERP</translation>
    </message>
    <message>
        <source>no ERP</source>
        <translation>in the ERP</translation>
    </message>
    <message>
        <source>já estava no ERP</source>
        <translation>was already in the ERP</translation>
    </message>
    <message>
        <source>nota transmitida</source>
        <translation>invoice sent</translation>
    </message>
    <message>
        <source>rastreio informado</source>
        <translation>tracking sent</translation>
    </message>
    <message>
        <source>ignorado</source>
        <translation>ignored</translation>
    </message>
    <message>
        <source>cancelado</source>
        <translation>cancelled</translation>
    </message>
    <message>
        <source>✖ cancelado: não despachar</source>
        <translation>✖ cancelled: do not ship</translation>
    </message>
    <message>
        <source>Aprovado</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Canal</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation>Buyer</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Despachar até</source>
        <translation>Ship by</translation>
    </message>
    <message>
        <source>Nota</source>
        <translation>Invoice</translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation>Tracking</translation>
    </message>
    <message>
        <source>CPF/CNPJ</source>
        <translation>CPF/CNPJ</translation>
    </message>
    <message>
        <source>Id no Plugg.to</source>
        <translation>Plugg.to id</translation>
    </message>
    <message>
        <source>No ERP como</source>
        <translation>In the ERP as</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>{name} está com este pedido aberto.</source>
        <translation>{name} has this order open.</translation>
    </message>
    <message>
        <source>Buscar pedido, comprador, CPF/CNPJ, nota ou rastreio</source>
        <translation>Search order, buyer, CPF/CNPJ, invoice or tracking</translation>
    </message>
    <message>
        <source>número do pedido</source>
        <translation>order number</translation>
    </message>
    <message>
        <source>Número do pedido a importar</source>
        <translation>Number of the order to import</translation>
    </message>
    <message>
        <source>&amp;Importar este pedido</source>
        <translation>&amp;Import this order</translation>
    </message>
    <message>
        <source>&amp;Mostrar mais</source>
        <translation>Show &amp;more</translation>
    </message>
    <message>
        <source>Estes pedidos já estavam aprovados quando o programa começou. O que fazer com eles?</source>
        <translation>These orders were already approved when the program started. What should be done with them?</translation>
    </message>
    <message>
        <source>&amp;Importar todos</source>
        <translation>Import &amp;all</translation>
    </message>
    <message>
        <source>&amp;Já estão no ERP</source>
        <translation>Already in the &amp;ERP</translation>
    </message>
    <message>
        <source>I&amp;gnorar todos</source>
        <translation>Ignore a&amp;ll</translation>
    </message>
    <message>
        <source>Os {n} mais novos que a busca achou; escreva mais para achar outros.</source>
        <translation>The newest {n} that the search found; type more to find others.</translation>
    </message>
    <message>
        <source>Os {n} mais novos de {total}; a busca procura em todos.</source>
        <translation>The newest {n} of {total}; the search looks through all.</translation>
    </message>
    <message>
        <source>O Plugg.to não tem o pedido {number}.</source>
        <translation>Plugg.to doesn&apos;t have order {number}.</translation>
    </message>
    <message>
        <source>Detalhes</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Importar</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Já está no ERP</source>
        <translation>Already in the ERP</translation>
    </message>
    <message>
        <source>Ignorar</source>
        <translation>Ignore</translation>
    </message>
    <message>
        <source>Dar o código de rastreio</source>
        <translation>Enter the tracking code</translation>
    </message>
    <message>
        <source>Apagar dados do comprador…</source>
        <translation>Erase the buyer&apos;s data…</translation>
    </message>
    <message>
        <source>Nada encontrado para “{text}”. Um pedido antigo? Importe-o pelo número, acima à direita.</source>
        <translation>Nothing found for “{text}”. An old order? Import it by its number, top right.</translation>
    </message>
    <message>
        <source>Nenhum pedido parado.</source>
        <translation>No stuck orders.</translation>
    </message>
    <message>
        <source>Nenhum pedido a decidir.</source>
        <translation>No orders to decide.</translation>
    </message>
    <message>
        <source>Nenhum cancelamento a tratar.</source>
        <translation>No cancellations to handle.</translation>
    </message>
    <message>
        <source>Nenhum pedido em andamento.</source>
        <translation>No orders in progress.</translation>
    </message>
    <message>
        <source>Nenhum pedido ainda. Os pedidos aprovados no Plugg.to aparecem aqui.</source>
        <translation>No orders yet. Orders approved at Plugg.to appear here.</translation>
    </message>
</context>
<context>
    <name>PackingWindow</name>
    <message>
        <source>Embalagem – Ótimo Tray</source>
        <translation>Packing – Ótimo Tray</translation>
    </message>
    <message>
        <source>&amp;Som</source>
        <translation>&amp;Sound</translation>
    </message>
    <message>
        <source>Últimos códigos</source>
        <translation>Latest codes</translation>
    </message>
    <message>
        <source>Faltam {waiting} · Hoje {today}</source>
        <translation>Left {waiting} · Today {today}</translation>
    </message>
    <message>
        <source>▲ {n} em atraso</source>
        <translation>▲ {n} late</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>desligado</source>
        <translation>off</translation>
    </message>
    <message>
        <source>ainda não</source>
        <translation>not yet</translation>
    </message>
    <message>
        <source>em andamento</source>
        <translation>in progress</translation>
    </message>
    <message>
        <source>{n} alteração hoje</source>
        <translation>{n} change today</translation>
    </message>
    <message>
        <source>{n} importado hoje</source>
        <translation>{n} imported today</translation>
    </message>
    <message>
        <source>{n} transmitida hoje</source>
        <translation>{n} sent today</translation>
    </message>
    <message>
        <source>{n} transmitido hoje</source>
        <translation>{n} sent today</translation>
    </message>
    <message>
        <source>{n} alterações hoje</source>
        <translation>{n} changes today</translation>
    </message>
    <message>
        <source>{n} importados hoje</source>
        <translation>{n} imported today</translation>
    </message>
    <message>
        <source>{n} transmitidas hoje</source>
        <translation>{n} sent today</translation>
    </message>
    <message>
        <source>{n} transmitidos hoje</source>
        <translation>{n} sent today</translation>
    </message>
    <message>
        <source>{done} lidos</source>
        <translation>{done} read</translation>
    </message>
    <message>
        <source>{done} de {total}</source>
        <translation>{done} of {total}</translation>
    </message>
    <message>
        <source>, faltam {span}</source>
        <translation>, {span} left</translation>
    </message>
    <message>
        <source>Última sincronização {ago}</source>
        <translation>Last sync {ago}</translation>
    </message>
    <message>
        <source>nada é enviado nem recebido enquanto estiver pausado</source>
        <translation>nothing is sent or received while paused</translation>
    </message>
    <message>
        <source>próxima {ahead}</source>
        <translation>next {ahead}</translation>
    </message>
    <message>
        <source>{n} valores a enviar, o mais antigo desde {time} ({ago})</source>
        <translation>{n} values to send, the oldest since {time} ({ago})</translation>
    </message>
    <message>
        <source>O computador dormiu de {since} a {until}.</source>
        <translation>The computer slept from {since} to {until}.</translation>
    </message>
    <message>
        <source>O programa esteve parado de {since} a {until}.</source>
        <translation>The program was stopped from {since} to {until}.</translation>
    </message>
    <message>
        <source>pedido cancelado</source>
        <translation>cancelled order</translation>
    </message>
    <message>
        <source>pedidos cancelados</source>
        <translation>cancelled orders</translation>
    </message>
    <message>
        <source>pedido novo</source>
        <translation>new order</translation>
    </message>
    <message>
        <source>pedidos novos</source>
        <translation>new orders</translation>
    </message>
    <message>
        <source>nota emitida</source>
        <translation>invoice issued</translation>
    </message>
    <message>
        <source>notas emitidas</source>
        <translation>invoices issued</translation>
    </message>
    <message>
        <source>valor enviado na volta</source>
        <translation>value sent on return</translation>
    </message>
    <message>
        <source>valores enviados na volta</source>
        <translation>values sent on return</translation>
    </message>
    <message>
        <source> Nada de novo nesse tempo.</source>
        <translation> Nothing new in that time.</translation>
    </message>
    <message>
        <source> Nesse tempo: {what}.</source>
        <translation> In that time: {what}.</translation>
    </message>
    <message>
        <source>; o mais antigo {ago}</source>
        <translation>; the oldest {ago}</translation>
    </message>
    <message>
        <source>pedido cancelado: não despachar</source>
        <translation>cancelled order: do not ship</translation>
    </message>
    <message>
        <source>pedidos cancelados: não despachar</source>
        <translation>cancelled orders: do not ship</translation>
    </message>
    <message>
        <source>Ver cancelados</source>
        <translation>Show cancelled</translation>
    </message>
    <message>
        <source>envio aguarda sua liberação</source>
        <translation>update waits for your release</translation>
    </message>
    <message>
        <source>envios aguardam sua liberação</source>
        <translation>updates wait for your release</translation>
    </message>
    <message>
        <source>Conferir</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>pedido já aprovado: importar?</source>
        <translation>order already approved: import it?</translation>
    </message>
    <message>
        <source>pedidos já aprovados: importar?</source>
        <translation>orders already approved: import them?</translation>
    </message>
    <message>
        <source>Decidir</source>
        <translation>Decide</translation>
    </message>
    <message>
        <source>problema</source>
        <translation>problem</translation>
    </message>
    <message>
        <source>problemas</source>
        <translation>problems</translation>
    </message>
    <message>
        <source>Ver problemas</source>
        <translation>Show problems</translation>
    </message>
    <message>
        <source>pedido parado</source>
        <translation>stuck order</translation>
    </message>
    <message>
        <source>pedidos parados</source>
        <translation>stuck orders</translation>
    </message>
    <message>
        <source>Ver pedidos</source>
        <translation>Show orders</translation>
    </message>
    <message>
        <source>nota a confirmar</source>
        <translation>invoice to confirm</translation>
    </message>
    <message>
        <source>notas a confirmar</source>
        <translation>invoices to confirm</translation>
    </message>
    <message>
        <source>Confirmar</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>SKU sem De/Para: estoque e preço não são enviados</source>
        <translation>SKU unmapped: no stock or price is sent</translation>
    </message>
    <message>
        <source>SKUs sem De/Para: estoque e preço não são enviados</source>
        <translation>SKUs unmapped: no stock or price is sent</translation>
    </message>
    <message>
        <source>Vincular</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>pedido aguarda código de rastreio</source>
        <translation>order waits for a tracking code</translation>
    </message>
    <message>
        <source>pedidos aguardam código de rastreio</source>
        <translation>orders wait for tracking codes</translation>
    </message>
    <message>
        <source>Digitar códigos</source>
        <translation>Enter codes</translation>
    </message>
    <message>
        <source>{flow}: últimas 24 horas</source>
        <translation>{flow}: last 24 hours</translation>
    </message>
</context>
<context>
    <name>PanelPage</name>
    <message>
        <source>&amp;Sincronizar agora</source>
        <translation>&amp;Sync now</translation>
    </message>
    <message>
        <source>&amp;Cancelar</source>
        <translation>&amp;Cancel</translation>
    </message>
    <message>
        <source>&amp;Pausar</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Por 15 minutos</source>
        <translation>For 15 minutes</translation>
    </message>
    <message>
        <source>Por 1 hora</source>
        <translation>For 1 hour</translation>
    </message>
    <message>
        <source>Até eu retomar</source>
        <translation>Until I resume</translation>
    </message>
    <message>
        <source>&amp;Retomar</source>
        <translation>&amp;Resume</translation>
    </message>
    <message>
        <source>Esperam por você</source>
        <translation>Waiting for you</translation>
    </message>
    <message>
        <source>&amp;Entendi</source>
        <translation>&amp;Got it</translation>
    </message>
    <message>
        <source>últimas 24 h</source>
        <translation>last 24 h</translation>
    </message>
    <message>
        <source>Último sucesso</source>
        <translation>Last success</translation>
    </message>
    <message>
        <source>Próxima</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Hoje</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>{from_}–{to}: {count}</source>
        <translation>{from_}–{to}: {count}</translation>
    </message>
    <message>
        <source>Sem contato com o servidor desde {time}</source>
        <translation>No contact with the server since {time}</translation>
    </message>
    <message>
        <source>Informe as credenciais do Plugg.to e a conexão com o ERP</source>
        <translation>Enter Plugg.to&apos;s credentials and the connection to the ERP</translation>
    </message>
    <message>
        <source>Abrir Ajustes</source>
        <translation>Open Settings</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>Lendo…</source>
        <translation>Reading…</translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Códigos colados</source>
        <translation>Pasted codes</translation>
    </message>
    <message>
        <source>Linha</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Código</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Resultado</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>Corrija o pedido ou o código na própria linha e grave de novo.</source>
        <translation>Correct the order or the code right in its row and save again.</translation>
    </message>
    <message>
        <source>&amp;Gravar os corrigidos</source>
        <translation>&amp;Save the corrected ones</translation>
    </message>
    <message>
        <source>Usar &amp;assim mesmo</source>
        <translation>Use it &amp;anyway</translation>
    </message>
    <message>
        <source>código gravado</source>
        <translation>code saved</translation>
    </message>
    <message>
        <source>códigos gravados</source>
        <translation>codes saved</translation>
    </message>
    <message>
        <source>; {n} ainda com problema</source>
        <translation>; {n} still with a problem</translation>
    </message>
    <message>
        <source>● corrigido: grave de novo</source>
        <translation>● corrected: save again</translation>
    </message>
    <message>
        <source>▲ falta o código</source>
        <translation>▲ code missing</translation>
    </message>
    <message>
        <source>✓ gravado</source>
        <translation>✓ saved</translation>
    </message>
    <message>
        <source>✖ NÃO DESPACHAR: cancelado</source>
        <translation>✖ DO NOT SHIP: cancelled</translation>
    </message>
    <message>
        <source>▲ mais de um pedido com este número</source>
        <translation>▲ more than one order with this number</translation>
    </message>
    <message>
        <source>▲ pedido não encontrado</source>
        <translation>▲ order not found</translation>
    </message>
</context>
<context>
    <name>PastePreview</name>
    <message>
        <source>Conferir códigos colados</source>
        <translation>Check pasted codes</translation>
    </message>
    <message>
        <source>Linha</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Código</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Resultado</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>✓ será gravado</source>
        <translation>✓ will be saved</translation>
    </message>
    <message>
        <source>código será gravado</source>
        <translation>code will be saved</translation>
    </message>
    <message>
        <source>códigos serão gravados</source>
        <translation>codes will be saved</translation>
    </message>
    <message>
        <source>; {n} com problema, para corrigir em seguida</source>
        <translation>; {n} with a problem, to put right next</translation>
    </message>
    <message>
        <source>&amp;Gravar</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>&amp;Corrigir</source>
        <translation>&amp;Fix</translation>
    </message>
</context>
<context>
    <name>PatternsDialog</name>
    <message>
        <source>Regras por padrão de SKU</source>
        <translation>Rules by SKU pattern</translation>
    </message>
    <message>
        <source>Regras, a de cima vence</source>
        <translation>Rules, the upper one wins</translation>
    </message>
    <message>
        <source>p. ex. NIKE-*</source>
        <translation>e.g. NIKE-*</translation>
    </message>
    <message>
        <source>Padrão do SKU</source>
        <translation>SKU pattern</translation>
    </message>
    <message>
        <source>Marca</source>
        <translation>Brand</translation>
    </message>
    <message>
        <source>&amp;Nova regra</source>
        <translation>&amp;New rule</translation>
    </message>
    <message>
        <source>&amp;Excluir</source>
        <translation>&amp;Delete</translation>
    </message>
    <message>
        <source>Para &amp;cima</source>
        <translation>Move &amp;up</translation>
    </message>
    <message>
        <source>Para &amp;baixo</source>
        <translation>Move do&amp;wn</translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>Cancelar</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>&amp;Padrão do SKU</source>
        <translation>SKU &amp;pattern</translation>
    </message>
    <message>
        <source>&amp;Marca</source>
        <translation>&amp;Brand</translation>
    </message>
    <message>
        <source>* vale por qualquer texto, ? por um caractere. Sem marca, vale para todas.</source>
        <translation>* stands for any text, ? for one character. Without a brand it applies to all.</translation>
    </message>
    <message>
        <source>Valem na ordem da lista: a de cima vence.</source>
        <translation>They apply in the order of the list: the upper one wins.</translation>
    </message>
    <message>
        <source>Uma regra para muitos SKUs de uma vez. A regra própria de um SKU vence estas, e estas vencem o padrão da loja.</source>
        <translation>One rule for many SKUs at once. An SKU&apos;s own rule beats these, and these beat the shop default.</translation>
    </message>
    <message>
        <source>(padrão vazio)</source>
        <translation>(empty pattern)</translation>
    </message>
    <message>
        <source>Nenhum SKU com De/Para combina.</source>
        <translation>No mapped SKU matches.</translation>
    </message>
    <message>
        <source>Vale para 1 SKU: {some}</source>
        <translation>Applies to 1 SKU: {some}</translation>
    </message>
    <message>
        <source>Vale para {n} SKUs: {some}</source>
        <translation>Applies to {n} SKUs: {some}</translation>
    </message>
    <message>
        <source>Corrija o campo marcado.</source>
        <translation>Correct the marked field.</translation>
    </message>
    <message>
        <source>Uma regra está sem padrão. Use * para todos os SKUs.</source>
        <translation>A rule has no pattern. Use * for all SKUs.</translation>
    </message>
    <message>
        <source>A regra {name} não muda nada: preencha um campo, ou exclua-a.</source>
        <translation>Rule {name} changes nothing: fill in a field, or delete it.</translation>
    </message>
    <message>
        <source>A regra {name} está duas vezes na lista.</source>
        <translation>Rule {name} is in the list twice.</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Cancelar</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>ProblemsPage</name>
    <message>
        <source>Nada encontrado.</source>
        <translation>Nothing found.</translation>
    </message>
    <message>
        <source>Nenhum problema. Tudo o que falhou já se resolveu.</source>
        <translation>No problems. Everything that failed has been resolved.</translation>
    </message>
    <message>
        <source>Problemas</source>
        <translation>Problems</translation>
    </message>
    <message>
        <source>Aguardando liberação</source>
        <translation>Waiting for release</translation>
    </message>
    <message>
        <source>Buscar</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>&amp;Tentar de novo</source>
        <translation>&amp;Try again</translation>
    </message>
    <message>
        <source>Tentar t&amp;odos de novo</source>
        <translation>Try &amp;all again</translation>
    </message>
    <message>
        <source>&amp;Ir até lá</source>
        <translation>&amp;Go there</translation>
    </message>
    <message>
        <source>Sem resposta bruta guardada.</source>
        <translation>No raw answer saved.</translation>
    </message>
    <message>
        <source>Resposta bruta</source>
        <translation>Raw answer</translation>
    </message>
    <message>
        <source>Resposta &amp;bruta</source>
        <translation>Raw ans&amp;wer</translation>
    </message>
    <message>
        <source>Tentando de novo: {n}</source>
        <translation>Trying again: {n}</translation>
    </message>
    <message>
        <source>item</source>
        <translation>item</translation>
    </message>
    <message>
        <source>itens</source>
        <translation>items</translation>
    </message>
    <message>
        <source>valor</source>
        <translation>value</translation>
    </message>
    <message>
        <source>valores</source>
        <translation>values</translation>
    </message>
    <message>
        <source>{n} a caminho</source>
        <translation>{n} on the way</translation>
    </message>
    <message>
        <source>{n} descartados: só mudam quando o ERP mudar</source>
        <translation>{n} discarded: no change until the ERP changes</translation>
    </message>
    <message>
        <source>Desde {since}</source>
        <translation>Since {since}</translation>
    </message>
    <message>
        <source>Desde {since}; visto {times} vezes, a última em {last}</source>
        <translation>Since {since}; seen {times} times, last at {last}</translation>
    </message>
    <message>
        <source>Tentar de novo</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Ir até lá</source>
        <translation>Go there</translation>
    </message>
    <message>
        <source>Onde</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>Problema</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>O que houve</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>Desde</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>Código</source>
        <translation>Code</translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message>
        <source>Nota</source>
        <translation>Invoice</translation>
    </message>
    <message>
        <source>Emitida</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>Total da nota</source>
        <translation>Invoice total</translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Canal</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation>Buyer</translation>
    </message>
    <message>
        <source>CPF/CNPJ</source>
        <translation>CPF/CNPJ</translation>
    </message>
    <message>
        <source>Total do pedido</source>
        <translation>Order total</translation>
    </message>
    <message>
        <source>Nenhuma nota a confirmar.</source>
        <translation>No invoices to confirm.</translation>
    </message>
    <message>
        <source>São &amp;do pedido: transmitir</source>
        <translation>They &amp;belong to it: send</translation>
    </message>
    <message>
        <source>&amp;Não são</source>
        <translation>They &amp;don&apos;t</translation>
    </message>
    <message>
        <source>Estas notas combinam com um pedido só pelo CPF/CNPJ e pelo total. Confira antes de transmitir.</source>
        <translation>These invoices match an order only by CPF/CNPJ and total. Check before sending.</translation>
    </message>
</context>
<context>
    <name>QueriesDialog</name>
    <message>
        <source>Consultas próprias</source>
        <translation>Own queries</translation>
    </message>
    <message>
        <source>Consulta</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>Saldos e preços</source>
        <translation>Balances and prices</translation>
    </message>
    <message>
        <source>Notas fiscais</source>
        <translation>Invoices</translation>
    </message>
    <message>
        <source>Texto da consulta (SELECT)</source>
        <translation>Text of the query (SELECT)</translation>
    </message>
    <message>
        <source>vazio: a visão do contrato</source>
        <translation>empty: the contract&apos;s view</translation>
    </message>
    <message>
        <source>&amp;Conferir</source>
        <translation>&amp;Check</translation>
    </message>
    <message>
        <source>Primeiras linhas</source>
        <translation>First rows</translation>
    </message>
    <message>
        <source>Uma consulta só de leitura no lugar da visão do contrato, com as mesmas colunas.</source>
        <translation>A read-only query in place of the contract&apos;s view, with the same columns.</translation>
    </message>
    <message>
        <source>Perguntando ao banco…</source>
        <translation>Asking the database…</translation>
    </message>
    <message>
        <source>✓ A consulta serve.</source>
        <translation>✓ The query fits.</translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message>
        <source>Regras de {sku}</source>
        <translation>Rules of {sku}</translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>Cancelar</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Sem &amp;regra própria</source>
        <translation>No &amp;rule of its own</translation>
    </message>
    <message>
        <source>Com esta regra</source>
        <translation>With this rule</translation>
    </message>
    <message>
        <source>Corrija o campo marcado.</source>
        <translation>Correct the marked field.</translation>
    </message>
    <message>
        <source>Estoque</source>
        <translation>Stock</translation>
    </message>
    <message>
        <source>Preço</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>nada muda</source>
        <translation>nothing changes</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>nenhum</source>
        <translation>none</translation>
    </message>
    <message>
        <source>padrão: não</source>
        <translation>default: no</translation>
    </message>
    <message>
        <source>não</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Informe o preço promocional, ou apague as datas.</source>
        <translation>Enter the promotional price, or clear the dates.</translation>
    </message>
    <message>
        <source>A promoção termina antes de começar.</source>
        <translation>The promotion ends before it starts.</translation>
    </message>
    <message>
        <source>A promoção é mais cara que o preço próprio.</source>
        <translation>The promotion is dearer than the own price.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Estoque</source>
        <translation>Stock</translation>
    </message>
    <message>
        <source>Estoque de segurança</source>
        <translation>Safety stock</translation>
    </message>
    <message>
        <source>un.</source>
        <translation>pcs</translation>
    </message>
    <message>
        <source>… ou por cento do saldo</source>
        <translation>… or per cent of the balance</translation>
    </message>
    <message>
        <source>Máximo anunciado</source>
        <translation>Announced maximum</translation>
    </message>
    <message>
        <source>Parar de vender (anuncia 0)</source>
        <translation>Stop selling (announces 0)</translation>
    </message>
    <message>
        <source>Preço</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Acréscimo sobre o ERP</source>
        <translation>Markup on the ERP</translation>
    </message>
    <message>
        <source>Margem dentro do preço</source>
        <translation>Margin within the price</translation>
    </message>
    <message>
        <source>Arredondar para cima</source>
        <translation>Round up</translation>
    </message>
    <message>
        <source>Preço mínimo</source>
        <translation>Minimum price</translation>
    </message>
    <message>
        <source>Preço próprio</source>
        <translation>Own price</translation>
    </message>
    <message>
        <source>Preço promocional</source>
        <translation>Promotional price</translation>
    </message>
    <message>
        <source>Promoção de</source>
        <translation>Promotion from</translation>
    </message>
    <message>
        <source>Promoção até</source>
        <translation>Promotion until</translation>
    </message>
    <message>
        <source>padrão</source>
        <translation>default</translation>
    </message>
    <message>
        <source>não</source>
        <translation>no</translation>
    </message>
    <message>
        <source>dd/mm/aaaa</source>
        <translation>dd/mm/yyyy</translation>
    </message>
    <message>
        <source>Uma data como 30/11/2026, ou 30/11/2026 18:00.</source>
        <translation>A date such as 30/11/2026, or 30/11/2026 18:00.</translation>
    </message>
    <message>
        <source>Um número inteiro a partir de 0.</source>
        <translation>A whole number from 0 up.</translation>
    </message>
    <message>
        <source>Um número de 0 a 100.</source>
        <translation>A number from 0 to 100.</translation>
    </message>
    <message>
        <source>Um número acima de -100, como 10 ou 12,5.</source>
        <translation>A number above -100, such as 10 or 12,5.</translation>
    </message>
    <message>
        <source>Um valor como 49,90.</source>
        <translation>An amount such as 49,90.</translation>
    </message>
    <message>
        <source>regra de {sku}</source>
        <translation>rule of {sku}</translation>
    </message>
    <message>
        <source>Regra de {sku} salva. O envio acontece em seguida.</source>
        <translation>Rule of {sku} saved. It is sent next.</translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>regras por padrão</source>
        <translation>pattern rules</translation>
    </message>
    <message>
        <source>regra por padrão vale</source>
        <translation>pattern rule applies</translation>
    </message>
    <message>
        <source>regras por padrão valem</source>
        <translation>pattern rules apply</translation>
    </message>
    <message>
        <source>{rules} a partir de agora.</source>
        <translation>{rules} from now on.</translation>
    </message>
    <message>
        <source>sem regra própria</source>
        <translation>no rule of its own</translation>
    </message>
    <message>
        <source>desfazer o último envio</source>
        <translation>undo the last update</translation>
    </message>
    <message>
        <source>valor volta ao de antes</source>
        <translation>value goes back to the earlier one</translation>
    </message>
    <message>
        <source>valores voltam aos de antes</source>
        <translation>values go back to the earlier ones</translation>
    </message>
</context>
<context>
    <name>Scan</name>
    <message>
        <source>, volume {n}</source>
        <translation>, parcel {n}</translation>
    </message>
    <message>
        <source>✓ {code} gravado para o pedido {order}{volume}</source>
        <translation>✓ {code} saved for order {order}{volume}</translation>
    </message>
    <message>
        <source>▲ Mais de um pedido tem o número {text}. Escolha na lista.</source>
        <translation>▲ More than one order has the number {text}. Choose it in the list.</translation>
    </message>
    <message>
        <source>▲ Nenhum pedido com “{text}”. Bipe o número do pedido ou a chave da nota.</source>
        <translation>▲ No order with “{text}”. Scan the order number or the invoice key.</translation>
    </message>
    <message>
        <source>✖ NÃO DESPACHAR: o pedido {order} foi cancelado.</source>
        <translation>✖ DO NOT SHIP: order {order} was cancelled.</translation>
    </message>
    <message>
        <source>despachar até {when}</source>
        <translation>ship by {when}</translation>
    </message>
    <message>
        <source>já tem {codes}; outro código o corrige</source>
        <translation>already has {codes}; another code corrects it</translation>
    </message>
</context>
<context>
    <name>ScanPane</name>
    <message>
        <source>Bipe o pedido, a nota ou o código</source>
        <translation>Scan the order, the invoice or the code</translation>
    </message>
    <message>
        <source>Usar &amp;assim mesmo</source>
        <translation>Use it &amp;anyway</translation>
    </message>
    <message>
        <source>Desfazer o último (F8)</source>
        <translation>Undo the last (F8)</translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation>Carrier</translation>
    </message>
    <message>
        <source>Automática</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>Vários &amp;volumes por pedido</source>
        <translation>Several pa&amp;rcels per order</translation>
    </message>
    <message>
        <source>&amp;Transportadora:</source>
        <translation>&amp;Carrier:</translation>
    </message>
    <message>
        <source>{code} desfeito</source>
        <translation>{code} undone</translation>
    </message>
    <message>
        <source>{code} já foi transmitido. Para corrigir, bipe o pedido e o código certo.</source>
        <translation>{code} was already sent. To correct it, scan the order and the right code.</translation>
    </message>
    <message>
        <source>◉ {name} está com este pedido aberto.</source>
        <translation>◉ {name} has this order open.</translation>
    </message>
    <message>
        <source>Bipe o pedido ou a nota</source>
        <translation>Scan the order or the invoice</translation>
    </message>
    <message>
        <source>número do pedido ou chave da nota</source>
        <translation>order number or invoice key</translation>
    </message>
    <message>
        <source>Pedido {order}: bipe o código de rastreio</source>
        <translation>Order {order}: scan the tracking code</translation>
    </message>
    <message>
        <source>código de rastreio</source>
        <translation>tracking code</translation>
    </message>
    <message>
        <source>✖ NÃO DESPACHAR</source>
        <translation>✖ DO NOT SHIP</translation>
    </message>
</context>
<context>
    <name>ScannerTest</name>
    <message>
        <source>chave de nota fiscal (acha o pedido)</source>
        <translation>NF-e invoice key (finds the order)</translation>
    </message>
    <message>
        <source>código dos Correios</source>
        <translation>Correios code</translation>
    </message>
    <message>
        <source>QR do canal (Mercado Envios e semelhantes)</source>
        <translation>channel&apos;s QR (Mercado Envios and the like)</translation>
    </message>
    <message>
        <source>QR com um endereço</source>
        <translation>QR with an address</translation>
    </message>
    <message>
        <source>código de outra transportadora ou número de pedido</source>
        <translation>another carrier&apos;s code, or an order number</translation>
    </message>
    <message>
        <source>nada</source>
        <translation>nothing</translation>
    </message>
    <message>
        <source>O leitor está com o teclado de outro país. O programa entende assim mesmo; para os outros programas, leia no manual dele o código “Português (Brasil)” ou “ABNT2”.</source>
        <translation>The scanner is set to another country&apos;s keyboard. This program understands it anyway; for other programs, scan the code “Português (Brasil)” or “ABNT2” in its manual.</translation>
    </message>
    <message>
        <source>O leitor não envia nada no fim. O programa espera uma pausa curta; com o sufixo Enter é mais rápido.</source>
        <translation>The scanner sends nothing at the end. The program waits for a short pause; with the suffix Enter it is faster.</translation>
    </message>
    <message>
        <source>O leitor enviou tudo duas vezes; uma só foi usada.</source>
        <translation>The scanner sent everything twice; only one was used.</translation>
    </message>
    <message>
        <source>O leitor envia a marca do tipo de código (]C1); ela é retirada.</source>
        <translation>The scanner sends the mark of the code type (]C1); it is removed.</translation>
    </message>
    <message>
        <source>O leitor envia caracteres de controle; eles são retirados.</source>
        <translation>The scanner sends control characters; they are removed.</translation>
    </message>
    <message>
        <source>A etiqueta tem mais do que o código; só o código é usado.</source>
        <translation>The label holds more than the code; only the code is used.</translation>
    </message>
    <message>
        <source>O dígito deste código não confere: será avisado, não impedido.</source>
        <translation>This code&apos;s check digit is wrong: you will be warned, not stopped.</translation>
    </message>
    <message>
        <source>Parece digitado à mão: use o leitor para testá-lo.</source>
        <translation>It looks typed by hand: use the scanner to test it.</translation>
    </message>
    <message>
        <source>Testar o leitor</source>
        <translation>Test the scanner</translation>
    </message>
    <message>
        <source>bipe uma etiqueta ou uma nota</source>
        <translation>scan a label or an invoice</translation>
    </message>
    <message>
        <source>Leitura de teste</source>
        <translation>Test scan</translation>
    </message>
    <message>
        <source>O que veio</source>
        <translation>What came</translation>
    </message>
    <message>
        <source>No fim</source>
        <translation>At the end</translation>
    </message>
    <message>
        <source>É</source>
        <translation>It is</translation>
    </message>
    <message>
        <source>Entendido como</source>
        <translation>Understood as</translation>
    </message>
    <message>
        <source>&amp;Outra leitura</source>
        <translation>&amp;Another scan</translation>
    </message>
    <message>
        <source>Bipe qualquer código: nada é gravado.</source>
        <translation>Scan any code: nothing is saved.</translation>
    </message>
    <message>
        <source>✓ Enter</source>
        <translation>✓ Enter</translation>
    </message>
    <message>
        <source>✓ Tab</source>
        <translation>✓ Tab</translation>
    </message>
    <message>
        <source>○ nada</source>
        <translation>○ nothing</translation>
    </message>
    <message>
        <source>✓ Tudo certo com o leitor.</source>
        <translation>✓ All well with the scanner.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Escolher…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>Escolher: {name}</source>
        <translation>Choose: {name}</translation>
    </message>
    <message>
        <source>sem limite</source>
        <translation>no limit</translation>
    </message>
    <message>
        <source>“{text}” não é um número.</source>
        <translation>“{text}” isn&apos;t a number.</translation>
    </message>
    <message>
        <source>Entre {low} e {high}.</source>
        <translation>Between {low} and {high}.</translation>
    </message>
    <message>
        <source>{cnpj} não tem os 14 caracteres de um CNPJ.</source>
        <translation>{cnpj} doesn&apos;t have the 14 characters of a CNPJ.</translation>
    </message>
    <message>
        <source>Precisa começar com https:// e não ter espaços.</source>
        <translation>It must start with https:// and have no spaces.</translation>
    </message>
    <message>
        <source>Este valor não serve.</source>
        <translation>This value can&apos;t be used.</translation>
    </message>
    <message>
        <source>A cada</source>
        <translation>Every</translation>
    </message>
    <message>
        <source>Fluxos</source>
        <translation>Flows</translation>
    </message>
    <message>
        <source>Estoque</source>
        <translation>Stock</translation>
    </message>
    <message>
        <source>Envia o disponível de cada SKU ao Plugg.to.</source>
        <translation>Sends what is available of each SKU to Plugg.to.</translation>
    </message>
    <message>
        <source>Preço</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Envia o preço de cada SKU ao Plugg.to.</source>
        <translation>Sends the price of each SKU to Plugg.to.</translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Traz os pedidos aprovados para o ERP.</source>
        <translation>Brings the approved orders into the ERP.</translation>
    </message>
    <message>
        <source>Notas</source>
        <translation>Invoices</translation>
    </message>
    <message>
        <source>Envia número, série, data e chave da NF-e.</source>
        <translation>Sends number, series, date and key of the NF-e.</translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation>Tracking</translation>
    </message>
    <message>
        <source>Códigos digitados seguem na hora; o intervalo é para os que aparecem no Plugg.to.</source>
        <translation>Typed codes go at once; the interval is for those that appear at Plugg.to.</translation>
    </message>
    <message>
        <source>Estoque de segurança</source>
        <translation>Safety stock</translation>
    </message>
    <message>
        <source>Unidades de cada código que nunca são anunciadas.</source>
        <translation>Units of each code that are never announced.</translation>
    </message>
    <message>
        <source>unidades</source>
        <translation>units</translation>
    </message>
    <message>
        <source>Mais, do saldo</source>
        <translation>Plus, of the balance</translation>
    </message>
    <message>
        <source>Parte do saldo que também não é anunciada.</source>
        <translation>Share of the balance that isn&apos;t announced either.</translation>
    </message>
    <message>
        <source>Máximo anunciado</source>
        <translation>Announced maximum</translation>
    </message>
    <message>
        <source>Nunca mostra mais do que isto por SKU. Vazio: sem limite.</source>
        <translation>Never shows more than this per SKU. Empty: no limit.</translation>
    </message>
    <message>
        <source>O ERP baixa o saldo</source>
        <translation>The ERP lowers the balance</translation>
    </message>
    <message>
        <source>Quando a venda sai do saldo do ERP.</source>
        <translation>When a sale leaves the ERP&apos;s balance.</translation>
    </message>
    <message>
        <source>ao emitir a nota</source>
        <translation>when the invoice is issued</translation>
    </message>
    <message>
        <source>ao receber o pedido</source>
        <translation>when the order arrives</translation>
    </message>
    <message>
        <source>O saldo do ERP já desconta as reservas dele</source>
        <translation>The ERP&apos;s balance is already net of its reservations</translation>
    </message>
    <message>
        <source>Ligue se o ERP mostra o saldo menos os pedidos já importados.</source>
        <translation>Turn it on if the ERP shows the balance minus the orders already imported.</translation>
    </message>
    <message>
        <source>O Plugg.to já desconta as reservas dele</source>
        <translation>Plugg.to already subtracts its reservations</translation>
    </message>
    <message>
        <source>Ligue se o Plugg.to mostra a quantidade menos os pedidos em aberto.</source>
        <translation>Turn it on if Plugg.to shows the quantity minus the open orders.</translation>
    </message>
    <message>
        <source>Acréscimo sobre o preço do ERP</source>
        <translation>Markup on the ERP&apos;s price</translation>
    </message>
    <message>
        <source>Soma esta parte a cada preço; negativo desconta. Regras por SKU valem mais.</source>
        <translation>Adds this share to every price; a negative one is a discount. Rules by SKU come first.</translation>
    </message>
    <message>
        <source>Parte do canal no preço</source>
        <translation>The channel&apos;s share of the price</translation>
    </message>
    <message>
        <source>A comissão, por exemplo: o preço anunciado sobe até que, sem ela, sobre o do ERP.</source>
        <translation>The commission, for example: the announced price rises until the ERP&apos;s price is left after it.</translation>
    </message>
    <message>
        <source>Arredondar</source>
        <translation>Round</translation>
    </message>
    <message>
        <source>Depois do acréscimo, sempre para cima.</source>
        <translation>After the markup, always up.</translation>
    </message>
    <message>
        <source>não arredondar</source>
        <translation>don&apos;t round</translation>
    </message>
    <message>
        <source>para terminar em ,90</source>
        <translation>to end in ,90</translation>
    </message>
    <message>
        <source>para terminar em ,99</source>
        <translation>to end in ,99</translation>
    </message>
    <message>
        <source>Preço mínimo</source>
        <translation>Minimum price</translation>
    </message>
    <message>
        <source>Nenhum preço menor é enviado. Vazio: sem mínimo.</source>
        <translation>No lower price is sent. Empty: no minimum.</translation>
    </message>
    <message>
        <source>Pedidos e notas</source>
        <translation>Orders and invoices</translation>
    </message>
    <message>
        <source>Pedidos já aprovados na primeira vez</source>
        <translation>Orders already approved the first time</translation>
    </message>
    <message>
        <source>Os que já estavam no Plugg.to: um pedido já digitado no ERP não deve entrar de novo.</source>
        <translation>Those already at Plugg.to: an order typed into the ERP before must not go in again.</translation>
    </message>
    <message>
        <source>perguntar</source>
        <translation>ask</translation>
    </message>
    <message>
        <source>importar</source>
        <translation>import</translation>
    </message>
    <message>
        <source>já estão no ERP</source>
        <translation>already in the ERP</translation>
    </message>
    <message>
        <source>ignorar</source>
        <translation>ignore</translation>
    </message>
    <message>
        <source>Importar pedidos que o canal despacha</source>
        <translation>Import orders that the channel ships</translation>
    </message>
    <message>
        <source>Fulfillment: o canal envia do depósito dele e costuma emitir a nota.</source>
        <translation>Fulfillment: the channel ships from its own warehouse and usually issues the invoice.</translation>
    </message>
    <message>
        <source>CNPJs da loja</source>
        <translation>The shop&apos;s CNPJs</translation>
    </message>
    <message>
        <source>Só notas destes CNPJs são enviadas. Vazio: qualquer emitente.</source>
        <translation>Only invoices of these CNPJs are sent. Empty: any issuer.</translation>
    </message>
    <message>
        <source>Anotar falhas no pedido do Plugg.to</source>
        <translation>Note failures on the Plugg.to order</translation>
    </message>
    <message>
        <source>Quem olha o painel do Plugg.to vê por que o pedido não entrou no ERP.</source>
        <translation>Whoever looks at Plugg.to&apos;s dashboard sees why the order didn&apos;t get into the ERP.</translation>
    </message>
    <message>
        <source>Proteções</source>
        <translation>Safeguards</translation>
    </message>
    <message>
        <source>Leitura do ERP menor que</source>
        <translation>ERP reading smaller than</translation>
    </message>
    <message>
        <source>Uma leitura com menos linhas que esta parte da anterior espera você.</source>
        <translation>A reading with fewer rows than this share of the one before waits for you.</translation>
    </message>
    <message>
        <source>SKUs que iriam a zero</source>
        <translation>SKUs that would go to zero</translation>
    </message>
    <message>
        <source>Acima desta parte, o envio espera você.</source>
        <translation>Above this share the update waits for you.</translation>
    </message>
    <message>
        <source>Mudança de um preço</source>
        <translation>Change of one price</translation>
    </message>
    <message>
        <source>Um preço que muda mais do que isto espera você.</source>
        <translation>A price that changes by more than this waits for you.</translation>
    </message>
    <message>
        <source>Mudanças de uma vez</source>
        <translation>Changes at once</translation>
    </message>
    <message>
        <source>Se mais valores do que isto mudam juntos, o envio espera você.</source>
        <translation>If more values than this change together, the update waits for you.</translation>
    </message>
    <message>
        <source>Preços que mudam demais juntos</source>
        <translation>Prices that jump together</translation>
    </message>
    <message>
        <source>Se mais preços do que isto saltam de uma vez, uma coluna pode ter trocado: tudo espera você.</source>
        <translation>If more prices than this jump at once, a column may have shifted: everything waits for you.</translation>
    </message>
    <message>
        <source>Proteções de conjunto a partir de</source>
        <translation>Overall safeguards from</translation>
    </message>
    <message>
        <source>Com menos SKUs no De/Para, só as proteções de cada preço valem.</source>
        <translation>With fewer mapped SKUs, only the safeguards of each price apply.</translation>
    </message>
    <message>
        <source>Primeira sincronização sem conferência</source>
        <translation>First sync without a check</translation>
    </message>
    <message>
        <source>Desligado, o primeiro envio de todos espera você ver a lista.</source>
        <translation>When off, the very first update waits until you have seen the list.</translation>
    </message>
    <message>
        <source>Corrigir o que alguém mudou no Plugg.to</source>
        <translation>Correct what somebody changed at Plugg.to</translation>
    </message>
    <message>
        <source>Na conferência diária, o que difere é enviado de novo, com as proteções; senão, só listado.</source>
        <translation>In the daily check, what differs is sent again, with the safeguards; otherwise it is only listed.</translation>
    </message>
    <message>
        <source>Piloto: só estes SKUs</source>
        <translation>Pilot: only these SKUs</translation>
    </message>
    <message>
        <source>Enquanto houver SKUs aqui, só eles são enviados.</source>
        <translation>While there are SKUs here, only they are sent.</translation>
    </message>
    <message>
        <source>Loja e programa</source>
        <translation>Shop and program</translation>
    </message>
    <message>
        <source>Fuso horário</source>
        <translation>Time zone</translation>
    </message>
    <message>
        <source>A hora da loja, para prazos, notas e promoções.</source>
        <translation>The shop&apos;s time, for deadlines, invoices and promotions.</translation>
    </message>
    <message>
        <source>Brasília</source>
        <translation>Brasília</translation>
    </message>
    <message>
        <source>Manaus, Cuiabá, Campo Grande</source>
        <translation>Manaus, Cuiabá, Campo Grande</translation>
    </message>
    <message>
        <source>Rio Branco</source>
        <translation>Rio Branco</translation>
    </message>
    <message>
        <source>Fernando de Noronha</source>
        <translation>Fernando de Noronha</translation>
    </message>
    <message>
        <source>Vincular códigos iguais sozinho</source>
        <translation>Link equal codes automatically</translation>
    </message>
    <message>
        <source>Um SKU com o mesmo nome de um código do ERP entra no De/Para sem ninguém pedir.</source>
        <translation>An SKU with the same name as an ERP code is mapped without anybody asking.</translation>
    </message>
    <message>
        <source>Contato do suporte</source>
        <translation>Support contact</translation>
    </message>
    <message>
        <source>Mostrado onde algo falha.</source>
        <translation>Shown where something fails.</translation>
    </message>
    <message>
        <source>Idioma</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Dos avisos e das telas; vale a partir do próximo início.</source>
        <translation>Of messages and screens; applies from the next start of the program.</translation>
    </message>
    <message>
        <source>Português</source>
        <translation>Português</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Guardar o histórico por</source>
        <translation>Keep the history for</translation>
    </message>
    <message>
        <source>O mais antigo é apagado; a identidade dos pedidos fica, para nunca entrarem duas vezes.</source>
        <translation>What is older is deleted; the orders&apos; identity stays, so that none goes in twice.</translation>
    </message>
    <message>
        <source>dias</source>
        <translation>days</translation>
    </message>
    <message>
        <source>Procurar versões novas</source>
        <translation>Look for new versions</translation>
    </message>
    <message>
        <source>No máximo uma vez por dia, no endereço do fornecedor; só instala quando você manda.</source>
        <translation>At most once a day, at the vendor&apos;s address; it installs only when you say so.</translation>
    </message>
    <message>
        <source>Avançado</source>
        <translation>Advanced</translation>
    </message>
    <message>
        <source>Conexões com o Plugg.to</source>
        <translation>Connections to Plugg.to</translation>
    </message>
    <message>
        <source>Quantos envios ao mesmo tempo. Menos, se o Plugg.to pedir calma.</source>
        <translation>How many updates at the same time. Fewer, if Plugg.to asks to slow down.</translation>
    </message>
    <message>
        <source>Espera para conectar</source>
        <translation>Wait to connect</translation>
    </message>
    <message>
        <source>Depois disto o Plugg.to conta como fora do ar.</source>
        <translation>After this Plugg.to counts as down.</translation>
    </message>
    <message>
        <source>Espera pela resposta</source>
        <translation>Wait for the answer</translation>
    </message>
    <message>
        <source>O Plugg.to às vezes demora; curto demais repete o que já foi feito.</source>
        <translation>Plugg.to is slow at times; too short repeats what was done already.</translation>
    </message>
    <message>
        <source>Espera pelo ERP</source>
        <translation>Wait for the ERP</translation>
    </message>
    <message>
        <source>O mais que uma consulta ao banco ou à API do ERP pode demorar.</source>
        <translation>The longest that a query to the ERP&apos;s database or API may take.</translation>
    </message>
    <message>
        <source>Página de um pedido no Plugg.to</source>
        <translation>Page of an order at Plugg.to</translation>
    </message>
    <message>
        <source>Para “Abrir no Plugg.to”; {id} é o número do pedido lá.</source>
        <translation>For “Open at Plugg.to”; {id} is the order&apos;s number there.</translation>
    </message>
    <message>
        <source>Acompanhamento</source>
        <translation>Care</translation>
    </message>
    <message>
        <source>Avisar por e-mail</source>
        <translation>Tell by e-mail</translation>
    </message>
    <message>
        <source>Quando algo falha por muito tempo, e de novo quando passa. Vários: com vírgulas.</source>
        <translation>When something has failed for long, and again when it is over. Several: with commas.</translation>
    </message>
    <message>
        <source>Depois de falhar por</source>
        <translation>After failing for</translation>
    </message>
    <message>
        <source>Faltas curtas se resolvem sozinhas e não viram e-mail.</source>
        <translation>Short outages heal by themselves and make no e-mail.</translation>
    </message>
    <message>
        <source>Servidor de e-mail</source>
        <translation>E-mail server</translation>
    </message>
    <message>
        <source>O nome do servidor SMTP, ex.: smtp.seu-provedor.com.br.</source>
        <translation>The SMTP server, e.g. smtp.your-provider.com.</translation>
    </message>
    <message>
        <source>Porta do e-mail</source>
        <translation>E-mail port</translation>
    </message>
    <message>
        <source>587 com STARTTLS, 465 com TLS, na maioria dos provedores.</source>
        <translation>587 with STARTTLS, 465 with TLS, at most providers.</translation>
    </message>
    <message>
        <source>Segurança do e-mail</source>
        <translation>E-mail security</translation>
    </message>
    <message>
        <source>Sem proteção só para um servidor neste mesmo computador.</source>
        <translation>Without protection only for a server on this very computer.</translation>
    </message>
    <message>
        <source>sem (só neste computador)</source>
        <translation>none (this computer only)</translation>
    </message>
    <message>
        <source>Usuário do e-mail</source>
        <translation>E-mail user</translation>
    </message>
    <message>
        <source>Vazio: sem senha. A senha é guardada por “otimo-tray setup”, como o guia explica.</source>
        <translation>Empty: no password. The password is kept by “otimo-tray setup”, as the guide explains.</translation>
    </message>
    <message>
        <source>Remetente</source>
        <translation>Sender</translation>
    </message>
    <message>
        <source>Vazio: o usuário do servidor.</source>
        <translation>Empty: the server&apos;s user.</translation>
    </message>
    <message>
        <source>Endereço de acompanhamento</source>
        <translation>Address of who looks after it</translation>
    </message>
    <message>
        <source>De quem implanta: recebe versão, horários e contagens; nunca dados de compradores.</source>
        <translation>The implementer&apos;s: gets version, times and counts; never buyers&apos; data.</translation>
    </message>
    <message>
        <source>Enviar a cada</source>
        <translation>Send every</translation>
    </message>
    <message>
        <source>Só quando há um endereço de acompanhamento.</source>
        <translation>Only when there is such an address.</translation>
    </message>
    <message>
        <source>Nome da loja para quem acompanha</source>
        <translation>The shop&apos;s name for who looks after it</translation>
    </message>
    <message>
        <source>Como a loja se chama lá; sem nome de pessoa.</source>
        <translation>What the shop is called there; no person&apos;s name.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Buscar um ajuste</source>
        <translation>Search a setting</translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>&amp;Voltar atrás</source>
        <translation>R&amp;evert</translation>
    </message>
    <message>
        <source>Plugg.to</source>
        <translation>Plugg.to</translation>
    </message>
    <message>
        <source>Ótimo Gestor (ERP)</source>
        <translation>Ótimo Gestor (ERP)</translation>
    </message>
    <message>
        <source>Programa</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Vários computadores</source>
        <translation>Several computers</translation>
    </message>
    <message>
        <source>Regras por padrão de SKU…</source>
        <translation>Rules by SKU pattern…</translation>
    </message>
    <message>
        <source>Ajustes</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>✓ Ajustes salvos. O idioma muda quando o programa começa de novo.</source>
        <translation>✓ Settings saved. The language changes when the program starts again.</translation>
    </message>
    <message>
        <source>&amp;Reiniciar agora</source>
        <translation>&amp;Restart now</translation>
    </message>
    <message>
        <source>✓ Ajustes salvos. Valem a partir de agora.</source>
        <translation>✓ Settings saved. They apply from now on.</translation>
    </message>
    <message>
        <source>&amp;Ficar com o de {name}</source>
        <translation>&amp;Keep the one from {name}</translation>
    </message>
    <message>
        <source>a cada</source>
        <translation>every</translation>
    </message>
</context>
<context>
    <name>ShopStep</name>
    <message>
        <source>Como a loja trabalha</source>
        <translation>How the shop works</translation>
    </message>
    <message>
        <source>Na dúvida, deixe como está: nada é enviado nem importado sem você confirmar.</source>
        <translation>When in doubt, leave it as it is: nothing is sent or imported until you confirm.</translation>
    </message>
</context>
<context>
    <name>SkuDetails</name>
    <message>
        <source>&amp;Regras deste SKU…</source>
        <translation>&amp;Rules of this SKU…</translation>
    </message>
    <message>
        <source>Estoque e preço enviados</source>
        <translation>Stock and price sent</translation>
    </message>
    <message>
        <source>Enviado: ▬ estoque, ╌ preço</source>
        <translation>Sent: ▬ stock, ╌ price</translation>
    </message>
    <message>
        <source>Nada foi enviado ainda para este SKU.</source>
        <translation>Nothing has been sent for this SKU yet.</translation>
    </message>
    <message>
        <source>Quem fez o quê</source>
        <translation>Who did what</translation>
    </message>
    <message>
        <source>Sem De/Para: informe o Código no ERP para vender.</source>
        <translation>Unmapped: enter the ERP code to sell it.</translation>
    </message>
    <message>
        <source>Estoque no Plugg.to</source>
        <translation>Stock at Plugg.to</translation>
    </message>
    <message>
        <source>Preço no Plugg.to</source>
        <translation>Price at Plugg.to</translation>
    </message>
    <message>
        <source>confirmado {when}</source>
        <translation>confirmed {when}</translation>
    </message>
    <message>
        <source>sem resposta {when}: será enviado de novo</source>
        <translation>no answer {when}: will be sent again</translation>
    </message>
    <message>
        <source>Em dúvida</source>
        <translation>In doubt</translation>
    </message>
    <message>
        <source>no lugar de {value}, até o ERP mudar</source>
        <translation>instead of {value}, until the ERP changes</translation>
    </message>
    <message>
        <source>Desfeito por você</source>
        <translation>Undone by you</translation>
    </message>
    <message>
        <source>O preço muda</source>
        <translation>The price changes</translation>
    </message>
    <message>
        <source>data da promoção</source>
        <translation>date of the promotion</translation>
    </message>
    <message>
        <source>estoque</source>
        <translation>stock</translation>
    </message>
    <message>
        <source>preço</source>
        <translation>price</translation>
    </message>
    <message>
        <source>Quando</source>
        <translation>When</translation>
    </message>
    <message>
        <source>O quê</source>
        <translation>What</translation>
    </message>
    <message>
        <source>De</source>
        <translation>From</translation>
    </message>
    <message>
        <source>Para</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Por quê</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>Resposta</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>{when}: estoque {value}</source>
        <translation>{when}: stock {value}</translation>
    </message>
    <message>
        <source>{when}: preço {value}</source>
        <translation>{when}: price {value}</translation>
    </message>
</context>
<context>
    <name>Sounds</name>
    <message>
        <source>&amp;Sem som</source>
        <translation>No &amp;sound</translation>
    </message>
    <message>
        <source>&amp;Baixo</source>
        <translation>&amp;Quiet</translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation>&amp;Normal</translation>
    </message>
    <message>
        <source>&amp;Alto</source>
        <translation>&amp;Loud</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>&amp;Nós digitamos</source>
        <translation>&amp;We type it</translation>
    </message>
    <message>
        <source>O &amp;canal informa</source>
        <translation>The channe&amp;l gives it</translation>
    </message>
    <message>
        <source>Depois</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>? Quem informa o código de rastreio de “{how}”? ({parcels} na lista)</source>
        <translation>? Who gives the tracking code of “{how}”? ({parcels} in the list)</translation>
    </message>
    <message>
        <source>pedido</source>
        <translation>order</translation>
    </message>
    <message>
        <source>pedidos</source>
        <translation>orders</translation>
    </message>
</context>
<context>
    <name>SourcesDialog</name>
    <message>
        <source>Quem informa o código</source>
        <translation>Who gives the code</translation>
    </message>
    <message>
        <source>nós digitamos</source>
        <translation>we type it</translation>
    </message>
    <message>
        <source>o canal informa</source>
        <translation>the channel gives it</translation>
    </message>
    <message>
        <source>Canal</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Modo de envio</source>
        <translation>Shipping method</translation>
    </message>
    <message>
        <source>(não informado)</source>
        <translation>(not given)</translation>
    </message>
    <message>
        <source>Quem informa</source>
        <translation>Who gives it</translation>
    </message>
    <message>
        <source>Nada foi perguntado ainda: os modos de envio conhecidos bastam.</source>
        <translation>Nothing was asked yet: the known shipping methods are enough.</translation>
    </message>
    <message>
        <source>&amp;Perguntar de novo</source>
        <translation>&amp;Ask again</translation>
    </message>
    <message>
        <source>O que você respondeu vale para todos os pedidos do mesmo canal e modo de envio.</source>
        <translation>Your answer applies to all orders of the same channel and shipping method.</translation>
    </message>
</context>
<context>
    <name>Support</name>
    <message>
        <source>&amp;Guia	F1</source>
        <translation>&amp;Guide	F1</translation>
    </message>
    <message>
        <source>&amp;O que diz um código…</source>
        <translation>&amp;What a code means…</translation>
    </message>
    <message>
        <source>&amp;Diagnóstico…</source>
        <translation>&amp;Diagnostics…</translation>
    </message>
    <message>
        <source>&amp;Registro…</source>
        <translation>&amp;Log…</translation>
    </message>
    <message>
        <source>&amp;Quem fez o quê…</source>
        <translation>W&amp;ho did what…</translation>
    </message>
    <message>
        <source>&amp;Assistente de ativação…</source>
        <translation>&amp;Set-up wizard…</translation>
    </message>
    <message>
        <source>&amp;Mudar para outro PC…</source>
        <translation>&amp;Move to another PC…</translation>
    </message>
    <message>
        <source>&amp;Sobre o Ótimo Tray</source>
        <translation>&amp;About Ótimo Tray</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Copiar</source>
        <translation>Copy</translation>
    </message>
</context>
<context>
    <name>Tables</name>
    <message>
        <source>Tabela: {columns}</source>
        <translation>Table: {columns}</translation>
    </message>
</context>
<context>
    <name>ToolsPart</name>
    <message>
        <source>Iniciar com o computador</source>
        <translation>Start with the computer</translation>
    </message>
    <message>
        <source>Assistente de ativação…</source>
        <translation>Set-up wizard…</translation>
    </message>
    <message>
        <source>Usar um modelo…</source>
        <translation>Use a template…</translation>
    </message>
    <message>
        <source>Outro PC e modelos…</source>
        <translation>Another PC and templates…</translation>
    </message>
    <message>
        <source>✓ Modelo aplicado.</source>
        <translation>✓ Template applied.</translation>
    </message>
    <message>
        <source>Modelo de ajustes</source>
        <translation>Settings template</translation>
    </message>
</context>
<context>
    <name>Tracking</name>
    <message>
        <source>Despachar até</source>
        <translation>Ship by</translation>
    </message>
    <message>
        <source>Canal</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Nota</source>
        <translation>Invoice</translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation>Buyer</translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation>Carrier</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Aguardando código</source>
        <translation>Waiting for code</translation>
    </message>
    <message>
        <source>Atrasados</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>Digitados</source>
        <translation>Typed</translation>
    </message>
    <message>
        <source>Com problema</source>
        <translation>With a problem</translation>
    </message>
    <message>
        <source>Todos</source>
        <translation>All</translation>
    </message>
    <message>
        <source>✖ NÃO DESPACHAR: cancelado</source>
        <translation>✖ DO NOT SHIP: cancelled</translation>
    </message>
    <message>
        <source>✓ código já está no Plugg.to</source>
        <translation>✓ code is already at Plugg.to</translation>
    </message>
    <message>
        <source>▲ atrasado, aguarda código</source>
        <translation>▲ late, waiting for code</translation>
    </message>
    <message>
        <source>○ aguardando código</source>
        <translation>○ waiting for code</translation>
    </message>
    <message>
        <source>▲ {reason}</source>
        <translation>▲ {reason}</translation>
    </message>
    <message>
        <source>✓ confirmado {time}</source>
        <translation>✓ confirmed {time}</translation>
    </message>
    <message>
        <source>→ transmitido {time}</source>
        <translation>→ sent {time}</translation>
    </message>
    <message>
        <source>● digitado {time}</source>
        <translation>● typed {time}</translation>
    </message>
    <message>
        <source>Código de rastreio</source>
        <translation>Tracking code</translation>
    </message>
    <message>
        <source>Chave da nota</source>
        <translation>Invoice key</translation>
    </message>
</context>
<context>
    <name>TrackingPage</name>
    <message>
        <source>Filtrar a lista</source>
        <translation>Filter the list</translation>
    </message>
    <message>
        <source>{name} está com este pedido aberto.</source>
        <translation>{name} has this order open.</translation>
    </message>
    <message>
        <source>&amp;Janela de embalagem</source>
        <translation>&amp;Packing window</translation>
    </message>
    <message>
        <source>Só a leitura, em letras grandes, para a bancada</source>
        <translation>Only the scanning, in large letters, for the packing bench</translation>
    </message>
    <message>
        <source>&amp;Mais</source>
        <translation>&amp;More</translation>
    </message>
    <message>
        <source>Importar planilha de códigos…</source>
        <translation>Import sheet of codes…</translation>
    </message>
    <message>
        <source>Colar pedido e código do Excel</source>
        <translation>Paste order and code from Excel</translation>
    </message>
    <message>
        <source>Lista do que falta…</source>
        <translation>List of what is left…</translation>
    </message>
    <message>
        <source>Transportadoras…</source>
        <translation>Carriers…</translation>
    </message>
    <message>
        <source>Quem informa o código…</source>
        <translation>Who gives the code…</translation>
    </message>
    <message>
        <source>Testar o leitor…</source>
        <translation>Test the scanner…</translation>
    </message>
    <message>
        <source>Som</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>Corrigir o código deste pedido</source>
        <translation>Correct this order&apos;s code</translation>
    </message>
    <message>
        <source>Dar o código deste pedido</source>
        <translation>Enter this order&apos;s code</translation>
    </message>
    <message>
        <source>Ver o pedido</source>
        <translation>Show the order</translation>
    </message>
    <message>
        <source>Nada encontrado para “{text}”.</source>
        <translation>Nothing found for “{text}”.</translation>
    </message>
    <message>
        <source>Nenhum pedido aguarda código. Eles aparecem aqui assim que a nota é transmitida.</source>
        <translation>No order waits for a code. They appear here as soon as the invoice is sent.</translation>
    </message>
    <message>
        <source>Nenhum atraso.</source>
        <translation>Nothing is late.</translation>
    </message>
    <message>
        <source>Nenhum código digitado desde ontem.</source>
        <translation>No code typed since yesterday.</translation>
    </message>
    <message>
        <source>Nenhum problema com códigos.</source>
        <translation>No problems with codes.</translation>
    </message>
    <message>
        <source>Nada a mostrar.</source>
        <translation>Nothing to show.</translation>
    </message>
</context>
<context>
    <name>TransferWindow</name>
    <message>
        <source>Mudar para outro PC – Ótimo Tray</source>
        <translation>Move to another PC – Ótimo Tray</translation>
    </message>
    <message>
        <source>&amp;Parar neste PC (recomendado: dois PCs não devem trabalhar juntos)</source>
        <translation>&amp;Stop on this PC (recommended: two PCs must not work at once)</translation>
    </message>
    <message>
        <source>&amp;Gerar o arquivo…</source>
        <translation>&amp;Make the file…</translation>
    </message>
    <message>
        <source>&amp;Trazer um arquivo…</source>
        <translation>&amp;Bring in a file…</translation>
    </message>
    <message>
        <source>&amp;Reiniciar agora</source>
        <translation>&amp;Restart now</translation>
    </message>
    <message>
        <source>&amp;Salvar um modelo…</source>
        <translation>Sa&amp;ve a template…</translation>
    </message>
    <message>
        <source>Mudar para outro PC</source>
        <translation>Move to another PC</translation>
    </message>
    <message>
        <source>1. Neste PC</source>
        <translation>1. On this PC</translation>
    </message>
    <message>
        <source>Leva ajustes, De/Para, pedidos e histórico num arquivo conferido. Senhas não vão: digite-as de novo no outro PC.</source>
        <translation>Takes settings, SKU mapping, orders and history in one verified file. Passwords stay behind: type them again on the other PC.</translation>
    </message>
    <message>
        <source>2. No outro PC</source>
        <translation>2. On the other PC</translation>
    </message>
    <message>
        <source>Traga o arquivo. Ele é conferido inteiro antes; o que havia aqui fica guardado ao lado.</source>
        <translation>Bring in the file. The whole of it is checked first; what was here is kept beside it.</translation>
    </message>
    <message>
        <source>Modelo para outra loja</source>
        <translation>Template for another shop</translation>
    </message>
    <message>
        <source>Os mesmos ajustes, sem senhas, sem CNPJs e sem as pastas desta loja.</source>
        <translation>The same settings, without passwords, CNPJs or this shop&apos;s folders.</translation>
    </message>
    <message>
        <source>Gerando o arquivo…</source>
        <translation>Making the file…</translation>
    </message>
    <message>
        <source>✓ Gerado: {path}</source>
        <translation>✓ Made: {path}</translation>
    </message>
    <message>
        <source>Este PC está pausado e não inicia mais sozinho. Saia do programa aqui.</source>
        <translation>This PC is paused and no longer starts on its own. Quit the program here.</translation>
    </message>
    <message>
        <source>Conferindo o arquivo…</source>
        <translation>Checking the file…</translation>
    </message>
    <message>
        <source>✓ Arquivo inteiro: {orders} pedidos, {mappings} SKUs no De/Para. Reinicie para usá-lo.</source>
        <translation>✓ File is whole: {orders} orders, {mappings} mapped SKUs. Restart to use it.</translation>
    </message>
    <message>
        <source>Arquivo de mudança</source>
        <translation>Move file</translation>
    </message>
    <message>
        <source>Modelo de ajustes</source>
        <translation>Settings template</translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message>
        <source>&amp;Vincular</source>
        <translation>&amp;Link</translation>
    </message>
    <message>
        <source>Por código igual…</source>
        <translation>By equal code…</translation>
    </message>
    <message>
        <source>Por EAN…</source>
        <translation>By EAN…</translation>
    </message>
    <message>
        <source>&amp;Importar planilha…</source>
        <translation>&amp;Import sheet…</translation>
    </message>
    <message>
        <source>&amp;Exportar</source>
        <translation>&amp;Export</translation>
    </message>
    <message>
        <source>De/Para inteiro…</source>
        <translation>Whole SKU mapping…</translation>
    </message>
    <message>
        <source>de-para.xlsx</source>
        <translation>sku-mapping.xlsx</translation>
    </message>
    <message>
        <source>Só os SKUs sem De/Para…</source>
        <translation>Only unmapped SKUs…</translation>
    </message>
    <message>
        <source>sku-sem-de-para.xlsx</source>
        <translation>unmapped-skus.xlsx</translation>
    </message>
    <message>
        <source>Códigos do ERP…</source>
        <translation>ERP codes…</translation>
    </message>
    <message>
        <source>vincular por EAN</source>
        <translation>link by EAN</translation>
    </message>
    <message>
        <source>vincular por código igual</source>
        <translation>link equal codes</translation>
    </message>
    <message>
        <source>codigos-do-erp.xlsx</source>
        <translation>erp-codes.xlsx</translation>
    </message>
    <message>
        <source>Exportar</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>linha</source>
        <translation>row</translation>
    </message>
    <message>
        <source>linhas</source>
        <translation>rows</translation>
    </message>
    <message>
        <source>{rows} em {file}</source>
        <translation>{rows} in {file}</translation>
    </message>
    <message>
        <source>Importar planilha</source>
        <translation>Import sheet</translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.xls *.csv);;Todos (*)</source>
        <translation>Sheets (*.xlsx *.xls *.csv);;All (*)</translation>
    </message>
    <message>
        <source>Lendo {file}…</source>
        <translation>Reading {file}…</translation>
    </message>
    <message>
        <source>Importando {file}…</source>
        <translation>Importing {file}…</translation>
    </message>
    <message>
        <source>importar {file}</source>
        <translation>import {file}</translation>
    </message>
    <message>
        <source>Alguém alterou De/Para desta planilha enquanto você conferia. Veja de novo.</source>
        <translation>Somebody changed mappings of this sheet while you were looking. Look again.</translation>
    </message>
    <message>
        <source>De/Para importado</source>
        <translation>mapping imported</translation>
    </message>
    <message>
        <source>De/Para importados</source>
        <translation>mappings imported</translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation>&amp;Undo</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Sincronizar agora</source>
        <translation>&amp;Sync now</translation>
    </message>
    <message>
        <source>&amp;Pausar</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Por &amp;15 minutos</source>
        <translation>For 1&amp;5 minutes</translation>
    </message>
    <message>
        <source>Por &amp;1 hora</source>
        <translation>For &amp;1 hour</translation>
    </message>
    <message>
        <source>&amp;Até eu retomar</source>
        <translation>&amp;Until I resume</translation>
    </message>
    <message>
        <source>&amp;Retomar</source>
        <translation>&amp;Resume</translation>
    </message>
    <message>
        <source>&amp;De/Para</source>
        <translation>SKU &amp;mapping (De/Para)</translation>
    </message>
    <message>
        <source>Ras&amp;treio</source>
        <translation>&amp;Tracking</translation>
    </message>
    <message>
        <source>P&amp;edidos</source>
        <translation>&amp;Orders</translation>
    </message>
    <message>
        <source>Pro&amp;blemas</source>
        <translation>Pro&amp;blems</translation>
    </message>
    <message>
        <source>A&amp;justes</source>
        <translation>S&amp;ettings</translation>
    </message>
    <message>
        <source>E&amp;mbalagem (ler códigos)</source>
        <translation>Pac&amp;king (scan codes)</translation>
    </message>
    <message>
        <source>Sai&amp;r</source>
        <translation>&amp;Quit</translation>
    </message>
    <message>
        <source>Falta configurar</source>
        <translation>Set-up missing</translation>
    </message>
    <message>
        <source>Precisa de você</source>
        <translation>Needs you</translation>
    </message>
    <message>
        <source>Sem conexão</source>
        <translation>No connection</translation>
    </message>
    <message>
        <source>Pausado</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>Sincronizando…</source>
        <translation>Syncing…</translation>
    </message>
    <message>
        <source>Tudo em dia</source>
        <translation>All up to date</translation>
    </message>
    <message>
        <source>pedido cancelado</source>
        <translation>cancelled order</translation>
    </message>
    <message>
        <source>pedidos cancelados</source>
        <translation>cancelled orders</translation>
    </message>
    <message>
        <source>envio aguarda liberação</source>
        <translation>update waits for release</translation>
    </message>
    <message>
        <source>envios aguardam liberação</source>
        <translation>updates wait for release</translation>
    </message>
    <message>
        <source>pedido a decidir</source>
        <translation>order to decide</translation>
    </message>
    <message>
        <source>pedidos a decidir</source>
        <translation>orders to decide</translation>
    </message>
    <message>
        <source>problema</source>
        <translation>problem</translation>
    </message>
    <message>
        <source>problemas</source>
        <translation>problems</translation>
    </message>
    <message>
        <source>pedido parado</source>
        <translation>stuck order</translation>
    </message>
    <message>
        <source>pedidos parados</source>
        <translation>stuck orders</translation>
    </message>
    <message>
        <source>nota a confirmar</source>
        <translation>invoice to confirm</translation>
    </message>
    <message>
        <source>notas a confirmar</source>
        <translation>invoices to confirm</translation>
    </message>
    <message>
        <source>Pausado até você retomar</source>
        <translation>Paused until you resume</translation>
    </message>
    <message>
        <source>Pausado até {time}</source>
        <translation>Paused until {time}</translation>
    </message>
    <message>
        <source>{state}: {first} e mais {n}</source>
        <translation>{state}: {first} and {n} more</translation>
    </message>
    <message>
        <source>Última sincronização: {time}</source>
        <translation>Last sync: {time}</translation>
    </message>
    <message>
        <source>Ainda sem sincronização completa</source>
        <translation>No complete sync yet</translation>
    </message>
    <message>
        <source>próxima: {time}</source>
        <translation>next: {time}</translation>
    </message>
</context>
<context>
    <name>UpdateDesk</name>
    <message>
        <source>Nova versão pronta</source>
        <translation>New version ready</translation>
    </message>
    <message>
        <source>A versão {version} foi baixada e conferida. Instale quando quiser.</source>
        <translation>Version {version} was downloaded and checked. Install it when you like.</translation>
    </message>
    <message>
        <source>A versão {version} está pronta. Ao instalar, o programa fecha e volta sozinho em um minuto.</source>
        <translation>Version {version} is ready. To install it, the program closes and comes back by itself within a minute.</translation>
    </message>
    <message>
        <source>&amp;Instalar agora</source>
        <translation>Install &amp;now</translation>
    </message>
    <message>
        <source>Testando a nova versão neste PC e instalando…</source>
        <translation>Testing the new version on this PC and installing it…</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Painel</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>De/Para</source>
        <translation>SKU mapping</translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation>Tracking</translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Problemas</source>
        <translation>Problems</translation>
    </message>
    <message>
        <source>Ajustes</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Ajuda</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>{page} – Ótimo Tray</source>
        <translation>{page} – Ótimo Tray</translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>Ativar o Ótimo Tray</source>
        <translation>Set up Ótimo Tray</translation>
    </message>
    <message>
        <source>&amp;Voltar</source>
        <translation>&amp;Back</translation>
    </message>
    <message>
        <source>Deixar para depoi&amp;s</source>
        <translation>Finish &amp;later</translation>
    </message>
    <message>
        <source>C&amp;ontinuar</source>
        <translation>Co&amp;ntinue</translation>
    </message>
    <message>
        <source>&amp;Concluir</source>
        <translation>&amp;Finish</translation>
    </message>
</context>
</TS>
