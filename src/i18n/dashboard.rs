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
        nothing_due_more: "安排了下次跟进的客户，到时会出现在这里。", "Customers with a follow-up due appear here.";
        recent_orders: "最近订单", "Latest orders";
        all_orders: "全部订单", "All orders";
        no_orders: "还没有订单", "No orders yet";
        no_orders_more: "按 Ctrl N 开第一张订单。", "Press Ctrl N for the first one.";
        first_steps: "第一步", "First steps";
        steps_done: "已完成 {0} / {1}", "{0} of {1} done";
        step_done: "{0}，已完成", "{0}, done";
        step_company: "公司资料", "Company details";
        step_company_more: "地址和电话，印在报价单、送货单和对账单上", "Address and phone, for quotes, delivery notes and statements";
        step_products: "产品", "Products";
        step_products_more: "新建或从表格导入，带上期初库存和预警线", "Create or import them, with opening stock and reorder levels";
        step_customers: "客户", "Customers";
        step_customers_more: "新建或从表格导入，之后跟进、订单和待收款都归到客户名下", "Create or import them; follow-ups, orders and dues go with them";
        step_order: "第一张订单", "The first order";
        step_order_more: "选客户和产品即可，库存和待收款随之更新", "Choose customer and products; stock and receivables are updated";
        step_backup: "备份", "Backup";
        step_backup_more: "每天自动备份并验证；最好存到另一块硬盘", "Made and verified automatically every day; best on another disk";
        finds_all: "{0} 能找到一切：客户、订单、产品、页面和功能；{1} 列出全部快捷键。", "{0} finds everything: records, pages, actions; {1} lists every shortcut.";
        nothing_here: "你的账号还没有可以查看的内容", "There is nothing here your account may view yet";
        nothing_here_more: "请联系管理员开通权限。", "Ask your administrator for permission.";
    }
}
