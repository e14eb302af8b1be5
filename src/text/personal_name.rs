//! How a person is called again: the parts of a full name that stand for it.
//!
//! Input: a name as a text has it, "Muhammad bin Salman". Output: its short forms, "bin Salman" and
//! "Salman". Which part is the family's depends on where the name comes from: the last word in most
//! of Europe, with its particles ("de Villepin", "von der Leyen"), two words in Spanish ("López
//! Obrador"), the first word in Chinese and Korean ("Xi"), what follows the article in Arabic.

/// Words after a name that are no part of the family's name.
const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

/// Family names that stand first, in Chinese (pinyin and Wade-Giles) and Korean.
const FAMILY_FIRST: &[&str] = &[
    "ahn", "an", "bae", "bai", "baek", "ban", "bo", "cai", "cao", "chang", "chen", "cheng", "cho",
    "choe", "choi", "chou", "chu", "chung", "cui", "dai", "deng", "ding", "dong", "du", "duan",
    "fan", "fang", "feng", "fu", "gao", "geng", "gong", "gu", "guo", "han", "hao", "he", "ho",
    "hong", "hou", "hsu", "hu", "hua", "huang", "hwang", "jang", "jeon", "jeong", "ji", "jia",
    "jiang", "jin", "jung", "kang", "kim", "ko", "kong", "koo", "kwon", "lai", "lei", "lee", "li",
    "liang", "liao", "lim", "lin", "ling", "liu", "lu", "luo", "ma", "mao", "meng", "moon", "nam",
    "noh", "oh", "pan", "pang", "park", "peng", "qi", "qian", "qiao", "qin", "qu", "ren", "roh",
    "ryu", "seo", "shao", "shen", "shi", "shin", "sohn", "song", "su", "suh", "sun", "tan", "tang",
    "tao", "tian", "tsai", "wan", "wang", "wei", "wen", "wu", "xi", "xia", "xiao", "xie", "xiong",
    "xu", "xue", "yan", "yang", "yao", "ye", "yi", "yin", "yoo", "yoon", "you", "yu", "yuan",
    "yun", "zeng", "zhang", "zhao", "zheng", "zhong", "zhou", "zhu", "zou",
];

/// The Arabic article, as names have it.
const ARTICLES: &[&str] = &[
    "al-", "el-", "ad-", "an-", "ar-", "as-", "ash-", "at-", "az-",
];

/// The short forms of a full name, the longest first; none for a name of one word.
///
/// Every end of the name is one, from its second word on, with or without "Jr." and the Arabic
/// article; and the first word, where the family's name stands first.
#[must_use]
pub fn short_forms(name: &str) -> Vec<&str> {
    let bare = without_suffix(name);
    let mut forms = Vec::new();
    let mut rest = bare;
    while let Some((_, end)) = rest.split_once(' ') {
        if bare.len() < name.len() {
            forms.push(&name[bare.len() - end.len()..]);
        }
        forms.push(end);
        rest = end;
    }
    if forms.is_empty() {
        return forms;
    }
    if let Some(stem) = without_article(rest) {
        forms.push(stem);
    }
    if is_family_first(bare)
        && let Some((family, _)) = bare.split_once(' ')
    {
        forms.push(family);
    }
    // One letter names nobody: "Malcolm X" stays whole.
    forms.retain(|form| form.chars().nth(1).is_some());
    forms
}

fn is_among(list: &[&str], word: &str) -> bool {
    list.iter().any(|own| own.eq_ignore_ascii_case(word))
}

/// The name without "Jr." and the like.
fn without_suffix(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((bare, last)) if is_among(SUFFIXES, last) && bare.contains(' ') => {
            bare.trim_end_matches(',')
        }
        _ => name,
    }
}

/// "Baghdadi" of "al-Baghdadi".
fn without_article(word: &str) -> Option<&str> {
    let lower = word.to_ascii_lowercase();
    let article = ARTICLES
        .iter()
        .find(|article| lower.starts_with(*article))?;
    let stem = &word[article.len()..];
    stem.starts_with(char::is_uppercase).then_some(stem)
}

/// True for a Chinese or Korean name in its own order: "Xi Jinping", "Kim Jong-un".
#[must_use]
pub fn is_family_first(name: &str) -> bool {
    let Some((family, given)) = name.split_once(' ') else {
        return false;
    };
    let syllables = given
        .split([' ', '-'])
        .filter(|part| !part.is_empty())
        .map(syllables)
        .sum::<Option<usize>>();
    is_among(FAMILY_FIRST, family) && syllables.is_some_and(|n| n <= 2)
}

/// How many syllables of romanised Chinese or Korean a word is made of, if it is.
fn syllables(word: &str) -> Option<usize> {
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'ü');
    let mut rest = word.to_lowercase();
    let mut count = 0;
    while !rest.is_empty() {
        let start: String = rest.chars().take_while(|c| !is_vowel(c)).collect();
        let is_start = matches!(start.len(), 0 | 1)
            || matches!(&*start, "zh" | "ch" | "sh" | "ts")
            || start.ends_with('y') && start.len() == 2;
        if !is_start || start.contains('v') {
            return None;
        }
        rest.drain(..start.len());
        let core: String = rest.chars().take_while(is_vowel).collect();
        if core.is_empty() || core.chars().count() > 3 {
            return None;
        }
        rest.drain(..core.len());
        let next_is_vowel = |n: usize| rest.chars().nth(n).is_some_and(|c| is_vowel(&c));
        let end = match rest.as_bytes() {
            [b'n', b'g', ..] if !next_is_vowel(2) => 2,
            [b'n' | b'k' | b'l' | b'm' | b'p', ..] if !next_is_vowel(1) => 1,
            _ => 0,
        };
        rest.drain(..end);
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        assert_eq!(short_forms(name), expected, "{name}");
    }

    #[test]
    fn the_family_is_told_by_where_the_name_comes_from() {
        check("Sebastien Peyrouse", &["Peyrouse"]);
        check("Dominique de Villepin", &["de Villepin", "Villepin"]);
        check(
            "Ursula von der Leyen",
            &["von der Leyen", "der Leyen", "Leyen"],
        );
        check("Manuel López Obrador", &["López Obrador", "Obrador"]);
        check("Muhammad bin Salman", &["bin Salman", "Salman"]);
        check("Bakr al-Baghdadi", &["al-Baghdadi", "Baghdadi"]);
        check("Xi Jinping", &["Jinping", "Xi"]);
        check("Kim Jong-un", &["Jong-un", "Kim"]);
        check("Robert Kennedy Jr.", &["Kennedy Jr.", "Kennedy"]);
        check("Emomali Rahmon", &["Rahmon"]);
        check("Malcolm X", &[]);
        check("Reuters", &[]);
    }

    #[test]
    fn a_first_name_that_looks_like_a_family_is_none() {
        for name in ["Kim Kardashian", "Lee Harvey Oswald", "An Ordinary Man"] {
            assert!(!is_family_first(name), "{name}");
        }
        for name in ["Moon Jae-in", "Zhou Enlai", "Tsai Ing-wen", "Park Geun-hye"] {
            assert!(is_family_first(name), "{name}");
        }
    }
}
