//! Words used all over: buttons, states of a list, field errors' helpers.

use super::texts;

texts! {
    /// Texts no single page owns.
    Common {
        app_name: "掌柜", "Zhanggui";
        save: "保存", "Save";
        cancel: "取消", "Cancel";
        back: "返回", "Back";
        close: "关闭", "Close";
        edit: "修改", "Edit";
        delete: "删除", "Delete";
        retry: "重试", "Retry";
        search: "搜索", "Search";
        clear_filters: "清除筛选", "Clear filters";
        level_vip: "VIP", "VIP";
        level_important: "重要", "Important";
        level_normal: "普通", "Normal";
        loading: "正在读取…", "Loading…";
    }
}
