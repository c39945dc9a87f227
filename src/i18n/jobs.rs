//! Texts of long jobs: their names, how far they are, how they ended, and the question before the window closes.

use super::texts;

texts! {
    /// The jobs' texts.
    Jobs {
        title: "任务", "Jobs";
        running_count: "任务，{0} 个正在进行", "Jobs, {0} running";
        none: "没有任务", "No jobs";
        key: "任务列表", "Jobs";

        check: "检查数据", "Check data";
        import: "导入{0}：{1}", "Import {0}: {1}";
        export: "导出 {0}", "Export {0}";
        try_out: "试导入{0}：{1}", "Dry run of {0}: {1}";

        begun: "正在准备…", "Preparing…";
        progress: "{0} / {1}", "{0} / {1}";
        percent: "{0}%", "{0}%";
        rate: "每秒 {0} 行", "{0} {0:row|rows} per second";
        left_seconds: "还需约 {0} 秒", "about {0} s left";
        left_minutes: "还需约 {0} 分钟", "about {0} min left";
        goes_on: "可继续操作", "you can go on working";
        stopping: "正在取消…", "Cancelling…";
        cancelled: "已取消，没有保留任何内容", "Cancelled; nothing of it was kept";
        cancelled_title: "{0}：已取消", "{0}: cancelled";
        failed_title: "{0}：没有完成", "{0}: not finished";
        imported: "新增 {0}，更新 {1}，跳过 {2}", "{0} created, {1} updated, {2} skipped";
        exported: "{0} 行已写入 {1}", "{0} {0:row|rows} in {1}";
        open_file: "打开文件", "Open file";
        open_folder: "打开文件夹", "Open folder";

        close_title: "还有 {0} 个任务正在进行", "{0} {0:job is|jobs are} under way";
        close_body: "现在关闭会取消它们：没有写完的文件会删除，没有导完的数据不会保留。", "Closing now cancels them: unfinished files are removed, unfinished imports leave nothing behind.";
        close_act: "取消任务并关闭", "Cancel them and close";
        close_stay: "继续等待", "Keep waiting";
    }
}
