//! The words that readers see around the texts, in the language of the site.
//!
//! Each language is a file in `languages/`, embedded in the program: a text for each key, with
//! placeholders in braces, or a form for each plural. A site may give its own texts for single keys
//! in `content/strings.yaml`. Languages without a file have the English words.

mod countries;
mod numbers;
mod own;
mod times;

use std::{collections::BTreeMap, sync::LazyLock};

use camino::Utf8Path;

use crate::{
    model::span::Span,
    yaml::{self, Node, Value},
};

/// A language that the program has words in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Russian.
    Russian,
}

/// A plural of a language, after CLDR's rules for whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plural {
    /// 1, and in French 0; in Russian 21, 31 and so on.
    One,
    /// In Russian 2 to 4, 22 to 24 and so on.
    Few,
    /// In Russian all other whole numbers.
    Many,
    /// All others.
    Other,
}

impl Plural {
    const ALL: [Self; 4] = [Self::One, Self::Few, Self::Many, Self::Other];

    /// As the files name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::English,
        Self::French,
        Self::German,
        Self::Spanish,
        Self::Russian,
    ];

    /// The language of a BCP 47 tag; English for those that have no words here.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        Self::known(tag).unwrap_or(Self::English)
    }

    /// The language of a BCP 47 tag, if there are words in it.
    fn known(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next().unwrap_or(tag);
        let all = Self::ALL.into_iter();
        let mut known = all.filter(|language| first.eq_ignore_ascii_case(language.as_str()));
        known.next()
    }

    /// Its tag.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Russian => "ru",
        }
    }

    /// Its file.
    fn text(self) -> &'static str {
        match self {
            Self::English => include_str!("../languages/en.yaml"),
            Self::French => include_str!("../languages/fr.yaml"),
            Self::German => include_str!("../languages/de.yaml"),
            Self::Spanish => include_str!("../languages/es.yaml"),
            Self::Russian => include_str!("../languages/ru.yaml"),
        }
    }

    /// Which plural goes with a number.
    #[must_use]
    pub fn plural(self, n: u64) -> Plural {
        match self {
            Self::English | Self::German | Self::Spanish if n == 1 => Plural::One,
            Self::English | Self::German | Self::Spanish => Plural::Other,
            Self::French if n < 2 => Plural::One,
            Self::French => Plural::Other,
            Self::Russian => match (n % 10, n % 100) {
                (1, end) if end != 11 => Plural::One,
                (2..=4, end) if !(12..=14).contains(&end) => Plural::Few,
                _ => Plural::Many,
            },
        }
    }

    /// The plurals that whole numbers have in it.
    #[must_use]
    pub fn plurals(self) -> &'static [Plural] {
        match self {
            Self::Russian => &[Plural::One, Plural::Few, Plural::Many],
            _ => &[Plural::One, Plural::Other],
        }
    }
}

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// A text.
    Text(String),
    /// A text for each plural.
    Counted(BTreeMap<Plural, String>),
    /// Texts in an order that the key knows, such as months.
    List(Vec<String>),
}

impl Entry {
    /// All its texts.
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::Counted(forms) => forms.values().map(String::as_str).collect(),
            Self::List(items) => items.iter().map(String::as_str).collect(),
        }
    }

    fn of(node: &Node) -> Option<Self> {
        let text = |node: &Node| match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        match &node.value {
            Value::Text(text) => Some(Self::Text(text.clone())),
            Value::List(items) => items
                .iter()
                .map(text)
                .collect::<Option<_>>()
                .map(Self::List),
            Value::Map(forms) => {
                let form = |(key, node): &(yaml::Key, Node)| {
                    let plural = Plural::ALL.into_iter().find(|p| p.as_str() == key.name)?;
                    Some((plural, text(node)?))
                };
                let forms: Option<_> = forms.iter().map(form).collect();
                forms.map(Self::Counted)
            }
            _ => None,
        }
    }
}

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    language: Language,
    entries: BTreeMap<String, Entry>,
}

impl Default for Words {
    fn default() -> Self {
        Self::of("en")
    }
}

