//! "Did you mean …?"

/// The known word most like `word` by Jaro-Winkler similarity, if one is like enough; of equals
/// the first.
#[must_use]
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(&str, f64)> = None;
    for candidate in known {
        let score = strsim::jaro_winkler(&word, &candidate.to_lowercase());
        if score > best.map_or(0.8, |(_, score)| score) {
            best = Some((candidate, score));
        }
    }
    best.map(|(candidate, _)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_typos_and_nothing_far_off() {
        let keys = ["title", "tags", "topics", "date"];
        assert_eq!(closest("tgas", keys), Some("tags"));
        assert_eq!(closest("titel", keys), Some("title"));
        assert_eq!(closest("weather", keys), None);
    }
}
