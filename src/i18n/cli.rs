//! Texts of the command line.

use super::texts;

texts! {
    /// What the headless sub-commands say.
    Cli {
        usage: "用法：
  zhanggui [--db 文件] [--lang zh-CN|en]                    打开窗口
  zhanggui --demo                                          用临时演示数据打开窗口
  zhanggui --terminal                                      打开仓库终端，全屏
  zhanggui init   --db 文件 --admin 用户名 [--company 名称]    新建数据文件和管理员（密码从标准输入读）
  zhanggui demo   --db 文件 [--customers N] [--products N] [--orders N] [--seed S]
  zhanggui import customers|products|orders 文件 --db 文件 --user 用户名
                  [--sheet 工作表] [--map 列=字段]… [--existing skip|update|refuse] [--dry-run]
  zhanggui export customer|sales|inventory --format excel|csv --out 文件 --db 文件 --user 用户名 [--from 日期] [--to 日期]
  zhanggui print quote|order|delivery|receipt|statement 单号 --out 文件 --db 文件 --user 用户名
                  [--paper a4|three_part] [--no-prices] [--from 日期] [--to 日期]
  zhanggui backup  --db 文件 --to 文件夹                      备份，经过验证
  zhanggui restore --db 文件 --from 备份 --user 用户名         恢复备份（密码从标准输入读）
  zhanggui check  --db 文件 [--full]
密码从标准输入（一行）或环境变量 ZHANGGUI_PASSWORD 读取。", "Usage:
  zhanggui [--db FILE] [--lang zh-CN|en]                    open the window
  zhanggui --demo                                           open the window on throw-away demo data
  zhanggui --terminal                                       open the warehouse terminal, full screen
  zhanggui init   --db FILE --admin NAME [--company NAME]   create a data file and its administrator (password on standard input)
  zhanggui demo   --db FILE [--customers N] [--products N] [--orders N] [--seed S]
  zhanggui import customers|products|orders FILE --db FILE --user NAME
                  [--sheet NAME] [--map COLUMN=FIELD]… [--existing skip|update|refuse] [--dry-run]
  zhanggui export customer|sales|inventory --format excel|csv --out FILE --db FILE --user NAME [--from D] [--to D]
  zhanggui print quote|order|delivery|receipt|statement NUMBER --out FILE --db FILE --user NAME
                  [--paper a4|three_part] [--no-prices] [--from D] [--to D]
  zhanggui backup  --db FILE --to DIR                       make a verified backup
  zhanggui restore --db FILE --from FILE --user NAME        restore a backup (password on standard input)
  zhanggui check  --db FILE [--full]
Passwords come on standard input (one line) or in ZHANGGUI_PASSWORD.";
        missing: "缺少参数 {0}", "Missing argument {0}";
        bad_number: "{0} 应为整数", "{0} must be a whole number";
        bad_choice: "{0} 不认识 {1}", "{0} does not know {1}";
        no_password: "没有收到密码。请从标准输入（一行）或环境变量 ZHANGGUI_PASSWORD 提供。", "No password was given. Put it on standard input (one line) or in ZHANGGUI_PASSWORD.";
        created: "已建立 {0}，管理员 {1}", "Created {0} with administrator {1}";
        demo_done: "已生成 {0}：客户 {1}，产品 {2}，订单 {3}", "Made {0}: {1} {1:customer|customers}, {2} {2:product|products}, {3} {3:order|orders}";
        progress: "订单 {0} / {1}", "Orders {0} / {1}";
        broken: "检查没有通过：{0} 项不成立", "The check found {0} broken {0:rule|rules}";
        no_data_folder: "找不到当前用户的数据目录，请用 --db 指定文件", "No data folder for this user; please give --db";
    }
}