impl Words {
    /// The words for a site in the language of a BCP 47 tag.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let language = Language::of(tag);
        let text = language.text();
        // A test reads every file whole.
        let node = yaml::parse(Utf8Path::new("languages"), text, Span::new(0, text.len()));
        let pairs = match node.map(|node| node.value) {
            Ok(Value::Map(pairs)) => pairs,
            _ => Vec::new(),
        };
        let entries = pairs
            .into_iter()
            .filter_map(|(key, node)| Some((key.name, Entry::of(&node)?)));
        Self {
            language,
            entries: entries.collect(),
        }
    }

    /// The words inside a text: those of its own language where it names another one than the
    /// site's that has words, else these.
    #[must_use]
    pub fn inside(&self, language: Option<&str>) -> &Self {
        static ALL: LazyLock<[Words; 5]> =
            LazyLock::new(|| Language::ALL.map(|language| Words::of(language.as_str())));
        let own = language.and_then(Language::known);
        let own = own.filter(|own| *own != self.language);
        let own = own.and_then(|own| ALL.iter().find(|words| words.language == own));
        own.unwrap_or(self)
    }

    /// The language that they are in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// True where there is a text under a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The text under a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The text under a key with its placeholders filled.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.form(key, None), values)
    }

    /// The text for a number of things, which is its placeholder `n`.
    #[must_use]
    pub fn count(&self, key: &str, n: u64) -> String {
        filled(self.form(key, Some(n)), &[("n", &self.number(n))])
    }

    /// One text of a list; empty where the list is shorter.
    #[must_use]
    pub fn item(&self, key: &str, at: usize) -> &str {
        match self.entries.get(key) {
            Some(Entry::List(items)) => items.get(at).map_or("", String::as_str),
            _ => "",
        }
    }

    /// The text under a key before its placeholders are filled; the key itself where there is none.
    #[must_use]
    pub fn form<'a>(&'a self, key: &'a str, n: Option<u64>) -> &'a str {
        match self.entries.get(key) {
            Some(Entry::Text(text)) => text,
            Some(Entry::Counted(forms)) => {
                let plural = self.language.plural(n.unwrap_or_default());
                let form = forms.get(&plural).or_else(|| forms.values().next_back());
                form.map_or(key, String::as_str)
            }
            Some(Entry::List(_)) | None => key,
        }
    }

    /// The text under a key for each plural that it has, before its placeholders are filled: one
    /// `other` where the number does not matter.
    pub fn plurals<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (Plural, &'a str)> {
        let (forms, text) = match self.entries.get(key) {
            Some(Entry::Counted(forms)) => (Some(forms), None),
            _ => (None, Some((Plural::Other, self.form(key, None)))),
        };
        let forms = forms.into_iter().flatten();
        forms.map(|(plural, text)| (*plural, &**text)).chain(text)
    }

    /// "A", "A and B", "A, B and C".
    #[must_use]
    pub fn list(&self, items: &[&str]) -> String {
        match items {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => {
                let text = self.form("list_last", None);
                let names = [("names", &*first.join(", ")), ("last", *last)];
                match self.language == Language::Spanish && begins_with_i(last) {
                    true => filled(&text.replace(" y ", " e "), &names),
                    false => filled(text, &names),
                }
            }
        }
    }

    /// What a language calls itself, by its BCP 47 tag; the tag itself where it is not known.
    #[must_use]
    pub fn own_name(tag: &str) -> String {
        let first = tag.split(['-', '_']).next().unwrap_or(tag);
        let mut known = OWN_NAMES.iter();
        let own = known.find(|(tag, _)| tag.eq_ignore_ascii_case(first));
        own.map_or_else(|| tag.to_owned(), |(_, name)| (*name).to_owned())
    }

    /// What a language is called, by its BCP 47 tag; the tag itself where it is not known.
    #[must_use]
    pub fn language_name(&self, tag: &str) -> String {
        let first = tag.split(['-', '_']).next().unwrap_or(tag);
        let key = format!("language_{}", first.to_ascii_lowercase());
        match self.has(&key) {
            true => self.say(&key),
            false => tag.to_owned(),
        }
    }
}

/// What languages call themselves, as they write it inside a sentence; from CLDR.
const OWN_NAMES: [(&str, &str); 20] = [
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "español"),
    ("fa", "فارسی"),
    ("fr", "français"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("kk", "қазақ тілі"),
    ("ky", "кыргызча"),
    ("nl", "Nederlands"),
    ("pl", "polski"),
    ("pt", "português"),
    ("ru", "русский"),
    ("sv", "svenska"),
    ("tg", "тоҷикӣ"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("uz", "o‘zbek"),
    ("zh", "中文"),
];

/// True where Spanish has "e" for "and": before the sound of "i" that begins no diphthong.
fn begins_with_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let sound = word.strip_prefix('h').unwrap_or(&word);
    let mut letters = sound.chars();
    matches!(letters.next(), Some('i' | 'í')) && !matches!(letters.next(), Some('a' | 'e' | 'o'))
}

/// A text with values in the place of `{their names}`.
#[must_use]
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

/// The names of the placeholders in a text.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

#[cfg(test)]
mod tests;
