//! The log in words: actions, fields of records and their values, the rules of 「检查数据」 and what to do where one is broken.

use super::{Lang, fill, texts};
use crate::models::choice::{CreditCheck, CustomerLevel, LogAction, Module, OrderStatus, QuoteStatus, Role, Scope, Status, StockDeduction};
use crate::models::config::{ConfigKey, short_name, words};
use crate::models::rights::Verb;
use crate::models::stocktake::StocktakeStatus;
use crate::models::{Money, Timestamp, Zone};

texts! {
    /// Texts of the log's page.
    LogWords {
        search: "描述里的文字", "Words in the description";
        time: "时间", "Time";
        person: "人员", "Person";
        action: "操作", "Action";
        module: "模块", "Module";
        entity: "对象", "Record";
        description: "描述", "Description";
        host: "电脑", "Computer";
        system: "系统", "System";
        shown: "第 {0}–{1} 条，共 {2} 条记录", "{0}–{1} of {2} {2:entry|entries}";
        none_yet: "还没有日志", "Nothing logged yet";
        none_yet_more: "每次新建、修改、登录都会记在这里。", "Every change and sign-in is recorded here.";
        no_match: "没有符合条件的日志", "No matching entries";
        no_match_more: "换个时间段，或清除筛选条件。", "Try another period, or clear the filters.";
        list_failed: "没能读取日志({0})", "The log could not be read ({0})";
        detail: "日志 {0}", "Entry {0}";
        changes: "更改的内容", "What changed";
        no_changes: "这一条没有字段的更改", "No field changed";
        nothing: "（空）", "(empty)";
        key_check: "检查数据", "Check data";

        check_title: "检查数据", "Check data";
        checking: "正在检查，可以继续工作。", "Checking; you can go on working.";
        check_stop: "停止检查", "Stop";
        check_good: "数据完好", "The data is sound";
        check_good_more: "数据库完整性和 {0} 项规则全部成立。", "The integrity of the file and all {0} rules hold.";
        check_bad: "发现 {0} 处问题", "{0} {0:problem|problems} found";
        check_bad_more: "请先停止录入，按下面的办法处理。", "Please stop entering data and proceed as described below.";
        check_again: "再检查一次", "Check again";
        examples: "涉及：{0}", "Affects: {0}";
        records: "{0} 条", "{0} {0:record|records}";
        integrity: "数据库文件已损坏", "The data file is damaged";
        remedy_file: "从最近的备份恢复；先把现在的文件另存一份。", "Restore the latest backup; keep a copy of the present file first.";
        remedy_sums: "先备份现在的文件，再把这些编号交给技术支持核对；不要自行改数据库。", "Back the file up first, then give these numbers to support; do not repair the file yourself.";
        remedy_search: "只影响搜索：打开并保存这些记录一次即可。", "It only affects searching: open these records and save them once.";
        remedy_log: "日志在这一行起被改动过，请与最近的备份比较，并查明谁能接触这台电脑。", "The log was altered from this entry on: compare it with the latest backup, and find out who has access to this computer.";
        remedy_admin: "请联系技术支持，重新启用一位管理员。", "Ask support to activate an administrator again.";

        r_stock_is_sum_of_movements: "库存等于出入库之和", "Stock is the sum of its movements";
        r_running_stock: "每笔出入库后的库存连续", "Each movement continues the stock before it";
        r_reserved_is_sum_of_open_lines: "占用等于未发货订单之和", "Reserved stock is that of open orders";
        r_total_is_sum_of_lines: "订单总额等于明细之和", "An order's total is the sum of its lines";
        r_subtotal_is_quantity_times_price: "小计等于数量乘单价", "A subtotal is quantity times price";
        r_returned_is_sum_of_returned_lines: "退货金额等于退货明细之和", "The returned sum is that of returned lines";
        r_returned_lines_are_sums_of_returns: "明细的退货数量等于退货单之和", "Returned pieces are those of the returns";
        r_return_amount_is_sum_of_its_lines: "退货单金额等于其明细之和", "A return's amount is the sum of its lines";
        r_quote_total_is_sum_of_lines: "报价总额等于明细之和", "A quote's total is the sum of its lines";
        r_ordered_quotes_are_accepted: "已转订单的报价单都已接受", "Quotes that became orders are accepted";
        r_stocktakes_posted_their_differences: "盘点的差异都已过账", "Stocktakes posted their differences";
        r_paid_is_sum_of_payments: "已收金额等于回款之和", "The paid sum is that of the payments";
        r_orders_know_their_lines: "订单的件数、成本与明细相符", "An order's pieces and cost agree with its lines";
        r_orders_know_their_customers: "订单的负责人、客户名与客户相符", "An order's owner and customer name agree with its customer";
        r_order_sums: "订单汇总等于各订单之和", "Kept sums of orders are the sums of the orders";
        r_product_sums: "产品按月汇总等于各明细之和", "Kept sums of products are the sums of their lines";
        r_payment_sums: "回款汇总等于各笔回款之和", "Kept sums of payments are the sums of the payments";
        r_status_agrees_with_sums: "订单状态与金额相符", "An order's status agrees with its sums";
        r_order_stock_moved_once: "订单只扣一次库存", "An order moves its stock once";
        r_customer_outstanding: "客户欠款等于订单之和", "What a customer owes is that of the orders";
        r_customer_last_order: "客户的最近下单日期正确", "A customer's last order is right";
        r_customer_last_followup: "客户的最近跟进正确", "A customer's last follow-up is right";
        r_tags_agree: "标签一致", "Tags agree";
        r_numbers_are_counted: "单据编号都在计数之内", "Document numbers are counted";
        r_customers_are_searchable: "客户都能搜到", "Customers can be found";
        r_products_are_searchable: "产品都能搜到", "Products can be found";
        r_orders_are_searchable: "订单都能搜到", "Orders can be found";
        r_quotes_are_searchable: "报价单都能搜到", "Quotes can be found";
        r_search_has_no_strangers: "搜索里没有多余的记录", "The search has no strangers";
        r_foreign_keys: "引用的记录都存在", "Records that are referred to exist";
        r_an_administrator_is_active: "至少有一位启用的管理员", "An administrator is active";
        r_log_is_that_of_the_last_backup: "日志接着最近的备份往下写", "The log goes on from the last backup's";
        r_log_chain: "日志没有被改动", "The log is as it was written";

        searched_from: "文字只在 {0} 以后的日志里找；要找更早的，请选时间。", "The text search covers the log since {0}; choose a period to search further back.";
        a_login: "登录", "Sign-in";
        a_logout: "退出", "Sign-out";
        a_login_failed: "登录失败", "Failed sign-in";
        a_denied: "被拒绝", "Denied";
        a_create: "新建", "Create";
        a_update: "修改", "Change";
        a_delete: "删除", "Delete";
        a_import: "导入", "Import";
        a_export: "导出", "Export";
        a_backup: "备份", "Backup";
        a_restore: "恢复", "Restore";
        a_print: "打印", "Print";

        yes: "是", "Yes";
        no: "否", "No";
        active: "启用", "Active";
        inactive: "停用", "Inactive";
        open: "进行中", "Open";
        posted: "已过账", "Posted";
        discarded: "已作废", "Discarded";
        all: "全部", "All";
        own: "本人", "Own";
    }
}

