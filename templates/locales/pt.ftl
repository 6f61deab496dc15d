## Palavras da interface em português.

skip = Ir para o texto
sections = Secções
breadcrumb = Caminho
dark_colours = Cores escuras
about_publication = Sobre esta publicação
feeds = Canais
calendar = Calendário
published_by = Publicado por { $publisher }.
full_edition = Edição completa, para assinantes.
comma = {", "}
colon = {": "}
countries = Países
regions = Regiões
authors = Autores
topics = Temas
series = Série
kinds = Tipos
kind = Tipo
archive = Arquivo
home = Início
country = País
region = Região
reports = { $n ->
    [one] { $n } relatório
   *[other] { $n } relatórios
}
countries_count = { $n ->
    [one] { $n } país
   *[other] { $n } países
}
authors_count = { $n ->
    [one] { $n } autor
   *[other] { $n } autores
}
topics_count = { $n ->
    [one] { $n } tema
   *[other] { $n } temas
}
reports_on_countries = { $reports } sobre { $countries }
more = mais { $n }
house_date = { $dd } { $mon } { $year }
month_of_year = { $month } de { $year }
latest = Mais recentes
latest_report = Último relatório
latest_on = último: { $date }
reports_heading = Relatórios
reports_page = Relatórios, página { $page }
all_reports = Todos os relatórios
title_page = { $title }, página { $page }
pages = Páginas da lista
page = Página
newer = Mais recentes
older = Mais antigos
earlier = Anterior
later = Seguinte
months = Meses
no_reports = Ainda não há relatórios.
by_region = Por região
by_country = Por país
by_month = Por mês
a_to_z = De A a Z
countries_by_region = Países por região
all_on = Tudo sobre { $topic }
of_country_by_topic = { $country } por temas
of_topic_by_country = { $topic } por países
part_of = Faz parte de
includes = Inclui
report = Relatório
by = por
by_row = Por
key_judgments = Juízos principais
key_judgment = Juízo principal
contents = Conteúdo
outlook = Perspectiva
watch = O que acompanhar
sources = Fontes
sources_and_method = Fontes e método
method = Método
disclosures = Declaração de interesses
update_history = Histórico de alterações
published = Publicado
cite_and_share = Citar e partilhar
print = Imprimir
printed_on = Impresso em { $date }.
send_by_mail = Enviar por e-mail
copy_link = Copiar ligação
copy_citation = Copiar citação
copy = Copiar
copied = Copiado
not_copied = Não foi copiado
download = Descarregar
reference_managers = Para gestores de referências
about_authors = { $n ->
    [one] Sobre a autoria
   *[other] Sobre os autores
}
related_reports = Relatórios relacionados
previous_on = Anterior sobre { $country }
next_on = Seguinte sobre { $country }
previous = Anterior
next = Seguinte
previous_and_next = Anterior e seguinte
previous_and_next_on = Anterior e seguinte sobre { $country }
id = Identificador
reading_time = Tempo de leitura
minutes = { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}
updated = Atualizado
dateline = Local
also_in = Também em
data_to = Dados até
review_by = Rever até
topics_of_report = { $n ->
    [one] Tema
   *[other] Temas
}
number_in_series = n.º { $number }
with_contributors = Com
editor = Edição
likelihood_almost_no_chance = Quase sem hipótese
likelihood_very_unlikely = Muito improvável
likelihood_unlikely = Improvável
likelihood_roughly_even_chance = Probabilidade equilibrada
likelihood_likely = Provável
likelihood_very_likely = Muito provável
likelihood_almost_certain = Quase certo
range = { $low }–{ $high } %
confidence = Confiança
confidence_low = baixa
confidence_moderate = moderada
confidence_high = alta
horizon = Horizonte
outcome = Resultado
outcome_open = em aberto
outcome_borne_out = confirmado
outcome_partly = em parte
outcome_not_borne_out = não confirmado
badge_subscribers = Assinantes
badge_free = Gratuito
badge_sample = Amostra
badge_updated = Atualizado
badge_corrected = Corrigido
badge_withdrawn = Retirado
badge_superseded = Substituído
badge_draft = Rascunho
badge_review = Em revisão
no_longer_stand_by = Já não sustentamos este relatório.
not_published = Não publicado.
superseded_by = Substituído em { $date } por
later_report_replaces = Um relatório posterior substitui este.
replaces = Substitui
update_minor = Alteração menor
update_update = Atualização
update_correction = Correção
update_clarification = Esclarecimento
update_retraction = Retratação
now_read_on = Continue a ler…
rest_words = O resto deste relatório tem cerca de { $words } palavras.
rest_words_and_figures = { $figures ->
    [one] O resto deste relatório tem cerca de { $words } palavras e { $figures } figura.
   *[other] O resto deste relatório tem cerca de { $words } palavras e { $figures } figuras.
}
under_headings = Sob estes títulos:
register_text = Registe-se para experimentar um relatório
register_button = Registar
email_address = Endereço de e-mail
samples = Amostras
for_subscribers = Para assinantes
country_for_subscribers = A nossa visão de { $country }, a sua perspectiva e os dados em que se apoia são para assinantes.
our_view = A nossa visão
direction_improving = A melhorar
direction_stable = Estável
direction_worsening = A piorar
facts = Dados
fact = Dado
value_and_source = Valor e fonte
capital = Capital
iso_code = Código ISO
key_reports = Relatórios essenciais
analysts = Analistas
outlook_by_country = Perspectiva por país
latest_judgment = Último juízo
coverage_by_month = Cobertura por mês
year = Ano
expertise = Especialidade
languages = Línguas
based_in = Vive em
mail = E-mail
website = Sítio web
by_date = { reports } por data.
for_researchers = O catálogo, para investigadores
see_also = Ver também
corrections = Correções
the_log = O registo
nothing_corrected = Até agora nada foi corrigido.
subscribe_calendar = Subscrever este calendário
watch_in = O que acompanhar: { $country }
nothing_in_calendar = De momento não há nada no calendário.
from_report = De
description_reports_by = Relatórios de { $name } em { $site }.
description_reports_of = { $name }: relatórios de { $site }.
description_index = { $heading } em { $site }.
description_archive = Todos os relatórios de { $site } por data.
description_month = Relatórios de { $site } em { $month }.
page_not_found = Página não encontrada
no_page_here = Não há nenhuma página neste endereço. Pode ter mudado de lugar, ou a ligação pode ter um erro.
page_moved = Esta página mudou de endereço
go_to_address = Ir para o endereço atual
notes = Notas
back_to_reference = Voltar à chamada { $number }
table_number = Tabela { $number }
done = Feito
to_do = Por fazer
alert_note = Nota
alert_tip = Sugestão
alert_important = Importante
alert_warning = Aviso
alert_caution = Cuidado
withdrawn_report = Este relatório foi retirado.

