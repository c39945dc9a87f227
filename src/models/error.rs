//! Errors as values with the spec's codes (§5). The sentences are made in i18n.

use super::choice::{Entity, Module, OrderStatus, QuoteStatus};
use super::customer::OverLimit;
use super::import::RowErrors;
use super::money::Money;
use super::rights::Verb;
use super::time::Timestamp;

pub type Result<T> = std::result::Result<T, Error>;

/// Why a command did not do what was asked. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Input that cannot be taken, by field (4000; 4004 or 4005 where that is all there is).
    Fields(FieldErrors),
    /// A file that cannot be imported, by row and column (4000; 4004 or 4005 where that is all there is).
    Rows(RowErrors),
    /// The person stopped it; nothing was kept (4000).
    Cancelled,
    /// A rule of the business says no (4000).
    Refused(Refusal),
    /// Unknown user or wrong password, without saying which (4001).
    BadCredentials,
    /// Too many failures: wait so many seconds (4001).
    TooManyAttempts { wait_seconds: i64 },
    /// The own password is to be given again first (4001).
    PasswordAgain,
    /// Nobody is signed in, the session ended, is locked, or the user was disabled (4002).
    NotSignedIn,
    /// The signed-in person lacks this right (4003).
    Denied { module: Module, verb: Verb },
    /// No such record, or outside one's scope (4004).
    NotFound(Entity),
    /// Someone else saved the record meanwhile (4005): nothing was overwritten.
    Conflict { entity: Entity, by: Option<String>, at: Timestamp },
    /// Something that cannot happen did (5000).
    Internal(String),
    /// Another process holds the write lock (5001). Never shown as such: tried again first (rulings §2).
    Busy,
    /// The data file could not be read or written (5001).
    Database(String),
    /// The data file is not one of ours, damaged, or newer than this program (5001).
    DataFile { path: String, problem: FileProblem },
    /// A backup that cannot be restored, or data that cannot be backed up (5001).
    Backup { path: String, problem: BackupProblem },
    /// A file could not be read or written (5002).
    File { path: String, reason: FileReason },
    /// A printer took nothing (5002): what the system said.
    Printer { printer: String, reason: String },
}

/// Why the system did not read, write or open a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileReason {
    /// No room, on the disk or of the person's share of it.
    Full,
    /// Permission is missing.
    Denied,
    Missing,
    ReadOnly,
    /// The system has no program that opens it.
    NoProgram,
    /// The system does not say.
    Unknown,
    /// Anything else, in the system's own words.
    Other(String),
}

impl From<&std::io::Error> for FileReason {
    fn from(error: &std::io::Error) -> FileReason {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FileReason::Full,
            ErrorKind::PermissionDenied => FileReason::Denied,
            ErrorKind::NotFound => FileReason::Missing,
            ErrorKind::ReadOnlyFilesystem => FileReason::ReadOnly,
            _ => FileReason::Other(error.to_string()),
        }
    }
}

/// What is wrong with a data file. It is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    NotADatabase,
    /// A database of another program, or with foreign tables, triggers or views.
    Foreign,
    Damaged,
    Newer,
    ReadOnly,
    /// On another computer, where SQLite's locks do not hold (rulings §2).
    NetworkShare,
    Missing,
    /// `init` and `demo` want a new file.
    AlreadyThere,
}

