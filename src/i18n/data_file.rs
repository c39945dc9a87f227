//! Texts of the entrance where the data file cannot be used: what it is, and the ways out.

use super::{Lang, fill, texts};
use crate::models::Error;
use crate::models::error::FileProblem;

texts! {
    /// A data file that cannot be used.
    DataFileTexts {
        damaged: "数据文件已损坏({0})", "The data file is damaged ({0})";
        damaged_more: "没有做任何改动。请用备份恢复：现在的文件会先原样另存，不会丢。", "Nothing was changed. Restore a backup: the file as it is now is kept as a copy first.";
        not_ours: "这不是掌柜的数据文件({0})", "This is not a Zhanggui data file ({0})";
        not_ours_more: "内容不是数据库，可能被别的文件盖过。没有做任何改动，可以打开其他文件，或用备份恢复（现在的文件会先原样另存）。", "It holds no database; another file may have been written over it. Nothing was changed. Open another file, or restore a backup (the file as it is now is kept as a copy first).";
        foreign: "这是其他程序的数据库({0})", "This database belongs to another program ({0})";
        foreign_more: "没有做任何改动。请打开掌柜的数据文件。", "Nothing was changed. Please open a data file of Zhanggui.";
        altered: "数据文件被其他程序改动过({0})", "Another program altered the data file ({0})";
        altered_more: "里面有不属于掌柜的内容，不能放心使用。没有做任何改动，请用备份恢复：现在的文件会先原样另存。", "It holds what is not Zhanggui's and cannot be trusted. Nothing was changed. Restore a backup: the file as it is now is kept as a copy first.";
        newer: "数据文件来自更新版本的掌柜({0})", "A newer version made this data file ({0})";
        newer_more: "数据是好的，没有做任何改动。请先升级这台电脑上的程序。这里不提供恢复：旧备份会盖掉新版本里录入的数据。", "The data is fine and nothing was changed. Update the program on this computer. A restore is not offered: an old backup would replace what was entered since.";
        read_only: "数据文件只能读取({0})", "The data file is read-only ({0})";
        read_only_more: "请检查文件和文件夹的权限、磁盘是否写保护，然后重试。", "Check the permissions of the file and its folder and whether the disk is write-protected, then try again.";
        network: "数据文件在网络共享上({0})", "The data file is on a network share ({0})";
        network_more: "文件锁在网络共享上不可靠，几个人同时使用会损坏数据。请把文件放到本机磁盘，再打开它。", "Locks cannot be relied on there, and several people at once would damage the data. Keep the file on a disk of this computer and open it there.";
        in_use: "数据文件正被占用({0})", "The data file is in use ({0})";
        in_use_more: "另一个程序正独占它，可能在升级或恢复。空出来后会自动打开。", "Another program holds it, perhaps for an update or a restore. It opens by itself once it is free.";
        missing: "找不到数据文件({0})", "The data file does not exist ({0})";
        missing_more: "它可能被移走或改名了。可以打开其他文件，或在这个位置恢复一份备份。", "It may have been moved or renamed. Open another file, or restore a backup in its place.";
        unreadable: "没能打开数据文件({0})", "The data file could not be opened ({0})";

        path: "数据文件", "Data file";
        restore: "恢复备份", "Restore a backup";
        other: "打开其他文件", "Open another file";
        other_more: "只在这次打开；下次启动仍用默认的数据文件。", "For this time only; the next start uses the default data file.";
        open: "打开", "Open";
        folder: "打开备份文件夹", "Open the folder of backups";
    }
}

impl Lang {
    /// What is wrong with a data file, and what to do. `mends` = a restore would put it right.
    pub fn data_file(self, problem: &Error, mends: bool) -> (String, String) {
        let t = &self.texts().data_file;
        let code = problem.code() as i32;
        let (title, more) = match problem {
            Error::Busy => (t.in_use, t.in_use_more),
            Error::DataFile { problem, .. } => match problem {
                FileProblem::Damaged => (t.damaged, t.damaged_more),
                FileProblem::NotADatabase => (t.not_ours, t.not_ours_more),
                FileProblem::Foreign if mends => (t.altered, t.altered_more),
                FileProblem::Foreign => (t.foreign, t.foreign_more),
                FileProblem::Newer => (t.newer, t.newer_more),
                FileProblem::ReadOnly => (t.read_only, t.read_only_more),
                FileProblem::NetworkShare => (t.network, t.network_more),
                FileProblem::Missing | FileProblem::AlreadyThere => (t.missing, t.missing_more),
            },
            other => return (fill(t.unreadable, &[&code]), self.sentence(other)),
        };
        (fill(title, &[&code]), more.to_owned())
    }
}
