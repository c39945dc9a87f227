//! The keys of the configuration in words: what each is called and what it does.

use super::{Lang, texts};
use crate::models::choice::CreditCheck;
use crate::models::config::ConfigKey;

texts! {
    /// Names and descriptions of the keys, and the texts of their page.
    ConfigTexts {
        more: "所有用户共用。保存后马上生效，每一项都记入日志。", "Shared by all users. Changes apply at once and are logged.";
        unsaved: "系统配置的更改", "Changes to the configuration";
        saved: "系统配置已保存，共 {0} 项", "Configuration saved: {0}";
        group_company: "公司", "Company";
        group_sales: "销售与收款", "Sales and payments";
        group_crm: "客户跟进", "Follow-ups";
        group_stock: "库存", "Inventory";
        group_numbers: "单据编号", "Document numbers";
        group_window: "使用与安全", "Use and security";
        yes: "允许", "Allowed";
        no: "不允许", "Not allowed";
        on: "开启", "On";
        off: "关闭", "Off";
        deduct_order: "下单时", "When ordered";
        deduct_shipment: "发货时", "When shipped";
        days: "天", "days";
        minutes: "分钟", "min";
        rows: "{0} 行", "{0} rows";

        company_name: "公司名称", "Company name";
        company_name_more: "显示在左上角和单据上", "At the top left and on documents";
        company_address: "地址", "Address";
        company_address_more: "显示在单据上", "On documents";
        company_phone: "电话", "Phone";
        company_phone_more: "显示在单据上", "On documents";
        company_tax_number: "税号", "Tax number";
        company_tax_number_more: "统一社会信用代码，显示在单据上", "On documents";
        company_bank: "开户银行", "Bank";
        company_bank_more: "客户付款用，显示在单据上", "For payments, on documents";
        company_bank_account: "银行账号", "Bank account";
        company_bank_account_more: "客户付款用，显示在单据上", "For payments, on documents";
        stock_deduction: "扣减库存", "Stock is deducted";
        stock_deduction_more: "选“发货时”则下单只占用库存；已有订单不变", "\"When shipped\" reserves at first; existing orders stay";
        allow_ship: "欠款发货", "Ship before payment";
        allow_ship_more: "挂账、月结时允许；发货前会再确认", "For sales on account; asked again each time";
        payment_methods: "支付方式", "Payment methods";
        payment_methods_more: "每行一个，最多 20 个字", "One per line, up to 20 characters";
        payment_term: "账期", "Payment term";
        payment_term_more: "下单后超过这些天未付清即为逾期", "Unpaid for longer than this is overdue";
        default_threshold: "默认预警线", "Default reorder level";
        default_threshold_more: "新建产品时的预警线", "What a new product begins with";
        prefix_order: "订单前缀", "Orders";
        prefix_quote: "报价单前缀", "Quotes";
        prefix_payment: "回款前缀", "Payments";
        prefix_return: "退货前缀", "Returns";
        prefix_stocktake: "盘点前缀", "Stocktakes";
        prefix_more: "1 到 5 个大写字母，例如 {0}20260130001", "1 to 5 capitals, e.g. {0}20260130001";
        quote_validity: "报价有效期", "Quotes are valid for";
        quote_validity_more: "新报价单的有效天数", "What a new quote begins with";
        followup_results: "跟进结果", "Follow-up results";
        followup_results_more: "每行一个，最多 20 个字", "One per line, up to 20 characters";
        credit_check: "超出信用额度", "Over the credit limit";
        credit_check_more: "客户的待收款连同新订单超过信用额度时", "Where an order would leave more due than the limit";
        credit_off: "不检查", "Not checked";
        credit_warn: "提醒", "Warn";
        credit_refuse: "不允许", "Refuse";
        company_logo: "标志", "Logo";
        company_logo_more: "印在单据左上角；大图会缩小", "At the top left of documents; scaled down";
        document_footer: "单据页脚", "Document footer";
        document_footer_more: "印在每页底部，最多 200 个字", "At the foot of each page, up to 200 characters";
        idle_minutes: "自动锁定", "Lock after";
        idle_minutes_more: "无人操作多久后锁定屏幕，0 为不锁定", "Minutes without activity; 0 never locks";
        language: "默认语言", "Language";
        language_more: "日志的语言，也是没选过语言的用户的界面", "For the log, and for users who have not chosen one";
        time_zone: "业务时区", "Time zone";
        time_zone_more: "决定“今天”和单据日期，例如 Asia/Shanghai", "Decides what today is, e.g. Asia/Shanghai";
        page_size: "列表每页行数", "Rows per page";
        page_size_more: "没有自己选过行数时使用", "For users who have not chosen their own";
        group_backup: "备份", "Backup";
        backup_automatic: "自动备份", "Automatic backup";
        backup_automatic_more: "保留最近 7 天、4 周、12 个月", "Keeps 7 days, 4 weeks and 12 months";
        backup_hours: "备份时间", "Backup hours";
        backup_hours_more: "整点，用逗号分开；错过了就在打开程序时补上", "Full hours, e.g. 12, 18; a missed one at next start";
        backup_folder: "备份文件夹", "Backup folder";
        backup_folder_more: "完整路径，最好在另一个磁盘上；空白为数据文件旁的 backups", "Full path, best on another disk; blank: beside the data file";
    }
}