/// What is wrong with a backup. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupProblem {
    /// No database, one of another program, or with a schema that our migrations do not make.
    Foreign,
    Damaged,
    Newer,
    /// Its content or its log is not what its manifest says.
    Altered,
    /// There is no manifest to hold it against, and nobody was asked.
    NoManifest,
    /// This rule does not hold in it.
    Unsound(&'static str),
    /// It is the data file in use.
    InUse,
    /// The data to be backed up break this rule; no backup was left.
    DataUnsound(&'static str),
}

/// A rule of the business that refuses a command, with the figures its sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not enough stock (rulings §5).
    Shortage { sku: String, name: String, unit: String, wanted: i64, available: i64 },
    /// More than is outstanding; `fits` would do (rulings §6).
    Overpaid { fits: Money },
    /// More than was paid; at most `paid`.
    RefundTooLarge { paid: Money },
    /// On a completed order a refund comes only with a return.
    RefundNeedsReturn,
    /// Cannot go from one status to the other.
    StatusChange { from: OrderStatus, to: OrderStatus },
    /// Shipping an unpaid order is switched off (rulings §6).
    UnpaidShipment { outstanding: Money },
    /// Completing needs full payment.
    UnpaidCompletion { outstanding: Money },
    /// The confirmation named another figure than what holds now.
    ConfirmationStale,
    /// Lines are fixed once stock was deducted (rulings §6).
    LinesFixed,
    /// An inactive customer or product cannot be sold to or sold.
    Inactive(Entity),
    /// The last active administrator stays (rulings §9).
    LastAdmin,
    /// Only an administrator makes, changes or removes one.
    AdminsOnly,
    /// A right without seeing, or another right of the administrators.
    RightsUnsound,
    /// The data file already has its administrator.
    AlreadyInitialised,
    /// The order would leave more due than the customer's credit limit; without figures for who may not see amounts.
    OverCreditLimit(Option<OverLimit>),
    /// The total of an order is beyond the largest amount.
    TotalTooLarge,
    /// A movement of another kind, or one that was reversed before.
    NotReversible,
    /// A configuration value that its key does not take.
    ConfigValue,
    /// The new password equals the old one.
    SamePassword,
    /// A quote cannot go from one status to the other.
    QuoteStatusChange { from: QuoteStatus, to: QuoteStatus },
    /// Only a draft's content changes, and only a draft is deleted (rulings §6).
    QuoteFixed,
    /// The quote is an order already.
    QuoteTurned { order_no: String },
    /// More than was shipped and not yet returned.
    ReturnTooLarge { name: String, unit: String, fits: i64 },
    /// Nothing of the order has been shipped.
    NotShipped,
    /// The scanned product is not in the order that is picked.
    NotInOrder { name: String },
    /// More than the order's line lacks, or less than was picked.
    PickedEnough { name: String, unit: String, ordered: i64, picked: i64 },
    /// A PIN opens the terminal only for who has a right to stock.
    NoOperator,
    /// A posted or discarded stocktake stays as it is.
    StocktakeClosed,
    /// Someone else counted the line since it was read; `None` where he took the count back.
    CountedMeanwhile { name: String, unit: String, counted: Option<i64> },
    /// No line of the stocktake was counted.
    NothingCounted,
    /// Stock moved since the count of so many lines; the first one with its figures (rulings §5).
    StockMoved { name: String, unit: String, was: i64, now: i64, lines: usize },
    /// The follow-up plans nothing, or a newer one took its place.
    NothingPlanned,
    /// The same job is under way already.
    JobRunning,
    /// A sheet of a workbook holds no more rows under its heading.
    TooManyRows { most: usize },
}

/// Input fields that errors speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    Code,
    ContactPerson,
    Phone,
    Email,
    Address,
    Industry,
    Level,
    Status,
    Owner,
    Tags,
    PaymentTerm,
    CreditLimit,
    Sku,
    Barcode,
    Category,
    Specification,
    Unit,
    Price,
    CostPrice,
    Threshold,
    Description,
    Picture,
    OpeningStock,
    Customer,
    Quote,
    OrderDay,
    OrderNo,
    Notes,
    Lines,
    Product,
    Quantity,
    UnitPrice,
    Amount,
    Method,
    PaymentDay,
    ShippedDay,
    ValidUntil,
    FollowupTime,
    FollowupContent,
    FollowupResult,
    NextFollowup,
    Discount,
    Company,
    Username,
    FullName,
    Password,
    PasswordAgain,
    OldPassword,
    Pin,
    ConfigKey,
    ConfigValue,
    Kind,
    From,
    To,
    Order,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    Required,
    /// At most so many characters.
    TooLong(usize),
    /// At least so many bytes.
    TooShort(usize),
    NotANumber,
    NotWhole,
    Negative,
    /// Outside these bounds.
    OutOfRange(i64, i64),
    TooManyDecimals,
    TooLarge,
    NotADay,
    /// No time of day.
    NotATime,
    /// A mobile number of so many digits instead of 11.
    PhoneDigits(usize),
    NotAnEmail,
    /// None of the known values.
    UnknownChoice,
    /// Refers to a record that does not exist (4004).
    NotFound,
    /// Another record has this value (4005).
    Taken,
    /// No png or jpeg, or a damaged one.
    NotAPicture,
    /// The two entries differ.
    Different,
    /// Other than full hours of a day.
    NotHours,
    /// A path that does not begin at the top.
    NotAWholePath,
    /// Other than capital letters A to Z.
    Capitals,
    /// Not 4 to 8 digits.
    PinDigits,
    /// Control characters.
    NotText,
    /// A number of our own pattern, which history must not take.
    OwnPattern,
    /// Disagrees with another row of the same record.
    Contradicts,
    /// A day after today.
    InTheFuture,
    /// A day before today.
    InThePast,
    /// Not later than what it follows.
    NotLater,
}

