//! Import: kinds of files, fields a column can mean, options, the report, and errors by row and column. No reading of files.

use super::choice::choices;
use super::error::{Field, Problem};

choices! {
    /// What a file holds.
    ImportKind {
        Customers = "customers",
        Products = "products",
        Orders = "orders",
    }
    /// What to do with a record that is there already (rulings §13).
    Existing {
        /// Leave it as it is.
        Skip = "skip",
        /// Take the file's figures; blank cells change nothing.
        Update = "update",
        /// Refuse the whole file.
        Refuse = "refuse",
    }
    /// What a column means. An orders file may carry customers' and products' columns too.
    ImportField {
        CustomerCode = "customer_code",
        CustomerName = "customer_name",
        ContactPerson = "contact_person",
        Phone = "phone",
        Email = "email",
        Address = "address",
        City = "city",
        Region = "region",
        PostalCode = "postal_code",
        Country = "country",
        Industry = "industry",
        Level = "level",
        Tags = "tags",
        Owner = "owner",
        PaymentTerm = "payment_term_days",
        CreditLimit = "credit_limit",
        Sku = "sku",
        ProductName = "product_name",
        Barcode = "barcode",
        Category = "category",
        Specification = "specification",
        Unit = "unit",
        Price = "price",
        CostPrice = "cost_price",
        Stock = "stock",
        Threshold = "threshold",
        /// Yes = inactive.
        Discontinued = "discontinued",
        Description = "description",
        Status = "status",
        OrderNo = "order_no",
        OrderDate = "order_date",
        ShipDate = "ship_date",
        Quantity = "quantity",
        UnitPrice = "unit_price",
        Discount = "discount",
        /// Of the line; final (rulings §13).
        Amount = "amount",
        /// Of the whole order.
        Paid = "paid",
        Method = "payment_method",
        Notes = "notes",
    }
    /// What an import did by its own judgement, or left out. Never silent (rulings §13).
    WarningKind {
        /// Unit price = line amount ÷ quantity.
        DerivedPrice = "derived_price",
        /// Quantity × price is not the file's amount, or a price had more than two decimals.
        RoundedAmount = "rounded_amount",
        /// One id with a further name: the first is kept.
        SecondName = "second_name",
        /// One id with other data in a further row: the first row is kept.
        OtherData = "other_data",
        /// A new product's price is that of its first line.
        DerivedProductPrice = "derived_product_price",
        /// No payment is given: one full payment on the order's day.
        AssumedPayment = "assumed_payment",
        /// The product exists: its stock changes by movements only.
        StockKept = "stock_kept",
        /// The order exists and is history: it stays as it is.
        OrderKept = "order_kept",
    }
}

impl ImportField {
    /// Whether a file of this kind takes the field.
    pub fn fits(self, kind: ImportKind) -> bool {
        use ImportField as F;
        let customer = (F::CustomerCode..=F::CreditLimit).contains(&self);
        let product = (F::Sku..=F::Description).contains(&self);
        match kind {
            ImportKind::Customers => customer || self == F::Status,
            // Quantity and amount give a price where the file is one of sales.
            ImportKind::Products => product || matches!(self, F::Status | F::Quantity | F::Amount),
            ImportKind::Orders => {
                (customer && !matches!(self, F::Tags | F::Owner | F::PaymentTerm | F::CreditLimit))
                    || (product && !matches!(self, F::Price | F::Stock | F::Threshold | F::Discontinued | F::Description))
                    || self >= F::OrderNo
            }
        }
    }

    /// The input field that errors speak of.
    pub fn field(self) -> Field {
        use ImportField as F;
        match self {
            F::CustomerCode => Field::Code,
            F::CustomerName => Field::Customer,
            F::ContactPerson => Field::ContactPerson,
            F::Phone => Field::Phone,
            F::Email => Field::Email,
            F::Address | F::City | F::Region | F::PostalCode | F::Country => Field::Address,
            F::Industry => Field::Industry,
            F::Level => Field::Level,
            F::Tags => Field::Tags,
            F::Owner => Field::Owner,
            F::PaymentTerm => Field::PaymentTerm,
            F::CreditLimit => Field::CreditLimit,
            F::Sku => Field::Sku,
            F::ProductName => Field::Product,
            F::Barcode => Field::Barcode,
            F::Category => Field::Category,
            F::Specification => Field::Specification,
            F::Unit => Field::Unit,
            F::Price => Field::Price,
            F::CostPrice => Field::CostPrice,
            F::Stock => Field::OpeningStock,
            F::Threshold => Field::Threshold,
            F::Discontinued | F::Status => Field::Status,
            F::Description => Field::Description,
            F::OrderNo => Field::OrderNo,
            F::OrderDate => Field::OrderDay,
            F::ShipDate => Field::ShippedDay,
            F::Quantity => Field::Quantity,
            F::UnitPrice => Field::UnitPrice,
            F::Discount => Field::Discount,
            F::Amount | F::Paid => Field::Amount,
            F::Method => Field::Method,
            F::Notes => Field::Notes,
        }
    }
}

/// What a file holds, before it is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The sheets of a workbook that are shown; none of a csv file.
    pub sheets: Vec<String>,
    pub headings: Vec<String>,
    /// The first rows, with their numbers as in the spreadsheet.
    pub rows: Vec<(usize, Vec<String>)>,
    /// How many rows there are.
    pub total: usize,
    /// What each column is taken for.
    pub fields: Vec<Option<ImportField>>,
    /// The fields are not guessed: the person gave them for such a file before.
    pub from_memory: bool,
}

