//! The stable codes.

macro_rules! codes {
    ($($variant:ident = $text:literal: $doc:literal,)*) => {
        /// A kind of mistake. The text form is stable: it may be searched for and configured.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $doc] $variant,)* }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable text form, `family/mistake`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The code of a text form.
            #[must_use]
            pub fn of(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }

            /// What it means, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }
    };
}

codes! {
    FrontMatterMissing = "front-matter/missing": "The file does not begin with a front matter block.",
    FrontMatterUnterminated = "front-matter/unterminated": "The front matter block has no closing `---`.",
    FrontMatterMissingField = "front-matter/missing-field": "A required key is missing.",
    FrontMatterBadSlug = "front-matter/bad-slug": "A slug holds something other than a-z, 0-9 and hyphens.",
    FrontMatterUnknownEntity = "front-matter/unknown-entity": "`entities:` names something that is no entity of the site.",
    YamlSyntax = "yaml/syntax": "The YAML cannot be read.",
    YamlDuplicateKey = "yaml/duplicate-key": "A key stands twice in one map.",
    YamlUnknownKey = "yaml/unknown-key": "A key is not known here.",
    YamlWrongType = "yaml/wrong-type": "A value is of another type than its key wants.",
    YamlBadDate = "yaml/bad-date": "A date does not exist or is not written as YYYY-MM-DD.",
    YamlBadValue = "yaml/bad-value": "A value is none of those allowed.",
    LinkBroken = "link/broken": "A link leads nowhere.",
    LinkAnchor = "link/anchor": "A link's `#fragment` is not on the page.",
    LinkHidden = "link/hidden": "A link leads to an article that is not published now.",
    LinkHiddenName = "link/hidden-name": "A link without words of its own would print the slug or id of what is not published.",
    LinkScheme = "link/scheme": "A link's scheme is not allowed.",
    WikilinkBroken = "wikilink/broken": "`[[…]]` names neither an entity nor an article.",
    WikilinkAmbiguous = "wikilink/ambiguous": "`[[…]]` names several entities.",
    ImageBroken = "image/broken": "An image cannot be decoded.",
    ImageTooLarge = "image/too-large": "An image has too many pixels.",
    ImageCleaned = "image/cleaned": "An SVG held what runs or loads, which is left out.",
    ImageAnimated = "image/animated": "An image has more than one frame.",
    ImageMissing = "image/missing": "An image does not exist.",
    ChartNoData = "chart/no-data": "A chart's data cannot be read.",
    ChartTable = "chart/table": "A chart's data is no table that it can show.",
    ChartColumn = "chart/column": "A chart names a column that its data does not have.",
    ChartNumber = "chart/number": "A figure of a chart is no number.",
    DataMissing = "data/missing": "A data file does not exist or cannot be read.",
    DataTable = "data/table": "A data file is no table that can be shown.",
    DataColumn = "data/column": "A table names a column that its data does not have.",
    DataCell = "data/cell": "A cell is not what its column's format wants.",
    ShortcodeSyntax = "shortcode/syntax": "The tag of a shortcode cannot be read.",
    ShortcodeUnknown = "shortcode/unknown": "No shortcode has this name.",
    ShortcodeArgument = "shortcode/argument": "A shortcode is not given what it declares.",
    CitationUnknown = "citation/unknown": "A citation names a work that the library does not have.",
    CitationLibrary = "citation/library": "A file of the library cannot be read.",
    SlugDuplicate = "slug/duplicate": "Two articles have one address.",
    SlugAlias = "slug/alias": "An old address is no path, or is taken already.",
    TranslationUnknown = "translation/unknown": "A briefing translates one that does not exist.",
    TranslationLanguage = "translation/language": "Two briefings that say the same are in one language.",
    UrlFile = "url/file": "A line of `urls.jsonl` is no address.",
    UrlRemoved = "url/removed": "Nothing stands at an address any more that was published.",
    UrlReused = "url/reused": "Something else stands at an address that was published.",
    ExternalGone = "external/gone": "A server says that a linked page does not exist.",
    ExternalUnreachable = "external/unreachable": "A server that is linked to does not answer.",
    ExternalRefused = "external/refused": "A server does not answer programs.",
    RegistryAliasShared = "registry/alias-shared": "Two entities have one name.",
    RegistryCycle = "registry/cycle": "`part_of` runs in a circle.",
    RegistryUnknownReference = "registry/unknown-reference": "A reference to an entity that does not exist.",
    RegistryDuplicateId = "registry/duplicate-id": "Two entities have one id.",
    LintNoDescription = "lint/no-description": "An entity has no description.",
    LintNoMention = "lint/no-mention": "No published briefing names an entity.",
    LintAliasUnmatched = "lint/alias-unmatched": "No text has an alias.",
    LintNoCoordinates = "lint/no-coordinates": "A place has no coordinates.",
    LintNoDate = "lint/no-date": "An event has no date.",
    LintWikidataShared = "lint/wikidata-shared": "Two entities have one Wikidata item.",
    LintIdFileName = "lint/id-file-name": "An entity's id is not its file's name.",
    LintSameAs = "lint/same-as": "`sameAs` is no address.",
    LintOldIdTaken = "lint/old-id-taken": "An old id leads to another entity.",
    LintSuppressedRegistered = "lint/suppressed-registered": "A suppressed name is registered.",
    LintDecisionUnused = "lint/decision-unused": "No text has a name that was decided about.",
    LintMergedNowhere = "lint/merged-nowhere": "A name is merged into what is no entity.",
    RedactionUnclosed = "redaction/unclosed": "A `{redact}` or `{note}` has no other half.",
    RedactionNested = "redaction/nested": "A `{redact}` or `{note}` stands inside another.",
    RedactionInCode = "redaction/in-code": "A `{redact}` or `{note}` stands in what is code by its indentation alone.",
    RedactionCopied = "redaction/copied": "A `{redact}` or `{note}` stands in a file that is copied as it is.",
    LeakFound = "leak/found": "The output holds what is hidden.",
    LeakWord = "leak/word": "The output holds a word that only something hidden says.",
    AnnotationHeader = "annotation/header": "Annotations were made with something that is other here.",
    AnnotationLine = "annotation/line": "A line of annotations is damaged.",
    AnnotationDuplicate = "annotation/duplicate": "An article is annotated twice.",
    AnnotationStale = "annotation/stale": "An article has changed since it was annotated.",
    AnnotationMissing = "annotation/missing": "An article is not annotated.",
    AnnotationUnknown = "annotation/unknown": "Annotations are of an article that does not exist.",
    SourceEncoding = "source/encoding": "The file is not UTF-8.",
    SourceEmpty = "source/empty": "The file is empty.",
    SourceUnreadable = "source/unreadable": "The file cannot be read.",
    SourceSymlink = "source/symlink": "A symbolic link leads out of the content folder.",
    SourceHalfDone = "source/half-done": "A command was interrupted while it wrote to the content.",
    SourceTooLarge = "source/too-large": "The file is too large.",
    SourceActive = "source/active": "A file beside the articles would run in readers' browsers.",
    SourceName = "source/name": "The file's name cannot be published.",
    TemplateSyntax = "template/syntax": "A template cannot be parsed.",
    TemplateRender = "template/render": "A template cannot be rendered.",
    VerifyMissing = "verify/missing": "A published file is not there.",
    VerifyChanged = "verify/changed": "A published file has other bytes.",
    VerifyForeign = "verify/foreign": "A file in a published tree is not Dateline's.",
    OutputCollision = "output/collision": "Two things would be written to one file.",
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_differ() {
        let mut texts: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
    }
}