/// One wrong field; `line` counts from 0 where the field stands in a line grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub line: Option<usize>,
    pub field: Field,
    pub problem: Problem,
}

/// All wrong fields of one input, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub fn add(&mut self, field: Field, problem: Problem) {
        self.0.push(FieldError { line: None, field, problem });
    }

    pub fn add_in_line(&mut self, line: usize, field: Field, problem: Problem) {
        self.0.push(FieldError { line: Some(line), field, problem });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first problem of a field outside the lines.
    pub fn of(&self, field: Field) -> Option<Problem> {
        self.0.iter().find(|e| e.line.is_none() && e.field == field).map(|e| e.problem)
    }

    /// The first problem of a field in a line.
    pub fn of_line(&self, line: usize, field: Field) -> Option<Problem> {
        self.0.iter().find(|e| e.line == Some(line) && e.field == field).map(|e| e.problem)
    }

    /// Ok where nothing is wrong.
    pub fn into_result(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Error::Fields(self)) }
    }

    fn code(&self) -> Code {
        if self.0.iter().all(|e| e.problem == Problem::NotFound) {
            Code::NotFound
        } else if self.0.iter().all(|e| e.problem == Problem::Taken) {
            Code::Exists
        } else {
            Code::BadRequest
        }
    }
}

/// The spec's error codes (§5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    BadRequest = 4000,
    BadCredentials = 4001,
    NotSignedIn = 4002,
    Denied = 4003,
    NotFound = 4004,
    Exists = 4005,
    Internal = 5000,
    Database = 5001,
    File = 5002,
}

impl Error {
    /// A file that the system did not read or write.
    pub fn file(path: &std::path::Path, reason: impl Into<FileReason>) -> Error {
        Error::File { path: path.display().to_string(), reason: reason.into() }
    }

    /// One wrong field.
    pub fn field(field: Field, problem: Problem) -> Error {
        Error::Fields(FieldErrors(vec![FieldError { line: None, field, problem }]))
    }

    /// The spec's code of this error.
    pub fn code(&self) -> Code {
        match self {
            Error::Fields(fields) => fields.code(),
            Error::Rows(rows) if rows.all(Problem::NotFound) => Code::NotFound,
            Error::Rows(rows) if rows.all(Problem::Taken) => Code::Exists,
            Error::Rows(_) | Error::Cancelled => Code::BadRequest,
            Error::Refused(_) => Code::BadRequest,
            Error::BadCredentials | Error::TooManyAttempts { .. } | Error::PasswordAgain => Code::BadCredentials,
            Error::NotSignedIn => Code::NotSignedIn,
            Error::Denied { .. } => Code::Denied,
            Error::NotFound(_) => Code::NotFound,
            Error::Conflict { .. } => Code::Exists,
            Error::Internal(_) => Code::Internal,
            Error::Busy | Error::Database(_) | Error::DataFile { .. } | Error::Backup { .. } => Code::Database,
            Error::File { .. } | Error::Printer { .. } => Code::File,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}

impl From<FieldErrors> for Error {
    fn from(fields: FieldErrors) -> Error {
        Error::Fields(fields)
    }
}

/// Checks of plain texts that several drafts share.
pub mod text {
    use super::{Field, FieldErrors, Problem};

    /// The text without blanks around it; an empty one is `None`.
    pub fn tidy(text: &str) -> Option<String> {
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Adds an error where a text is too long (in characters) or has control characters other than line breaks and tabs.
    pub fn check(errors: &mut FieldErrors, field: Field, text: &str, most: usize) {
        if text.chars().count() > most {
            errors.add(field, Problem::TooLong(most));
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            errors.add(field, Problem::NotText);
        }
    }

    /// As [`check`], and the text must not be empty.
    pub fn check_required(errors: &mut FieldErrors, field: Field, text: &str, most: usize) {
        if text.trim().is_empty() {
            errors.add(field, Problem::Required);
        } else {
            check(errors, field, text, most);
        }
    }

    /// As [`check`], where there is a text at all.
    pub fn check_optional(errors: &mut FieldErrors, field: Field, text: Option<&str>, most: usize) {
        if let Some(text) = text {
            check(errors, field, text, most);
        }
    }
}
