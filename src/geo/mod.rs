//! Countries (ISO 3166-1, with Kosovo) and regions (UN M49), and the look-up
//! of either from what an editor typed.
//!
//! The tables are compiled in and parsed once, on first use. `README.md` beside
//! this file says where the data comes from.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

mod fold;
mod suggest;

pub use fold::fold;
use fold::key;
pub use suggest::suggest;

/// Languages with a column of names in both tables, in column order.
const LANGUAGES: [&str; 5] = ["en", "es", "pt", "fr", "ar"];
/// First column of names in `countries.tsv`; aliases and demonyms follow the names.
const COUNTRY_NAMES: usize = 4;
/// First column of names in `regions.tsv`; aliases follow the names.
const REGION_NAMES: usize = 2;

static COUNTRIES: LazyLock<Table<11>> = LazyLock::new(|| Table::parse(include_str!("countries.tsv")));
static REGIONS: LazyLock<Table<8>> = LazyLock::new(|| Table::parse(include_str!("regions.tsv")));
static COUNTRY_INDEX: LazyLock<Index<Country>> = LazyLock::new(index_countries);
static REGION_INDEX: LazyLock<Index<Region>> = LazyLock::new(index_regions);
static COUNTRY_REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let region_of = |row: &[&str; 11]| Region::find(row[3]).expect("a country's region is in regions.tsv");
    COUNTRIES.rows.iter().map(region_of).collect()
});

/// A country or territory of ISO 3166-1, or Kosovo (`XK`).
///
/// Values order by alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Country(u16);

impl Country {
    /// The ISO 3166-1 alpha-2 code, in capitals: `MX`.
    pub fn alpha2(self) -> &'static str {
        self.row()[0]
    }

    /// The ISO 3166-1 alpha-3 code, in capitals: `MEX`. Kosovo has the user-assigned `XKX`.
    pub fn alpha3(self) -> &'static str {
        self.row()[1]
    }

    /// The ISO 3166-1 numeric code, three digits: `484`. Kosovo has the user-assigned `983`.
    pub fn numeric(self) -> &'static str {
        self.row()[2]
    }

    /// The short name in the language of a BCP 47 tag (`pt`, `pt-BR`), as printed on a dateline.
    ///
    /// A language that is not shipped gives the English name.
    pub fn name(self, lang: &str) -> &'static str {
        self.row()[COUNTRY_NAMES + language_column(lang)]
    }

    /// Other names it is found by: long and past names, abbreviations, local names.
    ///
    /// A spelling that differs from a shipped name only in what [`fold`] drops is not repeated.
    pub fn aliases(self) -> impl Iterator<Item = &'static str> {
        list(self.row()[9])
    }

    /// Every name in every shipped language, English first, then the aliases.
    pub fn spellings(self) -> impl Iterator<Item = &'static str> {
        self.row()[COUNTRY_NAMES..9].iter().copied().chain(self.aliases())
    }

    /// English adjectives for its people and things, commonest first: `British`. May be empty.
    pub fn demonyms(self) -> impl Iterator<Item = &'static str> {
        list(self.row()[10])
    }

    /// The most specific M49 region that holds it: Central America for Mexico.
    pub fn region(self) -> Region {
        COUNTRY_REGIONS[usize::from(self.0)]
    }

    /// Every country, by alpha-2 code.
    pub fn all() -> impl Iterator<Item = Country> {
        (0..).map(Country).take(COUNTRIES.rows.len())
    }

    fn row(self) -> &'static [&'static str; 11] {
        &COUNTRIES.rows[usize::from(self.0)]
    }
}

/// A region of the UN M49 standard: the world, a continent, a sub-region or an intermediate region.
///
/// Values order by M49 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Region(u16);

impl Region {
    /// The M49 code, three digits: `013`.
    pub fn code(self) -> &'static str {
        self.row()[0]
    }

    /// The name in the language of a BCP 47 tag; English if the language is not shipped.
    pub fn name(self, lang: &str) -> &'static str {
        self.row()[REGION_NAMES + language_column(lang)]
    }

    /// The region that holds this one in M49; none for the world.
    pub fn parent(self) -> Option<Region> {
        Region::find(self.row()[1])
    }

    /// Every region, by M49 code.
    pub fn all() -> impl Iterator<Item = Region> {
        (0..).map(Region).take(REGIONS.rows.len())
    }

    /// The region of an M49 code, or of a name in any shipped language, read as [`find`] reads.
    pub fn find(name_or_code: &str) -> Option<Region> {
        REGION_INDEX.find(name_or_code)
    }

    fn row(self) -> &'static [&'static str; 8] {
        &REGIONS.rows[usize::from(self.0)]
    }
}

