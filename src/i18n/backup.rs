//! Texts of backups and restores in the window.

use super::texts;

texts! {
    /// Backup and restore.
    BackupTexts {
        title: "备份恢复", "Backup";
        task_backup: "备份", "Backup";
        task_automatic: "自动备份", "Automatic backup";
        task_restore: "恢复 {0}", "Restore {0}";
        made: "已备份并验证：{0}", "Backed up and verified: {0}";
        nothing_due: "还没到自动备份的时间", "No backup was due";
        restored: "数据已恢复", "The data is restored";
        restored_more: "恢复前的数据存为 {0}", "The previous data is kept as {0}";

        now: "立即备份", "Back up now";
        other: "恢复其他文件", "Restore another file";
        folder: "备份文件夹：{0}", "Folder: {0}";
        last: "上次自动备份 {0}", "Last automatic backup {0}";
        never: "还没有自动备份", "No automatic backup yet";
        failed: "自动备份没有成功", "The automatic backup failed";
        name: "文件", "File";
        kind: "类型", "Type";
        made_at: "时间", "Made";
        bytes: "大小", "Size";
        state: "验证", "Verified";
        manual: "手工", "Manual";
        automatic: "自动", "Automatic";
        safety: "恢复前", "Before a restore";
        verified: "已验证", "Verified";
        unverified: "没有清单", "No manifest";
        none: "还没有备份", "No backups yet";
        none_more: "备份在大家工作时进行，读回并检查之后才算数。", "Backups run while people work; each counts only after it has been read back and checked.";
        read_failed: "没能读取备份列表({0})", "The backups could not be read ({0})";
        restore: "恢复", "Restore";
        choose_first: "请先选择一份备份", "Choose a backup first";

        restore_title: "恢复备份", "Restore a backup";
        file: "备份文件", "Backup file";
        looking: "正在查看备份…", "Checking…";
        look: "查看", "View";
        there: "现在", "Now";
        in_backup: "备份里", "In the backup";
        company: "公司", "Company";
        users: "用户", "Users";
        customers: "客户", "Customers";
        products: "产品", "Products";
        quotes: "报价单", "Quotes";
        orders: "订单", "Orders";
        payments: "回款", "Payments";
        movements: "出入库", "Movements";
        last_order: "最近下单", "Last order";
        replaces: "恢复会替换全部现有数据", "Restoring replaces all current data";
        warning: "现有数据会先另存为恢复前的副本，然后全部换成备份里的内容。所有人需要重新登录，密码以备份为准。", "The current data is first kept as a copy, then replaced entirely by the backup. Everyone has to sign in again, with the backup's passwords.";
        accept: "这份备份没有清单，无法核对，仍要恢复", "This backup has no manifest and cannot be verified; restore it anyway";
        needs_tick: "请先勾选上面的说明", "Tick the box above first";
        needs_password: "请填写用户名和密码", "Enter name and password";
        password: "你的密码", "Your password";
        admin_of_backup: "数据文件读不出来时，以备份里的管理员为准", "If the data file cannot be read: an administrator of the backup";
        restoring: "正在恢复…", "Restoring…";
        key_now: "立即备份", "Back up now";
    }
}
