//! What a company sets up on a new file before its first order. Plain data.

/// One of the first steps, in the order in which they are best taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// What stands on papers beside the company's name.
    Company,
    Products,
    Customers,
    /// The last one: with it there are no first steps any more.
    Order,
    Backup,
}

/// A first step that a person may take, and whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepTaken {
    pub step: FirstStep,
    pub done: bool,
}

/// What a file has by now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    pub products: bool,
    /// Within the person's reach.
    pub customers: bool,
    pub backup: bool,
}
