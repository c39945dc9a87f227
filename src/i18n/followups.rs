//! Texts of the follow-up page and of follow-ups elsewhere.

use super::texts;

texts! {
    /// The page's texts.
    Followups {
        title: "跟进", "Follow-ups";
        search_hint: "名称/电话/拼音首字母", "Name, phone or pinyin";
        person: "负责人", "Owner";
        overdue: "逾期", "Overdue";
        today: "今日", "Today";
        week: "本周", "This week";
        all: "全部", "All";
        shown: "第 {0}–{1} 条，共 {2} 条跟进", "{0}–{1} of {2} {2:follow-up|follow-ups}";
        none_yet: "还没有跟进记录", "No follow-ups yet";
        none_yet_more: "在客户页按 F4 记一笔，约好的下次跟进到时列在这里。", "F4 on the customers page records one; what is due comes up here.";
        to_customers: "去客户页", "Go to customers";
        none_due: "这里没有待跟进的客户", "No follow-ups here";
        none_due_more: "换个时间段，或查看全部负责人。", "Try another period, or look at all owners.";
        list_failed: "没能读取跟进记录({0})", "The follow-ups could not be read ({0})";

        planned: "时间", "Time";
        happened: "跟进时间", "Followed up";
        customer: "客户", "Customer";
        content: "内容", "Content";
        result: "结果", "Result";
        contact: "联系人/电话", "Contact/phone";
        overdue_days: "逾期 {0} 天", "{0} d overdue";
        due_at: "下次跟进 {0}", "Next {0}";
        done: "已完成", "Done";
        done_row: "完成 {0}", "Done: {0}";

        record: "添加跟进", "Add follow-up";
        record_title: "添加跟进记录", "Add follow-up";
        edit_title: "修改跟进记录", "Edit follow-up";
        next_title: "已完成，安排下一次", "Done; plan the next one";
        next_body: "不需要下一次就按 Esc。", "Press Esc if there is none.";
        add: "添加", "Add";
        save: "保存跟进", "Save";
        field_time: "跟进时间", "Followed up";
        field_content: "跟进内容", "What was done";
        field_result: "跟进结果", "Result";
        field_next: "下次跟进", "Next follow-up";
        next_prefix: "下次", "Next";
        content_hint: "例如：约好 17:30 催收尾款", "e.g. will call at 17:30 about the payment";
        now: "改为现在", "Now instead";
        unsaved: "跟进记录", "The follow-up";
        unsaved_body: "现在关闭，录入的内容会丢失。", "If you close now, what you entered will be lost.";
        drop_changes: "放弃我的修改", "Discard my changes";

        recorded: "已记录“{0}”的跟进", "Follow-up of \"{0}\" recorded";
        changed: "“{0}”的跟进已保存", "Follow-up of \"{0}\" saved";
        marked: "“{0}”的跟进已完成", "Follow-up of \"{0}\" done";
        reopened: "“{0}”的跟进已恢复待办", "Follow-up of \"{0}\" is open again";
        deleted: "“{0}”的跟进记录已删除", "Follow-up of \"{0}\" deleted";
        mark: "标记完成", "Mark done";
        reopen: "恢复待办", "Reopen";
        delete: "删除跟进", "Delete follow-up";
        delete_title: "删除“{0}”{1} 的跟进记录？", "Delete the follow-up of \"{0}\", {1}?";
        delete_body: "删除后不能恢复；它安排的下次跟进也会取消。", "It cannot be restored; the next one it planned is gone too.";
        actions: "跟进 {0} 的操作", "Actions on {0}";

        reminder_due: "{0} 项待跟进", "{0} to follow up";
        reminder_all: "全部跟进", "All follow-ups";
        key_customer: "打开客户", "Customer";
        key_done: "完成", "Done";
    }
}
