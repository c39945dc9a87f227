//! Rebuilds when a migration is added or changed: they are compiled in. On Windows the program carries its icon and version.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    #[cfg(windows)]
    resources();
}

#[cfg(windows)]
fn resources() {
    println!("cargo::rerun-if-changed=assets/windows/zhanggui.ico");
    let mut resources = winresource::WindowsResource::new();
    resources.set_icon("assets/windows/zhanggui.ico");
    resources.set("ProductName", "掌柜 Zhanggui");
    resources.set("FileDescription", "掌柜 Zhanggui");
    // Without a resource compiler the program only lacks its icon.
    if let Err(error) = resources.compile() {
        println!("cargo::warning=no icon and version in the program: {error}");
    }
}