impl Preview {
    /// How many rows it shows.
    pub const ROWS: usize = 20;
}

/// How to import.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The file's name, for the log.
    pub file: String,
    pub existing: Existing,
    /// Do everything, then keep nothing.
    pub dry_run: bool,
    /// The sheet of a workbook; the first where none is named.
    pub sheet: Option<String>,
    /// Column heading → field, or `None` to leave the column out; before any guess.
    pub map: Vec<(String, Option<ImportField>)>,
}

impl ImportOptions {
    /// Skips what exists, keeps what is new, guesses all columns.
    pub fn new(file: &str) -> ImportOptions {
        ImportOptions { file: file.to_owned(), existing: Existing::Skip, dry_run: false, sheet: None, map: Vec::new() }
    }
}

/// How often a warning came up, and the first rows with it (the heading is row 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub kind: WarningKind,
    pub count: u64,
    pub rows: Vec<usize>,
}

/// The warnings of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings(pub Vec<Warning>);

impl Warnings {
    const ROWS_KEPT: usize = 20;

    pub fn add(&mut self, kind: WarningKind, row: usize) {
        let at = self.0.iter().position(|warning| warning.kind == kind).unwrap_or_else(|| {
            self.0.push(Warning { kind, count: 0, rows: Vec::new() });
            self.0.len() - 1
        });
        let warning = &mut self.0[at];
        warning.count += 1;
        if warning.rows.len() < Self::ROWS_KEPT {
            warning.rows.push(row);
        }
    }

    pub fn total(&self) -> u64 {
        self.0.iter().map(|warning| warning.count).sum()
    }

    pub fn of(&self, kind: WarningKind) -> u64 {
        self.0.iter().find(|warning| warning.kind == kind).map_or(0, |warning| warning.count)
    }
}

/// What an import did, or would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    pub kind: ImportKind,
    pub dry_run: bool,
    /// Records of the file's kind; of an orders file: orders.
    pub created: u64,
    pub updated: u64,
    pub skipped: u64,
    pub customers_created: u64,
    pub products_created: u64,
    pub orders_created: u64,
    /// Lines of the orders created.
    pub lines: u64,
    pub payments: u64,
    pub warnings: Warnings,
    /// Each column that was read, and what it was taken for.
    pub mapping: Vec<(String, ImportField)>,
    /// Headings of the columns that were not read.
    pub ignored: Vec<String>,
}

impl ImportReport {
    pub fn new(kind: ImportKind, dry_run: bool) -> ImportReport {
        ImportReport {
            kind,
            dry_run,
            created: 0,
            updated: 0,
            skipped: 0,
            customers_created: 0,
            products_created: 0,
            orders_created: 0,
            lines: 0,
            payments: 0,
            warnings: Warnings::default(),
            mapping: Vec::new(),
            ignored: Vec::new(),
        }
    }
}

/// What is wrong in a cell, a row, or with the file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowProblem {
    Field(Field, Problem),
    /// More than so many megabytes, rows or columns.
    TooBig(usize),
    TooManyRows(usize),
    TooManyCells(usize),
    TooManyColumns(usize),
    /// A workbook that cannot be opened: damaged, or locked by a password.
    Damaged,
    /// A workbook that unpacks to more than so many megabytes.
    UnpacksTooBig(usize),
    /// The workbook has no sheet of the wanted name.
    NoSheet,
    /// A cell holds an error such as `#N/A`.
    CellError,
    /// Bytes that are no text in UTF-8 or GB18030, or a NUL.
    NotText,
    /// So many cells where the heading has so many.
    Ragged {
        cells: usize,
        headings: usize,
    },
    Empty,
    /// No column was taken for this field, which the file needs.
    MissingColumn(ImportField),
    /// `--map` names a heading the file does not have.
    UnknownColumn,
    /// `--map` names a field that a file of this kind does not take, or one twice.
    FieldNotTaken(ImportField),
    /// Month and day cannot be told apart anywhere in the column.
    AmbiguousDay,
    /// Several records have this name.
    Ambiguous(Field),
}

/// One thing wrong, by row as in the spreadsheet (heading = row 1) and column heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    pub row: usize,
    /// Empty where the whole row or file is meant.
    pub column: String,
    pub problem: RowProblem,
}

/// All that is wrong in a file; the list ends after [`RowErrors::KEPT`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowErrors {
    pub errors: Vec<RowError>,
    pub total: usize,
}

impl RowErrors {
    pub const KEPT: usize = 1000;

    pub fn add(&mut self, row: usize, column: &str, problem: RowProblem) {
        self.total += 1;
        if self.errors.len() < Self::KEPT {
            self.errors.push(RowError { row, column: column.to_owned(), problem });
        }
    }

    /// One thing wrong.
    pub fn one(row: usize, column: &str, problem: RowProblem) -> RowErrors {
        let mut errors = RowErrors::default();
        errors.add(row, column, problem);
        errors
    }

    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Ok where nothing is wrong.
    pub fn into_result(self) -> super::Result<()> {
        if self.is_empty() { Ok(()) } else { Err(super::Error::Rows(self)) }
    }

    /// Whether every problem is this one.
    pub fn all(&self, problem: Problem) -> bool {
        self.errors.iter().all(|error| matches!(error.problem, RowProblem::Field(_, found) if found == problem))
    }
}

impl From<RowErrors> for super::Error {
    fn from(errors: RowErrors) -> super::Error {
        super::Error::Rows(errors)
    }
}
