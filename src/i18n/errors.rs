//! Sentences for errors (tokens §9): what happened with its code, then what to do. No error makes its own text elsewhere.

use std::borrow::Cow;

use super::{Lang, fill, texts};
use crate::models::choice::{Entity, Module, OrderStatus, QuoteStatus};
use crate::models::error::{BackupProblem, FileProblem, FileReason, Refusal};
use crate::models::money::quantity;
use crate::models::quote::QuoteState;
use crate::models::rights::Verb;
use crate::models::{Error, Field, Problem};

texts! {
    /// Sentences and the names they are made of.
    Errors {
        fields: "有 {0} 处需要修改", "{0} {0:entry needs|entries need} attention";
        cancelled: "已停止，没有保留任何改动({0})。", "Stopped; nothing was kept ({0}).";
        bad_credentials: "用户名或密码错误({0})", "Wrong user name or password ({0})";
        too_many_attempts: "尝试次数过多({0})。请 {1} 后再试。", "Too many attempts ({0}). Try again in {1}.";
        password_again: "请再输一次你的密码({0})。", "Please enter your password again ({0}).";
        seconds: "{0} 秒", "{0} s";
        minutes: "{0} 分钟", "{0} min";
        not_signed_in: "登录已失效({0})。请重新登录。", "You are signed out ({0}). Please sign in again.";
        denied: "没有“{1} · {2}”权限({0})。请联系管理员开通。", "You do not have the permission \"{1} · {2}\" ({0}). Ask your administrator for it.";
        not_found: "找不到这个{1}({0})，可能已被删除，或不在你的数据范围内。", "This {1} was not found ({0}). It may have been deleted, or you may not have access to it.";
        conflict: "没有保存：{1}刚改过这个{2}({0})。你的修改还在这里。", "Not saved: {1} has just changed this {2} ({0}). Your changes are still here.";
        someone: "其他人", "someone else";
        internal: "程序遇到意外情况({0})：{1}。请重试；仍然不行请把这句话告诉技术支持。", "Something unexpected happened ({0}): {1}. Try again; if that does not help, pass this sentence on to support.";
        busy: "其他终端正在写入数据({0})。你的内容还在，请稍后再保存。", "Another terminal is writing ({0}). Your entries are kept; please save again shortly.";
        database: "没能读写数据文件({0})：{1}。请重试；仍然不行就用“检查数据”查看。", "The data file could not be read or written ({0}): {1}. Try again; if that does not help, run the data check.";
        file: "没能读写文件 {1}({0})：{2}", "The file {1} could not be read or written ({0}): {2}";
        r_full: "磁盘空间不足。请腾出空间，或换一个位置。", "the disk is full. Free some space, or choose another place.";
        r_denied: "没有权限。请检查文件和文件夹的权限，或换一个位置。", "permission denied. Check the permissions of the file and its folder, or choose another place.";
        r_missing: "文件或文件夹不存在。请检查路径。", "no such file or folder. Check the path.";
        r_read_only: "磁盘或文件是只读的。请取消写保护，或换一个位置。", "the disk or the file is read-only. Remove the write protection, or choose another place.";
        r_no_program: "系统里没有能打开它的程序。", "this computer has no program that opens it.";
        r_unknown: "系统没有说明原因。请检查磁盘和权限，或换一个位置。", "the system gives no reason. Check the disk and the permissions, or choose another place.";
        r_other: "{0}。请检查磁盘和权限，或换一个位置。", "{0}. Check the disk and the permissions, or choose another place.";
        printer: "打印机 {1} 没有接受文件({0})：{2}。请检查打印机是否接通，换一台打印机，或保存 PDF 后再打印。", "The printer {1} did not take the file ({0}): {2}. Check that it is connected, choose another one, or save the PDF and print that.";
        file_not_a_database: "{1} 不是掌柜的数据文件({0})。请选择另一个文件。", "{1} is not a Zhanggui data file ({0}). Please choose another file.";
        file_foreign: "{1} 是其他程序的数据库，或被其他程序改动过({0})。没有做任何改动。", "{1} belongs to another program or was altered by one ({0}). Nothing was changed.";
        file_damaged: "数据文件 {1} 已损坏({0})。没有做任何改动，请从备份恢复。", "The data file {1} is damaged ({0}). Nothing was changed; please restore a backup.";
        file_newer: "数据文件 {1} 由更新版本的掌柜创建({0})。请先升级程序。", "The data file {1} was made by a newer version ({0}). Please update the program.";
        file_read_only: "数据文件 {1} 只能读取({0})。请检查文件权限。", "The data file {1} is read-only ({0}). Please check its permissions.";
        file_network_share: "数据文件 {1} 在网络共享上，文件锁在那里不可靠，可能损坏数据({0})。请把它放在本机磁盘上。", "The data file {1} is on a network share, where locks cannot be relied on ({0}). Please keep it on a disk of this computer.";
        file_missing: "找不到数据文件 {1}({0})。请检查路径。", "The data file {1} does not exist ({0}). Please check the path.";
        file_already_there: "文件 {1} 已存在({0})。请换一个文件名。", "The file {1} already exists ({0}). Please choose another name.";
        backup_foreign: "{1} 不是掌柜的备份，或被其他程序改动过({0})。现有数据没有改动，请选择另一个备份。", "{1} is not a Zhanggui backup, or was altered by another program ({0}). Nothing was changed; please choose another backup.";
        backup_damaged: "备份 {1} 已损坏({0})。现有数据没有改动，请选择另一个备份。", "The backup {1} is damaged ({0}). Nothing was changed; please choose another backup.";
        backup_newer: "备份 {1} 由更新版本的掌柜创建({0})。请先升级程序。", "The backup {1} was made by a newer version ({0}). Please update the program.";
        backup_altered: "备份 {1} 与它的清单不符，做好之后被改动过({0})。现有数据没有改动，请选择另一个备份。", "The backup {1} is not what its manifest says; it was altered after it was made ({0}). Nothing was changed; please choose another backup.";
        backup_no_manifest: "备份 {1} 旁边没有清单（json 文件），无法核对它是否完整({0})。请把清单一起放回，或在窗口中确认后恢复。", "There is no manifest (.json) beside the backup {1}, so it cannot be verified ({0}). Put the manifest back, or restore from the window, which asks.";
        backup_unsound: "备份 {1} 里的数据互相矛盾（{2}），没有恢复({0})。请选择另一个备份。", "The data in the backup {1} is inconsistent ({2}); nothing was restored ({0}). Please choose another backup.";
        backup_in_use: "{1} 是正在使用的数据文件，不能恢复到它自己({0})。请选择备份文件夹里的备份。", "{1} is the data file in use and cannot be restored onto itself ({0}). Please choose a backup.";
        backup_data_unsound: "数据没有通过检查（{2}），{1} 里没有留下新备份({0})。请用“检查数据”查看，并保留已有的备份。", "The data did not pass the check ({2}); no new backup was left in {1} ({0}). Run the data check, and keep the backups you have.";
        shortage: "库存不足({0})：{1} 现有 {2} {4}，还缺 {3} {4}。", "Not enough stock ({0}): {1} has {2} {4}, {3} {4} short.";
        overpaid: "收款超过欠款({0})。最多可收 {1}。", "The payment is more than is due ({0}). Enter at most {1}.";
        refund_too_large: "退款超过已收金额({0})。最多可退 {1}。", "The refund is more than was paid ({0}). Enter at most {1}.";
        refund_needs_return: "已完成的订单要先退货才能退款({0})。", "A completed order can only be refunded with a return ({0}).";
        status_change: "订单是“{1}”，不能改为“{2}”({0})。", "The order is \"{1}\" and cannot become \"{2}\" ({0}).";
        unpaid_shipment: "订单还没收清，系统配置不允许欠款发货({0})。请先收款。", "The order is not paid, and shipping before payment is switched off ({0}). Record the payment first.";
        unpaid_completion: "还差 {1} 未收，收清后才能完成订单({0})。", "{1} is still due ({0}). The order can be completed once it is paid.";
        confirmation_stale: "金额或数量刚有变化({0})。请核对后再确认一次。", "The figures have just changed ({0}). Please check and confirm again.";
        lines_fixed: "库存已扣减，明细不能再改({0})。备注仍可修改。", "Stock was deducted, so the lines can no longer be changed ({0}). The notes can.";
        inactive: "这个{1}已停用({0})。启用后才能下单。", "This {1} is inactive ({0}). Activate it to use it in an order.";
        last_admin: "至少要保留一位启用的管理员({0})。请先启用或新建另一位管理员。", "At least one administrator must stay active ({0}). Activate or add another one first.";
        admins_only: "只有管理员可以新建、修改或删除管理员账号({0})。", "Only an administrator can add, change or delete administrators ({0}).";
        rights_unsound: "没有查看权限就不能有其他权限，管理员的权限是固定的({0})。", "Every other permission needs View, and administrators' permissions are fixed ({0}).";
        already_initialised: "这个数据文件已有管理员({0})。请直接登录。", "This data file already has its administrator ({0}). Please sign in.";
        over_limit: "超出信用额度({0})：额度 {1}，连同本单待收 {2}，超出 {3}。请先收款，或请主管调整额度。", "Over the credit limit ({0}): the limit is {1}, with this order {2} would be due, {3} over. Record a payment first, or have the limit raised.";
        over_limit_hidden: "超出客户的信用额度({0})。请先收款，或请主管调整额度。", "Over the customer's credit limit ({0}). Record a payment first, or have the limit raised.";
        total_too_large: "订单总额超过 9,999,999,999.99({0})。请分成几张订单。", "The total is over 9,999,999,999.99 ({0}). Please split the order.";
        not_reversible: "这笔出入库不能撤销({0})。只有手工登记、还没撤销过的才能撤销。", "This movement cannot be undone ({0}). Only manual movements that were not undone before can be undone.";
        config_value: "这个配置不接受这样的值({0})。", "This setting does not take that value ({0}).";
        same_password: "新密码和当前密码相同({0})。请换一个。", "The new password is the same as the current one ({0}). Please choose another.";

        quote_status_change: "报价单是“{1}”，不能改为“{2}”({0})。", "The quote is \"{1}\" and cannot become \"{2}\" ({0}).";
        quote_fixed: "只有草稿可以修改或删除({0})。可以复制成新的草稿。", "Only drafts can be changed or deleted ({0}). You can copy it into a new draft.";
        quote_turned: "这张报价单已转为订单 {1}({0})。", "This quote already became order {1} ({0}).";
        return_too_large: "退货数量超过可退数量({0})：{1} 最多可退 {2} {3}。", "More than can be returned ({0}): {1}, at most {2} {3}.";
        not_shipped: "订单还没发货，不能退货({0})。请改用取消订单。", "The order has not been shipped, so nothing can be returned ({0}). Cancel the order instead.";
        not_in_order: "这张订单里没有 {1}({0})，请放回货架。", "{1} is not in this order ({0}); put it back on the shelf.";
        picked_enough: "{1} 已拣够({0})：要 {2} {4}，已拣 {3} {4}。多出的请放回货架。", "{1} is picked in full ({0}): {2} {4} ordered, {3} {4} picked. Put the rest back on the shelf.";
        no_operator: "没有库存权限，不能操作仓库终端({0})。请换人登录。", "This user has no permission for stock and cannot use the terminal ({0}). Please switch user.";
        stocktake_closed: "这张盘点单已结束，不能再改({0})。", "This stocktake is closed and can no longer be changed ({0}).";
        counted_meanwhile: "{0} 已被别人盘为 {1} {2}({3})。请核对后再录入。", "Someone else has counted {0} as {1} {2} ({3}). Please check before entering it again.";
        uncounted_meanwhile: "{0} 的盘点数已被别人撤回({1})。请核对后再录入。", "Someone else has withdrawn the count of {0} ({1}). Please check before entering it again.";
        nothing_counted: "还没有盘点任何产品({0})。", "Nothing was counted yet ({0}).";
        stock_moved: "{1} 盘点后库存有变动({0})：当时 {2} {4}，现在 {3} {4}。共 {5} 行需要重新盘点。", "Stock of {1} moved since its count ({0}): {2} {4} then, {3} {4} now. Lines to count again: {5}.";
        job_running: "同样的任务正在进行({0})，请等它完成或先取消它。", "The same job is under way ({0}); wait for it or cancel it first.";
        too_many_rows: "Excel 工作表最多 {1} 行({0})，请筛选后再导出，或导出为 CSV。", "A sheet holds at most {1} rows ({0}); narrow the filters, or export as CSV.";
        nothing_planned: "这条跟进没有待办的计划({0})，可能已有更新的跟进。", "This follow-up has no next step planned ({0}); there may be a newer one.";

        p_required: "请填写{0}", "Please enter the {0}";
        p_too_long: "{0}最多 {1} 个字", "{0}: at most {1} characters";
        p_too_short: "{0}至少 {1} 个字符", "{0}: at least {1} characters";
        p_not_a_number: "{0}应为数字", "{0} must be a number";
        p_not_whole: "{0}应为整数", "{0} must be a whole number";
        p_negative: "{0}不能为负数", "{0} cannot be negative";
        p_out_of_range: "{0}应在 {1} 到 {2} 之间", "{0} must be between {1} and {2}";
        p_too_many_decimals: "{0}最多两位小数", "{0}: at most two decimals";
        p_too_large: "{0}太大", "{0} is too large";
        p_not_a_day: "{0}应为日期，如 2026-01-30", "{0} must be a date such as 2026-01-30";
        p_not_a_time: "{0}的时刻应如 14:30", "{0}: write the time as 14:30";
        p_phone_digits_short: "手机号应为 11 位，还少 {0} 位", "A mobile number has 11 digits; {0} missing";
        p_phone_digits_long: "手机号应为 11 位，多了 {0} 位", "A mobile number has 11 digits; {0} too many";
        p_not_an_email: "邮箱应如 name@example.com", "Write it as name@example.com";
        p_unknown_choice: "{0}不在可选范围内", "{0} is not one of the possible values";
        p_not_found: "找不到这个{0}", "This {0} does not exist";
        p_taken: "{0}已被使用", "{0} is already in use";
        p_picture_too_large: "图片超过 10 MB 或 8000 × 8000 像素", "The picture is over 10 MB or 8000 × 8000 pixels";
        p_not_a_picture: "{0}应为完好的 PNG 或 JPEG 文件", "The {0} must be an undamaged PNG or JPEG file";
        p_different: "两次输入的密码不同", "The two passwords do not match";
        p_not_hours: "{0}应为整点，如 12 或 12,18", "{0}: full hours such as 12 or 12,18";
        p_not_a_whole_path: "{0}应为完整路径", "{0} must be a full path";
        p_capitals: "{0}只能用大写字母 A 到 Z", "{0}: capital letters A to Z only";
        p_pin_digits: "PIN 应为 4 到 8 位数字", "A PIN has 4 to 8 digits";
        p_not_text: "{0}含有不能使用的字符", "{0} contains characters that cannot be used";
        p_own_pattern: "{0}与本系统的编号格式冲突", "{0} has the form of this program's own numbers";
        p_contradicts: "{0}与同一记录的其他行不一致", "{0} disagrees with other rows of the same record";
        p_in_the_future: "{0}不能晚于今天", "{0} cannot be after today";
        p_in_the_past: "{0}不能早于今天", "{0} cannot be before today";
        p_not_later: "{0}应晚于跟进时间", "{0} must be after the follow-up";

        f_name: "名称", "name";
        f_code: "客户编号", "customer number";
        f_contact_person: "联系人", "contact";
        f_phone: "电话", "phone";
        f_email: "邮箱", "e-mail";
        f_address: "地址", "address";
        f_industry: "行业", "industry";
        f_level: "等级", "level";
        f_status: "状态", "status";
        f_owner: "负责人", "owner";
        f_tags: "标签", "tags";
        f_payment_term: "账期天数", "payment term";
        f_credit_limit: "信用额度", "credit limit";
        f_sku: "产品编码", "SKU";
        f_barcode: "条码", "barcode";
        f_category: "分类", "category";
        f_specification: "规格", "specification";
        f_unit: "单位", "unit";
        f_price: "单价", "price";
        f_cost_price: "成本价", "cost price";
        f_threshold: "预警线", "reorder level";
        f_description: "描述", "description";
        f_picture: "图片", "picture";
        f_opening_stock: "期初库存", "opening stock";
        f_customer: "客户", "customer";
        f_quote: "报价单", "quote";
        f_order_day: "下单日期", "order date";
        f_order_no: "订单号", "order number";
        f_notes: "备注", "notes";
        f_lines: "产品明细", "lines";
        f_product: "产品", "product";
        f_quantity: "数量", "quantity";
        f_unit_price: "单价", "unit price";
        f_amount: "金额", "amount";
        f_method: "支付方式", "method";
        f_payment_day: "收款日期", "payment date";
        f_shipped_day: "发货日期", "ship date";
        f_valid_until: "有效期至", "last valid day";
        f_followup_time: "跟进时间", "time";
        f_followup_content: "跟进内容", "content";
        f_followup_result: "跟进结果", "result";
        f_next_followup: "下次跟进", "next follow-up";
        f_discount: "折扣", "discount";
        f_company: "公司名称", "company name";
        f_username: "用户名", "user name";
        f_full_name: "姓名", "full name";
        f_password: "密码", "password";
        f_password_again: "再次输入密码", "password again";
        f_old_password: "当前密码", "current password";
        f_pin: "PIN", "PIN";
        f_config_key: "配置项", "setting";
        f_config_value: "配置值", "value";
        f_kind: "类型", "type";
        f_from: "开始日期", "start date";
        f_to: "结束日期", "end date";
        f_order: "订单", "order";

        e_user: "用户", "user";
        e_customer: "客户", "customer";
        e_product: "产品", "product";
        e_order: "订单", "order";
        e_payment: "回款", "payment";
        e_movement: "出入库记录", "movement";
        e_quote: "报价单", "quote";
        e_followup: "跟进记录", "follow-up";
        e_return: "退货单", "return";
        e_stocktake: "盘点单", "stocktake";
        e_config: "配置", "setting";
        e_permission: "权限", "permission";
        e_file: "文件", "file";

        m_customer: "客户", "Customers";
        m_sales: "销售", "Sales";
        m_inventory: "库存", "Inventory";
        m_analytics: "分析", "Analytics";
        m_system: "系统", "System";
        m_cost: "成本", "Cost";
        v_view: "查看", "View";
        v_create: "新建", "Add";
        v_update: "修改", "Edit";
        v_delete: "删除", "Delete";

        s_pending_payment: "待付款", "Payment due";
        s_paid: "已付款", "Paid";
        s_shipped: "已发货", "Shipped";
        s_completed: "已完成", "Completed";
        s_cancelled: "已取消", "Cancelled";
        q_draft: "草稿", "Draft";
        q_sent: "已发送", "Sent";
        q_expired: "已过期", "Expired";
        q_accepted: "已接受", "Accepted";
        q_rejected: "已拒绝", "Rejected";
    }
}