texts! {
    /// Names of the fields that changes speak of; the key is the word in the data file.
    LogFields {
        status: "状态", "Status";
        total_amount: "总金额", "Total";
        paid_amount: "已收金额", "Paid";
        returned_amount: "退货金额", "Returned";
        refund: "退款", "Refund";
        returned_pieces: "退回数量", "Pieces returned";
        customer: "客户", "Customer";
        name: "名称", "Name";
        lines: "明细行数", "Lines";
        stock_quantity: "库存", "Stock";
        sku: "产品编码", "SKU";
        notes: "备注", "Notes";
        valid_until: "有效期至", "Valid until";
        unit: "单位", "Unit";
        tags: "标签", "Tags";
        stock_warning_threshold: "预警线", "Reorder level";
        specification: "规格", "Specification";
        result: "跟进结果", "Result";
        quote: "报价单", "Quote";
        quote_no: "报价单号", "Quote number";
        order_no: "订单号", "Order number";
        price: "销售单价", "Price";
        cost_price: "成本价", "Cost price";
        pieces_more: "盘盈", "Surplus";
        pieces_less: "盘亏", "Shortage";
        adjusted_lines: "有差异的行", "Lines that differ";
        counted: "盘点数", "Counted";
        blind: "盲盘", "Blind";
        picked: "已拣", "Picked";
        phone: "电话", "Phone";
        email: "邮箱", "E-mail";
        address: "地址", "Address";
        industry: "行业", "Industry";
        code: "客户编号", "Customer number";
        contact_person: "联系人", "Contact";
        customer_level: "等级", "Level";
        assigned_to: "负责人", "Owner";
        payment_term_days: "账期天数", "Payment term";
        credit_limit: "信用额度", "Credit limit";
        over_credit_limit: "超出信用额度", "Over the credit limit";
        content: "跟进内容", "Content";
        followup_time: "跟进时间", "Time";
        next_followup_time: "下次跟进", "Next follow-up";
        next_done_at: "计划完成时间", "Plan done";
        category: "分类", "Category";
        barcode: "条码", "Barcode";
        description: "描述", "Description";
        image_path: "图片", "Picture";
        avatar_path: "头像", "Picture";
        full_name: "姓名", "Name";
        role: "角色", "Role";
        created: "新增", "Created";
        updated: "修改", "Changed";
        skipped: "跳过", "Skipped";
        warnings: "提示", "Warnings";
    }
}

