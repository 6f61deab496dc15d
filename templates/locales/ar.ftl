## كلمات الواجهة بالعربية.

skip = انتقل إلى النص
sections = الأقسام
breadcrumb = مسار التصفح
dark_colours = ألوان داكنة
about_publication = عن هذه المطبوعة
feeds = الخلاصات
calendar = تقويم
published_by = تصدر عن { $publisher }.
full_edition = الطبعة الكاملة للمشتركين.
comma = {"، "}
colon = {": "}
countries = البلدان
regions = المناطق
authors = الكتّاب
topics = الموضوعات
series = السلاسل
kinds = الأنواع
kind = النوع
archive = الأرشيف
home = الرئيسية
country = البلد
region = المنطقة
reports = { $n ->
    [zero] لا تقارير
    [one] تقرير واحد
    [two] تقريران
    [few] { $n } تقارير
    [many] { $n } تقريرًا
   *[other] { $n } تقرير
}
countries_count = { $n ->
    [zero] لا بلدان
    [one] بلد واحد
    [two] بلدان اثنان
    [few] { $n } بلدان
    [many] { $n } بلدًا
   *[other] { $n } بلد
}
authors_count = { $n ->
    [zero] لا كتّاب
    [one] كاتب واحد
    [two] كاتبان
    [few] { $n } كتّاب
    [many] { $n } كاتبًا
   *[other] { $n } كاتب
}
topics_count = { $n ->
    [zero] لا موضوعات
    [one] موضوع واحد
    [two] موضوعان
    [few] { $n } موضوعات
    [many] { $n } موضوعًا
   *[other] { $n } موضوع
}
reports_on_countries = { $reports } عن { $countries }
more = { $n ->
    [one] واحد آخر
    [two] اثنان آخران
    [few] { $n } آخرون
   *[other] { $n } غيرهم
}
house_date = { $d } { $mon } { $year }
month_of_year = { $month } { $year }
latest = الأحدث
latest_report = أحدث تقرير
latest_on = الأحدث { $date }
reports_heading = التقارير
reports_page = التقارير، صفحة { $page }
all_reports = جميع التقارير
title_page = { $title }، صفحة { $page }
pages = صفحات القائمة
page = صفحة
newer = الأحدث
older = الأقدم
earlier = السابق
later = اللاحق
months = الأشهر
no_reports = لا توجد تقارير بعد.
by_region = حسب المنطقة
by_country = حسب البلد
by_month = حسب الشهر
a_to_z = حسب الأبجدية
countries_by_region = البلدان حسب المنطقة
all_on = كل ما يخص { $topic }
of_country_by_topic = { $country } حسب الموضوع
of_topic_by_country = { $topic } حسب البلد
part_of = جزء من
includes = يشمل
report = تقرير
by = بقلم
by_row = بقلم
key_judgments = أهم الأحكام
key_judgment = الحكم الأهم
contents = المحتويات
outlook = التوقعات
watch = ما ينبغي متابعته
sources = المصادر
sources_and_method = المصادر والمنهج
method = المنهج
disclosures = الإفصاح عن المصالح
update_history = سجل التعديلات
published = نُشر
cite_and_share = الاقتباس والمشاركة
print = طباعة
printed_on = طُبع في { $date }.
send_by_mail = إرسال بالبريد
copy_link = نسخ الرابط
copy_citation = نسخ الاقتباس
copy = نسخ
copied = نُسخ
not_copied = لم يُنسخ
download = تنزيل
reference_managers = لبرامج إدارة المراجع
about_authors = { $n ->
    [one] عن الكاتب
    [two] عن الكاتبين
   *[other] عن الكتّاب
}
related_reports = تقارير ذات صلة
previous_on = السابق عن { $country }
next_on = التالي عن { $country }
previous = السابق
next = التالي
previous_and_next = السابق والتالي
previous_and_next_on = السابق والتالي عن { $country }
id = الرقم
reading_time = مدة القراءة
minutes = { $n ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
updated = آخر تحديث
dateline = المكان
also_in = متاح أيضًا بـ
data_to = البيانات حتى
review_by = يُراجع قبل
topics_of_report = { $n ->
    [one] الموضوع
    [two] الموضوعان
   *[other] الموضوعات
}
number_in_series = العدد { $number }
with_contributors = بمشاركة
editor = التحرير
likelihood_almost_no_chance = شبه مستحيل
likelihood_very_unlikely = مستبعد جدًا
likelihood_unlikely = مستبعد
likelihood_roughly_even_chance = احتمال متكافئ تقريبًا
likelihood_likely = مرجّح
likelihood_very_likely = مرجّح جدًا
likelihood_almost_certain = شبه مؤكد
range = { $low }–{ $high }٪
confidence = درجة الثقة
confidence_low = منخفضة
confidence_moderate = متوسطة
confidence_high = عالية
horizon = الأفق الزمني
outcome = النتيجة
outcome_open = لم تُحسم
outcome_borne_out = تحقق
outcome_partly = تحقق جزئيًا
outcome_not_borne_out = لم يتحقق
badge_subscribers = للمشتركين
badge_free = مجاني
badge_sample = عينة
badge_updated = محدَّث
badge_corrected = مصحَّح
badge_withdrawn = مسحوب
badge_superseded = حلّ محله غيره
badge_draft = مسودة
badge_review = قيد المراجعة
no_longer_stand_by = لم نعد نتبنى هذا التقرير.
not_published = غير منشور.
superseded_by = حلّ محله في { $date }
later_report_replaces = حلّ تقرير لاحق محل هذا التقرير.
replaces = يحل محل
update_minor = تعديل طفيف
update_update = تحديث
update_correction = تصحيح
update_clarification = توضيح
update_retraction = تراجع
now_read_on = تابع القراءة…
rest_words = تضم بقية هذا التقرير نحو { $words } كلمة.
rest_words_and_figures = { $figures ->
    [one] تضم بقية هذا التقرير نحو { $words } كلمة وشكلًا واحدًا.
    [two] تضم بقية هذا التقرير نحو { $words } كلمة وشكلين.
    [few] تضم بقية هذا التقرير نحو { $words } كلمة و{ $figures } أشكال.
   *[other] تضم بقية هذا التقرير نحو { $words } كلمة و{ $figures } شكلًا.
}
under_headings = تحت هذه العناوين:
register_text = سجّل لقراءة تقرير تجريبي
register_button = تسجيل
email_address = البريد الإلكتروني
samples = عينات
for_subscribers = للمشتركين
country_for_subscribers = رأينا الثابت في { $country } وتوقعاتنا والبيانات التي نستند إليها متاحة للمشتركين.
our_view = رأينا
direction_improving = في تحسّن
direction_stable = مستقر
direction_worsening = في تراجع
facts = حقائق
fact = الحقيقة
value_and_source = القيمة والمصدر
capital = العاصمة
iso_code = رمز ISO
key_reports = أهم التقارير
analysts = المحللون
outlook_by_country = التوقعات حسب البلد
latest_judgment = أحدث حكم
coverage_by_month = التغطية حسب الشهر
year = السنة
expertise = التخصص
languages = اللغات
based_in = مقيم في
mail = البريد
website = الموقع
by_date = { reports } حسب التاريخ.
for_researchers = الفهرس للباحثين
see_also = انظر أيضًا
corrections = التصحيحات
the_log = السجل
nothing_corrected = لم يُصحَّح شيء حتى الآن.
subscribe_calendar = اشترك في هذا التقويم
watch_in = ما ينبغي متابعته في { $country }
nothing_in_calendar = لا شيء في التقويم حاليًا.
from_report = من
description_reports_by = تقارير { $name } في { $site }.
description_reports_of = { $name }: تقارير { $site }.
description_index = { $heading } في { $site }.
description_archive = جميع تقارير { $site } حسب التاريخ.
description_month = تقارير { $site } في { $month }.
page_not_found = الصفحة غير موجودة
no_page_here = لا توجد صفحة في هذا العنوان. ربما نُقلت، أو في الرابط خطأ مطبعي.
page_moved = انتقلت هذه الصفحة
go_to_address = انتقل إلى عنوانها الحالي
notes = الحواشي
back_to_reference = العودة إلى الإحالة { $number }
table_number = جدول { $number }
done = تم
to_do = لم يتم بعد
alert_note = ملاحظة
alert_tip = نصيحة
alert_important = مهم
alert_warning = تحذير
alert_caution = انتبه
withdrawn_report = سُحب هذا التقرير.

# Search
search = بحث
search_reports = البحث في التقارير
search_hint = كلمات، أسماء بلدان، "كلمات متتالية"، -كلمة، country:mexico، after:1994-12
search_no_script = يحتاج البحث إلى جافاسكربت. ويمكن الوصول إلى كل تقرير أيضًا عبر هذه القوائم.
search_working = جارٍ البحث…
search_slow = الاتصال بطيء. البحث مستمر…
search_found = التقارير التي عُثر عليها: { $n }
search_some = لا يحتوي أي تقرير على الكلمات كلها وعددها { $asked }. وتحتوي هذه على { $held } منها.
search_nothing = لا يحتوي أي تقرير على ما تبحث عنه.
search_unknown = لا شيء هنا يُسمّى { $value } ({ $facet }).
search_broken = لا يمكن إتمام البحث: جزء من فهرسه مفقود أو تالف.
search_outdated = نُشر الموقع من جديد منذ فتح هذه الصفحة. أعد تحميل الصفحة للبحث فيه.
search_old_browser = هذا المتصفح قديم جدًا ولا يدعم البحث.
search_again = حاول مرة أخرى
search_more = عرض المزيد
search_order = الترتيب
search_best_first = الأنسب أولًا
search_newest_first = الأحدث أولًا
search_narrow = تضييق البحث
search_all = عرض الكل
search_save = حفظ هذا البحث
search_saved = عمليات البحث المحفوظة
search_saved_here = تُحفظ على هذا الجهاز فقط.
search_remove = إزالة { $name }
search_lists = قوائم التقارير
search_suggestions = اقتراحات
search_excerpt_missing = لا يمكن عرض أي مقطع.
search_in_text = في النص
search_topic = الموضوع
search_author = الكاتب
search_access = الوصول
search_access_public = عام

# الطبعات المختومة: رموز المشتركين
sealed_heading = القراءة برمز
sealed_code = رمزك
sealed_hint = 28 حرفًا ورقمًا؛ لا تهم الشرطات والمسافات ولا الحروف الصغيرة
sealed_remember = تذكّر على هذا الجهاز
sealed_open = فتح
sealed_working = جارٍ الفتح…
sealed_opened = النص مفتوح.
sealed_link = جاء الرابط برمزك. اضغط الزر لاستخدامه.
sealed_access = وصول المشترك حتى { $date }
sealed_access_endless = وصول المشترك
sealed_gifted = تقرأ هذا التقرير هديةً.
sealed_forget = نسيان
sealed_open_to_you = متاح لك
sealed_keep = حفظ للقراءة لاحقًا
sealed_mine = أرشيفي
sealed_new = الجديد منذ زيارتك الأخيرة
sealed_kept = محفوظة للقراءة لاحقًا
sealed_kept_here = تُحفظ القائمة على هذا الجهاز فقط.
sealed_renew = التسجيل أو التجديد
sealed_no_script = تحتاج الرموز إلى جافاسكربت. ومن دونه يقرأ المشتركون هذه الصفحة في سطر الأوامر بالأمر «briefpress open»، ويمكن لمن ليس لديه رمز أن يسجّل.
sealed_character = لا يحتوي أي رمز على الحرف { $c }.
sealed_short = يتكون الرمز من 28 حرفًا، وفي هذا { $n } فقط.
sealed_long = يتكون الرمز من 28 حرفًا، وفي هذا { $n }.
sealed_check = في هذا الرمز خطأ مطبعي، أو هو رمز منشورة أخرى.
sealed_unknown = هذا الرمز غير معروف هنا، أو لم يعد معروفًا. ربما حلّ محله رمز أحدث.
sealed_ended = انتهى الوصول في { $date }.
sealed_early = لم يبدأ هذا الوصول بعد.
sealed_plan = هذا النص ليس ضمن اشتراكك.
sealed_gift = انتهت هذه الهدية، أو هي لتقرير آخر.
sealed_damaged = لا يمكن فتح النص: أحد ملفات هذا الموقع تالف. أعد تحميل الصفحة، فإن لم ينفع ذلك فأخبر الناشر.
sealed_newer = نُشر الموقع من جديد منذ تحميل هذه الصفحة. أعد تحميل الصفحة.
sealed_insecure = لا تعمل الرموز إلا عبر اتصال آمن: يجب أن يبدأ العنوان بـ https.
sealed_network = فشل الاتصال. حاول مرة أخرى.
sealed_old_browser = هذا المتصفح قديم جدًا ولا يستطيع فتح النص.
sealed_file = لا يمكن فتح صورة أو مرفق.
