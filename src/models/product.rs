//! Products: the record, its input and draft, list rows and filters.

use super::choice::{OrderStatus, Status};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{OrderId, OrderItemId, ProductId};
use super::list::PageRequest;
use super::money::{Money, MoneyError};
use super::picture::PictureName;
use super::time::{Day, Timestamp};

/// What a person enters for a product; the same for creating and changing. The stock changes by movements only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductInput {
    pub sku: String,
    pub name: String,
    pub barcode: Option<String>,
    pub category: Option<String>,
    pub specification: Option<String>,
    pub unit: String,
    pub price: Money,
    /// `None` leaves it as it is: for who may not see cost (rulings §8).
    pub cost_price: Option<Money>,
    /// Pieces at which the stock counts as low.
    pub threshold: i64,
    pub description: Option<String>,
    pub picture: Option<PictureName>,
    pub status: Status,
}

impl Default for ProductInput {
    fn default() -> Self {
        ProductInput {
            sku: String::new(),
            name: String::new(),
            barcode: None,
            category: None,
            specification: None,
            unit: "件".into(),
            price: Money::ZERO,
            cost_price: None,
            threshold: 10,
            description: None,
            picture: None,
            status: Status::Active,
        }
    }
}

/// The largest quantity on a line, in one movement and as a threshold (rulings §3).
pub const MOST_PIECES: i64 = 1_000_000;

impl ProductInput {
    /// The same input with blanks trimmed and empty texts dropped.
    pub fn tidied(&self) -> ProductInput {
        let tidy = |text: &Option<String>| text.as_deref().and_then(text::tidy);
        ProductInput {
            sku: self.sku.trim().to_owned(),
            name: self.name.trim().to_owned(),
            barcode: tidy(&self.barcode),
            category: tidy(&self.category),
            specification: tidy(&self.specification),
            unit: self.unit.trim().to_owned(),
            description: tidy(&self.description),
            ..self.clone()
        }
    }

    /// Field errors of the input by itself; whether SKU and barcode are free is the service's to say.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        text::check_required(&mut errors, Field::Sku, &self.sku, 50);
        text::check_required(&mut errors, Field::Name, &self.name, 200);
        text::check_optional(&mut errors, Field::Barcode, self.barcode.as_deref(), 50);
        text::check_optional(&mut errors, Field::Category, self.category.as_deref(), 50);
        text::check_optional(&mut errors, Field::Specification, self.specification.as_deref(), 100);
        text::check_required(&mut errors, Field::Unit, &self.unit, 10);
        if self.price.is_negative() {
            errors.add(Field::Price, Problem::Negative);
        }
        if self.cost_price.is_some_and(Money::is_negative) {
            errors.add(Field::CostPrice, Problem::Negative);
        }
        if !(0..=MOST_PIECES).contains(&self.threshold) {
            errors.add(Field::Threshold, Problem::OutOfRange(0, MOST_PIECES));
        }
        text::check_optional(&mut errors, Field::Description, self.description.as_deref(), 2000);
        errors
    }
}

/// A product form as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDraft {
    pub sku: String,
    pub name: String,
    pub barcode: String,
    pub category: String,
    pub specification: String,
    pub unit: String,
    pub price: String,
    /// `None` where the person may not see cost.
    pub cost_price: Option<String>,
    pub threshold: String,
    pub description: String,
    pub picture: Option<PictureName>,
    pub status: Status,
}

impl ProductDraft {
    /// The form of an existing product, or of a new one by `ProductInput::default()`.
    pub fn of(input: &ProductInput, sees_cost: bool) -> ProductDraft {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        ProductDraft {
            sku: input.sku.clone(),
            name: input.name.clone(),
            barcode: text(&input.barcode),
            category: text(&input.category),
            specification: text(&input.specification),
            unit: input.unit.clone(),
            price: input.price.plain(),
            cost_price: sees_cost.then(|| input.cost_price.unwrap_or_default().plain()),
            threshold: input.threshold.to_string(),
            description: text(&input.description),
            picture: input.picture.clone(),
            status: input.status,
        }
    }