impl Lang {
    /// The whole sentence of an error, with the spec's code.
    pub fn sentence(self, error: &Error) -> String {
        let t = &self.texts().errors;
        let code = error.code() as i32;
        match error {
            Error::Fields(fields) if fields.0.len() == 1 => format!("{}({code})", self.problem(fields.0[0].field, fields.0[0].problem)),
            Error::Fields(fields) => format!("{}({code})", fill(t.fields, &[&fields.0.len()])),
            Error::Rows(rows) => self.rows(rows, code),
            Error::Cancelled => fill(t.cancelled, &[&code]),
            Error::Refused(refusal) => self.refusal(refusal, code),
            Error::BadCredentials => fill(t.bad_credentials, &[&code]),
            Error::TooManyAttempts { wait_seconds } => fill(t.too_many_attempts, &[&code, &self.duration(*wait_seconds)]),
            Error::PasswordAgain => fill(t.password_again, &[&code]),
            Error::NotSignedIn => fill(t.not_signed_in, &[&code]),
            Error::Denied { module, verb } => fill(t.denied, &[&code, &self.module(*module), &self.verb(*verb)]),
            Error::NotFound(entity) => fill(t.not_found, &[&code, &self.entity(*entity)]),
            Error::Conflict { entity, by, .. } => {
                let by = by.as_deref().unwrap_or(t.someone);
                fill(t.conflict, &[&code, &by, &self.entity(*entity)])
            }
            Error::Internal(reason) => fill(t.internal, &[&code, reason]),
            Error::Busy => fill(t.busy, &[&code]),
            Error::Database(reason) => fill(t.database, &[&code, reason]),
            Error::DataFile { path, problem } => {
                let text = match problem {
                    FileProblem::NotADatabase => t.file_not_a_database,
                    FileProblem::Foreign => t.file_foreign,
                    FileProblem::Damaged => t.file_damaged,
                    FileProblem::Newer => t.file_newer,
                    FileProblem::ReadOnly => t.file_read_only,
                    FileProblem::NetworkShare => t.file_network_share,
                    FileProblem::Missing => t.file_missing,
                    FileProblem::AlreadyThere => t.file_already_there,
                };
                fill(text, &[&code, path])
            }
            Error::Backup { path, problem } => {
                let (text, rule) = match problem {
                    BackupProblem::Foreign => (t.backup_foreign, ""),
                    BackupProblem::Damaged => (t.backup_damaged, ""),
                    BackupProblem::Newer => (t.backup_newer, ""),
                    BackupProblem::Altered => (t.backup_altered, ""),
                    BackupProblem::NoManifest => (t.backup_no_manifest, ""),
                    BackupProblem::Unsound(rule) => (t.backup_unsound, self.rule(rule).0),
                    BackupProblem::InUse => (t.backup_in_use, ""),
                    BackupProblem::DataUnsound(rule) => (t.backup_data_unsound, self.rule(rule).0),
                };
                fill(text, &[&code, path, &rule])
            }
            Error::File { path, reason } => fill(t.file, &[&code, path, &self.file_reason(reason)]),
            Error::Printer { printer, reason } => fill(t.printer, &[&code, printer, reason]),
        }
    }