# Search
search = Pesquisar
search_reports = Pesquisar relatórios
search_hint = Palavras, nomes de países, "palavras seguidas", -palavra, country:mexico, after:1994-12
search_no_script = A pesquisa precisa de JavaScript. Todos os relatórios podem ser encontrados também por estas listas.
search_working = Pesquisando…
search_slow = A conexão está lenta. A pesquisa continua…
search_found = Relatórios encontrados: { $n }
search_some = Nenhum relatório contém as { $asked } palavras. Estes contêm { $held } delas.
search_nothing = Nenhum relatório contém o que procura.
search_unknown = Nada aqui se chama { $value } ({ $facet }).
search_broken = A pesquisa não pode ser concluída: uma parte do índice falta ou está danificada.
search_outdated = O site foi publicado de novo desde que esta página foi aberta. Recarregue a página para pesquisar.
search_old_browser = Este navegador é antigo demais para a pesquisa.
search_again = Tentar de novo
search_more = Mostrar mais
search_order = Ordem
search_best_first = Os melhores primeiro
search_newest_first = Os mais recentes primeiro
search_narrow = Restringir
search_all = Mostrar tudo
search_save = Guardar esta pesquisa
search_saved = Pesquisas guardadas
search_saved_here = Ficam guardadas apenas neste dispositivo.
search_remove = Remover { $name }
search_lists = Listas de relatórios
search_suggestions = Sugestões
search_excerpt_missing = Nenhuma passagem pode ser mostrada.
search_in_text = No texto
search_topic = Tema
search_author = Autor
search_access = Acesso
search_access_public = Público

# Edições seladas: códigos dos assinantes
sealed_heading = Ler com um código
sealed_code = O seu código
sealed_hint = 28 letras e algarismos; hífenes, espaços e minúsculas não importam
sealed_remember = Lembrar neste dispositivo
sealed_open = Abrir
sealed_working = Abrindo…
sealed_opened = O texto está aberto.
sealed_link = A ligação trouxe o seu código. Prima o botão para o usar.
sealed_access = Acesso de assinante até { $date }
sealed_access_endless = Acesso de assinante
sealed_gifted = Está a ler este relatório como oferta.
sealed_forget = Esquecer
sealed_open_to_you = Aberto para si
sealed_keep = Guardar para depois
sealed_mine = O meu arquivo
sealed_new = Novo desde a sua última visita
sealed_kept = Guardados para depois
sealed_kept_here = A lista fica guardada apenas neste dispositivo.
sealed_renew = Registar-se ou renovar
sealed_no_script = Os códigos precisam de JavaScript. Sem ele, os assinantes leem esta página na linha de comandos com “briefpress open”; quem ainda não tem código pode registar-se.
sealed_character = Nenhum código tem o carácter { $c }.
sealed_short = Um código tem 28 caracteres, e este tem apenas { $n }.
sealed_long = Um código tem 28 caracteres, e este tem { $n }.
sealed_check = Há um erro de digitação neste código, ou ele é de outra publicação.
sealed_unknown = Este código não é conhecido aqui, ou já não é. Um mais recente pode tê-lo substituído.
sealed_ended = O acesso terminou em { $date }.
sealed_early = Este acesso ainda não começou.
sealed_plan = Este texto não faz parte da sua assinatura.
sealed_gift = Esta oferta terminou, ou é para outro relatório.
sealed_damaged = O texto não pode ser aberto: um ficheiro deste site está danificado. Recarregue a página; se não resultar, avise a editora.
sealed_newer = O site foi publicado de novo desde que esta página foi carregada. Recarregue a página.
sealed_insecure = Os códigos só funcionam em ligações seguras: o endereço tem de começar por https.
sealed_network = A ligação falhou. Tente de novo.
sealed_old_browser = Este navegador é antigo demais para abrir o texto.
sealed_file = Uma imagem ou um anexo não pode ser aberto.