/// The country an editor meant, or none.
///
/// Takes an ISO 3166-1 alpha-2, alpha-3 or numeric code, a name in any shipped
/// language, a local or past name, or an abbreviation. Case, diacritics,
/// punctuation and a leading "the" do not matter, and a code wins over a name.
/// A name that two countries share, such as "Congo", gives none.
pub fn find(text: &str) -> Option<Country> {
    COUNTRY_INDEX.find(text)
}

/// The rows of a tab-separated table, its header line left out.
struct Table<const COLUMNS: usize> {
    rows: Vec<[&'static str; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    fn parse(text: &'static str) -> Self {
        Table { rows: text.lines().skip(1).map(Self::parse_row).collect() }
    }

    fn parse_row(line: &'static str) -> [&'static str; COLUMNS] {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().expect("each row of a shipped table has every column")
    }
}

/// What each look-up key stands for.
struct Index<T>(FxHashMap<String, T>);

impl<T: Copy> Index<T> {
    /// Adds a key, unless an earlier one holds it: codes are added before names.
    fn add(&mut self, key: String, value: T) {
        self.0.entry(key).or_insert(value);
    }

    /// Adds a numeric code, with and without its leading zeros.
    fn add_number(&mut self, digits: &str, value: T) {
        self.add(digits.to_owned(), value);
        self.add(digits.trim_start_matches('0').to_owned(), value);
    }

    fn find(&self, text: &str) -> Option<T> {
        match lower_word(text.trim(), &mut [0; 24]) {
            Some(word) => self.0.get(word).copied(),
            None => self.0.get(key(text).as_str()).copied(),
        }
    }
}

/// Lower-cases a short word of ASCII letters and digits in place; such a word is its own key.
fn lower_word<'a>(text: &str, buffer: &'a mut [u8; 24]) -> Option<&'a str> {
    let word = buffer.get_mut(..text.len())?;
    word.copy_from_slice(text.as_bytes());
    word.make_ascii_lowercase();
    let plain = word.iter().all(u8::is_ascii_alphanumeric);
    plain.then(|| std::str::from_utf8(word).ok()).flatten()
}

fn index_countries() -> Index<Country> {
    let mut index = Index(FxHashMap::default());
    for country in Country::all() {
        index.add(country.alpha2().to_lowercase(), country);
        index.add(country.alpha3().to_lowercase(), country);
        index.add_number(country.numeric(), country);
    }
    for country in Country::all() {
        country.spellings().for_each(|name| index.add(key(name), country));
    }
    index
}

fn index_regions() -> Index<Region> {
    let mut index = Index(FxHashMap::default());
    for region in Region::all() {
        let row = region.row();
        index.add_number(row[0], region);
        let names = row[REGION_NAMES..7].iter().copied().chain(list(row[7]));
        names.for_each(|name| index.add(key(name), region));
    }
    index
}

/// The items of a `;`-separated cell.
fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split_terminator(';')
}

