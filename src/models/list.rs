//! A page of a list: what is asked for and what comes back.

/// Which page, how long, in which order. Pages count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest<S> {
    pub page: u32,
    pub page_size: u32,
    pub sort: S,
    pub descending: bool,
}

impl<S> PageRequest<S> {
    pub const DEFAULT_SIZE: u32 = 20;
    pub const MAX_SIZE: u32 = 500;

    /// The first page in the given order.
    pub fn first(sort: S, descending: bool) -> PageRequest<S> {
        PageRequest { page: 1, page_size: Self::DEFAULT_SIZE, sort, descending }
    }

    /// Rows per page, kept between 1 and [`PageRequest::MAX_SIZE`].
    pub fn limit(&self) -> i64 {
        i64::from(self.page_size.clamp(1, Self::MAX_SIZE))
    }

    /// Rows before this page.
    pub fn offset(&self) -> i64 {
        (i64::from(self.page.max(1)) - 1) * self.limit()
    }
}

/// How many records a list has in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    Exactly(u64),
    /// A search finds more than [`Total::COUNTED`], about so many: it is not counted to its end.
    Many {
        about: u64,
    },
}

impl Total {
    /// As far as a search is counted.
    pub const COUNTED: u64 = 10_000;

    /// How many were counted.
    pub fn counted(self) -> u64 {
        match self {
            Total::Exactly(count) => count,
            Total::Many { .. } => Total::COUNTED,
        }
    }

    /// As many as there are, or about so many.
    pub fn about(self) -> u64 {
        match self {
            Total::Exactly(count) => count,
            Total::Many { about } => about,
        }
    }
}

/// One page of rows and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<R> {
    pub rows: Vec<R>,
    pub total: u64,
    /// There are more than `total`: the search that finds them was counted no further.
    pub more: bool,
    pub page: u32,
    pub page_size: u32,
}

impl<R> Page<R> {
    /// These rows of a list with so many in all.
    pub fn new<S>(rows: Vec<R>, total: Total, request: &PageRequest<S>) -> Page<R> {
        let more = matches!(total, Total::Many { .. });
        Page { rows, total: total.counted(), more, page: request.page, page_size: request.page_size }
    }

    /// How many pages there are; at least one.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(self.page_size.max(1)))).unwrap_or(u32::MAX).max(1)
    }
}

/// The newest rows of a list that is cut off after them, the newest first and the newest last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BothWays<R> {
    descending: Vec<R>,
    ascending: Vec<R>,
}

impl<R: Clone> BothWays<R> {
    /// Of rows whose newest stands first.
    pub fn of(descending: Vec<R>) -> BothWays<R> {
        BothWays { ascending: descending.iter().rev().cloned().collect(), descending }
    }

    /// The rows in one of the two orders.
    pub fn sorted(&self, descending: bool) -> &[R] {
        if descending { &self.descending } else { &self.ascending }
    }
}
