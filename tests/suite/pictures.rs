//! Pictures: what is kept and under which name, what is refused before it is decoded, whose picture changes.

use std::path::{Path, PathBuf};

use std::sync::Arc;
use std::time::{Duration, Instant};

use zhanggui::jobs::Wake;
use zhanggui::models::error::Code;
use zhanggui::models::picture::PictureName;
use zhanggui::models::product::ProductInput;
use zhanggui::models::*;
use zhanggui::services::{auth, pictures, products};
use zhanggui::ui::pictures::Pictures;

use crate::fixture::{Fixture, fields};
use crate::window::Window;

fn picture(folder: &Path, name: &str, side: u32) -> PathBuf {
    let path = folder.join(name);
    image::RgbImage::from_fn(side, side, |x, y| image::Rgb([x as u8, y as u8, 120])).save(&path).unwrap();
    path
}

fn kept(f: &Fixture) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(f.folder.path().join("crm_erp.files")) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_picture_is_kept_once_by_its_content_and_scaled_down() {
    let f = Fixture::new();
    let png = picture(f.folder.path(), "a.png", 300);
    let name = pictures::keep(&f.desk, &png).unwrap();
    assert!(name.as_str().ends_with(".png"));
    std::fs::copy(&png, f.folder.path().join("other name.jpg")).unwrap();
    assert_eq!(pictures::keep(&f.desk, &f.folder.path().join("other name.jpg")).unwrap(), name, "content decides, not the ending");
    let jpg = pictures::keep(&f.desk, &picture(f.folder.path(), "b.jpg", 40)).unwrap();
    assert!(jpg.as_str().ends_with(".jpg"));
    assert_eq!(kept(&f).len(), 2);
    let shown = pictures::thumbnail(&f.desk.key(), &name, 64).unwrap();
    assert_eq!((shown.width, shown.height, shown.rgba.len()), (64, 64, 64 * 64 * 4));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = f.folder.path().join("crm_erp.files");
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(std::fs::metadata(folder.join(name.as_str())).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// A png whose header claims `side` pixels square and whose data is missing.
fn png_of(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbImage::new(1, 1).write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes[16..20].copy_from_slice(&side.to_be_bytes());
    bytes[20..24].copy_from_slice(&side.to_be_bytes());
    // The header's checksum, over its kind and data.
    let mut crc = u32::MAX;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

/// A jpeg of 40 × 20 from a camera held at its left side: a quarter turn clockwise makes it upright.
fn turned_jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbImage::new(40, 20).write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    let mut exif = b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    exif.extend(b"\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    bytes.splice(2..2, exif);
    bytes
}

#[test]
fn a_photograph_is_shown_upright() {
    let f = Fixture::new();
    let path = f.folder.path().join("photo.jpg");
    std::fs::write(&path, turned_jpeg()).unwrap();
    let name = pictures::keep(&f.desk, &path).unwrap();
    let shown = pictures::thumbnail(&f.desk.key(), &name, 64).unwrap();
    assert_eq!((shown.width, shown.height), (20, 40), "upright, and not larger than it is");
    assert_eq!(pictures::thumbnail(&f.desk.key(), &name, 10).unwrap().height, 10);
}

#[test]
fn a_kept_picture_that_is_damaged_or_gone_is_no_thumbnail_and_can_be_kept_again() {
    let f = Fixture::new();
    let source = picture(f.folder.path(), "a.png", 30);
    let name = pictures::keep(&f.desk, &source).unwrap();
    let path = f.folder.path().join("crm_erp.files").join(name.as_str());
    let length = std::fs::metadata(&path).unwrap().len() as usize;
    std::fs::write(&path, vec![0; length]).unwrap();
    assert_eq!(pictures::thumbnail(&f.desk.key(), &name, 64).unwrap_err().code(), Code::BadRequest);
    assert_eq!(pictures::keep(&f.desk, &source).unwrap(), name);
    pictures::thumbnail(&f.desk.key(), &name, 64).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(pictures::thumbnail(&f.desk.key(), &name, 64).unwrap_err().code(), Code::File);
}

#[test]
fn what_is_no_whole_picture_is_refused_and_nothing_is_kept() {
    let f = Fixture::new();
    let whole = std::fs::read(picture(f.folder.path(), "a.png", 200)).unwrap();
    let jpeg = std::fs::read(picture(f.folder.path(), "a.jpg", 200)).unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = f.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    for (path, problem) in [
        (put("text.png", "这是文字".as_bytes()), Problem::NotAPicture),
        (put("empty.png", b""), Problem::NotAPicture),
        (put("cut.png", &whole[..whole.len() / 2]), Problem::NotAPicture),
        (put("cut.jpg", &jpeg[..jpeg.len() / 2]), Problem::NotAPicture),
        (put("short.jpg", &jpeg[..jpeg.len() - 2]), Problem::NotAPicture),
        (put("animation.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"), Problem::NotAPicture),
        (put("huge.png", &png_of(60_000)), Problem::TooLarge),
        (put("wide.png", &png_of(PictureName::MOST_PIXELS + 1)), Problem::TooLarge),
        (put("full.png", &vec![0; 10 << 20]), Problem::NotAPicture),
        (put("endless.png", &vec![0; (10 << 20) + 1]), Problem::TooLarge),
    ] {
        let error = pictures::keep(&f.desk, &path).unwrap_err();
        assert_eq!(fields(error).of(Field::Picture), Some(problem), "{path:?}");
    }
    assert_eq!(pictures::keep(&f.desk, Path::new("/nowhere/a.png")).unwrap_err().code(), Code::File);
    assert_eq!(pictures::keep(&f.desk, f.folder.path()).unwrap_err().code(), Code::File, "a folder");
    assert_eq!(kept(&f), [""; 0]);
    assert_eq!(pictures::keep(&f.another_desk(), &f.folder.path().join("a.png")).unwrap_err(), Error::NotSignedIn);
}

#[test]
fn a_products_picture_is_part_of_it_and_stays_in_the_folder_when_replaced() {
    let mut f = Fixture::new();
    let id = f.product("A", 1000, 0);
    let first = pictures::keep(&f.desk, &picture(f.folder.path(), "a.png", 20)).unwrap();
    let second = pictures::keep(&f.desk, &picture(f.folder.path(), "b.png", 30)).unwrap();
    for (version, name) in [(1, &first), (2, &second)] {
        let input = ProductInput { picture: Some(name.clone()), ..products::get(&f.desk, id).unwrap().input };
        products::update(&mut f.desk, id, version, &input).unwrap();
        assert_eq!(f.text("SELECT image_path FROM products"), name.as_str());
    }
    assert_eq!(kept(&f).len(), 2);
    assert!(f.text("SELECT changes FROM system_logs ORDER BY id DESC LIMIT 1").contains(first.as_str()));
    // A path of another program counts as none.
    f.sql("UPDATE products SET image_path = '../../etc/passwd'").unwrap();
    assert_eq!(products::get(&f.desk, id).unwrap().input.picture, None);
}

#[test]
fn everyone_changes_his_own_avatar() {
    let f = Fixture::new();
    let mut desk = f.as_role(choice::Role::Employee);
    let name = pictures::keep(&desk, &picture(f.folder.path(), "me.png", 20)).unwrap();
    pictures::set_avatar(&mut desk, Some(&name)).unwrap();
    assert_eq!(auth::current_user(&desk).unwrap().avatar, Some(name));
    assert_eq!(auth::current_user(&f.desk).unwrap().avatar, None);
    pictures::set_avatar(&mut desk, None).unwrap();
    assert_eq!(auth::current_user(&desk).unwrap().avatar, None);
}

#[test]
fn anothers_avatar_changes_by_the_administrator_and_not_over_a_newer_one() {
    let mut f = Fixture::new();
    let id = f.user("mei", choice::Role::Sales);
    let name = pictures::keep(&f.desk, &picture(f.folder.path(), "mei.png", 20)).unwrap();
    pictures::set_avatar_of(&mut f.desk, id, 1, Some(&name)).unwrap();
    assert_eq!(auth::current_user(&f.signed_in("mei")).unwrap().avatar, Some(name.clone()));
    let row = "SELECT entity_type || entity_id || ' ' || changes FROM system_logs ORDER BY id DESC LIMIT 1";
    assert_eq!(f.text(row), format!("user{id} {{\"avatar_path\":[null,\"{}\"]}}", name.as_str()));
    assert!(matches!(pictures::set_avatar_of(&mut f.desk, id, 1, None), Err(Error::Conflict { .. })));
    assert_eq!(pictures::set_avatar_of(&mut f.desk, UserId(99), 1, None).unwrap_err().code(), Code::NotFound);
    assert_eq!(auth::current_user(&f.signed_in("mei")).unwrap().avatar, Some(name));
}

/// Whether a picture of this name is a texture.
fn is_shown(ctx: &egui::Context, name: &str) -> bool {
    ctx.tex_manager().read().allocated().any(|(_, meta)| meta.name == name)
}

#[test]
fn pictures_that_left_the_screen_do_not_keep_others_from_it() {
    let f = Fixture::new();
    let keep = |side: u32| pictures::keep(&f.desk, &picture(f.folder.path(), &format!("{side}.png"), side)).unwrap();
    let names: Vec<PictureName> = (600..606).map(keep).collect();
    let gone = PictureName::parse(&format!("{}.png", "0a".repeat(32))).unwrap();
    let (known, ctx) = (Pictures::default(), egui::Context::default());
    let wake: Wake = Arc::new(|| {});
    let frame = |shown: &[PictureName]| {
        let mut out = ctx.run_ui(egui::RawInput::default(), |ui| {
            let album = known.album(f.desk.key(), &wake);
            shown.iter().for_each(|name| album.plain_ui(ui, Some(name), 64.0, ""));
        });
        out.textures_delta.clear();
    };
    frame(&names[..5]);
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_shown(&ctx, names[5].as_str()) {
        assert!(Instant::now() < deadline, "never decoded");
        frame(&[gone.clone(), names[5].clone()]);
        std::thread::yield_now();
    }
    assert!(!is_shown(&ctx, gone.as_str()) && !is_shown(&ctx, names[4].as_str()), "missing, and not asked for again");
}

/// The form of the only product, with these characters as the picture's path.
fn form_with_path(f: &Fixture, path: &str) -> Window {
    let mut window = Window::of(f);
    window.page("产品库存");
    window.key(egui::Key::ArrowDown);
    window.key(egui::Key::F2);
    window.enter("图片文件", path);
    window
}

#[test]
fn a_picture_is_typed_into_the_product_form_and_shown() {
    let mut f = Fixture::new();
    f.product("A", 1000, 0);
    let path = picture(f.folder.path(), "a.png", 300);
    let mut window = form_with_path(&f, "/nowhere/a.png");
    window.key(egui::Key::Enter);
    window.wait_for("(5002)");
    window.replace("图片文件", path.to_str().unwrap());
    window.key(egui::Key::Enter);
    window.wait_for("移除图片");
    window.keys(egui::Modifiers::COMMAND, egui::Key::S);
    assert_eq!(kept(&f).len(), 1);
    assert_eq!(f.text("SELECT image_path FROM products"), kept(&f)[0]);
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_shown(&window.ctx, &kept(&f)[0]) {
        assert!(Instant::now() < deadline, "never shown");
        window.0.step();
    }
}

#[test]
fn saving_takes_a_picture_that_is_only_typed_and_stays_where_it_is_refused() {
    let mut f = Fixture::new();
    f.product("A", 1000, 0);
    let path = picture(f.folder.path(), "a.png", 300);
    let mut window = form_with_path(&f, "/nowhere/a.png");
    window.keys(egui::Modifiers::COMMAND, egui::Key::S);
    window.wait_for("(5002)");
    assert_eq!(f.figure("SELECT version FROM products"), 1);
    window.keys(egui::Modifiers::COMMAND, egui::Key::A);
    window.type_text(&format!("\"{}\"", path.display()));
    window.keys(egui::Modifiers::COMMAND, egui::Key::S);
    window.wait_for("已保存");
    assert_eq!(f.text("SELECT image_path FROM products"), kept(&f)[0]);
}

#[test]
fn the_own_avatar_is_changed_from_the_account_menu() {
    let f = Fixture::new();
    let path = picture(f.folder.path(), "me.jpg", 80);
    let mut window = Window::of(&f);
    window.click("账号");
    window.click("更换头像");
    window.type_text(path.to_str().unwrap());
    window.keys(egui::Modifiers::COMMAND, egui::Key::S);
    window.wait_for("头像已保存");
    assert_eq!(f.text("SELECT avatar_path FROM users"), kept(&f)[0]);
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> std::result::Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_file_dropped_on_the_form_is_its_picture_but_not_where_the_product_is_only_read() {
    let mut f = Fixture::new();
    f.product("A", 1000, 0);
    let path = picture(f.folder.path(), "a.png", 300);
    let form = |desk| {
        let mut window = Window::open(desk);
        window.page("产品库存");
        window.key(egui::Key::ArrowDown);
        window.key(egui::Key::F2);
        window.0.input_mut().dropped_files = vec![Arc::new(Dropped(path.clone()))];
        window.0.step();
        window.0.input_mut().dropped_files.clear();
        window
    };
    let mut window = form(f.as_role(choice::Role::Employee));
    window.wait_for("查看产品");
    window.key(egui::Key::Escape);
    assert!(!window.contains("查看产品") && !window.contains("还没保存"), "nothing to ask about: {:?}", window.labels());
    assert_eq!(kept(&f), [""; 0]);
    let mut window = form(f.signed_in("admin"));
    window.wait_for("移除图片");
    window.click("移除图片");
    window.key(egui::Key::Escape);
    assert!(!window.shows("修改产品"), "as it was before");
    assert_eq!(kept(&f).len(), 1);
}
