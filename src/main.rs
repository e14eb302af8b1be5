//! The `dateline` program: exit code 0 ok, 1 content errors, 2 environment.

fn main() {}
