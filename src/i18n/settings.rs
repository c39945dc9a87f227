//! Texts of the settings: the second column, appearance, the own account, the configuration.

use super::texts;

texts! {
    /// The settings' texts.
    Settings {
        title: "设置", "Settings";
        users: "用户", "Users";
        rights: "权限", "Permissions";
        config: "系统配置", "Configuration";
        appearance: "外观", "Appearance";
        account: "我的账号", "My account";
        logs: "日志", "Log";
        not_yours: "没有权限查看这一页(4003)", "You cannot view this page (4003)";
        not_yours_more: "需要“{0} · {1}”权限，请联系管理员开通。", "It needs the permission \"{0} · {1}\"; ask your administrator.";
        key_sections: "切换设置", "Next section";

        nothing_to_save: "没有需要保存的更改", "There is nothing to save";
        discard_changes: "放弃更改", "Discard changes";
        discard_body: "放弃后，这些更改会丢失。", "If you discard them, these changes will be lost.";
        unsaved_count: "有 {0} 项更改还没保存", "{0} unsaved {0:change|changes}";
        and: "、", ", ";
        semicolon: "；", "; ";

        rights_more: "勾选新建、修改或删除时会同时勾选查看；没有查看权限的模块不显示在左侧导航。“本人”指自己负责、自己创建或未分配的记录。", "Add, Edit and Delete include View; modules a role cannot view are not in the navigation. \"Own\" means records that are assigned to the user, created by the user, or unassigned.";
        role: "角色", "Role";
        people: "{0} 人", "{0} active";
        people_fixed: "{0} 人 · 固定", "{0} · fixed";
        reach: "范围", "Scope";
        reach_all: "全部", "All";
        reach_own: "本人", "Own";
        allowed: "允许", "Allowed";
        forbidden: "禁止", "Forbidden";
        short_view: "查看", "View";
        short_create: "新建", "Add";
        short_update: "修改", "Edit";
        short_delete: "删除", "Del";
        admin_fixed: "管理员的权限是固定的", "Administrators' permissions are fixed";
        reset_rights: "恢复默认权限", "Restore defaults";
        save_rights: "保存权限", "Save permissions";
        already_default: "已经是默认权限", "These are the defaults already";
        reset_title: "恢复所有角色的默认权限", "Restore the default permissions of all roles";
        reset_body: "所有角色都恢复为默认权限，从下一次操作起生效，并记入日志。", "Every role gets its default permissions, from each user's next action on; it is logged.";
        rights_reset: "已恢复默认权限，共 {0} 项", "Defaults restored; permissions changed: {0}";
        rights_saved: "权限已保存，共 {0} 项", "Permissions saved: {0}";
        unsaved_rights: "权限的更改", "Changes to permissions";
        changes: "未保存的更改", "Unsaved changes";
        no_changes: "还没有更改。用方向键移动，空格勾选。", "None yet. Arrows move, Space toggles.";
        cells: "{0} 项", "{0}";
        undo_change: "撤销 {0} · {1}", "Undo {0} · {1}";
        effect: "保存后，{0} 位用户的下一次操作即按新权限执行，并记入日志", "Once saved, it applies from the next action of {0} {0:user|users} and is logged";
        note_sales: "可登记回款", "and record payments";
        note_inventory: "可发货、盘点", "and ship, count";
        note_customer: "可移交", "and hand over";
        preview_rights: "权限预览", "Preview";
        preview_person: "预览的用户", "Person of the preview";
        person_role: "{0}（{1}）", "{0} ({1})";
        preview_sees: "可看", "Sees";
        preview_changes: "可改", "Edits";
        preview_cannot: "不能", "Cannot";
        after_saving: "保存后生效", "Once saved";
        cannot_create: "新建记录", "add records";
        cannot_delete: "删除记录", "delete records";
        cannot_see: "查看{0}", "see {0}";
        key_move: "移动", "Move";
        key_toggle: "勾选", "Toggle";
        key_step_back: "撤销一步", "One step back";

        appearance_more: "只影响你自己，马上生效，换一台电脑登录也一样。", "Only for you; applies at once, on every computer where you sign in.";
        theme: "主题", "Theme";
        theme_more: "“跟随系统”与电脑的浅色或深色一致。", "\"System\" follows the computer.";
        accent: "强调色", "Accent";
        accent_more: "按钮、选中项和链接的颜色。", "The colour of buttons, selected items and links.";
        accent_teal: "青", "Teal";
        accent_blue: "蓝", "Blue";
        accent_violet: "紫", "Violet";
        accent_green: "绿", "Green";
        accent_graphite: "石墨", "Graphite";
        density: "密度", "Density";
        density_more: "触摸屏用“触摸”：行、按钮和输入框更高。", "\"Touch\" makes rows, buttons and inputs taller.";
        density_office: "办公", "Office";
        density_touch: "触摸", "Touch";
        zoom: "缩放", "Zoom";
        zoom_more: "整个窗口放大或缩小。", "The whole window, larger or smaller.";
        language: "语言", "Language";
        language_more: "界面的语言；日志的语言在系统配置里设置。", "For the window; the log's language is set in Configuration.";
        preview: "预览", "Preview";
        sample_button: "保存", "Save";
        sample_link: "查看订单", "See the order";
        sample_row: "选中的一行", "A chosen row";
    }
}
