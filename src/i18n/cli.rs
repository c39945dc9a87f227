//! Texts of the command line.

use super::texts;

texts! {
    /// Usage and messages on standard error.
    Cli {
        usage: "用法：\n  zhanggui [--db 文件] [--lang zh-CN|en] [--terminal]\n  zhanggui --demo\n  zhanggui init   --db 文件 --admin 用户名 [--company 公司名称] [--name 姓名]\n  zhanggui demo   --db 文件 [--customers N] [--products N] [--orders N] [--seed S]\n  zhanggui import customers|products|orders 文件 --db 文件 --user 用户名 [--map 列=字段]… [--existing skip|update|refuse] [--dry-run]\n  zhanggui check  --db 文件 [--full]\n密码从标准输入读取一行，或取自环境变量 ZHANGGUI_PASSWORD。", "Usage:\n  zhanggui [--db FILE] [--lang zh-CN|en] [--terminal]\n  zhanggui --demo\n  zhanggui init   --db FILE --admin NAME [--company NAME] [--name FULL NAME]\n  zhanggui demo   --db FILE [--customers N] [--products N] [--orders N] [--seed S]\n  zhanggui import customers|products|orders FILE --db FILE --user NAME [--map COLUMN=FIELD]... [--existing skip|update|refuse] [--dry-run]\n  zhanggui check  --db FILE [--full]\nPasswords are one line of standard input, or ZHANGGUI_PASSWORD.";
        unknown_argument: "不认识的参数 {0}", "Unknown argument {0}";
        missing_value: "参数 {0} 缺少值", "{0} needs a value";
        bad_value: "参数 {0} 不接受 {1}", "{0} does not take {1}";
        missing_option: "缺少参数 {0}", "{0} is missing";
        no_data_folder: "找不到本机的数据目录，请用 --db 指定数据文件", "This computer has no data folder; name the data file with --db";
        no_window: "这个版本还没有窗口", "This build has no window yet";
        created: "已建立 {0}，管理员 {1}", "Created {0}; administrator {1}";
        check_failed: "数据检查没有通过：{0}", "The data check failed: {0}";
        demo_done: "已生成演示数据 {0}：客户 {1}，产品 {2}，订单 {3}，用时 {4} 秒（每秒 {5} 张订单）", "Made demo data {0}: {1} customers, {2} products, {3} orders in {4} s ({5} orders a second)";
        progress: "{0} / {1}", "{0} / {1}";
    }
}
