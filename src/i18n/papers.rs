//! Texts of what is printed for customers, and of the dialog that prints it.

use super::{Lang, texts};
use crate::models::paper::PaperKind;

texts! {
    /// Papers.
    Papers {
        quote: "报价单", "Quotation";
        order: "销售单", "Sales order";
        delivery: "送货单", "Delivery note";
        receipt: "收款收据", "Receipt";
        refund_receipt: "退款单", "Refund receipt";
        statement: "客户对账单", "Statement of account";

        tax_number: "税号 {0}", "Tax no. {0}";
        phone_of: "电话 {0}", "Phone {0}";
        page: "第 {0} 页，共 {1} 页", "Page {0} of {1}";
        brought: "承前页", "Brought forward";
        carried: "过次页", "Carried forward";

        number: "单号", "Number";
        order_no: "订单号", "Order";
        day: "日期", "Date";
        valid_until: "有效期至", "Valid until";
        customer: "客户", "Customer";
        contact: "联系人", "Contact";
        phone: "电话", "Phone";
        address: "地址", "Address";
        person: "经手人", "Handled by";
        method: "支付方式", "Method";
        period: "期间", "Period";
        period_value: "{0} 至 {1}", "{0} to {1}";

        line: "序号", "No.";
        sku: "编码", "SKU";
        product: "品名规格", "Product";
        unit: "单位", "Unit";
        quantity: "数量", "Quantity";
        price: "单价", "Price";
        amount: "金额", "Amount";
        remarks: "备注", "Remarks";
        total: "合计", "Total";
        returned: "已退货", "Returned";
        paid: "已收", "Paid";
        due: "未收", "Due";
        capitals: "大写", "In words";
        notes: "备注", "Notes";
        received_for: "收款事由", "For";
        received_for_order: "订单 {0} 货款", "Order {0}";
        refund_for_order: "订单 {0} 退款", "Refund of order {0}";
        this_payment: "本次收款", "This payment";
        this_refund: "本次退款", "This refund";

        made_by: "制单", "Prepared by";
        checked_by: "审核", "Approved by";
        delivered_by: "送货人", "Delivered by";
        received_by: "收货人", "Received by";
        cashier: "收款人", "Received by";
        payer: "付款人", "Paid by";
        customer_signs: "客户确认", "Customer";

        kind: "摘要", "Description";
        kind_order: "销售", "Order";
        kind_return: "退货", "Return";
        kind_payment: "收款", "Payment";
        kind_refund: "退款", "Refund";
        charge: "应收", "Charged";
        credit: "已收", "Credited";
        balance: "余额", "Balance";
        opening: "期初余额", "Opening balance";
        closing: "期末余额", "Closing balance";
        ordered_sum: "本期销售", "Orders";
        returned_sum: "本期退货", "Returns";
        paid_sum: "本期收款", "Payments";

        title: "打印", "Print";
        what: "单据", "Document";
        paper: "纸张", "Paper";
        a4: "A4", "A4";
        three_part: "三联单 241×140", "Three-part 241×140";
        prices: "带价格", "With prices";
        language: "语言", "Language";
        file: "文件", "File";
        browse: "另存为…", "Save as…";
        save: "保存 PDF", "Save PDF";
        print_now: "打印", "Print";
        saved: "已保存 {0}", "Saved {0}";
        printer: "打印机", "Printer";
        viewer: "用 PDF 阅读器打开", "Open in the PDF viewer";
        looking: "正在查找打印机…", "Looking for printers…";
        no_printer: "没有找到打印机", "No printer was found";
        copies: "份数", "Copies";
        copies_wrong: "1 到 {0} 份", "1 to {0}";
        sent: "{0} 已送往打印机 {1}", "{0} was sent to the printer {1}";
        span: "期间", "Period";
        this_month: "本月", "This month";
        last_month: "上月", "Last month";
        this_year: "今年", "This year";
        custom: "自定义", "Custom";
        from_day: "从", "From";
        to_day: "到", "To";
        span_wrong: "请填写起止日期，起始日期不晚于结束日期。", "Enter both days; the first is not after the last.";
        making: "正在生成…", "Making…";
        previous_page: "上一页", "Previous page";
        next_page: "下一页", "Next page";
        no_amounts: "你看不到金额，只能打印不带价格的送货单。", "Amounts are hidden from you: only a delivery note without prices can be printed.";
        no_payment: "这张订单还没有收款", "This order has no payment yet";
    }
}

impl Lang {
    /// What a kind of paper is called.
    pub fn paper_kind(self, kind: PaperKind) -> &'static str {
        let t = &self.texts().papers;
        match kind {
            PaperKind::Quote => t.quote,
            PaperKind::Order => t.order,
            PaperKind::Delivery => t.delivery,
            PaperKind::Receipt => t.receipt,
            PaperKind::Statement => t.statement,
        }
    }
}
