//! Texts of imports: kinds of files, fields of columns, warnings, and what is wrong in a row.

use super::{Lang, fill, texts};
use crate::models::import::{ImportField, ImportKind, RowError, RowErrors, RowProblem, WarningKind};

texts! {
    /// Imports.
    Imports {
        customers: "客户", "customers";
        products: "产品", "products";
        orders: "订单", "orders";

        title: "导入{0}", "Import {0}";
        key: "导入", "Import";
        first_title: "先导入客户", "Customers first";
        first_done: "客户已导入", "Customers imported";
        first_more: "产品和订单在“产品库存”页和“订单”页上同样导入：{0}。", "Products and orders are imported the same way on their own pages: {0}.";
        needs_all: "导入订单需要“全部”范围的销售权限。", "Importing orders needs permission for sales with scope \"All\".";
        step_file: "选择文件", "File";
        step_columns: "核对列", "Columns";
        step_trial: "试导入", "Dry run";
        step_done: "导入", "Import";
        file: "文件", "File";
        file_hint: "输入路径、浏览，或把文件拖进窗口", "Type a path, browse, or drop a file on the window";
        file_more: "xlsx、xls 或 csv（UTF-8、GB18030；逗号、分号或制表符分隔），不超过 64 MB", "xlsx, xls or csv (UTF-8, GB18030; comma, semicolon or tab), at most 64 MB";
        file_kinds: "表格", "Tables";
        browse: "浏览…", "Browse…";
        template: "保存空白模板", "Save blank template";
        template_name: "导入模板_{0}", "import template {0}";
        template_saved: "模板已保存到 {0}", "Template saved to {0}";
        reading: "正在读取…", "Reading…";
        next: "下一步", "Next";
        previous: "上一步", "Back";
        sheet: "工作表", "Sheet";
        rows_found: "{0}，共 {1} 行", "{0}, {1} {1:row|rows}";
        from_memory: "按上次的对应关系", "As you mapped it last time";
        heading: "文件里的列", "Column of the file";
        samples: "前几行", "First rows";
        taken_for: "对应到", "Maps to";
        left_out: "不导入", "Not imported";
        no_heading: "（无标题）", "(no heading)";
        existing: "已有的记录", "Existing records";
        existing_skip: "跳过", "Skip";
        existing_update: "更新", "Update";
        existing_refuse: "拒绝整个文件", "Refuse the file";
        existing_skip_more: "已有的记录保持不变。", "Existing records stay as they are.";
        existing_update_more: "用文件里的内容更新，空单元格不改动；库存和历史订单不变。", "The file's values replace what is there, blank cells change nothing; stock and past orders stay.";
        existing_refuse_more: "有一条已存在，就什么都不导入。", "If any record exists already, nothing is imported.";
        try_it: "试导入", "Dry run";
        trying: "正在试导入，不会保留任何内容…", "Trying it out; nothing is kept…";
        importing: "正在导入，全部成功才会保留…", "Importing; it is kept only if all of it succeeds…";
        in_background: "在后台继续", "Continue in the background";
        would: "试导入通过，导入后会：", "The dry run succeeded. The import will:";
        did: "已导入", "Imported";
        created: "新增", "Created";
        updated: "更新", "Updated";
        skipped: "跳过", "Skipped";
        also: "其中新客户 {0}，新产品 {1}，订单行 {2}，回款 {3}", "with {0} new {0:customer|customers}, {1} new {1:product|products}, {2} {2:line|lines}, {3} {3:payment|payments}";
        warnings: "提示 {0} 处", "{0} {0:warning|warnings}";
        warning_rows: "{0} 处：第 {1} 行", "{0}: rows {1}";
        and_more: "等", "…";
        ignored: "没有导入的列：{0}", "Columns left out: {0}";
        errors_title: "共 {0} 处错误，没有导入任何内容", "{0} {0:error|errors}; nothing was imported";
        errors_more: "改好文件后再试，或保存错误表，在表里改好直接导入。", "Correct the file and try again, or save the error workbook, correct it there and import that.";
        errors_first: "只列出前 {0} 处", "The first {0} are listed";
        save_errors: "保存错误表", "Save error workbook";
        errors_name: "导入错误_{0}", "import errors {0}";
        errors_saved: "错误表已保存到 {0}", "Error workbook saved to {0}";
        try_again: "重新读取文件", "Read the file again";
        import_now: "开始导入", "Import";
        cancelled: "已取消，没有导入任何内容", "Cancelled; nothing was imported";
        done: "完成", "Done";

        sheet_rows: "待更正", "To correct";
        sheet_errors: "错误", "Errors";
        row: "行", "Row";
        column: "列", "Column";
        problem: "问题", "Problem";

        at: "第 {0} 行“{1}”：{2}", "Row {0}, \"{1}\": {2}";
        at_row: "第 {0} 行：{1}", "Row {0}: {1}";
        one: "文件没有导入({0})。{1}", "The file was not imported ({0}). {1}";
        several: "文件没有导入({0})，共 {1} 处错误。{2}", "The file was not imported ({0}); {1} errors. {2}";
        too_big: "文件超过 {0} MB", "The file is larger than {0} MB";
        too_many_rows: "超过 {0} 行", "More than {0} rows";
        too_many_cells: "单元格超过 {0} 个。请删去空列，或拆成几个文件", "More than {0} cells. Delete empty columns, or split the file";
        too_many_columns: "超过 {0} 列", "More than {0} columns";
        damaged: "文件损坏或加了密码，打不开。请在表格软件里去掉密码，另存为 xlsx 或 csv", "The file is damaged or password-protected. Save it without a password as xlsx or csv in your spreadsheet program";
        unpacks_too_big: "文件展开后超过 {0} MB。请拆成几个文件，或另存为 csv", "The file unpacks to more than {0} MB. Split it, or save it as csv";
        no_sheet: "文件里没有这张工作表", "The file has no such sheet";
        cell_error: "单元格里是错误值，例如 #N/A", "The cell holds an error such as #N/A";
        not_text: "含有不是文字的内容", "Contains something that is no text";
        ragged: "有 {0} 格，表头有 {1} 列", "{0} cells under {1} headings";
        empty: "文件里没有数据行", "The file has no rows";
        missing_column: "缺少“{0}”列，请指定对应的列", "No column for \"{0}\"; choose one for it";
        unknown_column: "文件里没有这一列", "The file has no such column";
        field_not_taken: "这一列不能对应到“{0}”", "This column cannot stand for \"{0}\"";
        ambiguous_day: "分不清月和日，请改成 2026-01-30 这样的日期", "Month and day cannot be told apart; write dates as 2026-01-30";
        ambiguous: "有几个同名的{0}，请用编号区分", "Several records with this {0}; tell them apart by number";

        w_derived_price: "单价由金额 ÷ 数量算出", "Unit price worked out as amount ÷ quantity";
        w_rounded_amount: "金额四舍五入到分", "Amount rounded to the fen";
        w_second_name: "同一编号有另一个名称，保留第一个", "One number with another name; the first is kept";
        w_other_data: "同一编号有不同资料，保留第一行", "One number with other data; the first row is kept";
        w_derived_product_price: "新产品的售价取自第一行", "Price of a new product taken from its first line";
        w_assumed_payment: "文件里没有回款，按下单当天全额收款", "No payment given; taken as paid in full on the order's day";
        w_stock_kept: "产品已存在，库存不变", "The product exists; its stock stays";
        w_order_kept: "订单已存在，不作修改", "The order exists and stays as it is";

        c_city: "城市", "city";
        c_region: "省份", "region";
        c_postal_code: "邮编", "postal code";
        c_country: "国家", "country";
        c_product_name: "产品名称", "product name";
        c_customer_name: "客户名称", "customer name";
        c_discontinued: "停用", "discontinued";
        c_paid: "已付金额", "paid amount";
        c_line_amount: "行金额", "line amount";
    }
}

