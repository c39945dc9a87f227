//! Pictures beside the data file: checked, copied by content hash, decoded and scaled down. Never touches the data file itself.
//!
//! A picture that is replaced stays in the folder: backups and the log may still name it.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};

use super::backup::{Step, hexadecimal, sync_folder};
use super::{create_private_folder, file_error};
use crate::models::picture::{PictureName, Thumbnail};
use crate::models::{Error, Field, Problem, Result};

/// The most memory that decoding one picture may take: 8000 × 8000 pixels of four bytes.
const MOST_MEMORY: u64 = 8000 * 8000 * 4 + 16 * 1024 * 1024;

/// `crm_erp.files` beside `crm_erp.db`.
pub fn folder(database: &Path) -> PathBuf {
    database.with_extension("files")
}

/// Copies a picture into the folder of this data file; its name there. The same picture is kept once.
/// 4000 for what is no png or jpeg, too large, or damaged; 5002 where a file cannot be read or written.
pub fn keep(database: &Path, source: &Path) -> Result<PictureName> {
    let bytes = read(source)?;
    let kind = match image::guess_format(&bytes) {
        Ok(ImageFormat::Png) => "png",
        Ok(ImageFormat::Jpeg) => "jpg",
        _ => return Err(Error::field(Field::Picture, Problem::NotAPicture)),
    };
    decode(&bytes)?;
    store(database, &bytes, kind)
}

/// Writes a checked picture under the hash of its content.
fn store(database: &Path, bytes: &[u8], kind: &str) -> Result<PictureName> {
    let name = PictureName::parse(&format!("{}.{kind}", hash(bytes))).ok_or_else(|| Error::Internal("picture name".into()))?;
    let folder = folder(database);
    write(&folder, &name, bytes)?;
    // The name itself must be durable before the data file speaks of it.
    sync_folder(&folder)?;
    Ok(name)
}

/// As [`keep`], upright and scaled down to at most so many pixels wide and high, as png.
pub fn keep_within(database: &Path, source: &Path, (width, height): (u32, u32)) -> Result<PictureName> {
    let (mut picture, turned) = decode(&read(source)?)?;
    picture.apply_orientation(turned);
    let picture = if picture.width() > width || picture.height() > height { picture.thumbnail(width, height) } else { picture };
    let mut png = Cursor::new(Vec::new());
    let written = DynamicImage::ImageRgba8(picture.into_rgba8()).write_to(&mut png, ImageFormat::Png);
    written.map_err(|error| Error::Internal(format!("picture: {error}")))?;
    store(database, png.get_ref(), "png")
}

/// Carries kept pictures from one folder to another, each only if its content is what its name says; how many are missing there afterwards.
/// 5002 where they cannot be written.
pub fn carry(from: &Path, to: &Path, names: &[PictureName], step: Step<'_>) -> Result<usize> {
    let mut missing = 0;
    for (at, name) in names.iter().enumerate() {
        if !step(at, names.len()) {
            return Err(Error::Cancelled);
        }
        let sound = |folder: &Path| read(&folder.join(name.as_str())).ok().filter(|bytes| name.as_str().starts_with(&hash(bytes)));
        if sound(to).is_some() {
            continue;
        }
        match sound(from) {
            Some(bytes) => write(to, name, &bytes)?,
            None => missing += 1,
        }
    }
    if missing < names.len() {
        sync_folder(to)?;
    }
    Ok(missing)
}

fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Writes a picture whole or not at all.
fn write(folder: &Path, name: &PictureName, bytes: &[u8]) -> Result<()> {
    create_private_folder(folder)?;
    let path = folder.join(name.as_str());
    // A kept file that was damaged since is written anew.
    if fs::read(&path).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|e| e.error)
    });
    written.map(drop).map_err(|e| file_error(&path, &e))
}

/// A kept picture, upright, at most `side` pixels wide and high. 5002 where it is missing, 4000 where it is damaged.
pub fn thumbnail(database: &Path, name: &PictureName, side: u32) -> Result<Thumbnail> {
    let bytes = read(&folder(database).join(name.as_str()))?;
    let (picture, turned) = decode(&bytes)?;
    let mut picture = if picture.width().max(picture.height()) > side { picture.thumbnail(side, side) } else { picture };
    picture.apply_orientation(turned);
    let picture = picture.into_rgba8();
    Ok(Thumbnail { width: picture.width() as usize, height: picture.height() as usize, rgba: picture.into_raw() })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    // Opening a pipe would wait for its other end for ever.
    if !fs::metadata(path).map_err(|e| file_error(path, &e))?.is_file() {
        return Err(file_error(path, &std::io::ErrorKind::InvalidInput.into()));
    }
    let file = fs::File::open(path).map_err(|e| file_error(path, &e))?;
    let mut bytes = Vec::new();
    // One byte more than may be tells that it is more, however the file's size is told.
    file.take(PictureName::MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| file_error(path, &e))?;
    if bytes.len() as u64 > PictureName::MOST_BYTES {
        return Err(Error::field(Field::Picture, Problem::TooLarge));
    }
    Ok(bytes)
}

/// Decodes within bounds that are checked against the header first; and how the camera was held.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation)> {
    let problem = |error| match error {
        ImageError::Limits(_) => Error::field(Field::Picture, Problem::TooLarge),
        _ => Error::field(Field::Picture, Problem::NotAPicture),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(PictureName::MOST_PIXELS);
    limits.max_image_height = Some(PictureName::MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| Error::Internal(e.to_string()))?;
    if reader.format() == Some(ImageFormat::Jpeg) && !reaches_end(bytes) {
        return Err(Error::field(Field::Picture, Problem::NotAPicture));
    }
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(problem)?;
    limits.reserve(decoder.total_bytes()).map_err(problem)?;
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(problem)?, turned))
}

/// Whether a jpeg goes on to its end mark: the decoder itself fills what is cut off with grey.
fn reaches_end(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    // From mark to mark; between them stand segments of a given length, or coded pixels, in which no other mark occurs.
    while let Some(at) = rest.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0x01 | 0xD0..=0xD8 | 0xFF)) {
        if rest[at + 1] == 0xD9 {
            return true;
        }
        rest = &rest[at + 2..];
        let length = rest.first_chunk().map_or(rest.len(), |length| usize::from(u16::from_be_bytes(*length)));
        rest = rest.get(length..).unwrap_or_default();
    }
    false
}
