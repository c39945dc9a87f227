//! Texts of the statistics page, of charts and of the dashboard's figures.

use super::{Lang, fill, texts};

texts! {
    /// The statistics' texts.
    Statistics {
        title: "统计", "Statistics";
        today: "今天", "Today";
        this_week: "本周", "Week";
        this_month: "本月", "Month";
        last_month: "上月", "Last month";
        ninety_days: "近 90 天", "90 days";
        this_quarter: "本季", "Quarter";
        this_year: "本年", "Year";
        last_year: "去年", "Last year";
        custom: "自定义", "Custom";
        from_day: "开始日期", "From";
        to_day: "结束日期", "To";
        until: "至", "to";
        group_by: "汇总方式", "By";
        by_day: "按日", "Day";
        by_month: "按月", "Month";
        by_person: "按人员", "Person";
        by_product: "按产品", "Product";
        by_category: "按分类", "Category";
        by_customer: "按客户", "Customer";
        previous_period: "前一期", "Previous period";
        next_period: "后一期", "Next period";
        key_periods: "前后一期", "Period";

        sales: "销售额", "Sales";
        paid: "已收款", "Paid";
        outstanding: "未收款", "Due";
        orders: "订单数", "Orders";
        pieces: "件数", "Pieces";
        returned: "退货", "Returned";
        margin: "毛利", "Margin";
        average: "客单价", "Average";
        compared: "环比上期", "vs previous period";
        before: "上期 {0}", "Previous period: {0}";
        no_comparison: "上期没有销售", "No sales in the previous period";

        daily: "每日销售额", "Sales by day";
        monthly: "每月销售额", "Sales by month";
        of_people: "人员销售额", "Sales by person";
        of_products: "产品销售额", "Sales by product";
        of_categories: "分类销售额", "Sales by category";
        of_customers: "客户销售额", "Sales by customer";
        first_of: "前 {0} 名", "top {0}";
        merged: "按月合并显示", "shown by month";
        date: "日期", "Date";
        month: "月份", "Month";
        person: "人员", "Person";
        product: "产品", "Product";
        category: "分类", "Category";
        customer: "客户", "Customer";
        uncategorised: "未分类", "No category";
        sum: "合计", "Total";
        no_sales: "这段时间没有销售", "Nothing sold in this period";
        no_sales_more: "换一个时间段看看。", "Try another period.";
        failed: "没能读取统计({0})", "The statistics could not be read ({0})";
        mon: "周一", "Mon";
        tue: "周二", "Tue";
        wed: "周三", "Wed";
        thu: "周四", "Thu";
        fri: "周五", "Fri";
        sat: "周六", "Sat";
        sun: "周日", "Sun";

        distribution: "客户分布", "Customers";
        customers_count: "{0} 位", "{0}";
        level: "等级", "Level";
        industry: "行业", "Industry";
        owner: "负责人", "Owner";
        no_industry: "未填行业", "No industry";
        no_owner: "未分配", "Unassigned";
        no_customers: "还没有客户", "No customers yet";

        turnover: "库存周转天数", "Days on hand";
        turnover_slow: "滞销产品", "Slow movers";
        by_category_short: "分类", "Category";
        slow_short: "滞销 {0}", "Slow {0}";
        ninety_average: "近 90 天平均 {0}", "90-day average {0}";
        days: "{0} 天", "{0} {0:day|days}";
        not_sold: "没有售出", "None sold";
        stock_value: "库存金额 {0}", "Stock value {0}";
        counted_in_pieces: "按件数计算", "counted in pieces";
        nothing_slow: "没有滞销产品", "No slow movers";
        no_stock: "还没有库存", "No stock yet";

        axis_large: "{0} 万", "{0}k";
        axis_larger: "{0} 亿", "{0}M";

        today_sales: "今日销售", "Sales today";
        month_sales: "本月销售", "Sales this month";
        today_orders: "今日订单", "Orders today";
        month_orders: "本月订单", "Orders this month";
        orders_count: "{0} 笔订单", "{0} {0:order|orders}";
        receivable: "待收款", "Receivables";
        overdue: "逾期 {0}", "{0} overdue";
        nothing_overdue: "没有逾期", "Nothing overdue";
        low_stock: "低库存", "Low stock";
        products_unit: "种产品", "{0:product|products}";
        out_of_stock: "其中缺货 {0} 种", "{0} out of stock";
        none_out: "没有缺货", "None out of stock";
        to_follow_up: "待跟进", "Follow-ups";
        customers_unit: "位客户", "{0:customer|customers}";
        orders_unit: "笔", "{0:order|orders}";
        overdue_customers: "其中逾期 {0} 位", "{0} overdue";
        none_overdue: "没有逾期", "None overdue";
        against_month: "环比上月同期", "vs last month";
        trend: "近 30 天销售", "Sales of the last 30 days";
        last_30_days: "近 30 天", "Last 30 days";
        month_before: "上月同日", "A month before";
        hot: "热销产品", "Best sellers";
        hot_more: "本月 · 按销售额", "this month, by sales";
        nothing_hot: "本月还没有销售", "Nothing sold this month yet";
    }
}

impl Lang {
    /// An amount in yuan on the axis of a chart: `2 万`, `1.5 亿`; `20k`, `1.5M`.
    pub fn axis_amount(self, yuan: f64) -> String {
        let t = &self.texts().statistics;
        let (large, larger) = match self {
            Lang::ZhCn => (1e4, 1e8),
            Lang::En => (1e3, 1e6),
        };
        let sign = if yuan < -0.005 { "−" } else { "" };
        let yuan = yuan.abs();
        let number = |value: f64| {
            let text = format!("{value:.2}");
            format!("{sign}{}", text.trim_end_matches('0').trim_end_matches('.'))
        };
        if yuan >= larger {
            fill(t.axis_larger, &[&number(yuan / larger)])
        } else if yuan >= large {
            fill(t.axis_large, &[&number(yuan / large)])
        } else {
            number(yuan)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_in_the_readers_units() {
        for (yuan, zh, en) in [
            (0.0, "0", "0"),
            (500.0, "500", "500"),
            (20_000.0, "2 万", "20k"),
            (-25_000.0, "−2.5 万", "−25k"),
            (150_000_000.0, "1.5 亿", "150M"),
            (0.25, "0.25", "0.25"),
        ] {
            assert_eq!((Lang::ZhCn.axis_amount(yuan).as_str(), Lang::En.axis_amount(yuan).as_str()), (zh, en));
        }
    }
}
