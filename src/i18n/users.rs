//! Texts of the accounts: list, form, one-time password, the own account.

use super::texts;

texts! {
    /// The accounts' texts.
    Users {
        new: "新建用户", "New user";
        edit: "修改用户", "Edit user";
        view: "查看用户", "User";
        search: "用户名/姓名/电话/邮箱", "User name, name, phone, e-mail";
        username: "用户名", "User name";
        username_hint: "登录时用，例如：chenzy", "To sign in with, e.g. chenzy";
        full_name: "姓名", "Name";
        phone: "电话", "Phone";
        email: "邮箱", "E-mail";
        role: "角色", "Role";
        status: "状态", "Status";
        active: "启用", "Active";
        inactive: "停用", "Inactive";
        inactive_hint: "停用后，该用户的下一次操作即被拒绝", "Once inactive, the user's next action is refused";
        last_login: "最近登录", "Last sign-in";
        never: "从未登录", "Never";
        one_time: "待改密码", "Must change password";
        created: "创建于", "Created";
        avatar: "头像", "Picture";
        shown: "第 {0}–{1} 位，共 {2} 位用户", "{0}–{1} of {2} {2:user|users}";
        none_yet: "还没有用户", "No users yet";
        none_yet_more: "给每位同事建一个账号，权限按角色分配。", "Give each colleague an account; permissions go by role.";
        no_match: "没有符合条件的用户", "No user matches";
        no_match_more: "换个关键词，或清除筛选条件。", "Try another word, or clear the filters.";
        list_failed: "没能读取用户({0})", "The users could not be read ({0})";
        saved_new: "用户“{0}”已新建", "User \"{0}\" created";
        saved: "用户“{0}”已保存", "User \"{0}\" saved";
        unsaved_new: "新建的用户", "The new user";
        unsaved_edit: "对用户的修改", "Changes to the user";
        unsaved_body: "关闭后，录入的内容会丢失。", "If you close now, what you entered will be lost.";
        delete: "删除用户", "Delete user";
        delete_title: "删除用户“{0}”？", "Delete user \"{0}\"?";
        delete_body: "从未登录、也没有任何记录的用户会被删除；有记录的改为停用，不能再登录。", "A user without any records is deleted; any other becomes inactive and can no longer sign in.";
        deleted: "用户“{0}”已删除", "User \"{0}\" deleted";
        deactivated: "用户“{0}”有记录，已停用", "User \"{0}\" has records and was deactivated";
        reset: "重置密码", "Reset password";
        reset_title: "重置“{0}”的密码", "Reset the password of \"{0}\"";
        reset_body: "现在的密码马上失效，用一次性密码登录后必须修改。", "The current password stops working at once. After signing in with the one-time password, the user must change it.";
        working: "正在生成…", "Working…";
        password_title: "一次性密码", "One-time password";
        password_of: "交给“{0}”（{1}），登录后必须修改。", "For \"{0}\" ({1}), who must change it at sign-in.";
        password_once: "只显示这一次，关闭后不能再看。", "It is shown this once only.";
        again: "再输一次密码", "Your password again";
        again_more: "改动用户和权限之前要确认是你本人；5 分钟内不再问。", "Before users or permissions are changed, please confirm that it is you; you will not be asked again for 5 minutes.";
        again_password: "你的密码", "Your password";
        save_user: "保存用户", "Save user";
        again_wrong: "密码错误({0})", "Wrong password ({0})";
        again_working: "正在核对…", "Checking…";
        copy: "复制", "Copy";
        copied: "密码已复制", "Password copied";
        noted: "已记下", "Noted";

        account_more: "姓名显示在订单、跟进和日志里。角色由管理员设置。", "Your name appears on orders and follow-ups and in the log. Administrators set your role.";
        profile: "个人资料", "Profile";
        safety: "登录与安全", "Sign-in and security";
        unsaved_profile: "个人资料的修改", "Changes to your profile";
        profile_saved: "个人资料已保存", "Profile saved";
        change_password_more: "8 到 72 个字符", "8 to 72 characters";
        pin_more: "在仓库终端快速登录用的 4 到 8 位数字", "4 to 8 digits, to sign in at the terminal";
        avatar_more: "显示在右上角和列表里", "At the top right and in lists";
        lock: "锁定屏幕", "Lock the screen";
        lock_more: "离开时盖住屏幕，没保存的内容会留着", "Covers the screen; what is not saved stays";
    }
}
