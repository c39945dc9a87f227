//! Texts of the dashboard.

use super::texts;

texts! {
    /// The page's texts.
    Dashboard {
        title: "仪表盘", "Dashboard";
        date: "{0} {1}", "{1}, {0}";
        monday: "星期一", "Monday";
        tuesday: "星期二", "Tuesday";
        wednesday: "星期三", "Wednesday";
        thursday: "星期四", "Thursday";
        friday: "星期五", "Friday";
        saturday: "星期六", "Saturday";
        sunday: "星期日", "Sunday";
        todo: "今日待办", "To do today";
        todo_count: "{0} 项", "{0}";
        all_followups: "全部跟进", "All follow-ups";
        nothing_due: "今天没有待办", "Nothing to do today";
        nothing_due_more: "安排了下次跟进的客户，到时会出现在这里。", "Customers appear here when their next follow-up is due.";
        recent_orders: "最近订单", "Latest orders";
        all_orders: "全部订单", "All orders";
        no_orders: "还没有订单", "No orders yet";
        no_orders_more: "按 Ctrl N 开第一张订单。", "Press Ctrl N for the first one.";
        nothing_here: "你的账号还没有可以查看的内容", "There is nothing here your account may view yet";
        nothing_here_more: "请联系管理员开通权限。", "Ask your administrator for permission.";
    }
}