    /// Why a file was not read or written, and what to do.
    fn file_reason(self, reason: &FileReason) -> Cow<'static, str> {
        let t = &self.texts().errors;
        match reason {
            FileReason::Full => t.r_full.into(),
            FileReason::Denied => t.r_denied.into(),
            FileReason::Missing => t.r_missing.into(),
            FileReason::ReadOnly => t.r_read_only.into(),
            FileReason::NoProgram => t.r_no_program.into(),
            FileReason::Unknown => t.r_unknown.into(),
            FileReason::Other(words) => fill(t.r_other, &[words]).into(),
        }
    }

    fn refusal(self, refusal: &Refusal, code: i32) -> String {
        let t = &self.texts().errors;
        match refusal {
            Refusal::Shortage { name, unit, wanted, available, .. } => {
                fill(t.shortage, &[&code, name, &quantity(*available), &quantity(wanted - available), unit])
            }
            Refusal::Overpaid { fits } => fill(t.overpaid, &[&code, &fits.yuan()]),
            Refusal::RefundTooLarge { paid } => fill(t.refund_too_large, &[&code, &paid.yuan()]),
            Refusal::RefundNeedsReturn => fill(t.refund_needs_return, &[&code]),
            Refusal::StatusChange { from, to } => fill(t.status_change, &[&code, &self.order_status(*from), &self.order_status(*to)]),
            Refusal::UnpaidShipment { .. } => fill(t.unpaid_shipment, &[&code]),
            Refusal::UnpaidCompletion { outstanding } => fill(t.unpaid_completion, &[&code, &outstanding.yuan()]),
            Refusal::ConfirmationStale => fill(t.confirmation_stale, &[&code]),
            Refusal::LinesFixed => fill(t.lines_fixed, &[&code]),
            Refusal::Inactive(entity) => fill(t.inactive, &[&code, &self.entity(*entity)]),
            Refusal::AdminsOnly => fill(t.admins_only, &[&code]),
            Refusal::RightsUnsound => fill(t.rights_unsound, &[&code]),
            Refusal::LastAdmin => fill(t.last_admin, &[&code]),
            Refusal::AlreadyInitialised => fill(t.already_initialised, &[&code]),
            Refusal::OverCreditLimit(Some(over)) => fill(t.over_limit, &[&code, &over.limit.yuan(), &over.due.yuan(), &over.excess().yuan()]),
            Refusal::OverCreditLimit(None) => fill(t.over_limit_hidden, &[&code]),
            Refusal::TotalTooLarge => fill(t.total_too_large, &[&code]),
            Refusal::NotReversible => fill(t.not_reversible, &[&code]),
            Refusal::ConfigValue => fill(t.config_value, &[&code]),
            Refusal::QuoteStatusChange { from, to } => fill(t.quote_status_change, &[&code, &self.quote_status(*from), &self.quote_status(*to)]),
            Refusal::QuoteFixed => fill(t.quote_fixed, &[&code]),
            Refusal::QuoteTurned { order_no } => fill(t.quote_turned, &[&code, order_no]),
            Refusal::ReturnTooLarge { name, unit, fits } => fill(t.return_too_large, &[&code, name, &quantity(*fits), unit]),
            Refusal::NotShipped => fill(t.not_shipped, &[&code]),
            Refusal::NotInOrder { name } => fill(t.not_in_order, &[&code, name]),
            Refusal::PickedEnough { name, unit, ordered, picked } => {
                fill(t.picked_enough, &[&code, name, &quantity(*ordered), &quantity(*picked), unit])
            }
            Refusal::NoOperator => fill(t.no_operator, &[&code]),
            Refusal::StocktakeClosed => fill(t.stocktake_closed, &[&code]),
            Refusal::CountedMeanwhile { name, unit, counted: Some(counted) } => fill(t.counted_meanwhile, &[name, counted, unit, &code]),
            Refusal::CountedMeanwhile { name, counted: None, .. } => fill(t.uncounted_meanwhile, &[name, &code]),
            Refusal::NothingCounted => fill(t.nothing_counted, &[&code]),
            Refusal::StockMoved { name, unit, was, now, lines } => fill(t.stock_moved, &[&code, name, &quantity(*was), &quantity(*now), unit, lines]),
            Refusal::NothingPlanned => fill(t.nothing_planned, &[&code]),
            Refusal::JobRunning => fill(t.job_running, &[&code]),
            Refusal::TooManyRows { most } => fill(t.too_many_rows, &[&code, &quantity(*most as i64)]),
            Refusal::SamePassword => fill(t.same_password, &[&code]),
        }
    }

    /// The sentence under a wrong field, without a code.
    pub fn problem(self, field: Field, problem: Problem) -> String {
        match (field, problem) {
            (Field::Picture, Problem::TooLarge) => self.texts().errors.p_picture_too_large.to_owned(),
            _ => self.problem_of(self.field(field), problem),
        }
    }

    /// What is wrong with something of this name.
    pub fn problem_of(self, name: &str, problem: Problem) -> String {
        let t = &self.texts().errors;
        let text = match problem {
            Problem::Required => fill(t.p_required, &[&inside(name)]),
            Problem::TooLong(most) => fill(t.p_too_long, &[&name, &most]),
            Problem::TooShort(least) => fill(t.p_too_short, &[&name, &least]),
            Problem::NotANumber => fill(t.p_not_a_number, &[&name]),
            Problem::NotWhole => fill(t.p_not_whole, &[&name]),
            Problem::Negative => fill(t.p_negative, &[&name]),
            Problem::OutOfRange(least, most) => fill(t.p_out_of_range, &[&name, &quantity(least), &quantity(most)]),
            Problem::TooManyDecimals => fill(t.p_too_many_decimals, &[&name]),
            Problem::TooLarge => fill(t.p_too_large, &[&name]),
            Problem::NotADay => fill(t.p_not_a_day, &[&name]),
            Problem::NotATime => fill(t.p_not_a_time, &[&name]),
            Problem::PhoneDigits(digits) if digits < 11 => fill(t.p_phone_digits_short, &[&(11 - digits)]),
            Problem::PhoneDigits(digits) => fill(t.p_phone_digits_long, &[&(digits - 11)]),
            Problem::NotAnEmail => t.p_not_an_email.to_owned(),
            Problem::UnknownChoice => fill(t.p_unknown_choice, &[&name]),
            Problem::NotFound => fill(t.p_not_found, &[&inside(name)]),
            Problem::Taken => fill(t.p_taken, &[&name]),
            Problem::NotHours => fill(t.p_not_hours, &[&name]),
            Problem::NotAWholePath => fill(t.p_not_a_whole_path, &[&name]),
            Problem::Capitals => fill(t.p_capitals, &[&name]),
            Problem::PinDigits => t.p_pin_digits.to_owned(),
            Problem::NotAPicture => fill(t.p_not_a_picture, &[&inside(name)]),
            Problem::Different => t.p_different.to_owned(),
            Problem::NotText => fill(t.p_not_text, &[&name]),
            Problem::OwnPattern => fill(t.p_own_pattern, &[&name]),
            Problem::Contradicts => fill(t.p_contradicts, &[&name]),
            Problem::InTheFuture => fill(t.p_in_the_future, &[&name]),
            Problem::InThePast => fill(t.p_in_the_past, &[&name]),
            Problem::NotLater => fill(t.p_not_later, &[&name]),
        };
        let mut letters = text.chars();
        match letters.next() {
            Some(first) if first.is_ascii_lowercase() => first.to_ascii_uppercase().to_string() + letters.as_str(),
            _ => text,
        }
    }

    fn duration(self, seconds: i64) -> String {
        let t = &self.texts().errors;
        if seconds < 120 { fill(t.seconds, &[&seconds]) } else { fill(t.minutes, &[&((seconds + 59) / 60)]) }
    }

    /// A field's name inside a sentence.
    pub fn field(self, field: Field) -> &'static str {
        let t = &self.texts().errors;
        match field {
            Field::Name => t.f_name,
            Field::Code => t.f_code,
            Field::ContactPerson => t.f_contact_person,
            Field::Phone => t.f_phone,
            Field::Email => t.f_email,
            Field::Address => t.f_address,
            Field::Industry => t.f_industry,
            Field::Level => t.f_level,
            Field::Status => t.f_status,
            Field::Owner => t.f_owner,
            Field::Tags => t.f_tags,
            Field::PaymentTerm => t.f_payment_term,
            Field::CreditLimit => t.f_credit_limit,
            Field::Sku => t.f_sku,
            Field::Barcode => t.f_barcode,
            Field::Category => t.f_category,
            Field::Specification => t.f_specification,
            Field::Unit => t.f_unit,
            Field::Price => t.f_price,
            Field::CostPrice => t.f_cost_price,
            Field::Threshold => t.f_threshold,
            Field::Description => t.f_description,
            Field::Picture => t.f_picture,
            Field::OpeningStock => t.f_opening_stock,
            Field::Customer => t.f_customer,
            Field::Quote => t.f_quote,
            Field::OrderDay => t.f_order_day,
            Field::OrderNo => t.f_order_no,
            Field::Notes => t.f_notes,
            Field::Lines => t.f_lines,
            Field::Product => t.f_product,
            Field::Quantity => t.f_quantity,
            Field::UnitPrice => t.f_unit_price,
            Field::Amount => t.f_amount,
            Field::Method => t.f_method,
            Field::PaymentDay => t.f_payment_day,
            Field::ShippedDay => t.f_shipped_day,
            Field::ValidUntil => t.f_valid_until,
            Field::FollowupTime => t.f_followup_time,
            Field::FollowupContent => t.f_followup_content,
            Field::FollowupResult => t.f_followup_result,
            Field::NextFollowup => t.f_next_followup,
            Field::Discount => t.f_discount,
            Field::Company => t.f_company,
            Field::Username => t.f_username,
            Field::FullName => t.f_full_name,
            Field::Password => t.f_password,
            Field::PasswordAgain => t.f_password_again,
            Field::OldPassword => t.f_old_password,
            Field::Pin => t.f_pin,
            Field::ConfigKey => t.f_config_key,
            Field::ConfigValue => t.f_config_value,
            Field::Kind => t.f_kind,
            Field::From => t.f_from,
            Field::To => t.f_to,
            Field::Order => t.f_order,
        }
    }

    /// What a kind of record is called.
    pub fn entity(self, entity: Entity) -> &'static str {
        let t = &self.texts().errors;
        match entity {
            Entity::User => t.e_user,
            Entity::Customer => t.e_customer,
            Entity::Product => t.e_product,
            Entity::Order => t.e_order,
            Entity::Payment => t.e_payment,
            Entity::Movement => t.e_movement,
            Entity::Quote => t.e_quote,
            Entity::Followup => t.e_followup,
            Entity::Return => t.e_return,
            Entity::Stocktake => t.e_stocktake,
            Entity::Config => t.e_config,
            Entity::Permission => t.e_permission,
            Entity::File => t.e_file,
        }
    }

    pub fn module(self, module: Module) -> &'static str {
        let t = &self.texts().errors;
        match module {
            Module::Customer => t.m_customer,
            Module::Sales => t.m_sales,
            Module::Inventory => t.m_inventory,
            Module::Analytics => t.m_analytics,
            Module::System => t.m_system,
            Module::Cost => t.m_cost,
        }
    }

    pub fn verb(self, verb: Verb) -> &'static str {
        let t = &self.texts().errors;
        match verb {
            Verb::View => t.v_view,
            Verb::Create => t.v_create,
            Verb::Update => t.v_update,
            Verb::Delete => t.v_delete,
        }
    }

    pub fn order_status(self, status: OrderStatus) -> &'static str {
        let t = &self.texts().errors;
        match status {
            OrderStatus::PendingPayment => t.s_pending_payment,
            OrderStatus::Paid => t.s_paid,
            OrderStatus::Shipped => t.s_shipped,
            OrderStatus::Completed => t.s_completed,
            OrderStatus::Cancelled => t.s_cancelled,
        }
    }

    pub fn quote_status(self, status: QuoteStatus) -> &'static str {
        let t = &self.texts().errors;
        match status {
            QuoteStatus::Draft => t.q_draft,
            QuoteStatus::Sent => t.q_sent,
            QuoteStatus::Accepted => t.q_accepted,
            QuoteStatus::Rejected => t.q_rejected,
        }
    }

    pub fn quote_state(self, state: QuoteState) -> &'static str {
        let t = &self.texts().errors;
        match state {
            QuoteState::Draft => t.q_draft,
            QuoteState::Sent => t.q_sent,
            QuoteState::Expired => t.q_expired,
            QuoteState::Accepted => t.q_accepted,
            QuoteState::Rejected => t.q_rejected,
        }
    }
}

/// A name as it stands inside a sentence: a label's capital goes, that of `SKU` stays.
fn inside(name: &str) -> Cow<'_, str> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some('a'..='z')) if first.is_ascii_uppercase() => format!("{}{}", first.to_ascii_lowercase(), &name[1..]).into(),
        _ => name.into(),
    }
}