impl Lang {
    /// What a kind of file is called.
    pub fn import_kind(self, kind: ImportKind) -> &'static str {
        let t = &self.texts().imports;
        match kind {
            ImportKind::Customers => t.customers,
            ImportKind::Products => t.products,
            ImportKind::Orders => t.orders,
        }
    }

    /// What a column can be taken for.
    pub fn import_field(self, field: ImportField) -> &'static str {
        let t = &self.texts().imports;
        match field {
            ImportField::CustomerName => t.c_customer_name,
            ImportField::ProductName => t.c_product_name,
            ImportField::City => t.c_city,
            ImportField::Region => t.c_region,
            ImportField::PostalCode => t.c_postal_code,
            ImportField::Country => t.c_country,
            ImportField::Discontinued => t.c_discontinued,
            ImportField::Paid => t.c_paid,
            ImportField::Amount => t.c_line_amount,
            other => self.field(other.field()),
        }
    }

    /// What a warning says.
    pub fn import_warning(self, kind: WarningKind) -> &'static str {
        let t = &self.texts().imports;
        match kind {
            WarningKind::DerivedPrice => t.w_derived_price,
            WarningKind::RoundedAmount => t.w_rounded_amount,
            WarningKind::SecondName => t.w_second_name,
            WarningKind::OtherData => t.w_other_data,
            WarningKind::DerivedProductPrice => t.w_derived_product_price,
            WarningKind::AssumedPayment => t.w_assumed_payment,
            WarningKind::StockKept => t.w_stock_kept,
            WarningKind::OrderKept => t.w_order_kept,
        }
    }

    /// What is wrong in a row, without its place.
    pub fn row_problem(self, problem: RowProblem) -> String {
        let t = &self.texts().imports;
        match problem {
            RowProblem::Field(field, problem) => self.problem(field, problem),
            RowProblem::TooBig(most) => fill(t.too_big, &[&most]),
            RowProblem::TooManyRows(most) => fill(t.too_many_rows, &[&most]),
            RowProblem::TooManyCells(most) => fill(t.too_many_cells, &[&most]),
            RowProblem::TooManyColumns(most) => fill(t.too_many_columns, &[&most]),
            RowProblem::Damaged => t.damaged.to_owned(),
            RowProblem::UnpacksTooBig(most) => fill(t.unpacks_too_big, &[&most]),
            RowProblem::NoSheet => t.no_sheet.to_owned(),
            RowProblem::CellError => t.cell_error.to_owned(),
            RowProblem::NotText => t.not_text.to_owned(),
            RowProblem::Ragged { cells, headings } => fill(t.ragged, &[&cells, &headings]),
            RowProblem::Empty => t.empty.to_owned(),
            RowProblem::MissingColumn(field) => fill(t.missing_column, &[&self.import_field(field)]),
            RowProblem::UnknownColumn => t.unknown_column.to_owned(),
            RowProblem::FieldNotTaken(field) => fill(t.field_not_taken, &[&self.import_field(field)]),
            RowProblem::AmbiguousDay => t.ambiguous_day.to_owned(),
            RowProblem::Ambiguous(field) => fill(t.ambiguous, &[&self.field(field)]),
        }
    }

    /// One thing wrong with its place.
    pub fn row_error(self, error: &RowError) -> String {
        let t = &self.texts().imports;
        let problem = self.row_problem(error.problem);
        if error.column.is_empty() { fill(t.at_row, &[&error.row, &problem]) } else { fill(t.at, &[&error.row, &error.column, &problem]) }
    }

    /// All that is wrong in a file as one sentence: how much, and the first.
    pub(super) fn rows(self, rows: &RowErrors, code: i32) -> String {
        let t = &self.texts().imports;
        let first = rows.errors.first().map(|error| self.row_error(error)).unwrap_or_default();
        if rows.total == 1 { fill(t.one, &[&code, &first]) } else { fill(t.several, &[&code, &rows.total, &first]) }
    }
}
