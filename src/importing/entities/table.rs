//! A table of entities. Its first row names the columns, by the keys of registry files or by what
//! `OpenSanctions` calls them in `targets.simple.csv`.

use csv::StringRecord;

use super::{
    Format, List, Record, ftm,
    record::{FactKey, day},
};
use crate::{editing, model::entity::EntityKind, stages::parse};

/// What columns may be called for each fact.
const FACTS: [(FactKey, &[&str]); 11] = [
    (FactKey::Description, &["description", "summary"]),
    (FactKey::Wikidata, &["wikidata", "wikidata_id", "qid"]),
    (FactKey::OpenSanctions, &["opensanctions"]),
    (FactKey::Lei, &["lei"]),
    (FactKey::Isni, &["isni"]),
    (FactKey::Viaf, &["viaf"]),
    (FactKey::GeoNames, &["geonames", "geonameid"]),
    (FactKey::Country, &["country", "countries"]),
    (FactKey::Website, &["website", "url"]),
    (FactKey::Start, &["start"]),
    (FactKey::End, &["end"]),
];

pub(super) fn read(text: &str, usual: Option<EntityKind>) -> Result<List, String> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let columns: Vec<String> = header
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    if !columns.iter().any(|name| name == "name" || name == "label") {
        let found = columns.join(", ");
        return Err(format!(
            "the table has no column `name`; its columns are {found}"
        ));
    }
    let is_opensanctions = ["schema", "dataset", "identifiers"]
        .iter()
        .all(|name| columns.iter().any(|column| column == name));
    let mut list = List {
        format: Format::Csv,
        records: Vec::new(),
        left_out: Vec::new(),
    };
    for (n, row) in reader.records().enumerate() {
        let row = row.map_err(|error| error.to_string())?;
        let cell = |names: &[&str]| cell(&columns, &row, names);
        let Some(name) = cell(&["name", "label"]) else {
            list.left_out
                .push(format!("line {}: it has no name", n + 2));
            continue;
        };
        let said = cell(&["type", "kind", "schema"]);
        let kind = match said {
            Some(word) => editing::kind_of(word)
                .or_else(|| parse::kind_of_folder(word))
                .or_else(|| ftm::kind_of(word)),
            None => usual,
        };
        let Some(kind) = kind else {
            let what = said.map_or(
                "it does not say what it is; give all such rows a kind with --kind".to_owned(),
                |word| format!("`{word}` is no person, organisation, place or event"),
            );
            list.left_out
                .push(format!("line {}: {name}: {what}", n + 2));
            continue;
        };
        let mut record = record(&columns, &row, kind, name);
        if is_opensanctions {
            record.fact(FactKey::OpenSanctions, cell(&["id"]));
            record.fact(
                FactKey::Wikidata,
                cell(&["id"]).filter(|id| id.starts_with('Q')),
            );
        }
        list.records.push(record);
    }
    Ok(list)
}

fn cell<'r>(columns: &[String], row: &'r StringRecord, names: &[&str]) -> Option<&'r str> {
    names.iter().find_map(|name| {
        let n = columns.iter().position(|column| column == name)?;
        row.get(n).map(str::trim).filter(|cell| !cell.is_empty())
    })
}

fn record(columns: &[String], row: &StringRecord, kind: EntityKind, name: &str) -> Record {
    let cell = |names: &[&str]| cell(columns, row, names);
    let mut record = Record::new(kind, name);
    record.source_id = cell(&["id"]).map(str::to_owned);
    for alias in cell(&["aliases", "alias"])
        .into_iter()
        .flat_map(|cell| cell.split([';', '|']))
    {
        record.alias(alias.trim().trim_matches('"'), false);
    }
    for (key, names) in FACTS {
        let value = cell(names).and_then(|value| match key {
            FactKey::Start | FactKey::End => day(value),
            // A list of countries says where something is active, not where it belongs.
            FactKey::Country => Some(value).filter(|value| !value.contains(';')),
            _ => Some(value),
        });
        record.fact(key, value);
    }
    if let Some((latitude, longitude)) =
        cell(&["lat", "latitude"]).zip(cell(&["lon", "lng", "longitude"]))
    {
        record.fact_as(FactKey::Coordinates, format!("[{latitude}, {longitude}]"));
    }
    for url in cell(&["sameas", "same_as"])
        .into_iter()
        .flat_map(|cell| cell.split([';', '|', ' ']))
    {
        record.elsewhere(url.trim());
    }
    record
}
