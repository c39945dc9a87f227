//! Enums that are stored as TEXT: one declaration gives the stored word, the parser and the list of all values.

/// Declares an enum with its stored words. The CHECK constraints of the migrations name the same words.
macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)* }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word in the data file.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The value of a stored word; `None` for an unknown one.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    )*};
}
pub(crate) use choices;

choices! {
    /// Spec §2.1.
    Role {
        Admin = "admin",
        Manager = "manager",
        Sales = "sales",
        Warehouse = "warehouse",
        Employee = "employee",
    }
    /// Of a customer, product or user (spec §2).
    Status {
        Active = "active",
        Inactive = "inactive",
    }
    /// Spec §2.2.
    CustomerLevel {
        Vip = "vip",
        Important = "important",
        Normal = "normal",
    }
    /// Rulings §6.
    OrderStatus {
        PendingPayment = "pending_payment",
        Paid = "paid",
        Shipped = "shipped",
        Completed = "completed",
        Cancelled = "cancelled",
    }
    /// Rulings §6; expired is derived.
    QuoteStatus {
        Draft = "draft",
        Sent = "sent",
        Accepted = "accepted",
        Rejected = "rejected",
    }
    /// What an order did to the stock (rulings §5).
    StockState {
        /// Imported history: neither reserves, deducts nor restocks.
        Untracked = "untracked",
        Reserved = "reserved",
        Deducted = "deducted",
        /// Given back by cancelling.
        Returned = "returned",
    }
    /// Spec §2.4.
    MovementType {
        In = "in",
        Out = "out",
        Adjust = "adjust",
    }
    /// Where a movement comes from (spec §2.4, rulings §5).
    ReferenceType {
        Order = "order",
        Return = "return",
        Adjust = "adjust",
        Opening = "opening",
        Stocktake = "stocktake",
        Reversal = "reversal",
        Purchase = "purchase",
    }
    /// When an order's stock is deducted (rulings §5).
    StockDeduction {
        Order = "order",
        Shipment = "shipment",
    }
    /// What an order over the customer's credit limit meets.
    CreditCheck {
        /// Nothing.
        Off = "off",
        /// The editor says it; the order is saved.
        Warn = "warn",
        Refuse = "refuse",
    }
    /// What happened, in the log (rulings §10).
    LogAction {
        Login = "login",
        Logout = "logout",
        LoginFailed = "login_failed",
        Denied = "denied",
        Create = "create",
        Update = "update",
        Delete = "delete",
        Import = "import",
        Export = "export",
        Backup = "backup",
        Restore = "restore",
        Print = "print",
    }
    /// Spec §2.1 and the pseudo-module `cost` of rulings §8.
    Module {
        Customer = "customer",
        Sales = "sales",
        Inventory = "inventory",
        Analytics = "analytics",
        System = "system",
        Cost = "cost",
    }
    /// Whose records a role reaches (rulings §8).
    Scope {
        All = "all",
        Own = "own",
    }
    /// The kind of record a log row or an error speaks of.
    Entity {
        User = "user",
        Customer = "customer",
        Product = "product",
        Order = "order",
        Payment = "payment",
        Movement = "movement",
        Quote = "quote",
        Followup = "followup",
        Return = "return",
        Stocktake = "stocktake",
        Config = "config",
        Permission = "permission",
        File = "file",
    }
}
