## Words of the interface, in Project Fluent (https://projectfluent.org/). A site or theme changes single words in a file of
## the same name: templates/locales/en.ftl. What has { $… } is asked for with t(key="…"), all else stands in `words`.

# Around every page
skip = Skip to the text
sections = Sections
breadcrumb = Breadcrumb
dark_colours = Dark colours
about_publication = About this publication
feeds = Feeds
calendar = Calendar
published_by = Published by { $publisher }.
full_edition = Full edition, for subscribers.
# Between names that are only strung together
comma = {", "}
# Behind the name of what follows: "Politics: …"
colon = {": "}

# What there is
countries = Countries
regions = Regions
authors = Authors
topics = Topics
series = Series
kinds = Kinds
kind = Kind
archive = Archive
home = Home
country = Country
region = Region
reports = { $n ->
    [one] { $n } report
   *[other] { $n } reports
}
countries_count = { $n ->
    [one] { $n } country
   *[other] { $n } countries
}
authors_count = { $n ->
    [one] { $n } author
   *[other] { $n } authors
}
topics_count = { $n ->
    [one] { $n } topic
   *[other] { $n } topics
}
reports_on_countries = { $reports } on { $countries }
# The end of a list that is cut short: "A, B and 3 more"
more = { $n } more

# Dates. $dd is the day in two digits, $mon the month cut short
house_date = { $dd } { $mon } { $year }
month_of_year = { $month } { $year }

# Lists
latest = Latest
latest_report = Latest report
latest_on = latest { $date }
reports_heading = Reports
reports_page = Reports, page { $page }
all_reports = All reports
title_page = { $title }, page { $page }
pages = Pages of the list
page = Page
newer = Newer
older = Older
earlier = Earlier
later = Later
months = Months
no_reports = There are no reports yet.
by_region = By region
by_country = By country
by_month = By month
a_to_z = A to Z
countries_by_region = Countries by region
all_on = All on { $topic }
of_country_by_topic = { $country } by topic
of_topic_by_country = { $topic } by country
part_of = Part of
includes = Includes

# Reports
report = Report
by = by
by_row = By
key_judgments = Key judgments
key_judgment = Key judgment
contents = Contents
outlook = Outlook
watch = What to watch
sources = Sources
sources_and_method = Sources and method
method = Method
disclosures = Disclosures
update_history = Update history
published = Published
cite_and_share = Cite and share
print = Print
printed_on = Printed on { $date }.
send_by_mail = Send by mail
copy_link = Copy link
copy_citation = Copy citation
copy = Copy
copied = Copied
not_copied = Not copied
download = Download
reference_managers = For reference managers
about_authors = { $n ->
    [one] About the author
   *[other] About the authors
}
related_reports = Related reports
previous_on = Previous on { $country }
next_on = Next on { $country }
previous = Previous
next = Next
previous_and_next = Previous and next
previous_and_next_on = Previous and next on { $country }

# Facts about a report
id = Id
reading_time = Reading time
minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
updated = Updated
dateline = Dateline
also_in = Also in
data_to = Data to
review_by = Review by
topics_of_report = { $n ->
    [one] Topic
   *[other] Topics
}
number_in_series = no. { $number }
with_contributors = With
editor = Editor

# Judgments. The terms and ranges are those of ICD 203
likelihood_almost_no_chance = Almost no chance
likelihood_very_unlikely = Very unlikely
likelihood_unlikely = Unlikely
likelihood_roughly_even_chance = Roughly even chance
likelihood_likely = Likely
likelihood_very_likely = Very likely
likelihood_almost_certain = Almost certain
range = { $low }–{ $high } %
confidence = Confidence
confidence_low = low
confidence_moderate = moderate
confidence_high = high
horizon = Horizon
outcome = Outcome
outcome_open = open
outcome_borne_out = borne out
outcome_partly = partly
outcome_not_borne_out = not borne out

# Badges and notices
badge_subscribers = Subscribers
badge_free = Free
badge_sample = Sample
badge_updated = Updated
badge_corrected = Corrected
badge_withdrawn = Withdrawn
badge_superseded = Superseded
badge_draft = Draft
badge_review = In review
no_longer_stand_by = We no longer stand by this report.
not_published = Not published.
superseded_by = Superseded on { $date } by
later_report_replaces = A later report replaces this one.
replaces = Replaces
update_minor = Minor change
update_update = Update
update_correction = Correction
update_clarification = Clarification
update_retraction = Retraction

# The gate
now_read_on = Now read on…
rest_words = The rest of this report holds about { $words } words.
rest_words_and_figures = { $figures ->
    [one] The rest of this report holds about { $words } words and { $figures } figure.
   *[other] The rest of this report holds about { $words } words and { $figures } figures.
}
under_headings = Under these headings:
register_text = Register to sample a report
register_button = Register
email_address = Email address
samples = Samples
for_subscribers = For subscribers
country_for_subscribers = Our standing view of { $country }, its outlook and the facts behind it are for subscribers.

