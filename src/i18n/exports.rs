//! Texts of exports: what they are called, the headings of their columns, the dialog and the page of the reports.

use super::{Lang, texts};
use crate::models::choice::{CustomerLevel, MovementType, ReferenceType};
use crate::models::export::{ExportFormat, ExportKind};
use crate::models::product::StockLevel;
use crate::models::stocktake::StocktakeStatus;

texts! {
    /// The exports' texts.
    Exports {
        customers: "客户", "Customers";
        sales: "销售明细", "Sales";
        inventory: "库存", "Inventory";
        followups: "跟进记录", "Follow-ups";
        quotes: "报价单", "Quotes";
        orders: "订单", "Orders";
        payments: "回款", "Payments";
        receivables: "待收款", "Receivables";
        ageing: "应收账龄", "Receivables by age";
        movements: "出入库记录", "Stock movements";
        warnings: "库存预警", "Low stock";
        stocktakes: "盘点单", "Stocktakes";
        stocktake_lines: "盘点明细", "Count sheet";
        statistics: "销售统计", "Sales statistics";
        logs: "系统日志", "System log";

        c_code: "客户编号", "Customer number";
        c_customer: "客户", "Customer";
        c_contact: "联系人", "Contact";
        c_phone: "电话", "Phone";
        c_email: "邮箱", "E-mail";
        c_address: "地址", "Address";
        c_industry: "行业", "Industry";
        c_level: "等级", "Level";
        c_owner: "负责人", "Owner";
        c_tags: "标签", "Tags";
        c_status: "状态", "Status";
        c_term: "账期天数", "Payment term (days)";
        c_credit: "信用额度", "Credit limit";
        c_orders: "订单数", "Orders";
        c_ordered: "订单金额", "Ordered";
        c_paid: "已收款", "Paid";
        c_outstanding: "待收款", "Due";
        c_last_order: "最近下单", "Last order";
        c_last_followup: "最近跟进", "Last follow-up";
        c_created: "新建时间", "Created";
        c_order_no: "订单号", "Order";
        c_external_no: "外部单号", "External number";
        c_day: "日期", "Date";
        c_person: "经手人", "Handled by";
        c_operator: "操作人", "By";
        c_sku: "SKU", "SKU";
        c_product: "产品", "Product";
        c_specification: "规格", "Specification";
        c_unit: "单位", "Unit";
        c_quantity: "数量", "Quantity";
        c_returned: "已退数量", "Returned";
        c_unit_price: "单价", "Unit price";
        c_subtotal: "小计", "Subtotal";
        c_cost: "成本价", "Cost price";
        c_margin: "毛利", "Margin";
        c_margin_rate: "毛利率", "Margin rate";
        c_total: "订单金额", "Order total";
        c_returned_amount: "已退金额", "Returned amount";
        c_settled: "收款", "Payment";
        c_due_day: "应付日期", "Due by";
        c_shipped: "发货时间", "Shipped";
        c_completed: "完成时间", "Completed";
        c_quote_no: "报价单号", "Quote";
        c_notes: "备注", "Notes";
        c_valid_until: "有效期至", "Valid until";
        c_quote_total: "报价总额", "Quote total";
        c_sent: "发送时间", "Sent";
        c_decided: "答复时间", "Decided";
        c_payment_no: "回款单号", "Payment";
        c_time: "时间", "Time";
        c_flow: "收支", "Direction";
        c_amount: "金额", "Amount";
        c_method: "方式", "Method";
        c_orders_due: "未收订单数", "Unpaid orders";
        c_overdue: "逾期金额", "Overdue";
        c_oldest: "最早未收", "Oldest unpaid";
        c_not_due: "未到期", "Not due";
        c_to_30: "逾期 1–30 天", "1–30 days overdue";
        c_to_60: "逾期 31–60 天", "31–60 days overdue";
        c_to_90: "逾期 61–90 天", "61–90 days overdue";
        c_over_90: "逾期 90 天以上", "Over 90 days overdue";
        c_barcode: "条码", "Barcode";
        c_category: "分类", "Category";
        c_stock: "库存", "Stock";
        c_reserved: "已占用", "Reserved";
        c_available: "可用", "Available";
        c_threshold: "预警线", "Reorder level";
        c_stock_level: "库存状态", "Stock level";
        c_value: "库存金额", "Stock value";
        c_came: "入库数量", "Came in";
        c_went: "出库数量", "Went out";
        c_suggested: "建议补货", "Suggested reorder";
        c_kind: "类型", "Type";
        c_change: "变动", "Change";
        c_balance: "结存", "Balance";
        c_source: "来源", "Source";
        c_reference: "单号", "Document";
        c_undone: "已撤销", "Undone";
        c_stocktake_no: "盘点单号", "Stocktake";
        c_scope: "范围", "Scope";
        c_blind: "盲盘", "Blind";
        c_begun_by: "发起人", "Started by";
        c_begun: "发起时间", "Started";
        c_lines: "行数", "Lines";
        c_counted_lines: "已盘行数", "Counted lines";
        c_differing: "差异行数", "Differing lines";
        c_closed_by: "结束人", "Closed by";
        c_closed: "结束时间", "Closed";
        c_system: "系统库存", "System";
        c_counted: "实盘", "Counted";
        c_difference: "差异", "Difference";
        c_difference_value: "差异金额", "Difference value";
        c_counted_by: "盘点人", "Counted by";
        c_counted_at: "盘点时间", "Counted at";
        c_moved: "库存有变动", "Stock moved";
        c_happened: "跟进时间", "Followed up";
        c_content: "跟进内容", "What was done";
        c_result: "结果", "Result";
        c_next: "下次跟进", "Next follow-up";
        c_done: "完成时间", "Done";
        c_recorded_by: "记录人", "Recorded by";
        c_month: "月份", "Month";
        c_net: "销售额", "Net sales";
        c_returns: "退货额", "Returns";
        c_average: "客单价", "Average order";
        c_user: "用户", "User";
        c_action: "操作", "Action";
        c_module: "模块", "Module";
        c_description: "描述", "Description";
        c_host: "电脑", "Computer";
        c_entity: "对象", "Record";
        c_entity_id: "对象编号", "Record id";
        c_changes: "变更", "Changes";
        yes: "是", "Yes";
        list_of: "、", ", ";
        received: "收款", "Received";
        refunded: "退款", "Refunded";
        system: "系统", "System";


        export: "导出", "Export";
        key: "导出", "Export";
        dialog_title: "导出{0}", "Export: {0}";
        format: "格式", "Format";
        format_excel: "Excel 工作簿 (xlsx)", "Excel workbook (xlsx)";
        format_csv: "CSV 文本 (csv)", "CSV text (csv)";
        file: "文件", "File";
        browse: "浏览…", "Browse…";
        row_count: "共 {0} 行，按当前筛选和排序导出", "{0} {0:row|rows}, as filtered and sorted now";
        no_rows: "当前筛选下没有记录，只会导出表头。", "Nothing matches the filters: only headings are exported.";
        exists: "这个文件已经存在。再按一次会替换它；或者换一个文件名。", "This file exists already. Press once more to replace it, or choose another name.";
        replace: "替换文件", "Replace file";
        no_file: "请填写文件名", "Enter a file name";
        no_folder: "这个文件夹不存在", "There is no such folder";

        reports: "报表导出", "Reports";
        group: "分析", "Analytics";
        report: "报表", "Report";
        customers_more: "每位客户一行：资料、负责人、期间内的订单和收款、待收款。", "One row per customer: details, owner, orders and payments in the period, amount due.";
        sales_more: "每条订单明细一行：产品、数量、单价、小计，及所属订单的收款情况。", "One row per order line: product, quantity, price, subtotal, and how far the order is paid.";
        inventory_more: "每种产品一行：库存、可用、预警线，期间内的出入库。", "One row per product: stock, available, reorder level, movements in the period.";
        inventory_cost_more: "每种产品一行：库存、可用、预警线、库存金额，期间内的出入库。", "One row per product: stock, available, reorder level, stock value, movements in the period.";
        no_report: "没有可以导出的报表", "No reports to export";
        no_report_more: "需要客户、销售或库存的查看权限。", "You need permission to view customers, sales or stock.";
        rows: "共 {0} 行", "{0} {0:row|rows}";
        filters: "筛选", "Filters";
    }
}