    /// The typed input, or what is wrong with it by field.
    pub fn parse(&self) -> std::result::Result<ProductInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let price = money(&mut errors, Field::Price, &self.price);
        let cost_price = self.cost_price.as_ref().map(|cost| money(&mut errors, Field::CostPrice, cost));
        let threshold = whole_number(&mut errors, Field::Threshold, &self.threshold);
        let some = |text: &str| Some(text.to_owned());
        let input = ProductInput {
            sku: self.sku.clone(),
            name: self.name.clone(),
            barcode: some(&self.barcode),
            category: some(&self.category),
            specification: some(&self.specification),
            unit: self.unit.clone(),
            price,
            cost_price,
            threshold,
            description: some(&self.description),
            picture: self.picture.clone(),
            status: self.status,
        }
        .tidied();
        for error in input.check().0 {
            if errors.of(error.field).is_none() {
                errors.0.push(error);
            }
        }
        if errors.is_empty() { Ok(input) } else { Err(errors) }
    }
}

/// Reads an amount of a form; a wrong one becomes zero with its field error.
pub fn money(errors: &mut FieldErrors, field: Field, text: &str) -> Money {
    match parse_money(text) {
        Ok(money) => money,
        Err(problem) => {
            errors.add(field, problem);
            Money::ZERO
        }
    }
}

/// An amount as typed, at least zero.
pub fn parse_money(text: &str) -> std::result::Result<Money, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    match Money::parse(text) {
        Ok(money) if money.is_negative() => Err(Problem::Negative),
        Ok(money) => Ok(money),
        Err(MoneyError::NotANumber) => Err(Problem::NotANumber),
        Err(MoneyError::TooManyDecimals) => Err(Problem::TooManyDecimals),
        Err(MoneyError::TooLarge) => Err(Problem::TooLarge),
    }
}

/// Reads a whole number of a form; a wrong one becomes zero with its field error.
pub fn whole_number(errors: &mut FieldErrors, field: Field, text: &str) -> i64 {
    match parse_whole(text) {
        Ok(number) => number,
        Err(problem) => {
            errors.add(field, problem);
            0
        }
    }
}

/// A whole number as typed: `1,280`, `－3`, full-width digits.
pub fn parse_whole(text: &str) -> std::result::Result<i64, Problem> {
    use super::money::Decimal;
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    let decimal = Decimal::parse(text).map_err(|e| match e {
        MoneyError::TooLarge => Problem::TooLarge,
        _ => Problem::NotANumber,
    })?;
    let denominator = 10i128.pow(decimal.scale);
    if decimal.digits % denominator != 0 {
        return Err(Problem::NotWhole);
    }
    i64::try_from(decimal.digits / denominator).map_err(|_| Problem::TooLarge)
}

/// One product, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: ProductId,
    /// `cost_price` is `None` for who may not see it.
    pub input: ProductInput,
    pub stock: i64,
    /// Pieces on open orders that are not deducted yet (rulings §5).
    pub reserved: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl Product {
    /// The product as one row of a list.
    pub fn into_row(self) -> ProductRow {
        let input = self.input;
        ProductRow {
            id: self.id,
            sku: input.sku,
            name: input.name,
            barcode: input.barcode,
            category: input.category,
            specification: input.specification,
            unit: input.unit,
            price: input.price,
            cost_price: input.cost_price,
            stock: self.stock,
            reserved: self.reserved,
            threshold: input.threshold,
            picture: input.picture,
            status: input.status,
        }
    }
}

/// One row of the product list and of the product search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    pub id: ProductId,
    pub sku: String,
    pub name: String,
    pub barcode: Option<String>,
    pub category: Option<String>,
    pub specification: Option<String>,
    pub unit: String,
    pub price: Money,
    /// `None` for who may not see it.
    pub cost_price: Option<Money>,
    pub stock: i64,
    pub reserved: i64,
    pub threshold: i64,
    pub picture: Option<PictureName>,
    pub status: Status,
}

impl ProductRow {
    /// Stock that no open order has a claim on.
    pub fn available(&self) -> i64 {
        self.stock - self.reserved
    }

    pub fn level(&self) -> StockLevel {
        StockLevel::of(self.stock, self.threshold)
    }
}

/// How full the shelf is (tokens §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockLevel {
    Enough,
    Low,
    Out,
}

impl StockLevel {
    pub fn of(stock: i64, threshold: i64) -> StockLevel {
        if stock <= 0 {
            StockLevel::Out
        } else if stock <= threshold {
            StockLevel::Low
        } else {
            StockLevel::Enough
        }
    }
}

