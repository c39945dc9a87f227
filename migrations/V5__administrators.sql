-- One active administrator always remains, his rights are fixed, and no right goes without seeing.

CREATE TRIGGER users_keep_an_admin BEFORE UPDATE OF role, status ON users
WHEN OLD.role = 'admin' AND OLD.status = 'active' AND (NEW.role <> 'admin' OR NEW.status <> 'active')
    AND NOT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND status = 'active' AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'one active administrator must remain'); END;
CREATE TRIGGER users_keep_an_admin_delete BEFORE DELETE ON users
WHEN OLD.role = 'admin' AND OLD.status = 'active'
    AND NOT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND status = 'active' AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'one active administrator must remain'); END;

-- Whatever was granted without seeing before this version was of no use: every module asks for seeing first.
UPDATE permissions SET can_create = 0, can_update = 0, can_delete = 0 WHERE can_view = 0;
CREATE TRIGGER permissions_of_admin_fixed BEFORE UPDATE ON permissions WHEN OLD.role = 'admin'
BEGIN SELECT RAISE(ABORT, 'the rights of administrators are fixed'); END;
CREATE TRIGGER permissions_see_first BEFORE UPDATE ON permissions
WHEN NEW.can_view = 0 AND (NEW.can_create OR NEW.can_update OR NEW.can_delete)
BEGIN SELECT RAISE(ABORT, 'no right goes without seeing'); END;
CREATE TRIGGER permissions_no_delete BEFORE DELETE ON permissions BEGIN SELECT RAISE(ABORT, 'permissions are kept'); END;
