//! One newtype per kind of record, so that a customer's id is never taken for an order's.

/// Declares id newtypes around SQLite's 64-bit row ids.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    UserId;
    CustomerId;
    ProductId;
    QuoteId;
    FollowupId;
    ReturnId;
    StocktakeId;
    OrderId;
    /// One line of an order.
    OrderItemId;
    PaymentId;
    MovementId;
    LogId;
}