/// Fields that hold amounts.
const AMOUNTS: &[&str] = &["total_amount", "paid_amount", "returned_amount", "refund", "price", "cost_price", "credit_limit", "over_credit_limit"];

impl Lang {
    pub fn log_action(self, action: LogAction) -> &'static str {
        let t = &self.texts().log_words;
        match action {
            LogAction::Login => t.a_login,
            LogAction::Logout => t.a_logout,
            LogAction::LoginFailed => t.a_login_failed,
            LogAction::Denied => t.a_denied,
            LogAction::Create => t.a_create,
            LogAction::Update => t.a_update,
            LogAction::Delete => t.a_delete,
            LogAction::Import => t.a_import,
            LogAction::Export => t.a_export,
            LogAction::Backup => t.a_backup,
            LogAction::Restore => t.a_restore,
            LogAction::Print => t.a_print,
        }
    }

    /// What a changed field is called; a field this program does not know keeps its word.
    pub fn log_field(self, field: &str) -> String {
        if let Some(key) = ConfigKey::parse(field) {
            return self.config_key(key).0.to_owned();
        }
        if let Some(cell) = self.log_cell(field) {
            return cell;
        }
        let found = LogFields::ALL.iter().find(|(known, ..)| *known == field);
        found.map_or_else(|| field.to_owned(), |(_, zh, en)| if self == Lang::ZhCn { *zh } else { *en }.to_owned())
    }

    /// `sales.customer.create` → 销售 · 客户 · 新建.
    fn log_cell(self, field: &str) -> Option<String> {
        let mut words = field.split('.');
        let (role, module, last) = (Role::parse(words.next()?)?, Module::parse(words.next()?)?, words.next()?);
        let what = if last == "scope" { self.texts().settings.reach } else { self.verb(Verb::parse(last)?) };
        Some(format!("{} · {} · {what}", self.role(role), self.module(module)))
    }

    /// A value as it is read: amounts with their sign, times in the business zone, words instead of codes.
    pub fn log_value(self, field: &str, value: &str, zone: Zone) -> String {
        let t = &self.texts().log_words;
        if AMOUNTS.contains(&field) {
            return Money::parse(value).map_or_else(|_| value.to_owned(), Money::yuan);
        }
        if let Some(at) = Timestamp::parse(value) {
            return at.shown(zone);
        }
        if let Some(key) = ConfigKey::parse(field) {
            return self.log_config(key, value);
        }
        let word = match (field, value) {
            ("role", value) => Role::parse(value).map(|role| self.role(role)),
            ("customer_level", value) => CustomerLevel::parse(value).map(|level| match level {
                CustomerLevel::Vip => self.texts().common.level_vip,
                CustomerLevel::Important => self.texts().common.level_important,
                CustomerLevel::Normal => self.texts().common.level_normal,
            }),
            ("status", value) => self.log_status(value),
            ("blind", "true" | "1") | (_, "yes") => Some(t.yes),
            ("blind", "false" | "0") | (_, "no") => Some(t.no),
            (field, value) if field.ends_with(".scope") => Scope::parse(value).map(|scope| if scope == Scope::All { t.all } else { t.own }),
            _ => None,
        };
        word.unwrap_or(value).to_owned()
    }

    fn log_status(self, value: &str) -> Option<&'static str> {
        let t = &self.texts().log_words;
        let record = Status::parse(value).map(|status| if status == Status::Active { t.active } else { t.inactive });
        let order = || OrderStatus::parse(value).map(|status| self.order_status(status));
        let quote = || QuoteStatus::parse(value).map(|status| self.quote_status(status));
        let stocktake = || {
            StocktakeStatus::parse(value).map(|status| match status {
                StocktakeStatus::Open => t.open,
                StocktakeStatus::Posted => t.posted,
                StocktakeStatus::Discarded => t.discarded,
            })
        };
        record.or_else(order).or_else(quote).or_else(stocktake)
    }

    fn log_config(self, key: ConfigKey, value: &str) -> String {
        let t = &self.texts().config;
        match key {
            ConfigKey::PaymentMethods | ConfigKey::FollowupResults => {
                words(value).map_or_else(|| value.to_owned(), |list| list.join(self.texts().settings.and))
            }
            ConfigKey::AllowShipBeforePayment | ConfigKey::BackupAutomatic => if value == "true" { t.yes } else { t.no }.to_owned(),
            ConfigKey::StockDeduction => match StockDeduction::parse(value) {
                Some(StockDeduction::Order) => t.deduct_order.to_owned(),
                Some(StockDeduction::Shipment) => t.deduct_shipment.to_owned(),
                None => value.to_owned(),
            },
            ConfigKey::CreditCheck => CreditCheck::parse(value).map_or_else(|| value.to_owned(), |check| self.credit_check(check).to_owned()),
            ConfigKey::CompanyLogo => short_name(value).to_owned(),
            ConfigKey::Language => Lang::from_code(value).map_or_else(|| value.to_owned(), |lang| lang.own_name().to_owned()),
            ConfigKey::PaymentTermDays | ConfigKey::QuoteValidityDays => fill(self.texts().statistics.days, &[&value]),
            ConfigKey::IdleMinutes => format!("{value} {}", t.minutes),
            ConfigKey::PageSize => fill(t.rows, &[&value]),
            _ => value.to_owned(),
        }
    }

    /// A rule of 「检查数据」 in words, and what to do where it does not hold.
    pub fn rule(self, name: &str) -> (&str, &'static str) {
        let t = &self.texts().log_words;
        let known = LogWords::ALL.iter().find(|(key, ..)| key.strip_prefix("r_") == Some(name));
        let text = known.map_or(name, |(_, zh, en)| if self == Lang::ZhCn { zh } else { en });
        let remedy = match name {
            "log_chain" | "log_is_that_of_the_last_backup" => t.remedy_log,
            "an_administrator_is_active" => t.remedy_admin,
            "foreign_keys" => t.remedy_file,
            search if search.ends_with("_searchable") || search == "search_has_no_strangers" => t.remedy_search,
            _ => t.remedy_sums,
        };
        (text, remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_values_are_read_in_words() {
        let shown = |field: &str, value: &str| Lang::ZhCn.log_value(field, value, Zone::SHANGHAI);
        assert_eq!(Lang::ZhCn.log_field("sales.analytics.scope"), "销售 · 分析 · 范围");
        assert_eq!(Lang::En.log_field("credit_limit"), "Credit limit");
        assert_eq!(Lang::ZhCn.log_field("idle_minutes"), "自动锁定");
        assert_eq!(Lang::ZhCn.log_field("of_another_version"), "of_another_version");
        assert_eq!(shown("price", "12345.60"), "¥12,345.60");
        assert_eq!(shown("next_followup_time", "2026-01-31 02:00:00"), "2026-01-31 10:00");
        assert_eq!(shown("status", "cancelled"), "已取消");
        assert_eq!(shown("status", "inactive"), "停用");
        assert_eq!(shown("employee.sales.update", "yes"), "是");
        assert_eq!(shown("payment_methods", r#"["现金","微信"]"#), "现金、微信");
        assert_eq!(shown("name", "yes we can"), "yes we can");
    }
}