/// The column, from the first column of names, of a BCP 47 tag's language; English if not shipped.
fn language_column(tag: &str) -> usize {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().position(|known| known.eq_ignore_ascii_case(language)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> &'static str {
        find(text).map_or("nothing", Country::alpha2)
    }

    /// Takes names, each with the code it should find after its last space, between bars.
    fn assert_found(expected: &str) {
        for (name, code) in expected.split(" | ").filter_map(|pair| pair.rsplit_once(' ')) {
            assert_eq!(found(name), code, "{name}");
        }
    }

    fn suggested(text: &str, most: usize) -> Vec<(&'static str, &'static str)> {
        suggest(text, most).into_iter().map(|(country, name)| (country.alpha2(), name)).collect()
    }

    fn title_case(text: &str) -> String {
        let mut at_start = true;
        let cased = text.chars().map(|c| {
            let first = std::mem::replace(&mut at_start, c == ' ');
            if first { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() }
        });
        cased.collect()
    }

    #[test]
    fn the_table_holds_the_249_countries_of_iso_3166_and_kosovo_in_order() {
        let codes: Vec<&str> = Country::all().map(Country::alpha2).collect();
        assert_eq!(codes.len(), 250);
        assert!(codes.contains(&"XK"));
        assert!(codes.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn every_code_has_the_shape_its_standard_asks_for() {
        for country in Country::all() {
            assert_eq!((country.alpha2().len(), country.alpha3().len()), (2, 3));
            assert!([country.alpha2(), country.alpha3()].concat().bytes().all(|b| b.is_ascii_uppercase()));
            assert!(country.numeric().len() == 3 && country.numeric().bytes().all(|b| b.is_ascii_digit()));
        }
        assert!(Region::all().all(|region| region.code().len() == 3));
    }

    #[test]
    fn every_code_name_and_alias_finds_its_own_country_in_any_case() {
        for country in Country::all() {
            let codes = [country.alpha2(), country.alpha3(), country.numeric()];
            for text in codes.into_iter().chain(country.spellings()) {
                for typed in [text.to_owned(), text.to_lowercase(), text.to_uppercase(), title_case(text)] {
                    assert_eq!(find(&typed), Some(country), "{typed}");
                }
            }
        }
    }

    #[test]
    fn no_key_belongs_to_two_countries() {
        let mut owners: FxHashMap<String, Country> = FxHashMap::default();
        for country in Country::all() {
            let codes = [country.alpha2(), country.alpha3(), country.numeric()];
            for text in codes.into_iter().chain(country.spellings()) {
                let owner = *owners.entry(key(text)).or_insert(country);
                assert_eq!(owner, country, "{text} is also {}", owner.name("en"));
            }
        }
    }

    #[test]
    fn no_name_is_empty_or_untidy() {
        let tidy = |text: &str| !text.is_empty() && text.trim() == text && !key(text).is_empty();
        for country in Country::all() {
            assert!(country.spellings().chain(country.demonyms()).all(tidy), "{}", country.alpha2());
            let names = LANGUAGES.map(|language| country.name(language)).concat();
            assert!(!names.contains(['&', '(', ')']), "{names}");
        }
        for region in Region::all() {
            assert!(LANGUAGES.iter().all(|language| tidy(region.name(language))), "{}", region.code());
        }
    }

    #[test]
    fn past_names_find_the_country_of_today() {
        assert_found(
            "Burma MM | Swaziland SZ | Zaire CD | Ceylon LK | Persia IR | Upper Volta BF | Rhodesia ZW | \
             Siam TH | Dahomey BJ | Czech Republic CZ | Macedonia MK | Cape Verde CV | Cabo Verde CV | \
             East Timor TL | Ivory Coast CI | Holland NL | Türkiye TR",
        );
    }

    #[test]
    fn states_that_broke_up_find_nothing() {
        for name in ["USSR", "Soviet Union", "Yugoslavia", "Czechoslovakia", "Serbia and Montenegro"] {
            assert_eq!(found(name), "nothing", "{name}");
        }
    }

    #[test]
    fn abbreviations_are_found_with_and_without_stops() {
        assert_found(
            "UK GB | u.k. GB | USA US | U.S. US | U. S. A. US | the US US | UAE AE | DRC CD | \
             D.R. Congo CD | PRC CN | ROK KR | DPRK KP | KSA SA | PNG PG | US Virgin Islands VI | \
             N.Z. NZ",
        );
    }

    #[test]
    fn local_names_are_found() {
        assert_found(
            "México MX | mexico MX | Deutschland DE | Brasil BR | 日本 JP | Россия RU | 대한민국 KR | \
             Ελλάδα GR | الأردن JO | ประเทศไทย TH | Suomi FI | Éire IE | Ísland IS | Việt Nam VN | \
             भारत IN",
        );
    }

    #[test]
    fn articles_diacritics_and_punctuation_do_not_matter() {
        assert_found(
            "the Netherlands NL | THE GAMBIA GM | Gambia, The GM | Cote d'Ivoire CI | CÔTE D’IVOIRE CI | \
             Guinea–Bissau GW | Curacao CW | St Lucia LC | Saint Lucia LC | Trinidad & Tobago TT | \
             Bosnia-Herzegovina BA | Korea, Republic of KR | Timor Leste TL | TÜRKİYE TR | Aland AX",
        );
        assert_eq!((found(" mx\n"), found("  Costa  Rica ")), ("MX", "CR"));
    }

    #[test]
    fn a_two_letter_word_is_an_alpha_2_code_first() {
        assert_found("no NO | in IN | Is IS | la LA | SA SA | de DE | the US US");
    }

    #[test]
    fn shared_names_go_where_a_newsroom_expects() {
        assert_found("Korea KR | Guinea GN | Georgia GE | Ireland IE | Samoa WS | America US | Dominica DM | Niger NE");
        assert_eq!(found("Congo"), "nothing");
    }

    #[test]
    fn numeric_codes_may_have_lost_their_zeros() {
        assert_eq!((found("004"), found("4"), found("484"), found("0")), ("AF", "AF", "MX", "nothing"));
        assert_eq!(Region::find("13"), Region::find("Central America"));
    }

    #[test]
    fn nonsense_finds_nothing_and_suggests_nothing() {
        for text in ["", " ", "the", "--", "&", "Atlantis", "qq", "republic of nowhere at all in this world"] {
            assert_eq!((found(text), suggest(text, 5)), ("nothing", vec![]), "{text:?}");
        }
    }

    #[test]
    fn slips_are_answered_with_the_nearest_name() {
        assert_eq!(suggested("Mexcio", 3), [("MX", "Mexico")]);
        assert_eq!(suggested("Untied Kingdom", 1), [("GB", "United Kingdom")]);
        assert_eq!(suggested("the Phillipnes", 1), [("PH", "Philippines")]);
        assert_eq!(suggested("Kyrgystan", 1), [("KG", "Kyrgyzstan")]);
        assert_eq!(suggested("Birma", 1), [("MM", "Burma")]);
        assert_eq!(suggested("Afghanstan", 1), [("AF", "Afghanistan")]);
    }

    #[test]
    fn suggestions_name_each_country_once_and_keep_to_the_limit() {
        let all = suggest("Nigera", 10);
        assert!(all.len() > 1 && suggest("Nigera", 1).len() == 1 && suggest("Nigera", 0).is_empty());
        let mut countries: Vec<Country> = all.iter().map(|&(country, _)| country).collect();
        countries.sort();
        assert!(countries.is_sorted_by(|a, b| a < b), "{all:?}");
    }

    #[test]
    fn a_shared_word_suggests_every_country_that_holds_it() {
        assert_eq!(suggested("Congo", 3), [("CD", "Democratic Republic of Congo"), ("CG", "Republic of Congo")]);
        assert_eq!(suggested("New Guinea", 1), [("PG", "Papua New Guinea")]);
        assert_eq!(suggested("Virgin Islands", 3).len(), 2);
    }

    #[test]
    fn names_follow_the_language_tag_and_fall_back_to_english() {
        let mexico = find("MX").expect("Mexico is in the table");
        let names = ["fr", "es-419", "PT_br", "ar", "de", ""].map(|language| mexico.name(language));
        assert_eq!(names, ["Mexique", "México", "México", "المكسيك", "Mexico", "Mexico"]);
        assert_eq!((mexico.alpha3(), mexico.numeric()), ("MEX", "484"));
        assert_eq!(mexico.demonyms().next(), Some("Mexican"));
    }

    #[test]
    fn every_region_chain_ends_in_the_world() {
        for country in Country::all() {
            let chain: Vec<&str> = std::iter::successors(Some(country.region()), |region| region.parent())
                .map(Region::code)
                .take(9)
                .collect();
            assert_eq!(chain.last(), Some(&"001"), "{} {chain:?}", country.alpha2());
            assert!((2..=4).contains(&chain.len()) || country.alpha2() == "AQ", "{} {chain:?}", country.alpha2());
        }
    }

    #[test]
    fn every_region_holds_a_country_and_is_found_by_code_and_name() {
        for region in Region::all() {
            let holds =
                |country: Country| std::iter::successors(Some(country.region()), |r| r.parent()).any(|r| r == region);
            assert!(Country::all().any(holds), "{}", region.name("en"));
            assert!(region.parent().is_some() == (region.code() != "001"));
            let names = LANGUAGES.map(|language| region.name(language));
            for text in names.into_iter().chain([region.code()]).chain(list(region.row()[7])) {
                assert_eq!(Region::find(&text.to_uppercase()), Some(region), "{text}");
            }
        }
    }

    #[test]
    fn regions_nest_as_m49_nests_them() {
        let chain = |code: &str| {
            let region = find(code).expect("a country").region();
            let up = std::iter::successors(Some(region), |region| region.parent());
            up.map(|region| region.name("en")).collect::<Vec<_>>().join(" < ")
        };
        assert_eq!(chain("MX"), "Central America < Latin America and the Caribbean < Americas < World");
        assert_eq!(chain("KE"), "Eastern Africa < Sub-Saharan Africa < Africa < World");
        assert_eq!(chain("EG"), "Northern Africa < Africa < World");
        assert_eq!(chain("US"), "Northern America < Americas < World");
        assert_eq!(chain("XK"), "Southern Europe < Europe < World");
        assert_eq!(chain("AQ"), "World");
    }

    #[test]
    fn folding_keeps_letters_and_digits_alone() {
        assert_eq!(fold("  São Tomé & Príncipe! "), "sao tome principe");
        assert_eq!(fold("Færøerne, ŁÓDŹ; Straße"), "faeroerne lodz strasse");
        assert_eq!(fold("O‘zbekiston Oʻzbekiston"), "o zbekiston o zbekiston");
        assert_eq!(fold("ＡＢＣ ①"), "abc 1");
        assert_eq!(fold(&fold("Côte d’Ivoire")), fold("Côte d’Ivoire"));
    }
}
