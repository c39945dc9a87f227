//! Who may do what: modules, verbs, scopes, and the one table of all commands (rulings §1, §8).

use super::choice::{LogAction, Module, Scope, choices};

choices! {
    /// One of a module's four rights.
    Verb {
        View = "view",
        Create = "create",
        Update = "update",
        Delete = "delete",
    }
}

/// One role's rights on one module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModuleRights {
    pub view: bool,
    pub create: bool,
    pub update: bool,
    pub delete: bool,
    pub scope: Scope,
}

impl ModuleRights {
    pub const NONE: ModuleRights = ModuleRights { view: false, create: false, update: false, delete: false, scope: Scope::Own };

    pub fn allows(self, verb: Verb) -> bool {
        match verb {
            Verb::View => self.view,
            Verb::Create => self.create,
            Verb::Update => self.update,
            Verb::Delete => self.delete,
        }
    }
}

/// All rights of one role, as they stand in the data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights([ModuleRights; Module::ALL.len()]);

impl Rights {
    pub const NONE: Rights = Rights([ModuleRights::NONE; Module::ALL.len()]);

    /// Rights by module, in the order of [`Module::ALL`].
    pub const fn of(rights: [ModuleRights; Module::ALL.len()]) -> Rights {
        Rights(rights)
    }

    pub fn set(&mut self, module: Module, rights: ModuleRights) {
        self.0[module as usize] = rights;
    }

    pub fn on(&self, module: Module) -> ModuleRights {
        self.0[module as usize]
    }

    pub fn allows(&self, module: Module, verb: Verb) -> bool {
        self.on(module).allows(verb)
    }

    /// May see cost price and margin (rulings §8).
    pub fn sees_cost(&self) -> bool {
        self.allows(Module::Cost, Verb::View)
    }

    /// Whether all records of the module are reached or only one's own (rulings §8).
    pub fn scope(&self, module: Module) -> Scope {
        self.on(module).scope
    }
}

/// What a command asks of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anyone at the screen, signed in or not.
    Anyone,
    /// Any signed-in person.
    SignedIn,
    /// All of these rights.
    Rights(&'static [(Module, Verb)]),
}

/// One row of the command table.
#[derive(Clone, Copy, Debug)]
pub struct CommandInfo {
    /// The spec's name of the command, or ours where the spec has none.
    pub name: &'static str,
    /// The service function.
    pub function: &'static str,
    pub need: Need,
    /// The log's action where the command changes something.
    pub action: Option<LogAction>,
    /// The module the log row stands under.
    pub module: Module,
}

/// Declares the commands: `Variant "name" "area::function" need module action`.
macro_rules! commands {
    ($($variant:ident $name:literal $function:literal $module:ident ($($need:tt)*) $($action:ident)?;)*) => {
        /// Every public service function (rulings §1). Authorization, log, README and the rights test read this table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command { $($variant,)* }
        impl Command {
            pub const ALL: &'static [Command] = &[$(Command::$variant,)*];

            pub fn info(self) -> CommandInfo {
                match self {
                    $(Command::$variant => CommandInfo {
                        name: $name,
                        function: $function,
                        need: need!($($need)*),
                        action: action!($($action)?),
                        module: Module::$module,
                    },)*
                }
            }
        }
    };
}

impl Command {
    /// Changes who may sign in or what he may do: wants the own password given again within the last minutes (reliability, threat model).
    /// A restore asks for it every time, by itself.
    pub fn asks_password(self) -> bool {
        use Command::{CreateUser, DeleteUser, ResetPassword, ResetPermissions, UpdatePermissions, UpdateUser};
        matches!(self, CreateUser | UpdateUser | DeleteUser | ResetPassword | UpdatePermissions | ResetPermissions)
    }
}

macro_rules! need {
    (anyone) => { Need::Anyone };
    (signed in) => { Need::SignedIn };
    ($($module:ident $verb:ident),+) => { Need::Rights(&[$((Module::$module, Verb::$verb)),+]) };
}

macro_rules! action {
    () => {
        None
    };
    ($action:ident) => {
        Some(LogAction::$action)
    };
}

