//! What a long build says while it works.

/// A step of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// A stage begins; it has so many items, 0 where it has none to count.
    Stage(&'static str, usize),
    /// One more item of the stage is done.
    Item,
}

/// Is told how far a build is, from any thread.
pub type Listener<'a> = &'a (dyn Fn(Progress) + Sync);

/// Nobody listens.
pub fn silent(_: Progress) {}
