//! The rights of all roles as one table: its cells, what each change drags along, what differs, what a new file has.

use super::choice::{Module, Role, Scope};
use super::rights::{ModuleRights, Rights, Verb};

/// One cell of a role's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    May(Module, Verb),
    /// Whose records are reached.
    Reach(Module),
}

impl Cell {
    /// In the order of the columns; what a module has no use for is not there (rulings §8).
    pub const ALL: [Cell; 21] = [
        Cell::May(Module::Customer, Verb::View),
        Cell::May(Module::Customer, Verb::Create),
        Cell::May(Module::Customer, Verb::Update),
        Cell::May(Module::Customer, Verb::Delete),
        Cell::Reach(Module::Customer),
        Cell::May(Module::Sales, Verb::View),
        Cell::May(Module::Sales, Verb::Create),
        Cell::May(Module::Sales, Verb::Update),
        Cell::May(Module::Sales, Verb::Delete),
        Cell::Reach(Module::Sales),
        Cell::May(Module::Inventory, Verb::View),
        Cell::May(Module::Inventory, Verb::Create),
        Cell::May(Module::Inventory, Verb::Update),
        Cell::May(Module::Inventory, Verb::Delete),
        Cell::May(Module::Analytics, Verb::View),
        Cell::Reach(Module::Analytics),
        Cell::May(Module::System, Verb::View),
        Cell::May(Module::System, Verb::Create),
        Cell::May(Module::System, Verb::Update),
        Cell::May(Module::System, Verb::Delete),
        Cell::May(Module::Cost, Verb::View),
    ];

    pub fn module(self) -> Module {
        match self {
            Cell::May(module, _) | Cell::Reach(module) => module,
        }
    }

    /// How the log names it: `customer.create`, `sales.scope`.
    pub fn word(self) -> String {
        match self {
            Cell::May(module, verb) => format!("{}.{}", module.as_str(), verb.as_str()),
            Cell::Reach(module) => format!("{}.scope", module.as_str()),
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    No,
    Yes,
    Own,
    All,
    /// A scope without a right to see.
    Nothing,
}

impl Value {
    /// The word in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Value::No => "no",
            Value::Yes => "yes",
            Value::Own => Scope::Own.as_str(),
            Value::All => Scope::All.as_str(),
            Value::Nothing => "",
        }
    }
}

/// The rights of every role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matrix([Rights; Role::ALL.len()]);

/// A cell that differs between two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub role: Role,
    pub cell: Cell,
    pub before: Value,
    pub after: Value,
}

/// The rights as they were read, and the version a change must name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMatrix {
    pub matrix: Matrix,
    pub version: i64,
    /// How many active people have each role, in the order of [`Role::ALL`].
    pub people: [i64; Role::ALL.len()],
}

impl Matrix {
    /// Rights of every role, in the order of [`Role::ALL`].
    pub fn new(rights: [Rights; Role::ALL.len()]) -> Matrix {
        Matrix(rights)
    }

    pub fn of(&self, role: Role) -> &Rights {
        &self.0[role as usize]
    }

    pub fn value(&self, role: Role, cell: Cell) -> Value {
        let rights = self.of(role).on(cell.module());
        match cell {
            Cell::May(_, verb) if rights.allows(verb) => Value::Yes,
            Cell::May(..) => Value::No,
            Cell::Reach(_) if !rights.view => Value::Nothing,
            Cell::Reach(_) if rights.scope == Scope::Own => Value::Own,
            Cell::Reach(_) => Value::All,
        }
    }

    /// Sets a cell. Creating, changing and deleting bring seeing along; without seeing the three go too. The administrator's row stays.
    pub fn set(&mut self, role: Role, cell: Cell, value: Value) {
        if role == Role::Admin {
            return;
        }
        let module = cell.module();
        let mut rights = self.of(role).on(module);
        match (cell, value) {
            (Cell::May(_, Verb::View), Value::No) => rights = ModuleRights { scope: rights.scope, ..ModuleRights::NONE },
            (Cell::May(_, verb), _) => {
                let to = value == Value::Yes;
                rights.view |= to;
                match verb {
                    Verb::View => rights.view = to,
                    Verb::Create => rights.create = to,
                    Verb::Update => rights.update = to,
                    Verb::Delete => rights.delete = to,
                }
            }
            (Cell::Reach(_), Value::Own) => rights.scope = Scope::Own,
            (Cell::Reach(_), Value::All) => rights.scope = Scope::All,
            (Cell::Reach(_), _) => {}
        }
        self.0[role as usize].set(module, rights);
    }