commands! {
    FirstRun "first_run" "auth::first_run" System (anyone) Create;
    Login "login" "auth::login" System (anyone) Login;
    Logout "logout" "auth::logout" System (signed in) Logout;
    CurrentUser "get_current_user" "auth::current_user" System (signed in);
    ChangePassword "change_password" "auth::change_password" System (signed in) Update;
    ConfirmPassword "confirm_password" "auth::confirm_password" System (signed in);
    SetPin "set_pin" "operators::set_pin" System (signed in) Update;
    Operators "get_operators" "operators::list" System (anyone);
    SwitchOperator "switch_operator" "operators::switch" System (anyone) Login;
    EnterTerminal "enter_terminal" "operators::enter_terminal" System (signed in) Login;
    LeaveTerminal "leave_terminal" "operators::leave_terminal" System (anyone) Login;
    KeepPicture "keep_picture" "pictures::keep" System (signed in);
    KeepLogo "keep_logo" "pictures::keep_logo" System (System Update);
    SetAvatar "set_avatar" "pictures::set_avatar" System (signed in) Update;
    SetAvatarOf "set_avatar_of" "pictures::set_avatar_of" System (System Update) Update;
    ListUsers "get_users" "users::list" System (System View);
    GetUser "get_user" "users::get" System (System View);
    CreateUser "create_user" "users::create" System (System Create) Create;
    UpdateUser "update_user" "users::update" System (System Update) Update;
    DeleteUser "delete_user" "users::delete" System (System Delete) Delete;
    UpdateProfile "update_profile" "users::update_profile" System (signed in) Update;
    ResetPassword "reset_password" "users::reset_password" System (System Update) Update;
    Colleagues "get_colleagues" "users::colleagues" System (signed in);
    GetPreference "get_preference" "preferences::get" System (signed in);
    SetPreference "set_preference" "preferences::set" System (signed in);

    ListCustomers "get_customers" "customers::list" Customer (Customer View);
    GetCustomer "get_customer" "customers::get" Customer (Customer View);
    FindCustomers "find_customers" "customers::find" Customer (Customer View);
    SimilarCustomers "get_similar_customers" "customers::similar" Customer (Customer View);
    CustomerTags "get_customer_tags" "customers::tags" Customer (Customer View);
    CreateCustomer "create_customer" "customers::create" Customer (Customer Create) Create;
    UpdateCustomer "update_customer" "customers::update" Customer (Customer Update) Update;
    AssignCustomers "assign_customers" "customers::assign" Customer (Customer Update) Update;
    DeleteCustomer "delete_customer" "customers::delete" Customer (Customer Delete) Delete;

    ListFollowups "get_followups" "followups::list" Customer (Customer View);
    CustomerFollowups "get_customer_followups" "followups::of_customer" Customer (Customer View);
    Reminders "get_reminders" "followups::reminders" Customer (signed in);
    CreateFollowup "create_followup" "followups::create" Customer (Customer Create) Create;
    UpdateFollowup "update_followup" "followups::update" Customer (Customer Update) Update;
    MarkFollowup "mark_followup" "followups::mark" Customer (Customer Update) Update;
    DeleteFollowup "delete_followup" "followups::delete" Customer (Customer Delete) Delete;

    ListProducts "get_products" "products::list" Inventory (Inventory View);
    GetProduct "get_product" "products::get" Inventory (Inventory View);
    FindProducts "find_products" "products::find" Inventory (Inventory View);
    ScanProduct "scan_product" "products::scan" Inventory (Inventory View);
    ProductSales "get_product_sales" "products::sales" Sales (Inventory View, Sales View);
    SetManyProducts "update_products" "products::set_many" Inventory (Inventory Update) Update;
    ProductCategories "get_product_categories" "products::categories" Inventory (Inventory View);
    CreateProduct "create_product" "products::create" Inventory (Inventory Create) Create;
    UpdateProduct "update_product" "products::update" Inventory (Inventory Update) Update;
    DeleteProduct "delete_product" "products::delete" Inventory (Inventory Delete) Delete;

    UpdateStock "update_product_stock" "stock::update" Inventory (Inventory Update) Update;
    ReverseMovement "reverse_movement" "stock::reverse" Inventory (Inventory Update) Update;
    ListMovements "get_stock_movements" "stock::movements" Inventory (Inventory View);
    StockWarnings "get_stock_warnings" "stock::warnings" Inventory (Inventory View);

    ListStocktakes "get_stocktakes" "stocktakes::list" Inventory (Inventory View);
    GetStocktake "get_stocktake" "stocktakes::get" Inventory (Inventory View);
    StocktakeLines "get_stocktake_lines" "stocktakes::lines" Inventory (Inventory View);
    CreateStocktake "create_stocktake" "stocktakes::create" Inventory (Inventory Update) Create;
    CountStocktake "count_stocktake" "stocktakes::count" Inventory (Inventory Update) Update;
    PostStocktake "post_stocktake" "stocktakes::post" Inventory (Inventory Update) Update;
    DiscardStocktake "discard_stocktake" "stocktakes::discard" Inventory (Inventory Update) Update;

    ListQuotes "get_quotes" "quotes::list" Sales (Sales View);
    GetQuote "get_quote" "quotes::get" Sales (Sales View);
    CreateQuote "create_quote" "quotes::create" Sales (Sales Create) Create;
    CopyQuote "copy_quote" "quotes::copy" Sales (Sales Create) Create;
    UpdateQuote "update_quote" "quotes::update" Sales (Sales Update) Update;
    UpdateQuoteStatus "update_quote_status" "quotes::set_status" Sales (Sales Update) Update;
    DeleteQuote "delete_quote" "quotes::delete" Sales (Sales Delete) Delete;

    ListOrders "get_orders" "orders::list" Sales (Sales View);
    OrderSums "get_order_sums" "orders::sums" Sales (Sales View);
    GetOrder "get_order" "orders::get" Sales (Sales View);
    OrdersToPick "get_orders_to_pick" "picking::orders" Sales (Inventory Update, Sales View);
    OrderToPick "find_order_to_pick" "picking::by_number" Sales (Inventory Update, Sales View);
    PickSheet "get_pick_sheet" "picking::sheet" Sales (Inventory Update, Sales View);
    Pick "pick_item" "picking::pick" Sales (Inventory Update, Sales View) Update;
    PutBack "put_back_item" "picking::put_back" Sales (Inventory Update, Sales View) Update;
    OrderHistory "get_order_history" "orders::history" Sales (Sales View);
    CreateOrder "create_order" "orders::create" Sales (Sales Create) Create;
    UpdateOrder "update_order" "orders::update" Sales (Sales Update) Update;
    UpdateOrderStatus "update_order_status" "orders::complete" Sales (Sales Update) Update;
    ShipOrder "ship_order" "orders::ship" Sales (Inventory Update, Sales View) Update;
    CancelOrder "cancel_order" "orders::cancel" Sales (Sales Update) Update;

    CreatePayment "create_payment" "payments::create" Sales (Sales Update) Create;
    RefundPayment "refund_payment" "payments::refund" Sales (Sales Update) Create;
    CreateReturn "create_return" "returns::create" Sales (Sales Update) Update;
    ListPayments "get_payments" "payments::of_order" Sales (Sales View);
    ListAllPayments "get_all_payments" "payments::list" Sales (Sales View);
    ListReceivables "get_receivables" "payments::receivables" Sales (Sales View);
    GetStatement "get_statement" "statements::statement" Sales (Sales View, Customer View);
    FindPaper "find_paper" "papers::find" Sales (Sales View);
    PrintPaper "print_paper" "papers::printed" Sales (Sales View) Print;
    ReceivablesByAge "get_receivables_by_age" "statements::by_age" Sales (Sales View);

    Dashboard "get_dashboard" "analytics::dashboard" Analytics (signed in);
    FirstSteps "get_first_steps" "analytics::first_steps" Analytics (signed in);
    SalesStatistics "get_sales_statistics" "analytics::sales" Analytics (Analytics View, Sales View);
    CustomerDistribution "get_customer_distribution" "analytics::customers" Analytics (Analytics View, Customer View);
    StockTurnover "get_stock_turnover" "analytics::turnover" Analytics (Analytics View, Inventory View);

    GetConfig "get_system_config" "config::get" System (System View);
    UpdateConfig "update_system_config" "config::update" System (System Update) Update;
    GetConfigs "get_system_configs" "config::all" System (System View);
    UpdateConfigs "update_system_configs" "config::update_many" System (System Update) Update;
    GetPermissions "get_permissions" "permissions::get" System (System View);
    UpdatePermissions "update_permissions" "permissions::update" System (System Update) Update;
    ResetPermissions "reset_permissions" "permissions::reset" System (System Update) Update;
    ListLogs "get_system_logs" "logs::list" System (System View);
    Backup "backup_database" "backup::create" System (System Update) Backup;
    ListBackups "get_backups" "backup::list" System (System View);
    BackupStatus "get_backup_status" "backup::status" System (System View);
    DescribeBackup "describe_backup" "restore::describe" System (System View);
    Restore "restore_database" "restore::run" System (System Update) Restore;
    CheckData "check_data" "check::run" System (System View);

    ExportReport "export_report" "reports::export" Analytics (Analytics View) Export;
    CountExport "count_export" "reports::count" Analytics (Analytics View);

    PreviewImport "preview_import" "imports::preview" System (signed in);
    ImportErrors "get_import_errors" "imports::error_workbook" System (signed in);
    ImportTemplate "get_import_template" "imports::template" System (signed in);
    ImportCustomers "import_customers" "imports::customers" Customer (Customer Create, Customer Update) Import;
    ImportProducts "import_products" "imports::products" Inventory (Inventory Create, Inventory Update) Import;
    ImportOrders "import_orders" "imports::orders" Sales (Sales Create, Sales Update) Import;
}
