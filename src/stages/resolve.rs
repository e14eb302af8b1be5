//! Resolve: from mentions to entities.
//!
//! Two steps. [`article::local`] reads one article with the knowledge base alone, so that it can
//! run on any thread or machine; [`corpus::catalogue`] joins what all articles found, names the
//! entities and gives them their slugs. The order of authority is: inline, front matter,
//! decisions, registry, machine. A name that may mean two things stays ambiguous.

pub mod article;
pub mod corpus;
pub mod knowledge_base;
pub mod living;
mod spelling;
mod standing;
