//! Texts of the pages of stock movements and of what runs out.

use super::texts;

texts! {
    /// The two pages' texts.
    Stock {
        movements: "出入库", "Stock movements";
        search: "SKU/名称/拼音首字母/条码", "SKU, name, pinyin or barcode";
        source: "来源", "Source";
        balance: "结存", "Balance";
        by_hand: "手工", "Manual";
        reversed: "已撤销", "Undone";
        shown: "第 {0}–{1} 条，共 {2} 条", "{0}–{1} of {2}";
        none_yet: "还没有出入库记录", "No movements yet";
        none_yet_more: "入库、出库、盘点和订单都会记在这里。", "Stock in, out, counts and orders are recorded here.";
        no_match: "没有符合条件的记录", "No matching movements";
        no_match_more: "换个关键词，或清除筛选条件。", "Try another word, or clear the filters.";
        list_failed: "没能读取出入库记录({0})", "The movements could not be read ({0})";

        undo: "撤销", "Undo";
        undo_title: "撤销“{0}”的这笔记录？", "Undo this movement of \"{0}\"?";
        undo_body: "会登记一笔相反的出入库，原记录保留。", "An opposite movement is recorded; the original stays.";
        undo_change: "登记", "Booked";
        undo_stock: "库存", "Stock";
        undo_act: "撤销记录", "Undo movement";
        undone: "已撤销“{0}”的记录：{1} {2}", "Movement of \"{0}\" undone: {1} {2}";
        choose_record: "请先选择一条记录", "Choose a record first";
        undone_before: "这条记录已经撤销过", "It was undone already";
        not_by_hand: "只有手工登记的出入库能撤销", "Only movements entered by hand can be undone";

        warnings: "库存预警", "Low stock";
        low_products: "{0} 种产品低于预警线", "{0} {0:product|products} at or below the reorder level";
        in_stock: "现有", "In stock";
        available: "可用", "Available";
        suggested: "建议补货", "Suggested";
        refill: "补货入库", "Stock in";
        warnings_shown: "第 {0}–{1} 种，共 {2} 种产品", "{0}–{1} of {2} {2:product|products}";
        all_enough: "库存都充足", "Stock is fine everywhere";
        all_enough_more: "产品降到自己的预警线时，会连同建议补货数列在这里。", "Products that fall to their reorder level appear here, with what to reorder.";
        no_match_low: "没有符合条件的低库存产品", "No matching low product";
        warnings_failed: "没能读取库存预警({0})", "The warnings could not be read ({0})";
    }
}
