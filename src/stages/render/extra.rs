//! The author's own values, as templates see them.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use crate::model::article::Extra;

/// A map of values. A whole number is shown without a point.
pub(super) fn values(map: &BTreeMap<String, Extra>) -> BTreeMap<String, Value> {
    map.iter()
        .map(|(key, extra)| (key.clone(), value(extra)))
        .collect()
}

fn value(extra: &Extra) -> Value {
    match extra {
        Extra::Null => Value::Null,
        Extra::Bool(flag) => Value::Bool(*flag),
        Extra::Number(number) => self::number(*number),
        Extra::Text(text) => Value::String(text.clone()),
        Extra::List(items) => Value::Array(items.iter().map(value).collect()),
        Extra::Map(map) => Value::Object(values(map).into_iter().collect()),
    }
}

/// Beyond 2^53 a float does not tell whole numbers apart.
fn number(number: f64) -> Value {
    let whole = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    if whole {
        Value::Number(Number::from(number as i64))
    } else {
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }
}
