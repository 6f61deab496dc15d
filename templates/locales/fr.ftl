## Les mots de l’interface en français.

skip = Aller au texte
sections = Rubriques
breadcrumb = Fil d’Ariane
dark_colours = Couleurs sombres
about_publication = À propos de cette publication
feeds = Flux
calendar = Calendrier
published_by = Publié par { $publisher }.
full_edition = Édition complète, pour les abonnés.
comma = {", "}
colon = {"\u00A0: "}
countries = Pays
regions = Régions
authors = Auteurs
topics = Thèmes
series = Série
kinds = Types
kind = Type
archive = Archives
home = Accueil
country = Pays
region = Région
reports = { $n ->
    [one] { $n } rapport
   *[other] { $n } rapports
}
countries_count = { $n ->
    [one] { $n } pays
   *[other] { $n } pays
}
authors_count = { $n ->
    [one] { $n } auteur
   *[other] { $n } auteurs
}
topics_count = { $n ->
    [one] { $n } thème
   *[other] { $n } thèmes
}
reports_on_countries = { $reports } sur { $countries }
more = { $n } de plus
house_date = { $dd } { $mon } { $year }
month_of_year = { $month } { $year }
latest = À la une
latest_report = Dernier rapport
latest_on = dernier : { $date }
reports_heading = Rapports
reports_page = Rapports, page { $page }
all_reports = Tous les rapports
title_page = { $title }, page { $page }
pages = Pages de la liste
page = Page
newer = Plus récents
older = Plus anciens
earlier = Précédent
later = Suivant
months = Mois
no_reports = Il n’y a pas encore de rapport.
by_region = Par région
by_country = Par pays
by_month = Par mois
a_to_z = De A à Z
countries_by_region = Pays par région
all_on = Tout sur { $topic }
of_country_by_topic = { $country } par thème
of_topic_by_country = { $topic } par pays
part_of = Fait partie de
includes = Comprend
report = Rapport
by = par
by_row = Par
key_judgments = Jugements principaux
key_judgment = Jugement principal
contents = Sommaire
outlook = Perspective
watch = À suivre
sources = Sources
sources_and_method = Sources et méthode
method = Méthode
disclosures = Déclaration d’intérêts
update_history = Historique des modifications
published = Publié
cite_and_share = Citer et partager
print = Imprimer
printed_on = Imprimé le { $date }.
send_by_mail = Envoyer par courriel
copy_link = Copier le lien
copy_citation = Copier la référence
copy = Copier
copied = Copié
not_copied = Non copié
download = Télécharger
reference_managers = Pour les logiciels de bibliographie
about_authors = { $n ->
    [one] À propos de l’auteur
   *[other] À propos des auteurs
}
related_reports = Rapports liés
previous_on = Précédent sur le pays : { $country }
next_on = Suivant sur le pays : { $country }
previous = Précédent
next = Suivant
previous_and_next = Précédent et suivant
previous_and_next_on = Précédent et suivant sur le pays : { $country }
id = Identifiant
reading_time = Temps de lecture
minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
updated = Mis à jour
dateline = Lieu
also_in = Aussi en
data_to = Données au
review_by = À revoir avant le
topics_of_report = { $n ->
    [one] Thème
   *[other] Thèmes
}
number_in_series = nᵒ { $number }
with_contributors = Avec
editor = Édition
likelihood_almost_no_chance = Presque exclu
likelihood_very_unlikely = Très improbable
likelihood_unlikely = Improbable
likelihood_roughly_even_chance = Une chance sur deux environ
likelihood_likely = Probable
likelihood_very_likely = Très probable
likelihood_almost_certain = Presque certain
range = { $low }–{ $high } %
confidence = Confiance
confidence_low = faible
confidence_moderate = moyenne
confidence_high = élevée
horizon = Horizon
outcome = Issue
outcome_open = ouverte
outcome_borne_out = confirmé
outcome_partly = en partie
outcome_not_borne_out = non confirmé
badge_subscribers = Abonnés
badge_free = Gratuit
badge_sample = Extrait
badge_updated = Mis à jour
badge_corrected = Corrigé
badge_withdrawn = Retiré
badge_superseded = Remplacé
badge_draft = Brouillon
badge_review = En relecture
no_longer_stand_by = Nous ne soutenons plus ce rapport.
not_published = Non publié.
superseded_by = Remplacé le { $date } par
later_report_replaces = Un rapport ultérieur remplace celui-ci.
replaces = Remplace
update_minor = Retouche
update_update = Mise à jour
update_correction = Correction
update_clarification = Précision
update_retraction = Rétractation
now_read_on = Lisez la suite…
rest_words = La suite de ce rapport compte environ { $words } mots.
rest_words_and_figures = { $figures ->
    [one] La suite de ce rapport compte environ { $words } mots et { $figures } figure.
   *[other] La suite de ce rapport compte environ { $words } mots et { $figures } figures.
}
under_headings = Sous ces intertitres :
register_text = Inscrivez-vous pour découvrir un rapport
register_button = S’inscrire
email_address = Adresse électronique
samples = Extraits
for_subscribers = Pour les abonnés
country_for_subscribers = { $country } : notre point de vue, la perspective et les données sur lesquelles il repose sont réservés aux abonnés.
our_view = Notre point de vue
direction_improving = En amélioration
direction_stable = Stable
direction_worsening = En dégradation
facts = Données
fact = Donnée
value_and_source = Valeur et source
capital = Capitale
iso_code = Code ISO
key_reports = Rapports essentiels
analysts = Analystes
outlook_by_country = Perspective par pays
latest_judgment = Dernier jugement
coverage_by_month = Couverture par mois
year = Année
expertise = Spécialité
languages = Langues
based_in = Basé à
mail = Courriel
website = Site web
by_date = { reports } par date.
for_researchers = Le catalogue, pour les chercheurs
see_also = Voir aussi
corrections = Corrections
the_log = Le registre
nothing_corrected = Rien n’a été corrigé jusqu’ici.
subscribe_calendar = S’abonner à ce calendrier
watch_in = À suivre : { $country }
nothing_in_calendar = Rien au calendrier pour le moment.
from_report = De
description_reports_by = Rapports de { $name } dans { $site }.
description_reports_of = { $name } : rapports de { $site }.
description_index = { $heading } dans { $site }.
description_archive = Tous les rapports de { $site } par date.
description_month = Rapports de { $site }, { $month }.
page_not_found = Page introuvable
no_page_here = Il n’y a pas de page à cette adresse. Elle a peut-être été déplacée, ou le lien contient une faute de frappe.
page_moved = Cette page a été déplacée
go_to_address = Aller à son adresse actuelle
notes = Notes
back_to_reference = Retour à l’appel { $number }
table_number = Tableau { $number }
done = Fait
to_do = À faire
alert_note = Note
alert_tip = Conseil
alert_important = Important
alert_warning = Attention
alert_caution = Prudence
withdrawn_report = Ce rapport a été retiré.

