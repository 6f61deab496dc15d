//! The home page, the indexes, plain pages, and pages for addresses that lead elsewhere or nowhere.

use tera::Value;

use super::context::{
    AuthorsPage, CountriesPage, HomePage, LetterGroup, NamesPage, PlainPage, RedirectPage, RegionGroup, SearchPage,
    Shared, Term, TopicNode, TopicsPage,
};
use super::listing::rows_of;
use super::{Composed, Rendered, Renderer};
use crate::archive::{CountryId, PageId, RegionId, ReportId, TopicId};
use crate::config::{Access, RegisterWay};
use crate::locale::direction;
use crate::plan::{Page, Scope, Sort, front_rows, scopes};
use crate::url::encode_path;

impl Renderer {
    /// The home page, or a later page of all reports.
    pub(super) fn home(&self, page: &Page, number: usize) -> Composed {
        let all = &self.archive.lists.all;
        let lead = all
            .iter()
            .copied()
            .find(|id| self.archive[*id].public.featured)
            .or(all.first().copied())
            .filter(|_| number == 1);
        let front = front_rows(self.config.pagination);
        let mut list = self.list_after(front, all, number, "/");
        if let Some(lead) = lead {
            let rest: Vec<ReportId> = all.iter().copied().take(front).filter(|id| *id != lead).collect();
            list.years = self.years(&rest);
        }
        let (title, only) = if number > 1 {
            (self.paged(self.locale().word("all_reports"), number), false)
        } else {
            (self.config.title.clone(), true)
        };
        let description = self.config.description.clone().or_else(|| self.config.tagline.clone()).unwrap_or_default();
        let mut head = self.head(page, "home", title, description);
        head.title_only = only;
        head.feeds = self.feeds(None);
        head.things = if number == 1 { vec![self.site_thing()] } else { Vec::new() };
        let view = HomePage {
            lead: lead.map_or_else(Value::none, |id| Value::from_serializable(&self.row_view(id))),
            judgment: lead.and_then(|id| self.first_judgment(id)),
            list,
            regions: if number == 1 { self.region_groups() } else { Vec::new() },
            topics: if number == 1 { self.topic_tree() } else { Vec::new() },
        };
        self.composed("home.html", &view, head, Rendered::default())
    }

    /// The index of a sort of record.
    pub(super) fn index(&self, page: &Page, sort: Sort) -> Composed {
        let heading = self.sort_name(sort);
        let description =
            self.locale().told("description_index", &[("heading", heading), ("site", &self.config.title)]);
        let head = self.head(page, "index", heading.to_owned(), description);
        let of_sort = || scopes(&self.archive).filter(|scope| scope.sort() == sort && scope.has_page(&self.archive));
        let none = Rendered::default();
        match sort {
            Sort::Countries => {
                let view = CountriesPage { regions: self.region_groups(), letters: self.letters(of_sort()) };
                self.composed("countries.html", &view, head, none)
            }
            Sort::Authors => {
                self.composed("authors.html", &AuthorsPage { letters: self.letters(of_sort()) }, head, none)
            }
            Sort::Topics => self.composed("topics.html", &TopicsPage { topics: self.topic_tree() }, head, none),
            Sort::Regions | Sort::Series | Sort::Kinds => {
                let view = NamesPage { heading: heading.to_owned(), names: self.by_name(of_sort()) };
                self.composed("names.html", &view, head, none)
            }
        }
    }

