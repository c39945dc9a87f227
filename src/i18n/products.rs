//! Texts of the products page: list, movements, form, stock dialog.

use super::texts;

texts! {
    /// The page's texts.
    Products {
        title: "产品库存", "Products";
        new: "新建产品", "New product";
        stock_in: "入库", "Stock in";
        stock_out: "出库", "Stock out";
        count: "盘点", "Count";
        choose_first: "请先在列表中选择一种产品", "Choose a product in the list first";
        search_hint: "SKU/名称/拼音首字母/条码", "SKU, name, pinyin or barcode";
        category: "分类", "Category";
        status: "状态", "Status";
        active: "在售", "Active";
        inactive: "停用", "Inactive";
        low: "低库存", "Low";
        out: "缺货", "Out of stock";
        enough: "正常", "OK";
        low_count: "低库存 {0}", "Low {0}";
        out_count: "缺货 {0}", "Out of stock {0}";
        tick_caption: "竖线为预警线", "Tick: reorder level";

        sku: "SKU", "SKU";
        product: "产品", "Product";
        bar: "库存 / 预警线", "Stock / reorder";
        stock: "库存", "Stock";
        threshold: "预警线", "Reorder at";
        price: "单价", "Price";
        cost: "成本价", "Cost";
        shown: "第 {0}–{1} 种，共 {2} 种产品", "{0}–{1} of {2} {2:product|products}";

        none_yet: "还没有产品", "No products yet";
        none_yet_more: "价格、库存和预警线都在这里；有了产品就能入库、开单。", "Prices, stock and reorder levels; with products you can stock and sell.";
        no_match: "没有符合条件的产品", "No product matches";
        no_match_more: "换个关键词，或清除筛选条件。", "Try another word, or clear the filters.";
        list_failed: "没能读取产品列表({0})", "The products could not be read ({0})";

        movements: "出入库记录", "Movements";
        all_movements: "全部记录", "All movements";
        related_orders: "相关订单", "Orders";
        price_history: "价格记录", "Prices";
        order_no: "订单号", "Order";
        day: "日期", "Date";
        customer: "客户", "Customer";
        pieces: "数量", "Quantity";
        returned: "已退", "Returned";
        price_change: "较上次", "Change";
        orders: "订单数", "Orders";
        no_sales: "还没有卖出过", "Not sold yet";
        no_sales_more: "包含这种产品的订单会列在这里。", "Orders that contain this product appear here.";
        sales_failed: "没能读取相关订单({0})", "The orders could not be read ({0})";
        movements_failed: "没能读取出入库记录({0})", "The movements could not be read ({0})";
        kind_in: "入库", "In";
        kind_out: "出库", "Out";
        kind_count: "盘点", "Count";
        all_products: "全部产品", "All products";
        only_selected: "只看选中", "Selected only";
        all: "全部", "All";
        time: "时间", "Time";
        kind: "类型", "Type";
        change: "变动", "Change";
        stock_change: "库存变化", "Stock";
        source: "来源 / 备注", "Source / notes";
        person: "操作人", "By";
        no_movements: "还没有出入库记录", "No movements yet";
        no_movements_more: "入库、出库、盘点和订单都会记在这里。", "Stock in, out, counts and orders are recorded here.";
        from_order: "订单", "Order";
        from_return: "退货", "Return";
        from_count: "盘点差异", "Count difference";
        from_opening: "期初库存", "Opening stock";
        from_stocktake: "盘点单", "Stocktake";
        from_reversal: "撤销", "Reversal";
        from_purchase: "采购到货", "Purchase";
        open_order: "打开订单 {0}", "Open order {0}";

        edit: "修改产品", "Edit product";
        view: "查看产品", "View product";
        sku_long: "产品编码", "SKU";
        name: "产品名称", "Product name";
        specification: "规格", "Specification";
        unit: "单位", "Unit";
        usual_unit: "件", "pc";
        barcode: "条码", "Barcode";
        picture: "图片", "Picture";
        description: "描述", "Description";
        sku_example: "例如：WJ-LS-M8", "e.g. WJ-LS-M8";
        name_example: "例如：外六角螺栓", "e.g. hex bolt";
        specification_example: "例如：M8×40 镀锌 100只", "e.g. M8×40, box of 100";
        unit_example: "例如：盒", "e.g. box";
        category_example: "例如：五金/紧固件", "e.g. hardware/fasteners";
        barcode_example: "可用扫码枪录入", "Type or scan";
        threshold_hint: "库存到这个数时提醒", "Warns at this stock or below";
        save: "保存产品", "Save product";
        saving: "正在保存…", "Saving…";
        wrong: "有 {0} 处需要修改", "{0} {0:entry needs|entries need} attention";
        drop_changes: "放弃我的修改", "Discard my changes";
        unsaved_new: "新建的产品", "The new product";
        unsaved_edit: "对产品的修改", "Changes to the product";
        unsaved_stock: "出入库", "The stock movement";
        unsaved_bulk: "批量修改", "The bulk edit";
        unsaved_body: "现在关闭，录入的内容会丢失。", "If you close now, what you entered will be lost.";

        created: "产品“{0}”已新建", "Product \"{0}\" created";
        updated: "产品“{0}”已保存", "Product \"{0}\" saved";
        delete: "删除产品", "Delete product";
        delete_title: "删除产品“{0}”？", "Delete product \"{0}\"?";
        delete_body: "没有往来记录的产品会被删除，不能恢复；有订单或出入库记录的会改为停用，记录保留。", "A product without records is deleted for good; one with orders or movements becomes inactive and its records stay.";
        deleted: "产品“{0}”已删除", "Product \"{0}\" deleted";
        deactivated: "产品“{0}”有往来记录，已停用", "Product \"{0}\" has records and was deactivated";
        deactivated_more: "没有删除；停用后不再出现在选择列表。", "Not deleted; it is no longer offered for choosing.";

        ticked: "已选 {0} 种", "{0} selected";
        key_tick: "勾选", "Tick";
        labels: "标签", "Labels";
        labels_title: "{0} 种产品的标签", "Labels of {0} {0:product|products}";
        labels_each: "每种产品的张数", "Labels per product";
        labels_file: "PDF 文件", "PDF file";
        labels_browse: "选择位置", "Browse";
        labels_sum: "共 {0} 张，A4 纸 {1} 页（每页 24 张，70 × 37 毫米）", "{0} {0:label|labels} on {1} A4 {1:page|pages} (24 a page, 70 × 37 mm)";
        labels_no_bars: "{0} 种产品的编码不能印成条码，只印文字。", "Codes that cannot be printed as barcodes, text only: {0}";
        labels_act: "生成 PDF", "Create PDF";
        labels_done: "标签已保存到 {0}", "Labels saved to {0}";
        bulk: "批量修改", "Bulk edit";
        bulk_title: "批量修改 {0} 种产品", "Bulk edit: {0} {0:product|products}";
        bulk_act: "修改 {0} 种产品", "Change {0} {0:product|products}";
        by_percent: "按百分比调价", "By percent";
        to_amount: "统一改为", "To one price";
        percent_example: "例如：5 或 -10", "e.g. 5 or -10";
        stays_empty: "不填则不变", "Blank: no change";
        bulk_example: "例如“{0}”", "For example \"{0}\"";
        bulk_done: "已修改 {0} 种产品", "{0} {0:product|products} changed";
        bulk_none: "没有需要修改的产品", "Nothing had to change";

        in_quantity: "入库数量", "Pieces in";
        out_quantity: "出库数量", "Pieces out";
        counted: "实盘数量", "Counted";
        notes: "备注", "Notes";
        in_notes_example: "例如：采购到货", "e.g. purchase arrived";
        out_notes_example: "例如：样品领用", "e.g. sample taken";
        count_notes_example: "例如：破损 2 盒", "e.g. 2 damaged";
        now: "现有库存", "In stock";
        reserved: "其中订单占用 {0} {1}", "of which {0} {1} reserved by orders";
        outcome: "{0} {1} {2} → {3} {4}", "{0} {1} {2} → {3} {4}";
        outcome_count: "系统 {0} → 实盘 {1} {2}，差异 {3}", "System {0} → counted {1} {2}, difference {3}";
        only_so_many: "库存只有 {0} {1}", "Only {0} {1} in stock";
        confirm_in: "确认入库", "Confirm stock in";
        confirm_out: "确认出库", "Confirm stock out";
        confirm_count: "确认盘点", "Confirm count";
        booked_in: "“{0}”已入库 {1} {2}", "\"{0}\": {1} {2} in";
        booked_out: "“{0}”已出库 {1} {2}", "\"{0}\": {1} {2} out";
        booked_count: "“{0}”已盘点，差异 {1} {2}", "\"{0}\" counted, difference {1} {2}";
        booked_more: "库存 {0} → {1} {2}", "Stock {0} → {1} {2}";
    }
}