impl ProductRow {
    /// What to buy so that the shelf holds four times its threshold again, over what open orders have reserved; at least 1 (warning list).
    pub fn suggested(&self) -> i64 {
        (self.threshold.max(1) * 4 - self.available()).clamp(1, MOST_PIECES)
    }
}

/// How several prices change at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceChange {
    To(Money),
    /// By so many percent, −99 … 1000, half up to the fen.
    Percent(i64),
}

impl PriceChange {
    /// The new price; `None` beyond the largest amount.
    pub fn of(self, price: Money) -> Option<Money> {
        match self {
            PriceChange::To(price) => Some(price),
            PriceChange::Percent(percent) => price.percent_half_up(100 + percent),
        }
    }
}

/// A change of several products at once; what is `None` stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkChange {
    pub price: Option<PriceChange>,
    pub threshold: Option<i64>,
}

impl BulkChange {
    /// Field errors of the input by itself.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        match self.price {
            Some(PriceChange::To(price)) if price.is_negative() => errors.add(Field::Price, Problem::Negative),
            Some(PriceChange::Percent(percent)) if !(-99..=1000).contains(&percent) => errors.add(Field::Price, Problem::OutOfRange(-99, 1000)),
            None if self.threshold.is_none() => errors.add(Field::Price, Problem::Required),
            _ => {}
        }
        if self.threshold.is_some_and(|threshold| !(0..=MOST_PIECES).contains(&threshold)) {
            errors.add(Field::Threshold, Problem::OutOfRange(0, MOST_PIECES));
        }
        errors
    }
}

/// One sale of a product: a line of an order that is not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductSale {
    /// The line itself: a product may stand on several of one order.
    pub line: OrderItemId,
    pub order: OrderId,
    pub order_no: String,
    pub order_day: Day,
    pub status: OrderStatus,
    pub customer_name: String,
    pub quantity: i64,
    pub returned_quantity: i64,
    /// `None` for who may not see amounts.
    pub unit_price: Option<Money>,
}

/// Sales are listed by their day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaleSort {
    #[default]
    Day,
}

pub type SalePage = PageRequest<SaleSort>;

/// Which products: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Words of SKU, name, specification, barcode or pinyin.
    pub search: String,
    /// A category and what stands below it: `办公` finds `办公/纸张`.
    pub category: Option<String>,
    pub status: Option<Status>,
    /// Only products at or below their threshold (`Low` includes `Out`), or only those at zero.
    pub stock: Option<StockLevel>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProductSort {
    #[default]
    Sku,
    Name,
    Category,
    /// Stock by how far it stands from its threshold.
    Fill,
    Stock,
    Threshold,
    Price,
}

pub type ProductPage = PageRequest<ProductSort>;

/// How many products stand low and at zero, for the filter chips.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StockCounts {
    pub low: i64,
    pub out: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_names_every_wrong_field() {
        let mut draft = ProductDraft::of(&ProductInput::default(), true);
        draft.price = "abc".into();
        draft.cost_price = Some("-1".into());
        draft.threshold = "1.5".into();
        let errors = draft.parse().unwrap_err();
        assert_eq!(errors.of(Field::Sku), Some(Problem::Required));
        assert_eq!(errors.of(Field::Price), Some(Problem::NotANumber));
        assert_eq!(errors.of(Field::CostPrice), Some(Problem::Negative));
        assert_eq!(errors.of(Field::Threshold), Some(Problem::NotWhole));
    }

    #[test]
    fn prices_change_by_percent_half_up() {
        let price = |fen| Money::from_fen(fen).unwrap();
        assert_eq!(PriceChange::Percent(5).of(price(1010)), Some(price(1061)));
        assert_eq!(PriceChange::Percent(-50).of(price(1001)), Some(price(501)));
        assert_eq!(PriceChange::Percent(1000).of(price(999_999_999_999)), None);
        assert_eq!(BulkChange::default().check().of(Field::Price), Some(Problem::Required));
        assert_eq!(BulkChange { threshold: Some(-1), ..Default::default() }.check().of(Field::Threshold), Some(Problem::OutOfRange(0, MOST_PIECES)));
    }

    #[test]
    fn whole_numbers() {
        assert_eq!(parse_whole("1,280"), Ok(1280));
        assert_eq!(parse_whole("２０"), Ok(20));
        assert_eq!(parse_whole("9".repeat(40).as_str()), Err(Problem::TooLarge));
    }
}
