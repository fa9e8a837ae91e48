<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="pt_BR">
<context>
    <name>AboutWindow</name>
    <message>
        <source>Sobre o Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versão {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mantém o Ótimo Gestor e o Plugg.to em dia: estoque, preço, pedidos, notas e rastreio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Limites conhecidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Diagnóstico…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copiar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fechar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suporte: {contact}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suporte: informe o contato em Ajustes → Loja e programa.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Carriers</name>
    <message>
        <source>Dê um nome à transportadora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nome e serviço têm até 60 letras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Já existe uma transportadora com este nome.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O endereço começa com https://</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escreva {code} no lugar do código, por exemplo https://site.com/?c={code}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CarriersDialog</name>
    <message>
        <source>Transportadoras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serviço padrão</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endereço de rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Nome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serviço &amp;padrão</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Endereço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N&amp;ova</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O nome e o endereço vão para o Plugg.to junto com o código; o comprador segue o pacote por ele.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exemplo: {url}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voltar ao &amp;original</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodesTable</name>
    <message>
        <source>Todos os códigos do ERP têm um SKU.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodesWindow</name>
    <message>
        <source>Códigos – Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que é</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que houve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que fazer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Códigos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código ou palavra</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que diz um código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cada aviso termina com um código curto, como E-253. Digite-o para ver o que fazer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Código no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saldo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço promocional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Início da promoção</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fim da promoção</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Produto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EAN</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Colunas das planilhas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhuma planilha “estoque” na pasta ainda.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nenhum arquivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Que coluna é qual?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arquivos na pasta: {files}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Primeiras linhas, como serão lidas:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>– não há –</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ A mesma coluna foi escolhida duas vezes: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Falta escolher: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ As colunas servem.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DatabasePart</name>
    <message>
        <source>Tipo de banco de dados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Servidor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nome ou IP; ou cole o endereço inteiro</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Porta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Banco de dados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usuário do banco</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Senha do banco</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consultas &amp;próprias…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>porta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;ipo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;rvidor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Banco</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Usuário</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sen&amp;ha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leitura</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n consulta(s) própria(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>visões do contrato</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>•••••••• guardado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>não informado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>caminho do .fdb no servidor, ou alias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>caminho do arquivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nome do banco</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DemoPart</name>
    <message>
        <source>Arquivo do ERP de demonstração</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Arquivo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DiagnosticsWindow</name>
    <message>
        <source>Diagnóstico – Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>número do pedido (vazio: tudo)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Número do pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Só um &amp;pedido:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Juntar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Salvar ZIP…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arquivos do diagnóstico</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conteúdo do arquivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnóstico</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que o suporte precisa ver. Senhas não entram; nomes e documentos são encobertos. Confira abaixo: nada é enviado, você salva e entrega o arquivo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Juntando…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Salvo em {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salvar o diagnóstico</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arquivos ZIP (*.zip)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>{n} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>colar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preencher para baixo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limpar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kit {sku}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>editar {sku}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conferindo {n} linhas…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKU alterado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKUs alterados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} com o código completado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} recusados, marcados com ⚠</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver os recusados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} linhas coladas sem SKU correspondente</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErpForm</name>
    <message>
        <source>Conexão com o ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasta de integração</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Banco de dados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API HTTP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ERP de demonstração</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;estar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Guardar a conexão</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Produto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saldo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Conexão</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lendo as planilhas…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testando…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Conexão testada. As primeiras linhas:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Conexão testada.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guardada.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O ERP grava planilhas numa pasta e busca nela os pedidos. O caminho mais simples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lê as visões do contrato e grava os pedidos nas tabelas de entrada.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O ERP oferece a API descrita no contrato do Ótimo Tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uma loja inventada, só para conhecer o programa.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErpStep</name>
    <message>
        <source>Ótimo Gestor (ERP)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diga onde o ERP deixa saldos e preços. O programa testa e mostra as primeiras linhas.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Explained</name>
    <message>
        <source>{now} (de {before})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>regra deste SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>regra {pattern}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padrão da loja</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saldo no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>− reservado em pedidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>− estoque de segurança</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>÷ Qtd. por SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>é o que limita o kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= kits possíveis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no máximo anunciado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>venda parada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= Disponível</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço próprio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>em promoção no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= soma dos componentes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ acréscimo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>− desconto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arredondado para cima</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promoção própria</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>o preço está abaixo: aguardará liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço mínimo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FailureWindow</name>
    <message>
        <source>O Ótimo Tray não pôde começar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fechar</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FinishStep</name>
    <message>
        <source>Pronto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O Ótimo Tray fica ao lado do relógio e trabalha sozinho.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Iniciar com o computador (recomendado)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Verde: tudo em dia. Não há nada a fazer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Vermelho: algo espera você; clique no ícone para ver o quê.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Códigos de rastreio: bipe ou digite em Rastreio (Ctrl+3).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ajuda: tecla F1 em qualquer tela.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstSyncStep</name>
    <message>
        <source>Primeira sincronização</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Um ensaio: isto é o que iria ao Plugg.to. Nada segue sem você liberar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ler de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decidir os &amp;pedidos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Decidir os &amp;pedidos… (%n)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Confira a lista. “Liberar” envia; “Descartar” deixa o Plugg.to como está.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Liberada. Daqui em diante só o que muda é enviado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Nada a enviar: o Plugg.to já mostra os valores do ERP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lendo os dois lados…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Flow</name>
    <message>
        <source>Estoque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderPart</name>
    <message>
        <source>Pasta de integração</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasta dos XML das notas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pasta “notas” dentro da pasta de integração</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sincronizar quando um arquivo da pasta muda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Colunas…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pasta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;XML das notas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planilhas</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n coluna(s) com nome próprio</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>nomes reconhecidos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>ontem {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>amanhã {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hoje {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>há {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>em {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} dias</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Guia – Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buscar no guia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capítulos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capítulo do guia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Códigos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Diagnóstico…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HeldPane</name>
    <message>
        <source>Envio aguardando liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Liberar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Descartar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Este envio não tem valores: foi a leitura inteira do ERP que ficou retida.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar por SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} valores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Liberar {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Liberar tudo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Descartar {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Descartar tudo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estoque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKU Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O quê</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passa a</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motivo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HttpPart</name>
    <message>
        <source>Endereço da API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acesso à API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usuário e senha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usuário da API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token ou senha da API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;ndereço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;cesso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Usuário</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;oken ou senha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>•••••••• guardado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>não informado</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HubForm</name>
    <message>
        <source>Client ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endereço do Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endereço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Testar e guardar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O Plugg.to entrega as quatro a quem implanta. Ficam no cofre de senhas do sistema e não voltam.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>•••••••• guardado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>não informado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perguntando ao Plugg.to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ O Plugg.to aceitou. Guardadas no cofre de senhas.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HubStep</name>
    <message>
        <source>Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digite o que o Plugg.to entregou. O programa confere na hora e nada é mostrado de novo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usar um &amp;modelo de ajustes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tra&amp;zer de outro PC…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esta loja já usa o Ótimo Tray, ou há um modelo pronto?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modelo de ajustes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ajustes (*.toml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Modelo aplicado.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KitDialog</name>
    <message>
        <source>Componentes do kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qtd.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Produto no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mais um componente</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantidade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O ERP não tem: {codes}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Registro – Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar linhas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nível</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>todas as linhas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>avisos e erros</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>só erros</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Acompanhar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linhas do registro</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registro</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n linha(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nada aqui: o registro só guarda o que falha.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Mapping</name>
    <message>
        <source>Todos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Com De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sem De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Em conflito</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divergentes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aguardando liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ em dia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ sem De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ código não está no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ SKU não está no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ tem tabela no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ diverge do Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>■ aguardando liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ a enviar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ recusado pelo Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ aguarda o 1º envio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKU Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Produto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qtd. por SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saldo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disponível</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Situação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EAN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Qtd. por SKU é um número inteiro a partir de 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O ERP não tem o código {code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Este kit tem vários componentes: edite-o em Componentes do kit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Informe primeiro o Código no ERP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Produto no ERP</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MappingPage</name>
    <message>
        <source>Códigos sem SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buscar SKU, produto, código ou EAN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Detalhes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mais</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desfazer:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refazer:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regras por padrão de SKU…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desfazer o último envio de estoque…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desfazer o último envio de preços…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O Plugg.to não tem o SKU {sku}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O SKU {sku} já tem De/Para. Para somar este código, use Componentes do kit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver o SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vincular {code} a {sku}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} de {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum SKU ainda. Os SKUs aparecem aqui depois da primeira leitura do catálogo do Plugg.to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada encontrado para “{text}”. Esc limpa a busca.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todos os SKUs têm De/Para.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum conflito.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada diverge do Plugg.to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada aguarda liberação.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum SKU com De/Para ainda. Use Vincular por código igual, ou importe a planilha.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada a mostrar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preencher para baixo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limpar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Componentes do kit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tornar kit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regras deste SKU…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por que este número?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MappingStep</name>
    <message>
        <source>De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cada SKU do Plugg.to precisa do seu código no ERP. Códigos iguais se ligam sozinhos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKUs no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>com De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sem De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ligar por código igual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Importar planilha…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xportar SKUs sem De/Para…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exportar &amp;códigos do ERP…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;plicar a planilha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Abrir o De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKUs sem De/Para não recebem estoque nem preço, e os pedidos deles esperam. Dá para completar depois, em De/Para.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lendo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>✓ %n SKU(s) ligados por código igual.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ficaram de fora por haver mais de um código.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Planilha do De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.xls *.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lendo a planilha…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{new} novas, {changed} alteradas, {same} iguais, {refused} recusadas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>✓ %n linha(s) aplicadas.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>sku-sem-de-para.xlsx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>codigos-do-erp.xlsx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>✓ %n linha(s) gravadas.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Ação do aviso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fechar o aviso</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MissingDialog</name>
    <message>
        <source>O que falta despachar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Não falta nada: todos os pedidos têm código.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido sem código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos sem código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {n} em atraso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Imprimir (PDF)…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Salvar planilha…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copiar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copiado: cole no Excel ou numa mensagem.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salvar planilha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que falta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salvar para imprimir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Salvo em {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>falta-despachar-{day}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OrderDetail</name>
    <message>
        <source>&amp;Importar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Já está no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I&amp;gnorar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelamento &amp;tratado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tentar de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abrir no &amp;Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dados brutos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Itens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histórico</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedido {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✖ Cancelado no canal depois de importado. Não despache; cancele no ERP e marque como tratado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastreio ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notas ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vincular {sku} no De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Situação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aprovado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Despachar até</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No ERP como</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Id no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Produto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ sem De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qtd.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quando</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O quê</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detalhe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ aguardando autorização</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>? a confirmar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ a transmitir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ transmitida</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ confirmada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ recusada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>– cancelada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● digitado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ transmitido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ confirmado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ com problema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>– substituído</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vol.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digitado</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>Todos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A decidir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelados a tratar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Em andamento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notas a confirmar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a decidir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>aguarda pagamento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>aprovado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>indo para o ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>já estava no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nota transmitida</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rastreio informado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ignorado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✖ cancelado: não despachar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aprovado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Situação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Despachar até</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPF/CNPJ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Id no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No ERP como</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>Buscar pedido, comprador, CPF/CNPJ, nota ou rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>número do pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Número do pedido a importar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Importar este pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mostrar mais</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estes pedidos já estavam aprovados quando o programa começou. O que fazer com eles?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Importar todos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Já estão no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I&amp;gnorar todos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Os {n} mais novos que a busca achou; escreva mais para achar outros.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Os {n} mais novos de {total}; a busca procura em todos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{orders} vão para o ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{orders} marcados como já no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{orders} ignorados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tentando de novo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} a transmitir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>notas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} deixadas de lado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O Plugg.to não tem o pedido {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detalhes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Já está no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignorar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dar o código de rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada encontrado para “{text}”. Um pedido antigo? Importe-o pelo número, acima à direita.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum pedido parado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum pedido a decidir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum cancelamento a tratar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum pedido em andamento.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum pedido ainda. Os pedidos aprovados no Plugg.to aparecem aqui.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PackingWindow</name>
    <message>
        <source>Embalagem – Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Som</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Últimos códigos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faltam {waiting} · Hoje {today}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ {n} em atraso</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>desligado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ainda não</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>em andamento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} alteração hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} importado hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} transmitida hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} transmitido hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} alterações hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} importados hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} transmitidas hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} transmitidos hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} lidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} de {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, faltam {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Última sincronização {ago}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nada é enviado nem recebido enquanto estiver pausado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>próxima {ahead}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} valores a enviar desde {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido cancelado: não despachar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos cancelados: não despachar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver cancelados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>envio aguarda sua liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>envios aguardam sua liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conferir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido já aprovado: importar?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos já aprovados: importar?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decidir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>problema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>problemas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver problemas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido parado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos parados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver pedidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nota a confirmar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>notas a confirmar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKU sem De/Para: estoque e preço não são enviados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKUs sem De/Para: estoque e preço não são enviados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vincular</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido aguarda código de rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos aguardam código de rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digitar códigos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PanelPage</name>
    <message>
        <source>&amp;Sincronizar agora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancelar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pausar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por 15 minutos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por 1 hora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Até eu retomar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Retomar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esperam por você</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>últimas 24 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Último sucesso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Próxima</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hoje</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{from_}–{to}: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Informe as credenciais do Plugg.to e a conexão com o ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abrir Ajustes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>Lendo…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Códigos colados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resultado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrija o pedido ou o código na própria linha e grave de novo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Gravar os corrigidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usar &amp;assim mesmo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>código gravado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>códigos gravados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {n} ainda com problema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● corrigido: grave de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ falta o código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ gravado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✖ NÃO DESPACHAR: cancelado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ mais de um pedido com este número</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ pedido não encontrado</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternsDialog</name>
    <message>
        <source>Regras por padrão de SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regras, a de cima vence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p. ex. NIKE-*</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padrão do SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marca</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Nova regra</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Excluir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Para &amp;cima</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Para &amp;baixo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Padrão do SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Marca</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>* vale por qualquer texto, ? por um caractere. Sem marca, vale para todas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valem na ordem da lista: a de cima vence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uma regra para muitos SKUs de uma vez. A regra própria de um SKU vence estas, e estas vencem o padrão da loja.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(padrão vazio)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum SKU com De/Para combina.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vale para 1 SKU: {some}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vale para {n} SKUs: {some}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrija o campo marcado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uma regra está sem padrão. Use * para todos os SKUs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A regra {name} não muda nada: preencha um campo, ou exclua-a.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A regra {name} está duas vezes na lista.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemsPage</name>
    <message>
        <source>Nada encontrado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum problema. Tudo o que falhou já se resolveu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problemas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aguardando liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buscar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tentar de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tentar t&amp;odos de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ir até lá</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sem resposta bruta guardada.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resposta bruta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resposta &amp;bruta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tentando de novo: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>itens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} a caminho</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} descartados: só mudam quando o ERP mudar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desde {since}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desde {since}; visto {times} vezes, a última em {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tentar de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ir até lá</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Onde</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que houve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desde</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message>
        <source>Nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emitida</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total da nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPF/CNPJ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total do pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhuma nota a confirmar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>São &amp;do pedido: transmitir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Não são</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estas notas combinam com um pedido só pelo CPF/CNPJ e pelo total. Confira antes de transmitir.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message>
        <source>Regras de {sku}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sem &amp;regra própria</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Com esta regra</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estoque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nada muda</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>nenhum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padrão: não</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>não</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Informe o preço promocional, ou apague as datas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A promoção termina antes de começar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A promoção é mais cara que o preço próprio.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Estoque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estoque de segurança</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>un.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… ou por cento do saldo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Máximo anunciado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parar de vender (anuncia 0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acréscimo sobre o ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arredondar para cima</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço mínimo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço próprio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço promocional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promoção de</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promoção até</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padrão</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>não</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dd/mm/aaaa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uma data como 30/11/2026, ou 30/11/2026 18:00.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Um número inteiro a partir de 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Um número de 0 a 100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Um número acima de -100, como 10 ou 12,5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Um valor como 49,90.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>regra de {sku}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regra de {sku} salva. O envio acontece em seguida.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>regras por padrão</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>regra por padrão vale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>regras por padrão valem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rules} a partir de agora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>desfazer o último envio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valor volta ao de antes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valores voltam aos de antes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Scan</name>
    <message>
        <source>, volume {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ {code} gravado para o pedido {order}{volume}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Mais de um pedido tem o número {text}. Escolha na lista.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Nenhum pedido com “{text}”. Bipe o número do pedido ou a chave da nota.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✖ NÃO DESPACHAR: o pedido {order} foi cancelado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>despachar até {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>já tem {codes}; outro código o corrige</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScanPane</name>
    <message>
        <source>Bipe o pedido, a nota ou o código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usar &amp;assim mesmo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desfazer o último (Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automática</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vários &amp;volumes por pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Transportadora:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{code} desfeito</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{code} já foi transmitido. Para corrigir, bipe o pedido e o código certo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bipe o pedido ou a nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>número do pedido ou chave da nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedido {order}: bipe o código de rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>código de rastreio</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScannerTest</name>
    <message>
        <source>chave de nota fiscal (acha o pedido)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>código dos Correios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QR do canal (Mercado Envios e semelhantes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QR com um endereço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>código de outra transportadora ou número de pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O leitor está com o teclado de outro país. O programa entende assim mesmo; para os outros programas, leia no manual dele o código “Português (Brasil)” ou “ABNT2”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O leitor não envia nada no fim. O programa espera uma pausa curta; com o sufixo Enter é mais rápido.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O leitor enviou tudo duas vezes; uma só foi usada.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O leitor envia a marca do tipo de código (]C1); ela é retirada.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O leitor envia caracteres de controle; eles são retirados.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A etiqueta tem mais do que o código; só o código é usado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O dígito deste código não confere: será avisado, não impedido.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parece digitado à mão: use o leitor para testá-lo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testar o leitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bipe uma etiqueta ou uma nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leitura de teste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que veio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No fim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>É</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entendido como</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Outra leitura</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bipe qualquer código: nada é gravado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ nada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Tudo certo com o leitor.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Escolher…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escolher: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sem limite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” não é um número.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entre {low} e {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cnpj} não tem os 14 caracteres de um CNPJ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fluxos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estoque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Envia o disponível de cada SKU ao Plugg.to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Envia o preço de cada SKU ao Plugg.to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traz os pedidos aprovados para o ERP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Envia número, série, data e chave da NF-e.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Códigos digitados seguem na hora; o intervalo é para os que aparecem no Plugg.to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estoque de segurança</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unidades de cada código que nunca são anunciadas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unidades</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mais, do saldo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parte do saldo que também não é anunciada.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Máximo anunciado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nunca mostra mais do que isto por SKU. Vazio: sem limite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O ERP baixa o saldo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quando a venda sai do saldo do ERP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ao emitir a nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ao receber o pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O saldo do ERP já desconta as reservas dele</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O Plugg.to já desconta as reservas dele</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ligue se o Plugg.to mostra a quantidade menos os pedidos em aberto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acréscimo sobre o preço do ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arredondar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>não arredondar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>para terminar em ,90</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>para terminar em ,99</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço mínimo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum preço menor é enviado. Vazio: sem mínimo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedidos e notas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedidos já aprovados na primeira vez</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perguntar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>importar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>já estão no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ignorar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importar pedidos que o canal despacha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fulfillment: o canal envia do depósito dele e costuma emitir a nota.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CNPJs da loja</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Só notas destes CNPJs são enviadas. Vazio: qualquer emitente.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anotar falhas no pedido do Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proteções</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leitura do ERP menor que</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uma leitura com menos linhas que esta parte da anterior espera você.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKUs que iriam a zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acima desta parte, o envio espera você.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mudança de um preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Um preço que muda mais do que isto espera você.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mudanças de uma vez</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se mais valores do que isto mudam juntos, o envio espera você.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proteções de conjunto a partir de</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piloto: só estes SKUs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enquanto houver SKUs aqui, só eles são enviados.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loja e programa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fuso horário</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brasília</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manaus, Cuiabá, Campo Grande</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rio Branco</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fernando de Noronha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vincular códigos iguais sozinho</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Um SKU com o mesmo nome de um código do ERP entra no De/Para sem ninguém pedir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contato do suporte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mostrado onde algo falha.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guardar o histórico por</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Procurar versões novas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No máximo uma vez por dia, no endereço do fornecedor; só instala quando você manda.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Buscar um ajuste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Salvar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Voltar atrás</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ótimo Gestor (ERP)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ajustes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Ajustes salvos. Valem a partir de agora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a cada</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShopStep</name>
    <message>
        <source>Como a loja trabalha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Na dúvida, deixe como está: nada é enviado nem importado sem você confirmar.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SkuDetails</name>
    <message>
        <source>&amp;Regras deste SKU…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estoque e preço enviados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enviado: ▬ estoque, ╌ preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada foi enviado ainda para este SKU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sem De/Para: informe o Código no ERP para vender.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estoque no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preço no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirmado {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sem resposta {when}: será enviado de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Em dúvida</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no lugar de {value}, até o ERP mudar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desfeito por você</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O preço muda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data da promoção</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estoque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preço</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quando</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O quê</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por quê</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resposta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{when}: estoque {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{when}: preço {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sounds</name>
    <message>
        <source>&amp;Sem som</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Baixo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Alto</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>&amp;Nós digitamos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O &amp;canal informa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depois</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>? Quem informa o código de rastreio de “{how}”? ({parcels} na lista)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourcesDialog</name>
    <message>
        <source>Quem informa o código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nós digitamos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>o canal informa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modo de envio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(não informado)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quem informa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada foi perguntado ainda: os modos de envio conhecidos bastam.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Perguntar de novo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O que você respondeu vale para todos os pedidos do mesmo canal e modo de envio.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Support</name>
    <message>
        <source>&amp;Guia	F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;O que diz um código…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Diagnóstico…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Registro…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Assistente de ativação…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mudar para outro PC…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sobre o Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Copiar</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tracking</name>
    <message>
        <source>Despachar até</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nota</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comprador</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Situação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aguardando código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Atrasados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digitados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Com problema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✖ NÃO DESPACHAR: cancelado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ código já está no Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ atrasado, aguarda código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ aguardando código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ confirmado {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ transmitido {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● digitado {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código de rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chave da nota</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrackingPage</name>
    <message>
        <source>Filtrar a lista</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Janela de embalagem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Só a leitura, em letras grandes, para a bancada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mais</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importar planilha de códigos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colar pedido e código do Excel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lista do que falta…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transportadoras…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quem informa o código…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testar o leitor…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Som</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>código gravado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>códigos gravados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{saved}; {wrong} com problema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importar planilha de códigos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.xls *.csv);;Todos (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lendo {file}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {n} recusados ficam na planilha para corrigir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrigir o código deste pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dar o código deste pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver o pedido</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada encontrado para “{text}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum pedido aguarda código. Eles aparecem aqui assim que a nota é transmitida.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum atraso.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum código digitado desde ontem.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum problema com códigos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada a mostrar.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TransferWindow</name>
    <message>
        <source>Mudar para outro PC – Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Parar neste PC (recomendado: dois PCs não devem trabalhar juntos)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Gerar o arquivo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Trazer um arquivo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reiniciar agora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Salvar um modelo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mudar para outro PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1. Neste PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leva ajustes, De/Para, pedidos e histórico num arquivo conferido. Senhas não vão: digite-as de novo no outro PC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2. No outro PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traga o arquivo. Ele é conferido inteiro antes; o que havia aqui fica guardado ao lado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modelo para outra loja</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Os mesmos ajustes, sem senhas, sem CNPJs e sem as pastas desta loja.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gerando o arquivo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Gerado: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Este PC está pausado e não inicia mais sozinho. Saia do programa aqui.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conferindo o arquivo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Arquivo inteiro: {orders} pedidos, {mappings} SKUs no De/Para. Reinicie para usá-lo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arquivo de mudança</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modelo de ajustes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message>
        <source>&amp;Vincular</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por código igual…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por EAN…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Importar planilha…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Exportar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De/Para inteiro…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>de-para.xlsx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Só os SKUs sem De/Para…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sku-sem-de-para.xlsx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Códigos do ERP…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vincular por EAN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vincular por código igual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>codigos-do-erp.xlsx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exportar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linhas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} em {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importar planilha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planilhas (*.xlsx *.xls *.csv);;Todos (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lendo {file}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importando {file}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>importar {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De/Para importado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De/Para importados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Desfazer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Sincronizar agora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pausar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por &amp;15 minutos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por &amp;1 hora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Até eu retomar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Retomar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ras&amp;treio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;edidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pro&amp;blemas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;justes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;mbalagem (ler códigos)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sai&amp;r</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falta configurar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precisa de você</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sem conexão</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sincronizando…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tudo em dia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido cancelado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos cancelados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>envio aguarda liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>envios aguardam liberação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido a decidir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos a decidir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>problema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>problemas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedido parado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pedidos parados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nota a confirmar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>notas a confirmar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausado até você retomar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausado até {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{state}: {first} e mais {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Última sincronização: {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ainda sem sincronização completa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>próxima: {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UpdateDesk</name>
    <message>
        <source>Nova versão pronta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A versão {version} foi baixada e conferida. Instale quando quiser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A versão {version} está pronta. Ao instalar, o programa fecha e volta sozinho em um minuto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Instalar agora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testando a nova versão neste PC e instalando…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Painel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De/Para</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastreio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problemas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ajustes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ajuda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{page} – Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>Ativar o Ótimo Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Voltar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Deixar para depois</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;ontinuar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Concluir</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>page</name>
    <message>
        <source>{flow}: últimas 24 horas</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parent</name>
    <message>
        <source>SKU Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código no ERP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Situação</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ será vinculado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ mais de um código: fica de fora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nenhum SKU sem De/Para tem um código correspondente no ERP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} SKUs serão vinculados; {m} ambíguos ficam como estão.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vincular por EAN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vincular por código igual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Vincular {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar por SKU ou código</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ recusada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ nova</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ alterada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= igual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A planilha não tem linhas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{new} novas, {changed} alteradas, {same} iguais, {refused} recusadas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Aplicar {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar por SKU ou motivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Plugg.to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volta a</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todos os valores deste envio eram os primeiros: não há a que voltar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Último envio: {since} a {until}. {n} SKUs voltam ao valor de antes; {m} não tinham valor antes e ficam. As proteções valem como em qualquer envio, e o valor do ERP volta quando ele mudar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desfazer o último envio de estoque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desfazer o último envio de preços</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Desfazer {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar por SKU</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
