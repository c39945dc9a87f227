//! Texts of the payments page.

use super::texts;

texts! {
    /// The page's texts.
    Payments {
        title: "回款", "Payments";
        register: "登记收款", "Record payment";
        tab_received: "回款记录", "Payments";
        tab_owed: "待收款", "Receivables";
        search: "单号/客户/拼音首字母", "Number, customer or pinyin";
        flow: "收支", "Direction";
        received: "收款", "Received";
        refunded: "退款", "Refunded";
        number: "回款单号", "Number";
        order: "订单", "Order";
        shown: "第 {0}–{1} 笔，共 {2} 笔", "{0}–{1} of {2}";
        sums: "收款 {0}  ·  退款 {1}  ·  净额 {2}", "Received {0}  ·  refunded {1}  ·  net {2}";
        none_yet: "还没有回款", "No payments yet";
        none_yet_more: "收到货款后登记，订单和待收款会随之更新。", "Record payments as they come in; orders and receivables are updated with them.";
        no_match: "没有符合条件的回款", "No matching payments";
        no_match_more: "换个关键词，或清除筛选条件。", "Try another word, or clear the filters.";
        list_failed: "没能读取回款({0})", "The payments could not be read ({0})";

        tab_aged: "账龄", "By age";
        not_due: "未到期", "Not due";
        to_30: "逾期 1–30 天", "1–30 days overdue";
        to_60: "31–60 天", "31–60 days";
        to_90: "61–90 天", "61–90 days";
        over_90: "90 天以上", "Over 90 days";
        total_owed: "待收款", "Total due";
        statement: "对账单", "Statement";
        receipt: "收据", "Receipt";

        search_owed: "客户名称/电话/拼音首字母", "Customer, phone or pinyin";
        overdue_only: "只看逾期", "Overdue only";
        orders_due: "未收订单数", "Unpaid orders";
        oldest: "最早未收", "Oldest";
        shown_owed: "第 {0}–{1} 位，共 {2} 位客户", "{0}–{1} of {2} {2:customer|customers}";
        owed_sums: "待收款 {0}  ·  逾期 {1}", "Due {0}  ·  overdue {1}";
        nothing_owed: "没有待收款", "Nothing is due";
        nothing_owed_more: "没收清的订单会按客户汇总在这里，可以打印对账单。", "Unpaid orders appear here by customer, with statements to print.";
        no_match_owed: "没有符合条件的客户", "No matching customers";
        owed_failed: "没能读取待收款({0})", "The receivables could not be read ({0})";

        unpaid_order: "未收清的订单", "Unpaid order";
        unpaid_order_hint: "选好订单后填写金额和支付方式", "Then enter amount and method";
        search_order: "订单号/客户/拼音首字母", "Number, customer or pinyin";

        hidden: "你看不到回款金额", "Amounts are hidden from you";
        hidden_more: "库管只处理发货和库存；需要查看请联系管理员。", "Warehouse users handle shipping and stock only; ask your administrator if you need them.";
    }
}
