//! Rebuilds when a migration is added or changed: they are compiled in. On Windows the program carries its icon and version; on Linux its
//! addresses are packed, which saves a twentieth of its size.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    #[cfg(windows)]
    resources();
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    packed_addresses();
}

/// Where the C library understands them (glibc 2.36, Debian 12) and nothing is cross-compiled.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn packed_addresses() {
    let native = std::env::var("HOST") == std::env::var("TARGET");
    let version = std::process::Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let parts: Vec<u32> = version.trim().trim_start_matches("glibc ").split('.').filter_map(|part| part.parse().ok()).collect();
    if native && parts >= vec![2, 36] {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
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
