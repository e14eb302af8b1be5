//! What a registry file says of an entity beside its names: roles, website, what registers call it.

use crate::{
    diagnostic::Code,
    model::entity::{ExternalId, Facts, Register, Role},
    yaml::Fields,
};

/// A key, its register, what its value must be, and how it is written.
type Scheme = (&'static str, Register, fn(&str) -> bool, &'static str);

const REGISTERS: [Scheme; 5] = [
    (
        "isni",
        Register::Isni,
        is_isni,
        "write its 16 signs, such as 0000 0001 2281 955X, as the register shows them",
    ),
    (
        "lei",
        Register::Lei,
        is_lei,
        "write its 20 signs, as the register shows them",
    ),
    (
        "opensanctions",
        Register::OpenSanctions,
        is_opensanctions,
        "write the last part of its address there, such as Q7747 or NK-9EBhRXHqpRgFyKL9aYMuTk",
    ),
    (
        "geonames",
        Register::GeoNames,
        is_number,
        "write its number there, such as 2988507",
    ),
    ("viaf", Register::Viaf, is_number, "write its number there"),
];

/// Takes the facts of an entity.
pub(super) fn facts(fields: &mut Fields<'_>) -> Facts {
    let roles = fields.maps("roles", role);
    let website = fields.web_address("website");
    let ids = REGISTERS
        .into_iter()
        .filter_map(|scheme| id(fields, scheme));
    Facts {
        roles,
        website,
        ids: ids.collect(),
    }
}

fn role(fields: &mut Fields<'_>) -> Option<Role> {
    let title = fields.required_text("title", "what is the role called?");
    let organisation = fields.text("organisation");
    let (from, to) = (fields.partial_date("from"), fields.partial_date("to"));
    if let (Some((from, _)), Some((to, span))) = (from, to)
        && to.last < from.first
    {
        let message = "the role ends before it begins".to_owned();
        fields.problem(
            Code::YamlBadValue,
            span,
            message,
            "`from` is the earlier of the two",
        );
    }
    let source = fields.web_address("source");
    Some(Role {
        title: title?,
        organisation,
        from: from.map(|(value, _)| value),
        to: to.map(|(value, _)| value),
        source,
    })
}

fn id(fields: &mut Fields<'_>, (key, register, is_valid, hint): Scheme) -> Option<ExternalId> {
    let (written, span) = fields.text_at(key)?;
    let value: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    if !is_valid(&value) {
        fields.problem(
            Code::YamlBadValue,
            span,
            format!("`{written}` is no value of `{key}`"),
            hint,
        );
        return None;
    }
    Some(ExternalId { register, value })
}

/// Sixteen signs, the last of which checks the others (ISO 7064, MOD 11-2).
fn is_isni(value: &str) -> bool {
    let Some((digits, check)) = value.split_at_checked(15) else {
        return false;
    };
    if !is_number(digits) || check.len() != 1 {
        return false;
    }
    let sum = digits
        .bytes()
        .fold(0_u32, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let expected = match (12 - sum) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    check == expected
}

/// Twenty signs, the last two of which check the others (ISO 7064, MOD 97-10).
fn is_lei(value: &str) -> bool {
    let signs = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase();
    if value.len() != 20 || !value.bytes().all(signs) {
        return false;
    }
    let remainder = value
        .chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, digit| {
            let shifted = if digit < 10 { rest * 10 } else { rest * 100 };
            (shifted + digit) % 97
        });
    remainder == 1
}

fn is_opensanctions(value: &str) -> bool {
    let signs = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (2..=80).contains(&value.len()) && value.bytes().all(signs)
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_checked() {
        // Identifiers that are in use.
        assert!(is_isni("0000000121032683") && is_isni("000000012281955X"));
        assert!(
            !is_isni("0000000121032684")
                && !is_isni("000000012103268")
                && !is_isni("ä000000121032683")
        );
        assert!(is_lei("529900T8BM49AURSDO55") && !is_lei("529900T8BM49AURSDO56"));
        assert!(is_opensanctions("NK-9EBhRXHqpRgFyKL9aYMuTk") && !is_opensanctions("a/b"));
        assert!(is_number("90") && !is_number(""));
    }
}
