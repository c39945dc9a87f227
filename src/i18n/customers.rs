//! Texts of the customers page: list, drawer, form.

use super::texts;

texts! {
    /// The page's texts.
    Customers {
        title: "客户", "Customers";
        new: "新建客户", "New customer";
        search_hint: "名称/电话/拼音首字母", "Name, phone or pinyin";
        level: "等级", "Level";
        status: "状态", "Status";
        owner: "负责人", "Owner";
        tag: "标签", "Tag";
        active: "启用", "Active";
        inactive: "停用", "Inactive";
        unassigned: "未分配", "Unassigned";

        name: "名称", "Name";
        contact: "联系人", "Contact";
        phone: "电话", "Phone";
        last_followup: "最近跟进", "Contacted";
        last_order: "最近下单", "Last order";
        outstanding: "待收款", "Due";
        shown: "第 {0}–{1} 位，共 {2} 位客户", "{0}–{1} of {2} {2:customer|customers}";

        created_at: "新建时间", "Created";

        ticked: "已选 {0} 位客户", "{0} {0:customer|customers} selected";
        hand_over: "移交给…", "Hand over to…";
        hand_over_title: "移交 {0} 位客户", "Hand over {0} {0:customer|customers}";
        hand_over_body: "跟进、报价单和订单都保留；只看自己客户的原负责人不再看到这些客户。", "Follow-ups, quotes and orders are kept. A former owner who sees only their own customers will no longer see these.";
        new_owner: "新的负责人", "New owner";
        choose_owner: "选择同事或未分配", "A colleague, or unassigned";
        choose_owner_first: "先选择新的负责人", "Choose the new owner first";
        hand_over_act: "移交 {0} 位客户", "Hand over {0} {0:customer|customers}";
        handed_over: "已把 {0} 位客户移交给 {1}", "{0} {0:customer|customers} handed over to {1}";
        set_free: "{0} 位客户改为未分配", "{0} {0:customer is|customers are} unassigned now";
        handed_over_none: "没有变化：这些客户的负责人已经是 {0}", "Nothing changed: the owner is already {0}";

        similar: "已有同名或同电话的客户：", "There is a customer with this name or phone:";
        similar_hint: "确认不是同一位客户再保存。", "Save only if this is another customer.";
        save_anyway: "仍然保存", "Save anyway";

        none_yet: "还没有客户", "No customers yet";
        none_yet_more: "联系方式、跟进、订单和待收款，都归到客户名下。", "Contacts, follow-ups, orders and what is due, all by customer.";
        no_match: "没有符合条件的客户", "No customer matches";
        no_match_more: "换个关键词，或清除筛选条件。", "Try another word, or clear the filters.";
        list_failed: "没能读取客户列表({0})", "The customers could not be read ({0})";
        one_failed: "没能读取这位客户({0})", "This customer could not be read ({0})";

        edit: "修改客户", "Edit customer";
        delete: "删除客户", "Delete customer";
        copy_phone: "复制电话", "Copy phone";
        copy_email: "复制邮箱", "Copy e-mail";
        copied: "已复制 {0}", "Copied {0}";
        ordered: "累计成交", "Ordered";
        paid: "已收款", "Paid";
        tab_followups: "跟进记录", "Follow-ups";
        tab_quotes: "报价", "Quotes";
        tab_orders: "订单", "Orders";
        tab_payments: "回款", "Paid";
        add_tag: "+ 标签", "+ Tag";
        no_followups: "还没有跟进记录", "No follow-ups yet";
        newest_followups: "只显示最近 {0} 条，共 {1} 条", "The latest {0} of {1}";
        no_quotes: "还没有报价单", "No quotes yet";
        new_quote: "新建报价单", "New quote";
        quote_no: "报价单号", "Quote";
        no_payments: "还没有回款", "No payments yet";
        payment_no: "回款单号", "Payment";
        payment_method: "方式", "Method";
        newest_records: "只显示最近 {0} 笔，共 {1} 笔", "The latest {0} of {1}";
        new_order: "新建订单", "New order";
        order_no: "订单号", "Order";
        order_day: "日期", "Date";
        order_total: "金额", "Amount";
        order_status: "状态", "Status";
        no_orders: "还没有订单", "No orders yet";
        not_settled: "尚未收清", "Not settled";
        settled: "已收清", "Settled";

        full_name: "客户名称", "Customer name";
        email: "邮箱", "E-mail";
        industry: "行业", "Industry";
        code: "客户编号", "Customer number";
        address: "地址", "Address";
        tags: "标签", "Tags";
        tags_hint: "输入后按 Enter 添加", "Type and press Enter";
        remove_tag: "移除标签 {0}", "Remove tag {0}";
        term: "账期天数", "Payment term";
        term_hint: "不填用默认的 {0} 天", "Blank: the default of {0} {0:day|days}";
        credit: "信用额度", "Credit limit";
        credit_hint: "元，不填为不限", "¥; blank: no limit";
        credit_used: "{0} / {1}", "{0} of {1}";
        over_credit: "超出 {0}", "{0} over";
        days: "天", "days";
        owner_is_you: "默认是你自己", "You by default";
        name_example: "例如：杭州启明办公用品有限公司", "e.g. Qiming Office Supplies";
        phone_example: "例如：138 0000 6620", "e.g. 138 0000 6620";
        email_example: "例如：zhao@qm.example", "e.g. zhao@qm.example";
        industry_example: "例如：办公零售", "e.g. office retail";
        code_example: "不填也可以", "Optional";
        address_example: "例如：杭州市拱墅区莫干山路 1418 号", "e.g. 1418 Moganshan Road";
        save: "保存客户", "Save customer";
        saving: "正在保存…", "Saving…";
        wrong: "有 {0} 处需要修改", "{0} {0:entry needs|entries need} attention";
        unsaved_new: "新建的客户", "The new customer";
        unsaved_edit: "对客户的修改", "Changes to the customer";
        unsaved_body: "现在关闭，录入的内容会丢失。", "If you close now, what you entered will be lost.";

        created: "客户“{0}”已新建", "Customer \"{0}\" created";
        updated: "客户“{0}”已保存", "Customer \"{0}\" saved";
        delete_title: "删除客户“{0}”？", "Delete customer \"{0}\"?";
        delete_body: "没有往来记录的客户会被删除，不能恢复；有往来记录的会改为停用，记录保留。", "A customer without records is deleted for good; one with records becomes inactive and the records stay.";
        deleted: "客户“{0}”已删除", "Customer \"{0}\" deleted";
        deactivated: "客户“{0}”有往来记录，已停用", "Customer \"{0}\" has records and was deactivated";
        deactivated_more: "没有删除；停用后不再出现在选择列表。", "Not deleted; it is no longer offered for choosing.";
    }
}
