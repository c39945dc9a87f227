//! Texts of the warehouse terminal.

use super::texts;

texts! {
    /// The terminal's texts.
    Terminal {
        title: "仓库终端", "Warehouse";
        stock_tab: "收发盘点", "Stock";
        series_tab: "连续扫码", "Fast scan";
        picking_tab: "发货拣货", "Picking";
        lock: "锁定", "Lock";
        locked: "已锁定", "Locked";
        leave: "离开仓库终端", "Leave the terminal";
        switch: "换人", "Switch";
        choose_operator: "选择操作人", "Who is working?";
        choose_first: "先选择操作人，再输入 PIN 或密码。", "Choose a name, then enter the PIN or password.";
        no_operators: "还没有能操作库存的用户。", "No user has permission for stock yet.";
        enter_pin: "输入 PIN", "Enter the PIN";
        enter_password: "输入密码", "Enter the password";
        go_in: "进入", "Enter";
        use_password: "改用密码", "Use the password";
        use_pin: "改用 PIN", "Use the PIN";
        clear: "清空", "Clear";
        backspace: "退格", "Backspace";
        capitals: "大写", "Capitals";
        blank: "空格", "Space";

        scan_hint: "扫描条码或输入 SKU", "Scan a barcode or type a SKU";
        scan_pick_hint: "扫描产品条码", "Scan a product";
        find: "查找", "Find";
        find_title: "查找产品", "Find a product";
        find_hint: "名称/SKU/拼音首字母", "Name, SKU or pinyin";
        nothing_found: "没有找到产品", "No product found";
        barcode: "条码 {0}", "Barcode {0}";
        stock: "当前库存", "In stock";
        threshold: "预警线", "Reorder level";
        recognised: "已识别 {0}", "Recognised {0}";
        quantity: "数量", "Quantity";
        set_one: "设为 1", "Set to 1";
        stock_in: "入库", "In";
        stock_out: "出库", "Out";
        count: "盘点", "Count";
        out_of_stock: "库存只有 {0} {1}", "Only {0} {1} in stock";
        becomes: "{0} → {1} {2}", "{0} → {1} {2}";
        counts_to: "改为 {0} {1}（{2}）", "Set to {0} {1} ({2})";
        scan_first: "先扫描产品", "Scan a product first";
        no_amount: "请输入数量", "Enter a quantity";
        records: "本次记录", "This session";
        record_count: "{0} 笔", "{0} {0:entry|entries}";
        no_records: "还没有记录。扫描产品后选择入库、出库或盘点。", "No entries yet. Scan a product, then choose in, out or count.";
        undo: "撤销上一笔", "Undo the last";
        booked: "{0} {1}：{2} → {3} {4}", "{0} {1}: {2} → {3} {4}";
        undone: "已撤销 {0}：{1} → {2}", "Undone {0}: {1} → {2}";
        unknown: "没有这个条码：{0}", "Unknown code: {0}";
        not_booked: "{0} × {1} 还没提交，已换成 {2}", "{0} × {1} was not booked; now {2}";
        waiting: "等待其他终端…", "Waiting for another terminal…";
        series_in: "扫一件，入库一件", "Each scan books one in";
        series_out: "扫一件，出库一件", "Each scan books one out";
        series_hint: "扫到即记账，不用再按按钮。", "Every scan is booked at once.";

        to_ship: "待发货订单", "Orders to ship";
        order_count: "{0} 单", "{0} {0:order|orders}";
        not_begun: "未开始", "Not started";
        begun: "拣货中", "Picking";
        ready: "已齐", "Complete";
        unpaid: "未收清", "Unpaid";
        pieces: "{0} 种 · {1} 件", "{0} {0:line|lines} · {1} pcs";
        done_of: "已齐 {0} 种", "{0} complete";
        nothing_to_ship: "没有待发货的订单", "No orders to ship";
        choose_order: "选择左边的订单，或扫描订单号。", "Choose an order, or scan its number.";
        picked: "{0} {1}，已拣 {2} / {3} {4}", "{0} {1}: {2} / {3} {4} picked";
        missing: "还差 {0}", "{0} missing";
        to_pick: "待拣 {0}", "Pick {0}";
        enter_quantity: "输入数量", "Quantity";
        pause: "暂停拣货", "Pause";
        pause_more: "已拣数量会保留", "What was picked is kept";
        ship: "确认发货", "Ship";
        ship_ready: "全部拣齐，可以发货", "Everything is picked";
        ship_missing: "还有 {0} 种没拣齐", "{0} {0:line|lines} still incomplete";
        ship_unpaid: "款项尚未收清，仍要发货？", "This order is not settled. Ship anyway?";
        ship_unpaid_act: "欠款发货", "Ship unpaid";
        shipped: "订单 {0} 已发货", "Order {0} shipped";
        hint_numbers: "扫订单号也能打开。库管看不到金额。", "Scanning an order number opens it too. Amounts are hidden here.";
        pin: "终端 PIN", "Terminal PIN";
        set_pin: "设置终端 PIN", "Set terminal PIN";
        pin_more: "4 到 8 位数字，用来在仓库终端快速登录。留空则取消 PIN。", "4 to 8 digits for quick sign-in at the terminal. Leave blank to remove it.";
        pin_saved: "PIN 已保存", "PIN saved";
    }
}
