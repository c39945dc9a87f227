//! Texts of pictures: choosing one, the own avatar.

use super::texts;

texts! {
    /// The texts of pictures.
    Pictures {
        picture: "图片", "Picture";
        choose: "选择图片", "Choose picture";
        checking: "正在检查…", "Checking…";
        kinds: "图片（PNG、JPEG）", "Pictures (PNG, JPEG)";
        remove: "移除图片", "Remove picture";
        path: "图片文件", "Picture file";
        path_hint: "输入路径后按 Enter", "Type a path and press Enter";
        drop_hint: "可拖入文件；PNG、JPEG，10 MB 以内", "Or drop a PNG or JPEG, up to 10 MB";
        change_avatar: "更换头像", "Change picture";
        avatar_saved: "头像已保存", "Picture saved";
    }
}