impl Lang {
    /// What a key is called, and what it does.
    pub fn config_key(self, key: ConfigKey) -> (&'static str, &'static str) {
        let t = &self.texts().config;
        match key {
            ConfigKey::CompanyName => (t.company_name, t.company_name_more),
            ConfigKey::CompanyAddress => (t.company_address, t.company_address_more),
            ConfigKey::CompanyPhone => (t.company_phone, t.company_phone_more),
            ConfigKey::CompanyTaxNumber => (t.company_tax_number, t.company_tax_number_more),
            ConfigKey::CompanyBank => (t.company_bank, t.company_bank_more),
            ConfigKey::CompanyBankAccount => (t.company_bank_account, t.company_bank_account_more),
            ConfigKey::StockDeduction => (t.stock_deduction, t.stock_deduction_more),
            ConfigKey::AllowShipBeforePayment => (t.allow_ship, t.allow_ship_more),
            ConfigKey::PaymentMethods => (t.payment_methods, t.payment_methods_more),
            ConfigKey::PaymentTermDays => (t.payment_term, t.payment_term_more),
            ConfigKey::DefaultThreshold => (t.default_threshold, t.default_threshold_more),
            ConfigKey::OrderPrefix => (t.prefix_order, t.prefix_more),
            ConfigKey::QuotePrefix => (t.prefix_quote, t.prefix_more),
            ConfigKey::PaymentPrefix => (t.prefix_payment, t.prefix_more),
            ConfigKey::ReturnPrefix => (t.prefix_return, t.prefix_more),
            ConfigKey::StocktakePrefix => (t.prefix_stocktake, t.prefix_more),
            ConfigKey::QuoteValidityDays => (t.quote_validity, t.quote_validity_more),
            ConfigKey::FollowupResults => (t.followup_results, t.followup_results_more),
            ConfigKey::IdleMinutes => (t.idle_minutes, t.idle_minutes_more),
            ConfigKey::Language => (t.language, t.language_more),
            ConfigKey::TimeZone => (t.time_zone, t.time_zone_more),
            ConfigKey::PageSize => (t.page_size, t.page_size_more),
            ConfigKey::BackupAutomatic => (t.backup_automatic, t.backup_automatic_more),
            ConfigKey::BackupHours => (t.backup_hours, t.backup_hours_more),
            ConfigKey::BackupFolder => (t.backup_folder, t.backup_folder_more),
            ConfigKey::CreditCheck => (t.credit_check, t.credit_check_more),
            ConfigKey::CompanyLogo => (t.company_logo, t.company_logo_more),
            ConfigKey::DocumentFooter => (t.document_footer, t.document_footer_more),
        }
    }

    /// What an order over the credit limit meets.
    pub fn credit_check(self, check: CreditCheck) -> &'static str {
        let t = &self.texts().config;
        match check {
            CreditCheck::Off => t.credit_off,
            CreditCheck::Warn => t.credit_warn,
            CreditCheck::Refuse => t.credit_refuse,
        }
    }
}
