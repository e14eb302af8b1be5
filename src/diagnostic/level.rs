//! How bad a kind of mistake is on this site: `diagnostics:` in `site.yaml`.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};

/// What `site.yaml` makes of a kind of mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It forbids to publish.
    Error,
    /// It is printed.
    Warning,
    /// It is passed over.
    Off,
}

/// The kinds of mistakes that may be taken more lightly than by default. All others keep a site
/// whole, or keep from readers what they must not see: those can only be taken more seriously.
const MAY_BE_LOWERED: &[Code] = &[
    Code::FrontMatterUnknownEntity,
    Code::LinkBroken,
    Code::LinkAnchor,
    Code::LinkHidden,
    Code::WikilinkBroken,
    Code::WikilinkAmbiguous,
    Code::ImageAnimated,
    Code::UrlRemoved,
    Code::ExternalGone,
    Code::ExternalUnreachable,
    Code::ExternalRefused,
    Code::RegistryAliasShared,
    Code::LintNoDescription,
    Code::LintNoMention,
    Code::LintAliasUnmatched,
    Code::LintNoCoordinates,
    Code::LintNoDate,
    Code::LintWikidataShared,
    Code::LintIdFileName,
    Code::LintOldIdTaken,
    Code::LintSuppressedRegistered,
    Code::LintDecisionUnused,
    Code::LintMergedNowhere,
];

/// The levels that a site sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Code, Level>);

impl Levels {
    /// Sets one; false where this kind of mistake must not be taken so lightly.
    pub fn set(&mut self, code: Code, level: Level) -> bool {
        let allowed = level == Level::Error || MAY_BE_LOWERED.contains(&code);
        if allowed {
            self.0.insert(code, level);
        }
        allowed
    }

    /// Gives each diagnostic the level of its kind; those that are off go.
    pub fn apply(&self, problems: &mut Vec<Diagnostic>) {
        problems.retain_mut(|problem| match self.0.get(&problem.code) {
            None => true,
            Some(Level::Off) => false,
            Some(Level::Error) => {
                problem.severity = Severity::Error;
                true
            }
            Some(Level::Warning) => {
                problem.severity = Severity::Warning;
                true
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_site_whole_stays_an_error() {
        let mut levels = Levels::default();
        for code in [
            Code::LeakFound,
            Code::SlugDuplicate,
            Code::RedactionUnclosed,
        ] {
            assert!(!levels.set(code, Level::Off) && !levels.set(code, Level::Warning));
            assert!(levels.set(code, Level::Error));
        }
    }

    #[test]
    fn levels_are_given() {
        let problem = |code| Diagnostic::warning(code, "a.md".into(), None, "something".to_owned());
        let mut levels = Levels::default();
        assert!(
            levels.set(Code::LinkAnchor, Level::Error) && levels.set(Code::LinkBroken, Level::Off)
        );
        let mut problems = vec![
            problem(Code::LinkAnchor),
            problem(Code::LinkBroken),
            problem(Code::ImageAnimated),
        ];
        levels.apply(&mut problems);
        let left: Vec<_> = problems.iter().map(|p| (p.code, p.severity)).collect();
        assert_eq!(
            left,
            [
                (Code::LinkAnchor, Severity::Error),
                (Code::ImageAnimated, Severity::Warning)
            ]
        );
    }
}