impl Lang {
    /// What an export is called; its file begins with it.
    pub fn export_kind(self, kind: ExportKind) -> &'static str {
        let t = &self.texts().exports;
        match kind {
            ExportKind::Customers => t.customers,
            ExportKind::Sales => t.sales,
            ExportKind::Inventory => t.inventory,
            ExportKind::Followups => t.followups,
            ExportKind::Quotes => t.quotes,
            ExportKind::Orders => t.orders,
            ExportKind::Payments => t.payments,
            ExportKind::Receivables => t.receivables,
            ExportKind::Ageing => t.ageing,
            ExportKind::Movements => t.movements,
            ExportKind::Warnings => t.warnings,
            ExportKind::Stocktakes => t.stocktakes,
            ExportKind::StocktakeLines => t.stocktake_lines,
            ExportKind::Statistics => t.statistics,
            ExportKind::Logs => t.logs,
        }
    }

    pub fn export_format(self, format: ExportFormat) -> &'static str {
        let t = &self.texts().exports;
        match format {
            ExportFormat::Excel => t.format_excel,
            ExportFormat::Csv => t.format_csv,
        }
    }

    pub fn level(self, level: CustomerLevel) -> &'static str {
        let t = &self.texts().common;
        match level {
            CustomerLevel::Vip => t.level_vip,
            CustomerLevel::Important => t.level_important,
            CustomerLevel::Normal => t.level_normal,
        }
    }

    /// How full a shelf is.
    pub fn stock_level(self, level: StockLevel) -> &'static str {
        let t = &self.texts().products;
        match level {
            StockLevel::Enough => t.enough,
            StockLevel::Low => t.low,
            StockLevel::Out => t.out,
        }
    }

    pub fn movement_kind(self, kind: MovementType) -> &'static str {
        let t = &self.texts().products;
        match kind {
            MovementType::In => t.kind_in,
            MovementType::Out => t.kind_out,
            MovementType::Adjust => t.kind_count,
        }
    }

    /// Where a movement comes from; by hand where it has no reference.
    pub fn movement_source(self, reference: Option<ReferenceType>) -> &'static str {
        let texts = self.texts();
        let t = &texts.products;
        match reference {
            None => texts.stock.by_hand,
            Some(ReferenceType::Order) => t.from_order,
            Some(ReferenceType::Return) => t.from_return,
            Some(ReferenceType::Adjust) => t.from_count,
            Some(ReferenceType::Opening) => t.from_opening,
            Some(ReferenceType::Stocktake) => t.from_stocktake,
            Some(ReferenceType::Reversal) => t.from_reversal,
            Some(ReferenceType::Purchase) => t.from_purchase,
        }
    }

    pub fn stocktake_status(self, status: StocktakeStatus) -> &'static str {
        let t = &self.texts().stocktakes;
        match status {
            StocktakeStatus::Open => t.open,
            StocktakeStatus::Posted => t.posted,
            StocktakeStatus::Discarded => t.discarded,
        }
    }
}
