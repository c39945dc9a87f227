//! Texts of the quote pages: list, quote, editor.

use super::texts;

texts! {
    /// The pages' texts.
    Quotes {
        title: "报价单", "Quotes";
        new: "新建报价单", "New quote";
        edit_title: "修改报价单", "Edit quote";
        search: "报价单号/客户/拼音首字母", "Number, customer or pinyin";
        number: "报价单号", "Number";
        day: "日期", "Date";
        valid_until: "有效期至", "Valid until";
        days_left: "还剩 {0} 天", "{0} {0:day|days} left";
        last_day: "今天到期", "Expires today";
        order: "订单", "Order";
        person: "经手人", "Handled by";
        shown: "第 {0}–{1} 张，共 {2} 张报价单", "{0}–{1} of {2} {2:quote|quotes}";
        none_yet: "还没有报价单", "No quotes yet";
        none_yet_more: "先给客户报价，接受后一键转为订单。", "Quote first; once accepted, the quote becomes an order in one step.";
        no_match: "没有符合条件的报价单", "No matching quotes";
        no_match_more: "换个关键词，或清除筛选条件。", "Try another word, or clear the filters.";
        list_failed: "没能读取报价单({0})", "The quotes could not be read ({0})";

        turn: "转订单", "Make order";
        send: "发送", "Send";
        accept: "登记接受", "Accept";
        reject: "登记拒绝", "Reject";
        copy: "复制", "Copy";
        edit: "修改", "Edit";
        delete: "删除", "Delete";
        step_draft: "草稿", "Draft";
        step_sent: "已发送", "Sent";
        step_decided: "已接受", "Accepted";
        step_ordered: "已转订单", "Ordered";
        quote_total: "报价总额", "Quote total";
        valid_to: "有效期至 {0}", "Valid until {0}";
        expired_on: "已于 {0} 过期", "Expired on {0}";
        became: "订单", "Order";
        saved_toast: "报价单 {0} 已保存", "Quote {0} saved";
        sent_toast: "报价单 {0} 已发送", "Quote {0} was sent";
        accepted_toast: "报价单 {0} 已接受", "Quote {0} was accepted";
        rejected_toast: "报价单 {0} 已拒绝", "Quote {0} was rejected";
        copied_toast: "已复制为草稿 {0}", "Copied into draft {0}";
        deleted_toast: "报价单 {0} 已删除", "Quote {0} deleted";
        send_title: "把报价单 {0} 标为已发送？", "Mark quote {0} as sent?";
        send_body: "发送后明细和价格不能再改，只能复制成新的草稿。", "Its lines and prices are fixed then; it can only be copied into a new draft.";
        send_act: "标为已发送", "Mark as sent";
        accept_title: "客户接受了报价单 {0}？", "Did the customer accept quote {0}?";
        accept_body: "之后可以随时转为订单。", "It can become an order at any time.";
        accept_act: "标为已接受", "Mark as accepted";
        reject_title: "客户拒绝了报价单 {0}？", "Did the customer reject quote {0}?";
        reject_body: "拒绝后不能再转为订单，可以复制后重新报价。", "It can no longer become an order; copy it to quote again.";
        reject_act: "标为已拒绝", "Mark as rejected";
        delete_title: "删除报价单 {0}？", "Delete quote {0}?";
        delete_body: "草稿删除后不能恢复，编号不会再用。", "A deleted draft is gone for good; its number is not used again.";
        delete_act: "删除报价单", "Delete quote";
        why_state: "报价单是“{0}”，不能{1}", "\"{1}\" is not possible: the quote is \"{0}\"";
        why_past: "有效期已过，请先修改有效期", "The last valid day is past; change it first";
        why_turned: "已转为订单 {0}", "Already made into order {0}";
        why_rejected: "已拒绝的报价单请先复制", "Rejected: copy it first";
        key_turn: "转订单", "Make order";
        key_list: "返回列表", "Back to the list";
    }
}
