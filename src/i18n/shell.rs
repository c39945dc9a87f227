//! Texts of the frame around the pages: navigation, top bar, status line, sign-in, first run, shortcuts.

use super::{Lang, texts};
use crate::models::choice::Role;

texts! {
    /// The shell's texts.
    Shell {
        slogan: "客户、订单、库存，一本账。", "Customers, orders and stock in one book.";
        slogan_more: "数据保存在本机，断网照常开单、收款、出入库。", "Your data stays on this computer; it works without a network.";
        version: "版本 {0}", "Version {0}";
        window_title: "掌柜", "Zhanggui";

        sign_in: "登录", "Sign in";
        signing_in: "正在登录…", "Signing in…";
        username: "用户名", "User name";
        password: "密码", "Password";
        password_hint: "请输入密码", "Your password";
        remember_username: "记住用户名", "Remember user name";
        caps_lock: "大写锁定已打开", "Caps Lock is on";
        check_again: "请核对后重新输入；忘记密码请联系管理员重置。", "Please check and try again; an administrator can reset a forgotten password.";
        language: "语言", "Language";
        theme: "外观", "Appearance";
        theme_light: "浅色", "Light";
        theme_dark: "深色", "Dark";
        theme_system: "跟随系统", "System";

        welcome: "欢迎使用掌柜", "Welcome to Zhanggui";
        welcome_more: "先建立账套和管理员账号，数据只保存在这台电脑上。", "Set up your company and its administrator; the data stays on this computer.";
        company: "公司名称", "Company";
        company_hint: "例如：恒达五金办公批发", "e.g. Hengda Office Supplies";
        full_name: "姓名", "Full name";
        full_name_hint: "例如：陈志远", "e.g. Chen Zhiyuan";
        admin_username: "管理员用户名", "Administrator's user name";
        password_rule: "8 到 72 个字符", "8 to 72 characters";
        password_again: "再次输入密码", "Password again";
        create_and_go_on: "创建并继续", "Create and go on";
        step_company: "公司与管理员", "Company and administrator";
        step_begin: "开始", "Begin";
        demo_first: "先看看演示数据", "Look around in demo data first";
        making_demo: "正在准备演示数据…", "Preparing the demo data…";
        end_demo: "结束演示", "End the demo";
        begin_title: "从哪里开始？", "How would you like to begin?";
        begin_more: "以后随时可以导入或补录。", "You can import or enter more at any time.";
        begin_import: "导入我的数据", "Import my data";
        begin_import_more: "客户、产品、订单，来自 xlsx、xls 或 csv 表格；先试导入，不会写错。", "Customers, products and orders from xlsx, xls or csv; a dry run comes first.";
        begin_demo: "看看演示数据", "Look around in demo data";
        begin_demo_more: "一家生意兴隆的店，随便操作；结束演示后回到这里，自己的账套不受影响。", "A busy shop to try things in; your own file stays as it is.";
        begin_empty: "从空白开始", "Start empty";
        begin_empty_more: "进入仪表盘，按“第一步”逐项建立产品、客户和订单。", "The dashboard lists the first steps: products, customers, an order.";
        changing: "正在修改…", "Changing…";
        creating: "正在创建…", "Creating…";

        new_password_title: "请设置新密码", "Choose a new password";
        new_password_more: "当前密码是一次性的，修改后才能继续。", "Your password was for one use; change it to continue.";
        change_password: "修改密码", "Change password";
        old_password: "当前密码", "Current password";
        new_password: "新密码", "New password";
        password_changed: "密码已修改", "Password changed";

        group_crm: "客户 CRM", "CRM";
        group_sales: "销售", "Sales";
        group_stock: "库存", "Inventory";
        group_analysis: "分析", "Analytics";
        statistics: "统计", "Statistics";
        group_settings: "设置", "Settings";
        settings: "系统设置", "Settings";
        customers: "客户", "Customers";
        followups: "跟进", "Follow-ups";
        quotes: "报价单", "Quotes";
        payments: "回款", "Payments";
        dashboard: "仪表盘", "Dashboard";
        orders: "订单", "Orders";
        products: "产品库存", "Products";
        movements: "出入库", "Stock movements";
        warnings: "库存预警", "Low stock";
        stocktakes: "盘点", "Stocktakes";
        collapse: "收起侧栏", "Collapse";
        expand: "展开侧栏", "Expand";

        role_admin: "管理员", "Administrator";
        role_manager: "经理", "Manager";
        role_sales: "销售", "Sales";
        role_warehouse: "库管", "Warehouse";
        role_employee: "员工", "Employee";
        account: "账号", "Account";
        check_data: "检查数据", "Check data";
        checking: "正在检查数据…", "Checking the data…";
        check_good: "数据检查通过，{0} 项规则全部成立", "The data is sound: all {0} rules hold";
        check_bad: "数据检查发现 {0} 处问题：{1}。请从备份恢复或联系技术支持。", "The check found {0} {0:problem|problems}: {1}. Restore a backup or contact support.";
        lock: "锁定", "Lock";
        locked: "已锁定", "Locked";
        locked_more: "输入密码继续。", "Enter your password to continue.";
        locked_unsaved: "未保存的内容都还在。", "Your unsaved work is kept.";
        locked_idle: "{0} 分钟没有操作。", "Locked after {0} {0:minute|minutes} without activity.";
        locked_idle_unsaved: "{0} 分钟没有操作，未保存的内容都还在。", "Locked after {0} {0:minute|minutes} without activity; your unsaved work is kept.";
        unlock: "解锁", "Unlock";
        unlock_hint: "输入密码继续", "Your password";
        switch_user: "换人登录", "Switch user";
        demo_password: "演示账号的密码是 zhanggui-demo", "The demo's password is zhanggui-demo";
        not_closed: "{0}有未保存的内容，窗口没有关闭。请先登录保存。", "{0} has unsaved work, so the window stays open. Sign in and save it.";
        work_of: "{0}的内容", "{0}'s work";
        close_over_body: "锁屏前留下的内容还没保存，关闭窗口后会丢失。", "It was left open when the screen was locked and will be lost if the window closes.";
        close_anyway: "关闭并丢弃", "Close and discard";
        sign_out: "退出登录", "Sign out";
        notices: "通知", "Notifications";
        unseen_notices: "通知，{0} 条未读", "Notifications, {0} unread";
        no_notices: "没有新通知", "Nothing new";
        help: "快捷键", "Shortcuts";
        all_shortcuts: "全部快捷键", "All shortcuts";
        file_ok: "本机数据库 正常", "Local data file OK";
        demo_file: "演示数据，退出后删除", "Demo data, deleted on exit";
        demo_visit: "演示数据，结束后删除", "Demo data, deleted when it ends";
        next_field: "下一项", "Next field";
        open: "查看", "Open";
        no_right: "没有“{0} · {1}”权限，请联系管理员开通。", "You do not have the permission \"{0} · {1}\"; ask your administrator.";
        stock_low: "{0} 低于预警线", "{0} is below its reorder level";
        stock_low_figures: "现有 {0} {1}，预警线 {2} {1}", "{0} {1} left, reorder level {2} {1}";
        waiting: "等待其他终端…", "Waiting…";

        unsaved_title: "{0}还没保存", "{0}: not saved";
        unsaved_body: "现在离开，录入的内容会丢失。", "If you leave now, what you entered will be lost.";
        discard: "不保存", "Discard";
        keep_editing: "继续编辑", "Keep editing";
        save_and_leave: "保存并离开", "Save and leave";
        unsaved: "未保存", "Unsaved";

        key_new: "新建", "New";
        key_new_order: "给这位客户新建订单", "New order for this customer";
        key_new_quote: "给这位客户新建报价单", "New quote for this customer";
        key_search: "全局搜索", "Search everything";
        search_hint: "搜索客户、订单、产品、功能…", "Customers, orders, products, pages…";
        kind_page: "页面", "Page";
        kind_action: "功能", "Action";
        key_find: "搜索列表", "Search the list";
        key_edit: "修改", "Edit";
        key_main: "主要操作：添加跟进、收款、转订单、过账", "Main: follow-up, payment, order, post";
        key_refresh: "刷新", "Refresh";
        key_ship: "发货", "Ship";
        key_return: "退货", "Return";
        key_stock_in: "入库", "Stock in";
        key_stock_out: "出库", "Stock out";
        key_count: "盘点", "Count";
        key_save: "保存", "Save";
        key_hand_over: "移交客户", "Hand over customers";
        key_from_quote: "从报价单导入", "Import a quote";
        key_print: "打印", "Print";
        key_last_price: "取上次价", "Use the last price";
        key_delete_line: "删除行", "Remove line";
        key_previous: "上一条", "Previous record";
        key_next: "下一条", "Next record";
        key_previous_period: "前一期", "Previous period";
        key_next_period: "后一期", "Next period";
        key_navigation: "收起或展开侧栏", "Collapse or expand the navigation";
        key_settings: "系统设置", "Settings";
        key_lock: "锁定", "Lock";
        key_full_screen: "全屏", "Full screen";
        key_help: "全部快捷键", "All shortcuts";
        key_pages: "切换页面", "Go to page";
        key_choose: "选择", "Choose";
        key_open: "打开", "Open";
        key_close: "关闭", "Close";
        key_back: "返回", "Back";
    }
}

impl Lang {
    /// What a role is called.
    pub fn role(self, role: Role) -> &'static str {
        let t = &self.texts().shell;
        match role {
            Role::Admin => t.role_admin,
            Role::Manager => t.role_manager,
            Role::Sales => t.role_sales,
            Role::Warehouse => t.role_warehouse,
            Role::Employee => t.role_employee,
        }
    }
}