# Search
search = Rechercher
search_reports = Rechercher des rapports
search_hint = Mots, noms de pays, "mots qui se suivent", -mot, country:mexico, after:1994-12
search_no_script = La recherche a besoin de JavaScript. Ces listes mènent aussi à tous les rapports.
search_working = Recherche en cours…
search_slow = La connexion est lente. La recherche continue…
search_found = Rapports trouvés : { $n }
search_some = Aucun rapport ne contient les { $asked } mots. Ceux-ci en contiennent { $held }.
search_nothing = Aucun rapport ne contient ce que vous cherchez.
search_unknown = Rien ici ne s’appelle { $value } ({ $facet }).
search_broken = La recherche ne peut aboutir : une partie de son index manque ou est endommagée.
search_outdated = Le site a été publié de nouveau depuis l’ouverture de cette page. Rechargez-la pour chercher.
search_old_browser = Ce navigateur est trop ancien pour la recherche.
search_again = Réessayer
search_more = Afficher plus
search_order = Ordre
search_best_first = Les meilleurs d’abord
search_newest_first = Les plus récents d’abord
search_narrow = Affiner
search_all = Tout afficher
search_save = Enregistrer cette recherche
search_saved = Recherches enregistrées
search_saved_here = Elles restent sur cet appareil.
search_remove = Retirer { $name }
search_lists = Listes de rapports
search_suggestions = Suggestions
search_excerpt_missing = Aucun passage ne peut être montré.
search_in_text = Dans le texte
search_topic = Thème
search_author = Auteur
search_access = Accès
search_access_public = Public

# Éditions scellées : codes des abonnés
sealed_heading = Lire avec un code
sealed_code = Votre code
sealed_hint = 28 lettres et chiffres ; traits d’union, espaces et minuscules sont sans importance
sealed_remember = Se souvenir sur cet appareil
sealed_open = Ouvrir
sealed_working = Ouverture…
sealed_opened = Le texte est ouvert.
sealed_link = Le lien a apporté votre code. Appuyez sur le bouton pour l’utiliser.
sealed_access = Accès d’abonné jusqu’au { $date }
sealed_access_endless = Accès d’abonné
sealed_gifted = Ce rapport vous est offert.
sealed_forget = Oublier
sealed_open_to_you = Ouvert pour vous
sealed_keep = Garder pour plus tard
sealed_mine = Mes archives
sealed_new = Nouveau depuis votre dernière visite
sealed_kept = Gardés pour plus tard
sealed_kept_here = La liste reste sur cet appareil.
sealed_renew = S’inscrire ou renouveler
sealed_no_script = Les codes ont besoin de JavaScript. Sans lui, les abonnés lisent cette page en ligne de commande avec « briefpress open » ; qui n’a pas encore de code peut s’inscrire.
sealed_character = Aucun code ne contient le caractère { $c }.
sealed_short = Un code compte 28 caractères, et celui-ci seulement { $n }.
sealed_long = Un code compte 28 caractères, et celui-ci { $n }.
sealed_check = Ce code contient une faute de frappe, ou il est celui d’une autre publication.
sealed_unknown = Ce code n’est pas connu ici, ou ne l’est plus. Un plus récent l’a peut-être remplacé.
sealed_ended = L’accès a pris fin le { $date }.
sealed_early = Cet accès n’a pas encore commencé.
sealed_plan = Ce texte ne fait pas partie de votre abonnement.
sealed_gift = Ce cadeau a pris fin, ou il est pour un autre rapport.
sealed_damaged = Le texte ne peut être ouvert : un fichier de ce site est endommagé. Rechargez la page ; si cela ne suffit pas, prévenez l’éditeur.
sealed_newer = Le site a été publié de nouveau depuis le chargement de cette page. Rechargez-la.
sealed_insecure = Les codes ne fonctionnent que sur une connexion sécurisée : l’adresse doit commencer par https.
sealed_network = La connexion a échoué. Réessayez.
sealed_old_browser = Ce navigateur est trop ancien pour ouvrir le texte.
sealed_file = Une image ou une pièce jointe ne peut être ouverte.
