//! Texts of the widgets: pager, calendar, pickers, banners, lists.

use super::texts;

texts! {
    /// Texts of the building blocks.
    Widgets {
        filter_set: "{0}：{1}", "{0}: {1}";
        order_by: "排序", "Sort by";
        clear_filter: "清除 {0}", "Clear {0}";
        per_page: "每页 {0}", "{0} per page";
        page_of: "{0} / {1}", "{0} / {1}";
        previous_page: "上一页", "Previous page";
        next_page: "下一页", "Next page";
        select_all: "全选本页", "Select all on this page";
        untick: "取消选择", "Clear selection";
        select_row: "选择 {0}", "Select {0}";
        clear: "清空", "Clear";
        more: "更多", "More";
        close_drawer: "关闭侧栏", "Close panel";
        close_toast: "关闭提示", "Close notice";
        show_password: "显示密码", "Show password";
        slow: "已等待较长时间", "This is taking a while";
        calendar: "日历", "Calendar";
        previous_month: "上个月", "Previous month";
        next_month: "下个月", "Next month";
        month_title: "{0} 年 {1} 月", "{1}/{0}";
        monday: "一", "Mo";
        tuesday: "二", "Tu";
        wednesday: "三", "We";
        thursday: "四", "Th";
        friday: "五", "Fr";
        saturday: "六", "Sa";
        sunday: "日", "Su";
        today: "今天", "Today";
        tomorrow: "明天", "Tomorrow";
        next_monday: "下周一", "Next Monday";
        in_a_month: "一个月后", "In a month";
        time_of: "{0}的时刻", "{0}, time of day";
        time_hint: "10:00", "10:00";
        date_hint: "YYYY-MM-DD", "YYYY-MM-DD";
        key_choose: "选择", "Choose";
        key_take: "填入", "Fill in";
        key_close: "收起", "Close";
        no_results: "没有结果", "No results";
        conflict_title: "没有保存：{0}刚改过这个{1}({2})", "Not saved: {0} has just changed this {1} ({2})";
        conflict_body: "{0}在 {1} 保存过。为避免覆盖，你的修改还在这里，没有写入。", "It was saved by {0} at {1}. So that nothing is overwritten, your changes were not saved; they are still here.";
        conflict_compare: "查看差异", "Compare";
        conflict_discard: "放弃我的修改", "Discard my changes";
        conflict_field: "字段", "Field";
        conflict_now: "现在的值", "As it is now";
        conflict_mine: "我的修改", "My change";
        conflict_same: "没有差异", "No difference";
    }
}
