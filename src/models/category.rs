//! Categories as a tree: a product names its category with the levels above it, `办公/纸张`. Levels without products of their own are filled in.

/// One level of the tree, in the order it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The whole name as products carry it, which also filters for what stands below.
    pub path: String,
    /// The last part of it.
    pub name: String,
    /// How many levels stand above it.
    pub depth: usize,
}

/// The tree of the names in use; each level stands right before those below it.
pub fn tree(names: &[String]) -> Vec<Category> {
    let mut paths: Vec<Vec<&str>> = Vec::new();
    for name in names {
        let parts: Vec<&str> = name.split('/').collect();
        paths.extend((1..=parts.len()).map(|levels| parts[..levels].to_vec()));
    }
    paths.sort();
    paths.dedup();
    // A name like `/纸张` has a level that is called nothing.
    paths.retain(|parts| parts.last().is_some_and(|name| !name.trim().is_empty()));
    let category = |parts: Vec<&str>| {
        let name = parts.last().map(|name| name.trim().to_owned()).unwrap_or_default();
        Category { path: parts.join("/"), name, depth: parts.len() - 1 }
    };
    paths.into_iter().map(category).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_above_are_filled_in_and_stand_before_those_below() {
        let names: Vec<String> = ["办公", "办公-旧", "办公/纸张/A4", "工具/手动", "/无名"].map(str::to_owned).to_vec();
        let tree = tree(&names);
        let shown: Vec<(&str, &str, usize)> = tree.iter().map(|c| (c.path.as_str(), c.name.as_str(), c.depth)).collect();
        assert_eq!(
            shown,
            [
                ("/无名", "无名", 1),
                ("办公", "办公", 0),
                ("办公/纸张", "纸张", 1),
                ("办公/纸张/A4", "A4", 2),
                ("办公-旧", "办公-旧", 0),
                ("工具", "工具", 0),
                ("工具/手动", "手动", 1),
            ]
        );
    }
}
