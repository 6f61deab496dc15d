//! Front matter as it is written: raw texts that mirror the YAML. `archive` resolves them.

use crate::yaml::{TextOr, Texts, shape};

shape! {
    /// Front matter of a report.
    pub struct ReportFront {
        /// Unique and never reused: `MX-2025-031`.
        id: Option<String>,
        /// The headline; a kicker that is known (`Politics: …`) is split off.
        title: Option<String>,
        /// The words before the headline.
        kicker: Option<String>,
        /// One or two sentences, shown in every list.
        summary: Option<String>,
        /// The last part of the address; the file's name if not given.
        slug: Option<String>,
        /// Earlier addresses.
        aliases: Texts,
        /// One of the configured kinds.
        kind: Option<String>,
        /// The series it belongs to.
        series: Option<String>,
        /// Its number in the series.
        number: Option<u32>,
        /// Authors in the order of the byline.
        authors: Texts,
        /// Who else worked on it.
        contributors: Texts,
        /// Who edited it.
        editor: Option<String>,
        /// Countries, the first is primary: names or ISO 3166 codes.
        countries: Texts,
        /// Regions beyond those of its countries.
        regions: Texts,
        /// Topics.
        topics: Texts,
        /// When it is published.
        date: Option<String>,
        /// The place it is written from.
        dateline: Option<String>,
        /// The day up to which its data reach.
        data_as_of: Option<String>,
        /// The day on which it is to be looked at again.
        review_by: Option<String>,
        /// `published` (if not given), `draft`, `review`, `withdrawn` or `superseded`.
        status: Option<String>,
        /// Not before this moment.
        embargo: Option<String>,
        /// What was changed after publication.
        updates: Vec<UpdateFront>,
        /// Ids of the reports that this one replaces.
        supersedes: Texts,
        /// Ids of reports to read next.
        related: Texts,
        /// `public`, `sample` or `subscribers`.
        access: Option<String>,
        /// Raised to give the sealed text a new key.
        seal: Option<u32>,
        /// The day from which a gated report is public.
        free_after: Option<String>,
        /// What is judged, and how sure.
        judgments: Vec<JudgmentFront>,
        /// The outlook in a phrase.
        outlook: Option<String>,
        /// Dated events to watch.
        watch: Vec<WatchFront>,
        /// Where it comes from.
        sources: Vec<TextOr<SourceFront>>,
        /// How it was made.
        method: Option<String>,
        /// Interests to be told.
        disclosures: Vec<TextOr<DisclosureFront>>,
        /// BCP 47 tag of its language, if not the site's.
        lang: Option<String>,
        /// Id of the report that it translates.
        translation_of: Option<String>,
        /// A picture at its head.
        image: Option<ImageFront>,
        /// Whether the home page leads with it.
        featured: Option<bool>,
        /// Whether search engines are asked to pass it by.
        noindex: Option<bool>,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}

shape! {
    /// A change after publication.
    pub struct UpdateFront {
        /// When.
        date: Option<String>,
        /// `minor`, `update`, `correction`, `clarification` or `retraction`.
        r#type: Option<String>,
        /// What was changed.
        note: Option<String>,
    }
}

shape! {
    /// A judgment with its likelihood.
    pub struct JudgmentFront {
        /// What is judged.
        text: Option<String>,
        /// One of the seven terms of ICD 203.
        likelihood: Option<String>,
        /// `low`, `moderate` or `high`.
        confidence: Option<String>,
        /// By when it should show.
        horizon: Option<String>,
        /// How it came out.
        outcome: Option<OutcomeFront>,
    }
}

shape! {
    /// How a judgment came out.
    pub struct OutcomeFront {
        /// `open`, `borne out`, `partly` or `not borne out`.
        result: Option<String>,
        /// When that was known.
        date: Option<String>,
        /// What happened.
        note: Option<String>,
    }
}

shape! {
    /// A dated event to watch.
    pub struct WatchFront {
        /// When.
        date: Option<String>,
        /// What.
        event: Option<String>,
    }
}

shape! {
    /// A source.
    pub struct SourceFront {
        /// Its title.
        title: Option<String>,
        /// Who published it.
        publisher: Option<String>,
        /// When, as its own publisher writes it.
        date: Option<String>,
        /// Where it can be read.
        url: Option<String>,
    }
}

shape! {
    /// An interest to be told.
    pub struct DisclosureFront {
        /// What.
        text: Option<String>,
        /// Whether only subscribers read it.
        gated: Option<bool>,
    }
}

shape! {
    /// A picture at the head of a report.
    pub struct ImageFront {
        /// A file beside the report.
        src: Option<String>,
        /// What it shows, for who does not see it.
        alt: Option<String>,
        /// Who made it.
        credit: Option<String>,
        /// A line under it.
        caption: Option<String>,
        /// Whether everybody sees it although the report is gated.
        public: Option<bool>,
    }
}

shape! {
    /// Front matter of a country's record.
    pub struct CountryFront {
        /// ISO 3166-1 alpha-2; the file's name if not given.
        code: Option<String>,
        /// The name that this site prints.
        name: Option<String>,
        /// Other names that editors may type.
        aliases: Texts,
        /// The last part of its address.
        slug: Option<String>,
        /// The capital.
        capital: Option<String>,
        /// `subscribers` if view, outlook and facts are gated.
        access: Option<String>,
        /// The standing view.
        view: Option<ViewFront>,
        /// The outlook.
        outlook: Option<OutlookFront>,
        /// Facts, each with its date and source.
        facts: Vec<FactFront>,
        /// Ids of the reports to begin with.
        key_reports: Texts,
        /// Dated events to watch.
        watch: Vec<WatchFront>,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}

shape! {
    /// A standing view: two sentences, signed and dated.
    pub struct ViewFront {
        /// The view.
        text: Option<String>,
        /// As of when.
        date: Option<String>,
        /// Who holds it.
        authors: Texts,
    }
}

shape! {
    /// An outlook.
    pub struct OutlookFront {
        /// In words.
        text: Option<String>,
        /// As of when.
        date: Option<String>,
        /// `improving`, `stable` or `worsening`.
        direction: Option<String>,
    }
}

shape! {
    /// A fact about a country.
    pub struct FactFront {
        /// What is told.
        label: Option<String>,
        /// The figure or words.
        value: Option<String>,
        /// As of when.
        as_of: Option<String>,
        /// Where it comes from.
        source: Option<String>,
    }
}

shape! {
    /// Front matter of an author's record.
    pub struct AuthorFront {
        /// The name in the byline.
        name: Option<String>,
        /// Other spellings.
        aliases: Texts,
        /// The last part of the address.
        slug: Option<String>,
        /// What they do here.
        role: Option<String>,
        /// What they know.
        expertise: Texts,
        /// What they speak.
        languages: Texts,
        /// Where they are.
        based: Option<String>,
        /// Interests to be told.
        disclosures: Texts,
        /// A mail address.
        email: Option<String>,
        /// An address elsewhere.
        url: Option<String>,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}

shape! {
    /// Front matter of a topic's record.
    pub struct TopicFront {
        /// The name in print.
        name: Option<String>,
        /// Synonyms that editors may type.
        aliases: Texts,
        /// The last part of the address.
        slug: Option<String>,
        /// The topic above it.
        parent: Option<String>,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}

shape! {
    /// Front matter of a region's record.
    pub struct RegionFront {
        /// UN M49 code, if it is one of the world's own regions.
        code: Option<String>,
        /// The name in print.
        name: Option<String>,
        /// Other names that editors may type.
        aliases: Texts,
        /// The last part of the address.
        slug: Option<String>,
        /// The countries of a region that the site defines.
        countries: Texts,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}

shape! {
    /// Front matter of a series' record.
    pub struct SeriesFront {
        /// The name in print.
        name: Option<String>,
        /// Other names that editors may type.
        aliases: Texts,
        /// The last part of the address.
        slug: Option<String>,
        /// `subscribers` if the text about the series is gated.
        access: Option<String>,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}

shape! {
    /// Front matter of a plain page.
    pub struct PageFront {
        /// The headline.
        title: Option<String>,
        /// A sentence for search engines.
        summary: Option<String>,
        /// The address; made from the file's name if not given.
        slug: Option<String>,
        /// Earlier addresses.
        aliases: Texts,
        /// BCP 47 tag of its language.
        lang: Option<String>,
        /// Whether search engines are asked to pass it by.
        noindex: Option<bool>,
        /// A template of its own.
        template: Option<String>,
        /// The site's own fields.
        extra: Option<serde_json::Value>,
    }
}
