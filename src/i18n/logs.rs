//! Descriptions of log rows (rulings §10), and notes that commands write by themselves.

use super::texts;

texts! {
    /// `{0}` is mostly the record's name or number.
    Logs {
        first_run: "建立账套，管理员 {0}", "Set up the company; administrator {0}";
        login: "{0} 登录", "{0} signed in";
        logout: "{0} 退出登录", "{0} signed out";
        login_failed: "登录失败：{0}", "Sign-in failed: {0}";
        denied: "没有权限：{0} · {1}（{2}）", "Denied: {0} · {1} ({2})";
        password_changed: "{0} 修改了自己的密码", "{0} changed their own password";
        password_reset: "重置了 {0} 的密码", "Reset the password of {0}";
        user_created: "新建用户 {0}（{1}）", "Created user {0} ({1})";
        user_updated: "修改用户 {0}（{1}）", "Changed user {0} ({1})";
        user_deleted: "删除用户 {0}（{1}）", "Deleted user {0} ({1})";
        user_deactivated: "停用用户 {0}（{1}，有往来记录）", "Deactivated user {0} ({1}, has records)";
        profile_updated: "{0} 修改了自己的资料", "{0} changed their own profile";
        permissions_updated: "修改权限，共 {0} 项", "Changed permissions: {0}";
        permissions_reset: "恢复默认权限，共 {0} 项", "Restored default permissions: {0}";
        picked: "拣货 {0}：{1} {2}，已拣 {3}", "Picked for {0}: {1} {2}, {3} in all";
        pin_set: "{0} 设置了终端 PIN", "{0} set the terminal PIN";
        pin_removed: "{0} 取消了终端 PIN", "{0} removed the terminal PIN";
        operator_switched: "{0} 在仓库终端登录", "{0} signed in at the terminal";
        terminal_entered: "{0} 进入仓库终端", "{0} entered the terminal";
        terminal_left: "{0} 离开仓库终端", "{0} left the terminal";
        avatar_changed_by: "更换了 {0} 的头像", "Changed the picture of {0}";
        avatar_changed: "{0} 更换了头像", "{0} changed their own picture";
        config_updated: "修改系统配置 {0}", "Changed the setting {0}";
        customer_created: "新建客户 {0}", "Created customer {0}";
        customer_updated: "修改客户 {0}", "Changed customer {0}";
        customer_assigned: "客户 {0} 由 {1} 移交给 {2}", "Handed customer {0} over from {1} to {2}";
        customer_deleted: "删除客户 {0}", "Deleted customer {0}";
        customer_deactivated: "停用客户 {0}（有往来记录）", "Deactivated customer {0} (has records)";
        product_created: "新建产品 {0}（{1}）", "Created product {0} ({1})";
        product_updated: "修改产品 {0}（{1}）", "Changed product {0} ({1})";
        product_deleted: "删除产品 {0}（{1}）", "Deleted product {0} ({1})";
        product_deactivated: "停用产品 {0}（{1}，有往来记录）", "Deactivated product {0} ({1}, has records)";
        stock_in: "入库 {0}（{1}）{2} {3}", "Stock in {0} ({1}) {2} {3}";
        stock_out: "出库 {0}（{1}）{2} {3}", "Stock out {0} ({1}) {2} {3}";
        stock_adjusted: "盘点 {0}（{1}）差异 {2} {3}", "Counted {0} ({1}), difference {2} {3}";
        stock_reversed: "撤销出入库 {0}（{1}）{2} {3}", "Undid a movement of {0} ({1}) {2} {3}";
        order_created: "新建订单 {0}，客户 {1}，{2}", "Created order {0} for {1}, {2}";
        order_updated: "修改订单 {0}", "Changed order {0}";
        order_shipped: "订单 {0} 发货", "Shipped order {0}";
        order_completed: "订单 {0} 完成", "Completed order {0}";
        order_cancelled: "取消订单 {0}，退回库存 {1}，退款 {2}", "Cancelled order {0}, pieces returned {1}, refunded {2}";
        cancelled_note: "取消订单", "Order cancelled";
        payment_created: "订单 {0} 收款 {1}（{2}，{3}）", "Payment for order {0}: {1} ({2}, {3})";
        payment_refunded: "订单 {0} 退款 {1}（{2}，{3}）", "Refund of order {0}: {1} ({2}, {3})";
        order_from_quote: "由报价单 {3} 新建订单 {0}，客户 {1}，{2}", "Made order {0} for {1}, {2}, from quote {3}";
        returned: "订单 {0} 退货 {1}：{2} 件，金额 {3}，退款 {4}", "Return {1} of order {0}: {2} {2:piece|pieces}, {3}, refunded {4}";
        returned_note: "退货 {0}", "Return {0}";
        quote_created: "新建报价单 {0}，客户 {1}，{2}", "Created quote {0} for {1}, {2}";
        quote_updated: "修改报价单 {0}", "Changed quote {0}";
        quote_copied: "由报价单 {1} 复制出 {0}", "Copied quote {1} into {0}";
        quote_sent: "报价单 {0} 已发送", "Quote {0} was sent";
        quote_accepted: "报价单 {0} 已接受", "Quote {0} was accepted";
        quote_rejected: "报价单 {0} 已拒绝", "Quote {0} was rejected";
        quote_deleted: "删除报价单 {0}", "Deleted quote {0}";
        followup_created: "跟进客户 {0}", "Followed up {0}";
        followup_updated: "修改客户 {0} 的跟进记录", "Changed a follow-up of {0}";
        followup_deleted: "删除客户 {0} 的跟进记录", "Deleted a follow-up of {0}";
        followup_done: "完成客户 {0} 的待跟进", "Done: follow up {0}";
        followup_reopened: "恢复客户 {0} 的待跟进", "Reopened: follow up {0}";
        stocktake_created: "开始盘点 {0}，{1} 种产品", "Started stocktake {0}, {1} {1:product|products}";
        stocktake_counted: "盘点 {0} 录入 {1} 行", "Counted {1} {1:line|lines} of stocktake {0}";
        stocktake_posted: "盘点 {0} 过账：{1} 行有差异，盘盈 {2}，盘亏 {3}", "Posted stocktake {0}: {1} {1:line differs|lines differ}, surplus {2}, shortage {3}";
        stocktake_discarded: "作废盘点 {0}", "Discarded stocktake {0}";
        printed: "打印{0} {1}", "Printed {0} {1}";
        exported: "导出{0}：{1} 行，{2}", "Exported {0}: {1} {1:row|rows}, {2}";
        imported: "导入{0}：{1}，新增 {2}，修改 {3}，跳过 {4}", "Imported {0}: {1}; created {2}, changed {3}, skipped {4}";
        backup_made: "备份到 {0}", "Backed up to {0}";
        backup_failed: "自动备份没有成功：{0}", "The automatic backup failed: {0}";
        backups_removed: "清理自动备份 {0} 份", "Removed {0} old automatic {0:backup|backups}";
        restored_new: "{0} 从备份 {1} 恢复数据", "{0} restored the backup {1}";
        restored: "{0} 从备份 {1} 恢复数据，恢复前的数据存为 {2}", "{0} restored the backup {1}; the previous data is kept as {2}";
        demo_created: "生成演示数据：客户 {0}，产品 {1}，订单 {2}", "Made demo data: {0} {0:customer|customers}, {1} {1:product|products}, {2} {2:order|orders}";
    }
}
