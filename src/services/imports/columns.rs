//! What each column of a file means: guessed from its heading, or as the person says. Reads no cell.

use crate::i18n::Lang;
use crate::models::Field;
use crate::models::import::{ImportField, ImportKind, RowErrors, RowProblem};

use ImportField as F;

/// Headings that tell a field in any file, the surest first; written as [`normal`] makes them.
const HEADINGS: &[(ImportField, &[&str])] = &[
    (F::CustomerCode, &["客户编号", "客户编码", "客户代码", "客户号", "客户id", "customerid", "customercode", "customerno", "customernumber"]),
    (
        F::CustomerName,
        &[
            "客户名称",
            "客户名",
            "客户",
            "公司名称",
            "单位名称",
            "企业名称",
            "customername",
            "companyname",
            "company",
            "customer",
            "client",
            "clientname",
        ],
    ),
    (F::ContactPerson, &["联系人", "联系人姓名", "contactperson", "contactname", "contact"]),
    (F::Phone, &["电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "phone", "phonenumber", "mobile", "telephone", "tel"]),
    (F::Email, &["邮箱", "电子邮箱", "邮件", "email", "emailaddress", "mail"]),
    (F::Address, &["地址", "详细地址", "联系地址", "收货地址", "address", "street", "streetaddress"]),
    (F::City, &["城市", "市", "city", "town"]),
    (F::Region, &["省份", "省", "province", "state", "region", "地区"]),
    (F::PostalCode, &["邮编", "邮政编码", "postalcode", "postcode", "zip", "zipcode"]),
    (F::Country, &["国家", "country", "countryregion"]),
    (F::Industry, &["行业", "所属行业", "industry", "segment", "sector"]),
    (F::Level, &["客户等级", "等级", "级别", "客户级别", "customerlevel", "level"]),
    (F::Tags, &["标签", "客户标签", "tags", "tag"]),
    (F::Owner, &["负责人", "业务员", "销售员", "跟进人", "assignedto", "owner", "salesperson", "accountmanager"]),
    (F::PaymentTerm, &["账期", "账期天数", "paymenttermdays", "paymentterm", "paymentterms"]),
    (F::CreditLimit, &["信用额度", "授信额度", "creditlimit"]),
    (
        F::Sku,
        &["sku", "产品编码", "产品编号", "商品编码", "商品编号", "货号", "物料编码", "skucode", "productid", "productcode", "productno", "itemcode"],
    ),
    (F::ProductName, &["产品名称", "商品名称", "品名", "产品", "商品", "货品名称", "productname", "product", "itemname"]),
    (F::Barcode, &["条码", "条形码", "商品条码", "barcode", "ean", "ean13", "gtin", "upc"]),
    (F::Category, &["分类", "类别", "产品分类", "商品分类", "category", "productcategory"]),
    (F::Specification, &["规格", "规格型号", "型号", "specification", "spec", "quantityperunit"]),
    (F::Unit, &["单位", "计量单位", "unit", "uom"]),
    (F::CostPrice, &["成本价", "成本", "进价", "采购价", "costprice", "cost", "purchaseprice"]),
    (F::OrderNo, &["订单号", "订单编号", "单号", "单据编号", "orderid", "orderno", "ordernumber"]),
    (F::OrderDate, &["下单日期", "订单日期", "下单时间", "单据日期", "orderdate"]),
    (F::ShipDate, &["发货日期", "发货时间", "出库日期", "shippeddate", "shipdate", "shippingdate", "dateshipped"]),
];

/// Headings whose meaning hangs on the kind of file.
const BY_KIND: &[(ImportKind, ImportField, &[&str])] = &[
    (ImportKind::Customers, F::CustomerCode, &["编号", "编码", "代码", "code", "id", "number"]),
    (ImportKind::Customers, F::CustomerName, &["名称", "name"]),
    (ImportKind::Customers, F::Status, &["状态", "status"]),
    (ImportKind::Products, F::Sku, &["编码", "编号", "code", "id"]),
    (ImportKind::Products, F::ProductName, &["名称", "name"]),
    (ImportKind::Products, F::Price, &["售价", "销售价", "单价", "零售价", "价格", "price", "unitprice", "saleprice", "listprice"]),
    (
        ImportKind::Products,
        F::Stock,
        &[
            "期初库存",
            "库存",
            "库存数量",
            "当前库存",
            "现有库存",
            "unitsinstock",
            "stock",
            "stockquantity",
            "openingstock",
            "onhand",
            "quantityonhand",
        ],
    ),
    (
        ImportKind::Products,
        F::Threshold,
        &[
            "预警线",
            "库存预警",
            "预警值",
            "最低库存",
            "安全库存",
            "reorderlevel",
            "warningline",
            "stockwarningthreshold",
            "threshold",
            "minstock",
            "minimumstock",
        ],
    ),
    (ImportKind::Products, F::Discontinued, &["停用", "停产", "已停产", "停售", "discontinued"]),
    (ImportKind::Products, F::Description, &["描述", "产品描述", "说明", "备注", "description", "notes"]),
    (ImportKind::Products, F::Status, &["状态", "status"]),
    (ImportKind::Orders, F::OrderDate, &["日期", "date"]),
    (ImportKind::Orders, F::Quantity, &["数量", "销售数量", "quantity", "qty", "pieces"]),
    (ImportKind::Orders, F::UnitPrice, &["单价", "售价", "销售单价", "unitprice", "price"]),
    (ImportKind::Orders, F::Discount, &["折扣", "折扣率", "discount", "discountrate"]),
    (ImportKind::Orders, F::Amount, &["金额", "小计", "销售额", "行金额", "subtotal", "amount", "sales", "lineamount", "linetotal", "extendedprice"]),
    (ImportKind::Orders, F::Paid, &["已付", "已付金额", "已收", "已收款", "收款金额", "paid", "paidamount", "amountpaid"]),
    (ImportKind::Orders, F::Method, &["支付方式", "付款方式", "收款方式", "paymentmethod", "method"]),
    (ImportKind::Orders, F::Notes, &["备注", "订单备注", "notes", "note", "remark", "remarks", "comment"]),
];

/// A heading without case, blanks, underscores and punctuation.
pub fn normal(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What every column means; `None` = not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    headings: Vec<String>,
    fields: Vec<Option<ImportField>>,
}

impl Columns {
    /// Guesses the columns of a file; each field is given to one column, the surest heading first.
    pub fn guess(kind: ImportKind, headings: &[String]) -> Columns {
        let mut columns = Columns { headings: headings.to_vec(), fields: vec![None; headings.len()] };
        columns.guess_further(kind, &vec![false; headings.len()]);
        columns
    }

    /// As [`Columns::guess`], after what the person says. Errors name headings the file lacks and fields it cannot have.
    pub fn of(kind: ImportKind, headings: &[String], map: &[(String, Option<ImportField>)]) -> Result<Columns, RowErrors> {
        let mut columns = Columns { headings: headings.to_vec(), fields: vec![None; headings.len()] };
        let mut settled = vec![false; headings.len()];
        let mut errors = RowErrors::default();
        for (heading, field) in map {
            let exact = headings.iter().position(|other| other == heading.trim());
            let Some(at) = exact.or_else(|| headings.iter().position(|other| normal(other) == normal(heading))) else {
                errors.add(1, heading, RowProblem::UnknownColumn);
                continue;
            };
            if let Some(field) = field.filter(|field| !field.fits(kind) || columns.fields.contains(&Some(*field))) {
                errors.add(1, heading, RowProblem::FieldNotTaken(field));
                continue;
            }
            (columns.fields[at], settled[at]) = (*field, true);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        columns.guess_further(kind, &settled);
        Ok(columns)
    }

    fn guess_further(&mut self, kind: ImportKind, settled: &[bool]) {
        let normals: Vec<String> = self.headings.iter().map(|heading| normal(heading)).collect();
        let plain = HEADINGS.iter().filter(|(field, _)| field.fits(kind)).map(|(field, aliases)| (*field, *aliases));
        let own = |kind: ImportKind| BY_KIND.iter().filter(move |(of, ..)| *of == kind).map(|(_, field, aliases)| (*field, *aliases));
        // A file of sales that is read for its products: quantity and amount of a line tell a price.
        let of_sales = kind == ImportKind::Products && normals.iter().any(|heading| is_heading_of(F::OrderNo, heading));
        let sales = own(ImportKind::Orders).filter(|(field, _)| of_sales && matches!(field, F::Quantity | F::Amount));
        for (field, aliases) in plain.chain(own(kind)).chain(sales) {
            if self.fields.contains(&Some(field)) {
                continue;
            }
            let free = |at: &usize| self.fields[*at].is_none() && !settled[*at];
            let found = aliases.iter().find_map(|alias| (0..normals.len()).filter(free).find(|at| normals[*at] == *alias));
            if let Some(at) = found {
                self.fields[at] = Some(field);
            }
        }
    }

    /// The column of a field.
    pub fn at(&self, field: ImportField) -> Option<usize> {
        self.fields.iter().position(|found| *found == Some(field))
    }

    pub fn has(&self, field: ImportField) -> bool {
        self.at(field).is_some()
    }

    pub fn fields(&self) -> &[Option<ImportField>] {
        &self.fields
    }

    /// The heading over a field; empty where no column was taken for it.
    pub fn heading(&self, field: ImportField) -> &str {
        self.at(field).map_or("", |at| self.headings[at].as_str())
    }

    /// The heading of the first column that goes into an input field.
    pub fn heading_of(&self, field: Field) -> &str {
        let at = self.fields.iter().position(|found| found.is_some_and(|found| found.field() == field));
        at.map_or("", |at| self.headings[at].as_str())
    }

    /// Each column that is read and what for; the headings of the others.
    pub fn described(&self) -> (Vec<(String, ImportField)>, Vec<String>) {
        let mut taken = Vec::new();
        let mut ignored = Vec::new();
        for (heading, field) in self.headings.iter().zip(&self.fields) {
            match field {
                Some(field) => taken.push((heading.clone(), *field)),
                None => ignored.push(heading.clone()),
            }
        }
        (taken, ignored)
    }
}

/// Whether a heading, as [`normal`] makes it, tells this field.
pub fn recognised(kind: ImportKind, field: ImportField, heading: &str) -> bool {
    aliases(kind, field).any(|alias| alias == heading)
}

/// The surest heading of a field in a language.
pub fn first_heading(kind: ImportKind, field: ImportField, lang: Lang) -> String {
    let fits = |alias: &&str| alias.is_ascii() == (lang == Lang::En);
    aliases(kind, field).find(fits).unwrap_or_default().to_owned()
}

fn aliases(kind: ImportKind, field: ImportField) -> impl Iterator<Item = &'static str> {
    let plain = HEADINGS.iter().filter(move |(of, _)| *of == field).flat_map(|(_, aliases)| aliases.iter().copied());
    plain.chain(BY_KIND.iter().filter(move |(own, of, _)| *own == kind && *of == field).flat_map(|(.., aliases)| aliases.iter().copied()))
}

fn is_heading_of(field: ImportField, normal: &str) -> bool {
    HEADINGS.iter().any(|(of, aliases)| *of == field && aliases.contains(&normal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_unambiguous_and_normal() {
        for kind in ImportKind::ALL {
            let mut seen: Vec<&str> = Vec::new();
            let plain = HEADINGS.iter().filter(|(field, _)| field.fits(*kind)).flat_map(|(_, aliases)| aliases.iter());
            let own = BY_KIND.iter().filter(|(of, ..)| of == kind).flat_map(|(_, _, aliases)| aliases.iter());
            for alias in plain.chain(own) {
                assert_eq!(normal(alias), *alias);
                assert!(!seen.contains(alias), "{kind:?} {alias}");
                seen.push(alias);
            }
        }
        for (kind, field, _) in BY_KIND {
            assert!(field.fits(*kind), "{kind:?} {field:?}");
        }
    }

    #[test]
    fn chinese_headings_and_the_persons_word() {
        let headings: Vec<String> =
            ["订单号", "客户名称", "下单日期", "SKU", "产品名称", "数量", "单价", "小计", "已付", "备注", "内部"].map(String::from).into();
        let columns = Columns::guess(ImportKind::Orders, &headings);
        let wanted = [F::OrderNo, F::CustomerName, F::OrderDate, F::Sku, F::ProductName, F::Quantity, F::UnitPrice, F::Amount, F::Paid, F::Notes];
        for (at, field) in wanted.into_iter().enumerate() {
            assert_eq!(columns.fields[at], Some(field));
        }
        assert_eq!(columns.fields[10], None);
        let map = [("小计".into(), None), ("内部".into(), Some(F::Method))];
        let columns = Columns::of(ImportKind::Orders, &headings, &map).unwrap();
        assert_eq!((columns.at(F::Amount), columns.at(F::Method)), (None, Some(10)));
        assert!(Columns::of(ImportKind::Customers, &headings, &[("内部".into(), Some(F::Sku))]).is_err());
        assert!(Columns::of(ImportKind::Orders, &headings, &[("无".into(), Some(F::Sku))]).is_err());
    }

    #[test]
    fn headings_of_earlier_exports_are_still_known() {
        let guess = |kind, heading: &str| Columns::guess(kind, &[heading.to_owned()]).fields[0];
        for (kind, field, headings) in [
            (ImportKind::Products, F::Threshold, ["Warning line", "Reorder level", "预警线"]),
            (ImportKind::Products, F::Description, ["说明", "描述", "Description"]),
            (ImportKind::Customers, F::Level, ["级别", "等级", "Level"]),
        ] {
            for heading in headings {
                assert_eq!(guess(kind, heading), Some(field), "{heading}");
            }
        }
    }

    #[test]
    fn a_file_of_sales_tells_products_by_its_quantities_and_amounts() {
        let guess = |kind, headings: &[&str]| Columns::guess(kind, &headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>());
        let sales = guess(ImportKind::Products, &["订单号", "SKU", "产品名称", "数量", "小计"]);
        assert_eq!((sales.at(F::Quantity), sales.at(F::Amount), sales.at(F::OrderNo)), (Some(3), Some(4), None));
        // A list of products and a list of customers with the same headings are no sales.
        let list = guess(ImportKind::Products, &["SKU", "产品名称", "数量", "小计"]);
        assert_eq!((list.at(F::Quantity), list.at(F::Amount)), (None, None));
        let customers = guess(ImportKind::Customers, &["订单号", "客户名称", "数量", "小计"]);
        assert_eq!((customers.at(F::Quantity), customers.at(F::Amount)), (None, None));
    }
}