    /// Ticks or unticks a cell, or goes on to the other scope.
    pub fn toggle(&mut self, role: Role, cell: Cell) {
        let to = match self.value(role, cell) {
            Value::No => Value::Yes,
            Value::Yes => Value::No,
            Value::Own => Value::All,
            Value::All => Value::Own,
            Value::Nothing => return,
        };
        self.set(role, cell, to);
    }

    /// The cells that differ from an earlier table, by role and column.
    pub fn changes_from(&self, before: &Matrix) -> Vec<CellChange> {
        let cells = Role::ALL.iter().flat_map(|role| Cell::ALL.map(|cell| (*role, cell)));
        let change = |(role, cell)| CellChange { role, cell, before: before.value(role, cell), after: self.value(role, cell) };
        cells.map(change).filter(|change| change.before != change.after).collect()
    }

    /// No role may do what a module does not have, nothing goes without seeing, and the administrator has everything.
    pub fn is_sound(&self) -> bool {
        let known = |module, verb, may: bool| !may || Cell::ALL.contains(&Cell::May(module, verb));
        let sound = |role: &Role| {
            Module::ALL.iter().all(|module| {
                let rights = self.of(*role).on(*module);
                let verbs = Verb::ALL.iter().all(|verb| known(*module, *verb, rights.allows(*verb)));
                verbs && (rights.view || !(rights.create || rights.update || rights.delete))
            })
        };
        Role::ALL.iter().all(sound) && self.of(Role::Admin) == Matrix::DEFAULT.of(Role::Admin)
    }

    /// What a new file has (rulings §8).
    pub const DEFAULT: Matrix = {
        const fn rights(letters: [bool; 4], scope: Scope) -> ModuleRights {
            ModuleRights { view: letters[0], create: letters[1], update: letters[2], delete: letters[3], scope }
        }
        const VCUD: [bool; 4] = [true; 4];
        const VCU: [bool; 4] = [true, true, true, false];
        const V: [bool; 4] = [true, false, false, false];
        const NO: [bool; 4] = [false; 4];
        const fn row(modules: [[bool; 4]; 6], scope: Scope) -> Rights {
            Rights::of([
                rights(modules[0], scope),
                rights(modules[1], scope),
                rights(modules[2], Scope::All),
                rights(modules[3], scope),
                rights(modules[4], Scope::All),
                rights(modules[5], Scope::All),
            ])
        }
        Matrix([
            row([VCUD, VCUD, VCUD, V, VCUD, V], Scope::All),
            row([VCUD, VCUD, VCUD, V, V, V], Scope::All),
            row([VCU, VCU, V, V, NO, NO], Scope::Own),
            row([NO, V, VCU, NO, NO, NO], Scope::All),
            row([V, V, V, NO, NO, NO], Scope::All),
        ])
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeing_comes_along_and_takes_the_others_with_it() {
        let mut matrix = Matrix::DEFAULT;
        let may = |verb| Cell::May(Module::Customer, verb);
        matrix.toggle(Role::Warehouse, may(Verb::Delete));
        assert_eq!(matrix.value(Role::Warehouse, may(Verb::View)), Value::Yes);
        assert_eq!(matrix.changes_from(&Matrix::DEFAULT).len(), 3, "the scope shows too");
        matrix.toggle(Role::Warehouse, may(Verb::View));
        assert_eq!(matrix, Matrix::DEFAULT);
        assert!(matrix.is_sound());
    }

    #[test]
    fn the_administrator_stays_as_he_is() {
        let mut matrix = Matrix::DEFAULT;
        for cell in Cell::ALL {
            matrix.toggle(Role::Admin, cell);
        }
        assert_eq!(matrix, Matrix::DEFAULT);
    }
}
