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

/// One page of rows and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<R> {
    pub rows: Vec<R>,
    pub total: u64,
    pub page: u32,
    pub page_size: u32,
}

impl<R> Page<R> {
    /// How many pages there are; at least one.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(self.page_size.max(1)))).unwrap_or(u32::MAX).max(1)
    }
}
