## Palabras de la interfaz en español.

skip = Ir al texto
sections = Secciones
breadcrumb = Ruta de navegación
dark_colours = Colores oscuros
about_publication = Acerca de esta publicación
feeds = Canales
calendar = Calendario
published_by = Publicado por { $publisher }.
full_edition = Edición completa, para suscriptores.
comma = {", "}
colon = {": "}
countries = Países
regions = Regiones
authors = Autores
topics = Temas
series = Serie
kinds = Tipos
kind = Tipo
archive = Archivo
home = Inicio
country = País
region = Región
reports = { $n ->
    [one] { $n } informe
   *[other] { $n } informes
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
more = { $n } más
house_date = { $dd } { $mon } { $year }
month_of_year = { $month } de { $year }
latest = Lo último
latest_report = Último informe
latest_on = último: { $date }
reports_heading = Informes
reports_page = Informes, página { $page }
all_reports = Todos los informes
title_page = { $title }, página { $page }
pages = Páginas de la lista
page = Página
newer = Más recientes
older = Más antiguos
earlier = Anterior
later = Posterior
months = Meses
no_reports = Todavía no hay informes.
by_region = Por región
by_country = Por país
by_month = Por mes
a_to_z = De la A a la Z
countries_by_region = Países por región
all_on = Todo sobre { $topic }
of_country_by_topic = { $country } por temas
of_topic_by_country = { $topic } por países
part_of = Forma parte de
includes = Incluye
report = Informe
by = por
by_row = Por
key_judgments = Juicios principales
key_judgment = Juicio principal
contents = Contenido
outlook = Perspectiva
watch = Qué seguir
sources = Fuentes
sources_and_method = Fuentes y método
method = Método
disclosures = Declaración de intereses
update_history = Historial de cambios
published = Publicado
cite_and_share = Citar y compartir
print = Imprimir
printed_on = Impreso el { $date }.
send_by_mail = Enviar por correo
copy_link = Copiar enlace
copy_citation = Copiar cita
copy = Copiar
copied = Copiado
not_copied = No se pudo copiar
download = Descargar
reference_managers = Para gestores de referencias
about_authors = { $n ->
    [one] Sobre la autoría
   *[other] Sobre los autores
}
related_reports = Informes relacionados
previous_on = Anterior sobre { $country }
next_on = Siguiente sobre { $country }
previous = Anterior
next = Siguiente
previous_and_next = Anterior y siguiente
previous_and_next_on = Anterior y siguiente sobre { $country }
id = Identificador
reading_time = Tiempo de lectura
minutes = { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}
updated = Actualizado
dateline = Lugar
also_in = También en
data_to = Datos hasta
review_by = Revisión antes de
topics_of_report = { $n ->
    [one] Tema
   *[other] Temas
}
number_in_series = n.º { $number }
with_contributors = Con
editor = Edición
likelihood_almost_no_chance = Casi descartado
likelihood_very_unlikely = Muy improbable
likelihood_unlikely = Improbable
likelihood_roughly_even_chance = Probabilidad pareja
likelihood_likely = Probable
likelihood_very_likely = Muy probable
likelihood_almost_certain = Casi seguro
range = { $low }–{ $high } %
confidence = Confianza
confidence_low = baja
confidence_moderate = moderada
confidence_high = alta
horizon = Horizonte
outcome = Resultado
outcome_open = abierto
outcome_borne_out = confirmado
outcome_partly = en parte
outcome_not_borne_out = no confirmado
badge_subscribers = Suscriptores
badge_free = Gratuito
badge_sample = Muestra
badge_updated = Actualizado
badge_corrected = Corregido
badge_withdrawn = Retirado
badge_superseded = Reemplazado
badge_draft = Borrador
badge_review = En revisión
no_longer_stand_by = Ya no respaldamos este informe.
not_published = Sin publicar.
superseded_by = Reemplazado el { $date } por
later_report_replaces = Un informe posterior reemplaza a este.
replaces = Reemplaza a
update_minor = Cambio menor
update_update = Actualización
update_correction = Corrección
update_clarification = Aclaración
update_retraction = Retractación
now_read_on = Siga leyendo…
rest_words = El resto de este informe tiene unas { $words } palabras.
rest_words_and_figures = { $figures ->
    [one] El resto de este informe tiene unas { $words } palabras y { $figures } figura.
   *[other] El resto de este informe tiene unas { $words } palabras y { $figures } figuras.
}
under_headings = Con estos apartados:
register_text = Regístrese para probar un informe
register_button = Registrarse
email_address = Correo electrónico
samples = Muestras
for_subscribers = Para suscriptores
country_for_subscribers = Nuestra opinión sobre { $country }, su perspectiva y los datos en que se apoya son para suscriptores.
our_view = Nuestra opinión
direction_improving = Mejora
direction_stable = Estable
direction_worsening = Empeora
facts = Datos
fact = Dato
value_and_source = Valor y fuente
capital = Capital
iso_code = Código ISO
key_reports = Informes clave
analysts = Analistas
outlook_by_country = Perspectiva por país
latest_judgment = Último juicio
coverage_by_month = Cobertura por mes
year = Año
expertise = Especialidad
languages = Idiomas
based_in = Reside en
mail = Correo
website = Sitio web
by_date = { reports } por fecha.
for_researchers = El catálogo, para investigadores
see_also = Véase también
corrections = Correcciones
the_log = El registro
nothing_corrected = Hasta ahora no se ha corregido nada.
subscribe_calendar = Suscribirse a este calendario
watch_in = Qué seguir en { $country }
nothing_in_calendar = Por ahora no hay nada en el calendario.
from_report = De
description_reports_by = Informes de { $name } en { $site }.
description_reports_of = { $name }: informes de { $site }.
description_index = { $heading } en { $site }.
description_archive = Todos los informes de { $site } por fecha.
description_month = Informes de { $site } en { $month }.
page_not_found = Página no encontrada
no_page_here = No hay ninguna página en esta dirección. Puede que se haya trasladado o que el enlace tenga una errata.
page_moved = Esta página se ha trasladado
go_to_address = Ir a su dirección actual
notes = Notas
back_to_reference = Volver a la llamada { $number }
table_number = Tabla { $number }
done = Hecho
to_do = Pendiente
alert_note = Nota
alert_tip = Consejo
alert_important = Importante
alert_warning = Advertencia
alert_caution = Precaución
withdrawn_report = Este informe ha sido retirado.

# Search
search = Buscar
search_reports = Buscar informes
search_hint = Palabras, nombres de países, "palabras seguidas", -palabra, country:mexico, after:1994-12
search_no_script = La búsqueda necesita JavaScript. Todos los informes se encuentran también a través de estas listas.
search_working = Buscando…
search_slow = La conexión es lenta. La búsqueda continúa…
search_found = Informes encontrados: { $n }
search_some = Ningún informe contiene las { $asked } palabras. Estos contienen { $held } de ellas.
search_nothing = Ningún informe contiene lo que busca.
search_unknown = Aquí nada se llama { $value } ({ $facet }).
search_broken = La búsqueda no puede terminarse: falta una parte de su índice o está dañada.
search_outdated = El sitio se ha vuelto a publicar desde que se abrió esta página. Cárguela de nuevo para buscar.
search_old_browser = Este navegador es demasiado antiguo para la búsqueda.
search_again = Intentar de nuevo
search_more = Mostrar más
search_order = Orden
search_best_first = Los mejores primero
search_newest_first = Los más recientes primero
search_narrow = Acotar
search_all = Mostrar todo
search_save = Guardar esta búsqueda
search_saved = Búsquedas guardadas
search_saved_here = Se guardan solo en este dispositivo.
search_remove = Quitar { $name }
search_lists = Listas de informes
search_suggestions = Sugerencias
search_excerpt_missing = No se puede mostrar ningún pasaje.
search_in_text = En el texto
search_topic = Tema
search_author = Autor
search_access = Acceso
search_access_public = Público

# Ediciones selladas: códigos de los suscriptores
sealed_heading = Leer con un código
sealed_code = Su código
sealed_hint = 28 letras y cifras; los guiones, los espacios y las minúsculas no importan
sealed_remember = Recordar en este dispositivo
sealed_open = Abrir
sealed_working = Abriendo…
sealed_opened = El texto está abierto.
sealed_link = El enlace ha traído su código. Pulse el botón para usarlo.
sealed_access = Acceso de suscriptor hasta el { $date }
sealed_access_endless = Acceso de suscriptor
sealed_gifted = Está leyendo este informe como regalo.
sealed_forget = Olvidar
sealed_open_to_you = Abierto para usted
sealed_keep = Guardar para después
sealed_mine = Mi archivo
sealed_new = Nuevo desde su última visita
sealed_kept = Guardados para después
sealed_kept_here = La lista se guarda solo en este dispositivo.
sealed_renew = Registrarse o renovar
sealed_no_script = Los códigos necesitan JavaScript. Sin él, los suscriptores leen esta página en la línea de comandos con «briefpress open»; quien aún no tiene código puede registrarse.
sealed_character = Ningún código contiene el carácter { $c }.
sealed_short = Un código tiene 28 caracteres, y este solo { $n }.
sealed_long = Un código tiene 28 caracteres, y este { $n }.
sealed_check = Hay un error al teclear este código, o es de otra publicación.
sealed_unknown = Este código no se conoce aquí, o ya no. Puede que otro más reciente lo haya sustituido.
sealed_ended = El acceso terminó el { $date }.
sealed_early = Este acceso aún no ha comenzado.
sealed_plan = Este texto no forma parte de su suscripción.
sealed_gift = Este regalo ha terminado, o es para otro informe.
sealed_damaged = No se puede abrir el texto: un archivo de este sitio está dañado. Vuelva a cargar la página; si no sirve, avise a la editorial.
sealed_newer = El sitio se ha vuelto a publicar desde que se cargó esta página. Cárguela de nuevo.
sealed_insecure = Los códigos solo funcionan en conexiones seguras: la dirección debe empezar por https.
sealed_network = Ha fallado la conexión. Inténtelo de nuevo.
sealed_old_browser = Este navegador es demasiado antiguo para abrir el texto.
sealed_file = No se puede abrir una imagen o un archivo adjunto.