    /// Countries with a page, by the nearest region of M49.
    fn region_groups(&self) -> Vec<RegionGroup> {
        let mut groups: Vec<(Scope, RegionGroup)> = Vec::new();
        for (index, region) in crate::geo::Region::all().enumerate() {
            let countries = (0..self.archive.countries.len() as u32)
                .map(CountryId)
                .filter(|id| self.archive[*id].geo.region() == region)
                .map(Scope::Country)
                .filter(|scope| scope.has_page(&self.archive));
            let countries = self.by_name(countries);
            if !countries.is_empty() {
                let scope = Scope::Region(RegionId(index as u32));
                groups.push((scope, RegionGroup { region: self.house().names.of(scope), countries }));
            }
        }
        groups.sort_by_key(|(scope, _)| self.sort_key(*scope));
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn topic_tree(&self) -> Vec<TopicNode> {
        let roots = (0..self.archive.topics.len() as u32).map(TopicId).filter(|id| self.archive[*id].parent.is_none());
        self.topic_nodes(roots.map(Scope::Topic).collect())
    }

    fn topic_nodes(&self, topics: Vec<Scope>) -> Vec<TopicNode> {
        let nodes = self
            .sorted(topics.into_iter().filter(|scope| scope.has_page(&self.archive)))
            .into_iter()
            .filter_map(|scope| {
                let Scope::Topic(id) = scope else { return None };
                let children = self.archive[id].children.iter().map(|id| Scope::Topic(*id)).collect();
                Some(TopicNode { topic: self.house().names.of(scope), children: self.topic_nodes(children) })
            });
        nodes.collect()
    }

    /// Names under their first letters.
    fn letters(&self, scopes: impl Iterator<Item = Scope>) -> Vec<LetterGroup> {
        let mut groups: Vec<LetterGroup> = Vec::new();
        for scope in self.sorted(scopes) {
            let letter = self.locale().letter(scope.name(&self.archive));
            match groups.last_mut().filter(|last| last.letter == letter) {
                Some(last) => last.names.push(self.house().names.of(scope)),
                None => groups.push(LetterGroup { letter, names: vec![self.house().names.of(scope)] }),
            }
        }
        groups
    }

    /// A plain page.
    pub(super) fn plain(&self, page: &Page, id: PageId) -> Composed {
        let plain = &self.archive[id];
        let mut rendered = Rendered::default();
        let is_register =
            self.config.register.way == RegisterWay::Link(plain.address.clone()) || plain.address == "/register/";
        let voice = self.voice(plain.lang.as_deref().unwrap_or(&self.config.language));
        let view = PlainPage {
            title: plain.title.clone(),
            body: self.text_among_others(voice, Some(&plain.text), &page.address, "", &mut rendered),
            samples: if is_register { self.samples() } else { Vec::new() },
            is_register,
            extra: Value::from_serializable(&plain.extra),
        };
        let mut head = self.head(page, "page", plain.title.clone(), plain.summary.clone().unwrap_or_default());
        head.noindex |= plain.noindex;
        if let Some(lang) = &plain.lang {
            head.lang.clone_from(lang);
            head.dir = direction(lang);
        }
        self.composed(plain.template.as_deref().unwrap_or("page.html"), &view, head, rendered)
    }

    /// Reports whose whole text everybody may read as a sample.
    fn samples(&self) -> Vec<Shared> {
        let all = self.archive.lists.all.iter().copied();
        let samples = all.filter(|id| self.archive[*id].public.access == Access::Sample);
        rows_of(&samples.collect::<Vec<_>>())
    }

    /// The page that searches the archive.
    pub(super) fn search(&self, page: &Page) -> Composed {
        let words = self.locale();
        let description =
            words.told("description_index", &[("heading", words.word("search")), ("site", &self.config.title)]);
        let mut head = self.head(page, "search", words.word("search").to_owned(), description);
        head.noindex = true;
        let term = |(name, key): (&str, &str)| Term { name: name.to_owned(), text: words.word(key).to_owned() };
        let facets = [
            ("country", "country"),
            ("region", "region"),
            ("topic", "search_topic"),
            ("author", "search_author"),
            ("kind", "kind"),
            ("series", "series"),
            ("year", "year"),
            ("access", "search_access"),
        ];
        let access =
            [("public", "search_access_public"), ("sample", "badge_sample"), ("subscribers", "badge_subscribers")];
        let view = SearchPage { facets: facets.map(term).into(), access: access.map(term).into() };
        self.composed("search.html", &view, head, Rendered::default())
    }

    pub(super) fn not_found(&self, page: &Page) -> Composed {
        let mut head = self.head(page, "404", self.locale().word("page_not_found").to_owned(), String::new());
        head.noindex = true;
        let view = PlainPage {
            title: head.title.clone(),
            body: Value::from(""),
            samples: Vec::new(),
            is_register: false,
            extra: Value::none(),
        };
        self.composed("404.html", &view, head, Rendered::default())
    }

    /// A page at an earlier address that leads on to the present one.
    pub(super) fn redirect(&self, page: &Page, to: &str) -> Composed {
        let mut head = self.head(page, "redirect", self.locale().word("page_moved").to_owned(), String::new());
        head.canonical = self.config.base.absolute(&encode_path(to));
        self.composed("redirect.html", &RedirectPage { to: encode_path(to) }, head, Rendered::default())
    }
}