# Countries
our_view = Our view
direction_improving = Improving
direction_stable = Stable
direction_worsening = Worsening
facts = Facts
fact = Fact
value_and_source = Value and source
capital = Capital
iso_code = ISO code
key_reports = Key reports
analysts = Analysts
outlook_by_country = Outlook by country
latest_judgment = Latest judgment
coverage_by_month = Coverage by month
year = Year

# Authors
expertise = Expertise
languages = Languages
based_in = Based in
mail = Mail
website = Website

# All reports together
by_date = { reports } by date.
for_researchers = The catalogue, for researchers
see_also = See also
corrections = Corrections
the_log = The log
nothing_corrected = Nothing has been corrected so far.
subscribe_calendar = Subscribe to this calendar
watch_in = What to watch in { $country }
nothing_in_calendar = Nothing is in the calendar at present.
from_report = From

# Sentences for search engines
description_reports_by = Reports by { $name } in { $site }.
description_reports_of = { $name }: reports of { $site }.
description_index = { $heading } in { $site }.
description_archive = All reports of { $site } by date.
description_month = Reports of { $site } in { $month }.

# Pages that are not there
page_not_found = Page not found
no_page_here = There is no page at this address. It may have moved, or the link may hold a slip of the pen.
page_moved = This page has moved
go_to_address = Go to its present address

# In texts
notes = Notes
back_to_reference = Back to reference { $number }
table_number = Table { $number }
done = Done
to_do = To do
alert_note = Note
alert_tip = Tip
alert_important = Important
alert_warning = Warning
alert_caution = Caution
withdrawn_report = This report has been withdrawn.

# Search
search = Search
search_reports = Search reports
search_hint = Words, names of countries, "words in a row", -word, country:mexico, after:1994-12
search_no_script = The search needs JavaScript. Every report can also be found by way of these lists.
search_working = Searching…
search_slow = The connection is slow. Still searching…
search_found = Reports found: { $n }
search_some = No report holds all { $asked } words. These hold { $held } of them.
search_nothing = No report holds what you look for.
search_unknown = Nothing here is called { $value } ({ $facet }).
search_broken = The search cannot be finished: part of its index is missing or damaged.
search_outdated = The site has been published anew since this page was opened. Load the page again to search it.
search_old_browser = This browser is too old for the search.
search_again = Try again
search_more = Show more
search_order = Order
search_best_first = Best first
search_newest_first = Newest first
search_narrow = Narrow down
search_all = Show all
search_save = Save this search
search_saved = Saved searches
search_saved_here = They are kept on this device only.
search_remove = Remove { $name }
search_lists = Lists of reports
search_suggestions = Suggestions
search_excerpt_missing = No passage can be shown.
search_in_text = In the text
search_topic = Topic
search_author = Author
search_access = Access
search_access_public = Public

# Sealed editions: codes of subscribers
sealed_heading = Read with a code
sealed_code = Your code
sealed_hint = 28 letters and digits; hyphens, spaces and small letters do not matter
sealed_remember = Remember on this device
sealed_open = Open
sealed_working = Opening…
sealed_opened = The text is open.
sealed_link = The link has brought your code. Press the button to use it.
sealed_access = Subscriber access until { $date }
sealed_access_endless = Subscriber access
sealed_gifted = You are reading this report as a gift.
sealed_forget = Forget
sealed_open_to_you = Open to you
sealed_keep = Keep for later
sealed_mine = My archive
sealed_new = New since your last visit
sealed_kept = Kept for later
sealed_kept_here = The list is kept on this device only.
sealed_renew = Register or renew
sealed_no_script = Codes need JavaScript. Without it, subscribers read this page on the command line with “briefpress open”; whoever has no code yet can register.
sealed_character = No code has the character { $c }.
sealed_short = A code has 28 characters, and this has only { $n }.
sealed_long = A code has 28 characters, and this has { $n }.
sealed_check = There is a typing mistake in this code, or it is a code of another publication.
sealed_unknown = This code is not known here, or no longer. A newer one may have taken its place.
sealed_ended = Access ended on { $date }.
sealed_early = This access has not begun yet.
sealed_plan = This text is not part of your subscription.
sealed_gift = This gift has ended, or it is for another report.
sealed_damaged = The text cannot be opened: a file of this site is damaged. Load the page again; if that does not help, tell the publisher.
sealed_newer = The site has been published anew since this page was loaded. Load the page again.
sealed_insecure = Codes work on secure connections only: the address has to begin with https.
sealed_network = The connection failed. Try again.
sealed_old_browser = This browser is too old to open the text.
sealed_file = A picture or an attachment cannot be opened.
