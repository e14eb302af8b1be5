//! A small site that fills every field of every context at least once.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Contexts;
use image::ImageFormat;

use crate::pictures::photo;
use crate::site::TestSite;

pub(crate) const SITE: &str = "\
title: Quay Notes
description: Briefings on ports.
base_url: https://quay.example
author: The desk
paginate: 1
topics: [{id: Shipping, summary: Ships and those who run them.}]
storylines: [{id: harbours, title: The harbours, summary: How ports are watched., questions: [{question: Who owns the quay?, asked: 2024-07-21, answer: The city does.}]}]
theme: {accent: '#14487f', footer: Imprint}
extra: {desk: 7}
";

const HARBOUR: &str = "\
---
title: The harbour opens
date: 2024-07-21
updated: 2024-07-23
draft: true
authors: [Jane Miller]
summary: The harbour opened on Friday.
key_points: ['The *harbour* is open.']
topics: [Shipping]
tags: [ports]
storyline: harbours
dateline: {place: Rotterdam}
image: {src: quay.png, alt: A quay, caption: The quay, credit: Quay Notes, licence: CC0}
marking: TLP:CLEAR
aliases: [/old/harbour/]
sources:
  - {title: A register, url: 'https://register.example/', publisher: The register, date: 2024-07-20, archive_url: 'https://archive.example/1'}
corrections: [{date: 2024-07-23, text: The day was wrong.}]
entities: {about: [port-agency]}
data: [ships]
extra: {series: 2}
---

The Port Agency (PA) opened the harbour of Rotterdam on 19 July 2024. Anna Berg and Delta spoke.
Prosecutors said that it was late.

\"The harbour is open,\" said Anna Berg, the director, who leads the PA.

## What follows

See [[quays]] and [the law](https://law.example/ports), and what is written elsewhere [@berg2020, p. 12].
";

const QUAYS: &str = "\
---
title: New quays
date: 2024-07-22
summary: Quays are planned.
topics: [Shipping]
tags: [ports]
storyline: harbours
language: en-GB
translation_of: harbour
image: {src: quay.png, alt: A quay}
---

The Port Agency plans quays in Rotterdam. Moscow says that it will wait. Anna Berg wants them in 2025. See [[harbour]].
";

const RAIL: &str = "\
---
title: Rails to the quays
date: 2024-07-23
language: en-GB
topics: [Shipping]
storyline: harbours
---

The Port Agency builds rails to Rotterdam, says [[harbour]]. Ships come from Norway, Sweden, Denmark, Finland,
Estonia, Latvia, Lithuania, Poland, Germany, Belgium, France, Spain, Portugal, Italy, Greece, Malta, Cyprus, Ireland,
Iceland, Canada, Mexico, Brazil, Argentina, Chile, Peru, Japan, India and Kenya.

The Port Agency counts ships. The Port Agency counts rails. The Port Agency counts trains. The Port Agency counts boats.
The Port Agency counts cranes. The Port Agency counts quays. Anna Berg went from Oslo to Lima.

\"The Port Agency counts all,\" said Anna Berg.
";

/// What is in a third language.
const HAVEN: &str = "\
---
title: Haven
date: 2024-07-19
language: nl
---

Havenbedrijf.
";

/// Builds the site with `--dump-context` and reads what its templates were given.
pub(super) fn contexts() -> Contexts {
    let site = site(SITE);
    let run = site.run(&[
        "build",
        "--quiet",
        "--drafts",
        "--as-of",
        "2024-08-01",
        "--dump-context",
        "contexts",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut contexts = Contexts::new();
    for (path, bytes) in site.files("contexts") {
        if path == "manifest.json" {
            continue;
        }
        let mut dump: BTreeMap<String, Value> = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(
            dump["contract_version"],
            dateline::views::CONTRACT_VERSION,
            "{path}"
        );
        let template = dump["template"].as_str().unwrap().to_owned();
        let context = dump.remove("context").unwrap();
        contexts.entry(template).or_default().push(context);
    }
    contexts
}

/// The site with these settings.
pub(crate) fn site(config: &str) -> TestSite {
    TestSite::new()
        .file("content/site.yaml", config)
        .file("content/briefings/harbour.md", HARBOUR)
        .file("content/briefings/quays.md", QUAYS)
        .file("content/briefings/rail.md", RAIL)
        .file("content/briefings/haven.md", HAVEN)
        .file("content/briefings/quay.png", photo(600, 300, ImageFormat::Png))
        .file("content/data/ships.csv", "Port,Ships\nHull,12\n")
        .file("content/references.bib", "@book{berg2020, title = {Ports and power}, author = {Berg, Anna}, date = {2020}, publisher = {Quay Press}}\n")
        .file("content/briefings/gone.md", "---\ntitle: Gone\ndate: 2024-07-20\nredacted: A court asked for it.\n---\n\nGone.\n")
        .file("content/pages/about.md", "---\ntitle: About\nsummary: Who we are.\ndata: [ships]\n---\n\n## The desk\n\nWe are the desk.\n")
        .file("content/pages/methods.md", "---\ntitle: Methods\nsummary: How we work.\n---\n\n## First\n\nWe read.\n")
        .file("content/pages/corrections.md", "---\ntitle: Corrections\nsummary: What was wrong.\n---\n\nTell us.\n")
        .file("content/entities/organisation/port-agency.md", "---\nname: Port Agency\nnames: {nl: Havenbedrijf}\naliases: [PA]\ndescription: It runs the port.\nsameAs: ['https://agency.example/']\nwikidata: Q1\ncountry: NL\ncoordinates: [51.9, 4.5]\npart_of: port-board\nstart: 1990-01-01\nend: 2030-01-01\n---\n\nFounded in 1990.\n")
        .file("content/entities/organisation/port-board.md", "---\nname: Port Board\n---\n\nThe board.\n")
        .file("content/entities/organisation/delta.md", "---\nname: Delta Lines\naliases: [Delta]\n---\n\nA line.\n")
        .file("content/entities/organisation/delta-union.md", "---\nname: Delta Union\naliases: [Delta]\n---\n\nA union.\n")
        .file("content/entities/person/anna-berg.md", "---\nname: Anna Berg\ndescription: Harbour master.\naliases: [{name: Анна Берг, match: never}]\nwebsite: https://berg.example/\nroles: [{title: Harbour master, organisation: port-agency, from: 2019-03, to: 2024, source: 'https://agency.example/people'}]\n---\n\nMaster.\n")
}
