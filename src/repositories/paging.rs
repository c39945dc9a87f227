//! Which part of a list one page is. Late pages are reached from the list's end: rows that are skipped take their time too.

use crate::models::list::{PageRequest, Total};

/// So many rows after so many others, counted from the list's beginning or, `reversed`, from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    pub length: i64,
    pub before: i64,
    pub reversed: bool,
}

impl Slice {
    /// The page of a list of so many rows; empty behind its end. Where nobody counted to the end, from the beginning.
    pub fn of<S>(page: &PageRequest<S>, total: Option<Total>) -> Slice {
        let Some(Total::Exactly(total)) = total else { return Slice { length: page.limit(), before: page.offset(), reversed: false } };
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        let length = (total - page.offset()).clamp(0, page.limit());
        let reversed = page.offset() > total / 2;
        let before = if reversed { (total - page.offset() - length).max(0) } else { page.offset() };
        Slice { length, before, reversed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_the_same_rows_from_either_end() {
        let all: Vec<u32> = (0..47).collect();
        for page_size in [1, 10, 20, 47, 50] {
            for page in 1..60 {
                let request = PageRequest { page, page_size, sort: (), descending: false };
                let Slice { length, before, reversed } = Slice::of(&request, Some(Total::Exactly(47)));
                let mut ordered = all.clone();
                if reversed {
                    ordered.reverse();
                }
                let mut found: Vec<u32> = ordered.into_iter().skip(before as usize).take(length as usize).collect();
                found.sort();
                let wanted: Vec<u32> = all.iter().copied().skip(request.offset() as usize).take(page_size as usize).collect();
                assert_eq!(found, wanted, "page {page} of {page_size}");
            }
        }
    }
}
