//! Texts of the stocktake pages: list, begin, count sheet.

use super::texts;

texts! {
    /// The pages' texts.
    Stocktakes {
        title: "盘点", "Stocktakes";
        new: "发起盘点", "New stocktake";
        search: "盘点单号/分类/备注/发起人", "Number, notes or person";
        number: "盘点单号", "Number";
        scope: "范围", "Scope";
        progress: "已盘/共", "Counted / all";
        differing: "差异", "Differences";
        person: "发起人", "By";
        time: "时间", "Started";
        status: "状态", "Status";
        all: "全部", "All";
        open: "进行中", "Open";
        posted: "已过账", "Posted";
        discarded: "已作废", "Discarded";
        blind: "盲盘", "Blind";
        scope_all: "全部产品", "All products";
        scope_list: "选择的产品", "Chosen products";
        lines_differ: "{0} 行", "{0} {0:line|lines}";
        shown: "第 {0}–{1} 张，共 {2} 张盘点单", "{0}–{1} of {2} {2:stocktake|stocktakes}";
        none_yet: "还没有盘点单", "No stocktakes yet";
        none_yet_more: "按全部、分类或选择的产品盘点，过账后库存与实物一致。", "Count all, a category or some products; posting corrects the stock.";
        no_match: "没有符合条件的盘点单", "No matching stocktakes";
        no_match_more: "换个关键词，或清除筛选条件。", "Try another word, or clear the filters.";
        list_failed: "没能读取盘点单({0})", "The stocktakes could not be read ({0})";

        by_category: "按分类", "A category";
        by_product: "选择产品", "Chosen products";
        scope_all_more: "盘点全部在售产品。", "Counts every active product.";
        category: "分类", "Category";
        category_more: "下级分类也一起盘点。", "Categories below it are counted too.";
        choose_category: "请选择分类", "Choose a category";
        products: "产品", "Products";
        product_hint: "SKU/名称/拼音首字母/条码", "SKU, name, pinyin or barcode";
        chosen: "已选 {0} 种", "{0} chosen";
        take_product: "加入盘点", "Add";
        remove_product: "移除 {0}", "Remove {0}";
        is_blind: "盲盘（盘点时不显示系统库存）", "Blind count (the system's figures stay hidden)";
        notes: "备注", "Notes";
        notes_hint: "例如：月末盘点", "e.g. end of the month";
        begin: "开始盘点", "Start count";
        begun_toast: "盘点已开始，逐行录入实盘数", "The stocktake has started; enter what you count";
        nothing_in_scope: "这个范围内没有产品可盘点", "There is nothing to count in this scope";
        unsaved_new: "盘点单", "The stocktake";

        uncounted: "未盘", "Not counted";
        moved: "库存有变动", "Stock moved";
        find_line: "SKU/名称/拼音首字母，或扫条码", "SKU, name, pinyin, or scan";
        of_lines: "已盘 {0} / {1}", "{0} of {1} counted";
        sku: "SKU", "SKU";
        product: "产品", "Product";
        unit: "单位", "Unit";
        system: "系统库存", "System";
        system_then: "盘点时库存", "System then";
        counted: "实盘", "Counted";
        difference: "差异", "Difference";
        value: "差异金额", "Value";
        by_whom: "盘点人", "Counted by";
        count_of: "{0} 实盘", "Counted, {0}";
        line_spoken: "{0} {1}", "{0} {1}";
        unsaved: "未保存", "Unsaved";
        unsaved_counts: "盘点数", "Counts";
        waiting: "{0} 行未保存，等待其他终端…", "{0} {0:line|lines} unsaved, waiting for another terminal…";
        moved_to: "库存变为 {0}，请重盘", "Now {0}: count again";
        recount: "请重盘", "Count again";
        wrong: "请填写 0 到 {0} 的整数", "Enter a whole number from 0 to {0}";
        unknown_code: "没有编码或条码为“{0}”的产品", "No product has the code \"{0}\"";
        added: "“{0}”不在盘点单上，已加入", "\"{0}\" was not on the sheet and was added";
        no_lines: "没有这样的行", "No such lines";
        no_lines_more: "换个标签或关键词看看。", "Try another tab or another word.";
        all_counted: "全部盘完了", "Everything is counted";
        all_counted_more: "核对差异后即可过账。", "Check what differs, then post.";
        begun_by: "{0} 发起于 {1}", "Started by {0}, {1}";
        posted_by: "{0} 过账于 {1}", "Posted by {0}, {1}";
        discarded_by: "{0} 作废于 {1}", "Discarded by {0}, {1}";
        moved_title: "{0} 行盘点后库存有变动", "The stock of {0} {0:line|lines} moved since {0:its count|their count}";
        moved_body: "重新盘点这些行后才能过账。", "Count these lines again before posting.";
        show_moved: "查看这些行", "Show them";
        posted_more: "差异已作为盘点调整记入库存；选中一行按 Enter 查看产品的出入库记录。", "The differences are booked as adjustments; Enter on a line shows the product and its movements.";

        post: "过账", "Post";
        post_title: "将盘点 {0} 过账？", "Post stocktake {0}?";
        post_body: "差异记为盘点调整，过账后不能再改。没有盘点的行，库存保持不变。", "Differences become adjustments and cannot be changed. Lines that were not counted keep their stock.";
        post_blind: "盲盘的差异在过账后显示。", "What differs in a blind count shows after posting.";
        post_act: "确认过账", "Post stocktake";
        fact_counted: "已盘", "Counted";
        fact_uncounted: "未盘", "Not counted";
        fact_differing: "有差异", "With differences";
        fact_more: "盘盈", "Surplus";
        fact_less: "盘亏", "Shortage";
        fact_value: "差异金额", "Value";
        lines: "{0} 行", "{0} {0:line|lines}";
        pieces: "{0} 件", "{0} {0:piece|pieces}";
        posted_toast: "盘点 {0} 已过账，{1} 行库存已调整", "Stocktake {0} posted; stock of {1} {1:line|lines} adjusted";
        discard: "作废", "Discard";
        discard_title: "作废盘点 {0}？", "Discard stocktake {0}?";
        discard_body: "已录入的 {0} 行实盘数不会记入库存，盘点单保留备查。", "The {0} counted {0:line is|lines are} not booked; the sheet is kept.";
        discard_act: "作废盘点单", "Discard stocktake";
        discarded_toast: "盘点 {0} 已作废", "Stocktake {0} discarded";
        why_closed: "盘点单已结束", "This stocktake is closed";
        why_nothing: "还没有盘点任何产品", "Nothing was counted yet";

        key_next_line: "下一行", "Next line";
        key_list: "返回列表", "Back to list";
    }
}
