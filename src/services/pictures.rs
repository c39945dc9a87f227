//! Pictures of products and people: kept beside the data file, shown as thumbnails, set as avatar.
//!
//! Copying, checking and decoding take their time: the window calls these from a job. A product's picture is part of its input.

use std::path::Path;

use super::customers::conflict;
use super::desk::{Act, Desk, DeskKey};
use crate::database::pictures;
use crate::i18n::fill;
use crate::models::choice::Entity;
use crate::models::log::Changes;
use crate::models::picture::{PictureName, Thumbnail};
use crate::models::rights::Command;
use crate::models::user::User;
use crate::models::{Error, Result, UserId};
use crate::repositories as repo;

/// Checks a picture and copies it beside the data file; nothing shows it yet. 4000 for what is no picture, too large or damaged; 5002 by file.
pub fn keep(desk: &Desk, source: &Path) -> Result<PictureName> {
    desk.read(Command::KeepPicture, |_, _| Ok(()))?;
    pictures::keep(desk.database().path(), source)
}

/// As [`keep`], scaled down to what a paper shows of a logo; the configuration names it. Needs the right to change the configuration.
pub fn keep_logo(desk: &Desk, source: &Path) -> Result<PictureName> {
    desk.read(Command::KeepLogo, |_, _| Ok(()))?;
    pictures::keep_within(desk.database().path(), source, PictureName::LOGO_PIXELS)
}

/// A kept picture of at most `side` pixels. Errors where it is missing or damaged: a placeholder is shown then.
pub fn thumbnail(key: &DeskKey, name: &PictureName, side: u32) -> Result<Thumbnail> {
    pictures::thumbnail(key.path(), name, side)
}

/// Changes or removes the own picture.
pub fn set_avatar(desk: &mut Desk, picture: Option<&PictureName>) -> Result<()> {
    desk.write(Command::SetAvatar, |act| {
        let user = repo::users::get(act.tx, act.actor.user)?.ok_or(Error::NotSignedIn)?;
        change(act, &user, picture, act.actor.lang.texts().logs.avatar_changed)
    })
}

/// Changes or removes the picture of a person who was read at `version`. 4004 for an unknown one; a conflict where someone saved meanwhile.
pub fn set_avatar_of(desk: &mut Desk, id: UserId, version: i64, picture: Option<&PictureName>) -> Result<()> {
    desk.write(Command::SetAvatarOf, |act| {
        let user = repo::users::get(act.tx, id)?.ok_or(Error::NotFound(Entity::User))?;
        if user.version != version {
            return Err(conflict(act, Entity::User, id.0, user.updated_at)?);
        }
        change(act, &user, picture, act.actor.lang.texts().logs.avatar_changed_by)
    })
}

fn change(act: &Act<'_>, user: &User, picture: Option<&PictureName>, description: &str) -> Result<()> {
    repo::users::set_avatar(act.tx, user.id, picture, act.actor.now)?;
    let name = |picture: Option<&PictureName>| picture.map(|picture| picture.as_str().to_owned()).unwrap_or_default();
    let mut changes = Changes::default();
    changes.note("avatar_path", name(user.avatar.as_ref()), name(picture));
    act.log(Entity::User, user.id.0, fill(description, &[&user.full_name]), &changes)
}
