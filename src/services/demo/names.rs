//! Words that demo companies, people and goods are made of. All invented; phones carry 0000 and mail ends in `.example`.

use crate::models::choice::CustomerLevel;
use crate::models::customer::CustomerInput;
use crate::models::product::ProductInput;
use crate::models::search::readings;
use crate::models::{Money, UserId};

const CITIES: [&str; 24] = [
    "杭州", "宁波", "嘉兴", "绍兴", "金华", "温州", "台州", "湖州", "丽水", "衢州", "舟山", "义乌", "苏州", "无锡", "常州", "南通", "扬州", "镇江",
    "上海", "合肥", "芜湖", "南昌", "福州", "厦门",
];
const WORDS: [&str; 40] = [
    "启明", "海纳", "恒信", "西子", "百汇", "云栖", "越城", "北仑", "竹语", "启航", "锦绣", "顺达", "滨江", "山居", "三江", "宏图", "华茂", "瑞丰",
    "德源", "安泰", "汇通", "永兴", "嘉禾", "明远", "卓越", "新宇", "立信", "同济", "万和", "天成", "鼎盛", "泰和", "金桥", "远帆", "博文", "长青",
    "东方", "南湖", "玉环", "重华",
];
const TRADES: [(&str, &str); 16] = [
    ("办公用品有限公司", "办公零售"),
    ("机电工程有限公司", "机电工程"),
    ("物业管理有限公司", "物业管理"),
    ("装饰工程有限公司", "装饰装修"),
    ("五金商行", "五金零售"),
    ("科技有限公司", "信息技术"),
    ("第三中学", "教育"),
    ("港务物流有限公司", "物流运输"),
    ("酒店管理有限公司", "酒店餐饮"),
    ("印刷厂", "印刷包装"),
    ("纺织有限公司", "纺织服装"),
    ("汽修厂", "汽车维修"),
    ("建材经营部", "建筑材料"),
    ("食品有限公司", "食品加工"),
    ("医疗器械有限公司", "医疗器械"),
    ("文化传媒有限公司", "文化传媒"),
];
const SURNAMES: [&str; 30] = [
    "赵", "孙", "沈", "胡", "朱", "金", "许", "郑", "潘", "叶", "陶", "林", "钱", "蓝", "徐", "周", "吴", "王", "陈", "李", "张", "刘", "杨", "黄",
    "何", "曾", "单", "盛", "方", "俞",
];
const GIVEN: [&str; 30] = [
    "启明", "立军", "丽华", "建平", "卫东", "敏", "梦洁", "涛", "晓", "成", "国强", "伟", "芳", "春燕", "根宝", "志强", "秀英", "海燕", "文杰",
    "雅琴", "俊", "慧敏", "建国", "玉兰", "明哲", "思远", "佳怡", "浩然", "玥", "子涵",
];
const STREETS: [&str; 12] =
    ["莫干山路", "中山东路", "解放路", "人民路", "建设大道", "文三路", "江南大道", "环城北路", "学院路", "商城大道", "滨海路", "工业园二路"];
const TAGS: [&str; 8] = ["月结 30 天", "连锁门店", "复印纸", "工地", "学校", "需送货", "老客户", "开专票"];
const PHONES: [&str; 12] = ["138", "139", "137", "136", "135", "158", "187", "152", "133", "150", "181", "189"];

/// The customers of the pictures come first, the rest is put together.
pub fn customer(at: usize, random: &mut fastrand::Rng, owners: &[UserId]) -> CustomerInput {
    const FIRST: [(&str, &str, &str, usize, CustomerLevel); 6] = [
        ("杭州启明办公用品有限公司", "赵启明", "13800006620", 0, CustomerLevel::Vip),
        ("杭州西子装饰工程有限公司", "胡建平", "13700002415", 3, CustomerLevel::Important),
        ("嘉兴恒信物业管理有限公司", "沈丽华", "13900007708", 2, CustomerLevel::Important),
        ("宁波海纳机电工程有限公司", "孙立军", "13900001183", 1, CustomerLevel::Vip),
        ("金华百汇五金商行", "朱卫东", "13600009052", 4, CustomerLevel::Vip),
        ("绍兴越城第三中学", "金敏", "13500003341", 6, CustomerLevel::Important),
    ];
    let pick = |random: &mut fastrand::Rng, list: &[&'static str]| list[random.usize(..list.len())];
    let city = pick(random, &CITIES);
    let word = WORDS[at % WORDS.len()];
    let second = if at < WORDS.len() * TRADES.len() { "" } else { WORDS[(at / WORDS.len()) % WORDS.len()] };
    let trade = TRADES[(at / 3 + random.usize(..TRADES.len())) % TRADES.len()];
    let surname = pick(random, &SURNAMES);
    let contact = format!("{surname}{}", pick(random, &GIVEN));
    let phone = format!("{}0000{:04}", pick(random, &PHONES), random.u32(..10_000));
    let level = match random.u32(..100) {
        0..8 => CustomerLevel::Vip,
        8..30 => CustomerLevel::Important,
        _ => CustomerLevel::Normal,
    };
    let (name, contact, phone, trade, level) = match FIRST.get(at) {
        Some(&(name, contact, phone, trade, level)) => (name.to_owned(), contact.to_owned(), phone.to_owned(), TRADES[trade], level),
        None => (format!("{city}{word}{second}{}", trade.0), contact, phone, trade, level),
    };
    let initials: String = readings(word).first().map(|reading| reading.initials()).unwrap_or_default();
    let mailbox: String = readings(surname).first().and_then(|reading| reading.runs().next()).map(|syllables| syllables.concat()).unwrap_or_default();
    let mut tags = Vec::new();
    for _ in 0..random.usize(..3) {
        let tag = pick(random, &TAGS).to_owned();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    // Every fourth has a credit limit, from 10,000 to 50,000.
    let credit_limit = if at.is_multiple_of(4) { Money::from_fen((at as i64 % 5 + 1) * 1_000_000) } else { None };
    CustomerInput {
        code: None,
        address: Some(format!("{city}市{} {} 号 {} 幢", pick(random, &STREETS), random.u32(1..1800), random.u32(1..20))),
        email: Some(format!("{mailbox}{}@{initials}.example", random.u32(1..100))),
        industry: Some(trade.1.to_owned()),
        level,
        assigned_to: if random.u32(..10) == 0 { None } else { Some(owners[random.usize(..owners.len())]) },
        tags,
        contact_person: Some(contact),
        phone: Some(phone),
        credit_limit,
        name,
        ..CustomerInput::default()
    }
}

/// A kind of goods: SKU stem, name, category, unit, price in fen of the first specification, and specifications with their SKU ends.
type Goods = (&'static str, &'static str, &'static str, &'static str, i64, &'static [(&'static str, &'static str)]);

const GOODS: [Goods; 36] = [
    (
        "WJ-LS",
        "外六角螺栓",
        "紧固件",
        "盒",
        3650,
        &[("M8", "M8×40 镀锌 100只"), ("M10", "M10×50 镀锌 50只"), ("M12", "M12×60 镀锌 50只"), ("M6", "M6×30 镀锌 200只")],
    ),
    ("BG-A4", "A4 复印纸", "办公用纸", "箱", 12800, &[("70", "70g 500张×5包/箱"), ("80", "80g 500张×5包/箱")]),
    ("GJ-DZ", "锂电冲击钻", "电动工具", "台", 46800, &[("18V", "18V 双电池"), ("12V", "12V 单电池")]),
    ("WJ-PZ", "膨胀螺丝", "紧固件", "盒", 5800, &[("M6", "M6×60 不锈钢 100只"), ("M8", "M8×80 不锈钢 50只"), ("M10", "M10×100 不锈钢 50只")]),
    ("GJ-LSD", "螺丝批套装", "手动工具", "套", 7600, &[("32", "32 合 1"), ("58", "58 合 1")]),
    ("BG-ZXB", "中性笔", "文具", "盒", 1560, &[("05", "0.5mm 黑 12支"), ("07", "0.7mm 蓝 12支"), ("05R", "0.5mm 红 12支")]),
    ("BG-DAH", "档案盒", "文具", "包", 6900, &[("55", "A4 55mm 10个"), ("75", "A4 75mm 10个")]),
    ("BG-DSJ", "订书机", "文具", "台", 2880, &[("24", "24/6 省力型"), ("12", "24/6 标准型")]),
    ("LB-ST", "丁腈手套", "劳保用品", "盒", 3200, &[("M", "M 码 100只"), ("L", "L 码 100只"), ("S", "S 码 100只")]),
    ("BG-SZJ", "碎纸机", "办公设备", "台", 89900, &[("23", "5级保密 23L"), ("30", "5级保密 30L")]),
    ("GJ-BS", "梅花扳手套装", "手动工具", "套", 18900, &[("12", "12 件套"), ("08", "8 件套")]),
    ("GJ-GJC", "钢卷尺", "手动工具", "把", 1850, &[("5", "5m×19mm 双面"), ("7", "7.5m×25mm 双面")]),
    ("DG-JD", "PVC 绝缘胶带", "电工材料", "包", 2400, &[("18", "18mm×20m 黑 10卷"), ("18R", "18mm×20m 红 10卷")]),
    ("DG-DX", "铜芯电线", "电工材料", "卷", 21500, &[("25", "BV 2.5mm² 100m"), ("40", "BV 4mm² 100m"), ("15", "BV 1.5mm² 100m")]),
    ("DG-KG", "墙壁开关", "电工材料", "个", 1280, &[("1", "单开单控"), ("2", "双开双控"), ("3", "三开单控")]),
    ("DG-LED", "LED 灯管", "照明", "支", 1680, &[("18", "T8 18W 1.2m"), ("9", "T8 9W 0.6m")]),
    ("LB-KZ", "防尘口罩", "劳保用品", "盒", 4500, &[("95", "KN95 50只"), ("V", "带阀 20只")]),
    ("LB-AQM", "安全帽", "劳保用品", "顶", 2600, &[("R", "红 ABS"), ("Y", "黄 ABS"), ("B", "蓝 ABS")]),
    ("LB-FH", "反光背心", "劳保用品", "件", 1350, &[("L", "荧光绿 L"), ("XL", "荧光绿 XL")]),
    ("BG-WJJ", "文件夹", "文具", "包", 3480, &[("A4", "A4 双夹 12个"), ("A5", "A5 单夹 12个")]),
    ("BG-JSQ", "计算器", "办公设备", "台", 4200, &[("12", "12 位 双电源"), ("14", "14 位 语音")]),
    ("BG-XG", "硒鼓", "办公耗材", "支", 15800, &[("388", "388A 黑"), ("12", "2612A 黑")]),
    ("BG-MH", "墨盒", "办公耗材", "套", 9900, &[("4", "四色装"), ("1", "黑色")]),
    ("BG-BB", "白板", "办公设备", "块", 16500, &[("90", "90×120cm 磁性"), ("60", "60×90cm 磁性")]),
    ("GJ-CZ", "铁锤", "手动工具", "把", 3900, &[("05", "0.5kg 木柄"), ("10", "1kg 包胶")]),
    ("GJ-JQ", "老虎钳", "手动工具", "把", 2950, &[("8", "8 寸"), ("6", "6 寸")]),
    ("GJ-SJ", "手锯", "手动工具", "把", 3300, &[("450", "450mm 快锯"), ("300", "300mm 折叠")]),
    ("GJ-MJ", "角磨机", "电动工具", "台", 23800, &[("100", "100mm 800W"), ("125", "125mm 1100W")]),
    ("GJ-SPY", "水平尺", "量具", "把", 3600, &[("60", "60cm 磁性"), ("100", "100cm 磁性")]),
    ("WJ-HY", "合页", "门窗五金", "对", 1950, &[("4", "4 寸 不锈钢"), ("5", "5 寸 不锈钢")]),
    ("WJ-MS", "门锁", "门窗五金", "把", 8800, &[("S", "室内静音"), ("F", "防火门锁")]),
    ("WJ-ZJ", "直角码", "门窗五金", "包", 2200, &[("40", "40mm 20只"), ("60", "60mm 20只")]),
    ("QJ-TB", "平板拖把", "清洁用品", "把", 4900, &[("42", "42cm 免手洗"), ("60", "60cm 商用")]),
    ("QJ-LJD", "垃圾袋", "清洁用品", "箱", 8600, &[("45", "45×55 黑 1000只"), ("90", "90×100 黑 300只")]),
    ("QJ-XSY", "洗手液", "清洁用品", "桶", 5200, &[("5", "5L 补充装"), ("500", "500ml×6 瓶")]),
    ("QJ-CZ", "抽纸", "清洁用品", "箱", 7800, &[("24", "3 层 24包"), ("30", "4 层 30包")]),
];

/// The `at`-th product: every kind in its first specification, then the second and so on; then further series.
pub fn product(at: usize, random: &mut fastrand::Rng) -> ProductInput {
    let goods = &GOODS[at % GOODS.len()];
    let round = at / GOODS.len();
    let (stem, name, category, unit, price, specifications) = *goods;
    let (end, specification) = specifications[round % specifications.len()];
    let series = round / specifications.len();
    let (sku, specification) = match series {
        0 => (format!("{stem}-{end}"), specification.to_owned()),
        _ => (format!("{stem}-{end}-{series:02}"), format!("{specification} {series:02} 系列")),
    };
    // Further specifications cost somewhat more or less, in whole jiao.
    let price = if at < GOODS.len() { price } else { (price * random.i64(80..130) / 100).max(50) / 10 * 10 };
    let cost = price * random.i64(58..76) / 100;
    ProductInput {
        sku,
        name: name.to_owned(),
        barcode: Some(ean13(at as u64 + 1)),
        category: Some(category.to_owned()),
        specification: Some(specification),
        unit: unit.to_owned(),
        price: Money::from_fen(price).unwrap_or_default(),
        cost_price: Money::from_fen(cost),
        threshold: if price > 10_000 { random.i64(1..4) * 5 } else { random.i64(2..16) * 10 },
        ..ProductInput::default()
    }
}

/// A valid EAN-13 code that begins with China's 690.
fn ean13(number: u64) -> String {
    let twelve = format!("690{:09}", number % 1_000_000_000);
    let sum: u32 = twelve.bytes().enumerate().map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 }).sum();
    format!("{twelve}{}", (10 - sum % 10) % 10)
}

/// What was talked about, and with which result.
pub const FOLLOWUPS: [(&str, &str); 10] = [
    ("复印纸按老价格走，档案盒先发 60 包；首款 1 万已到账。", "已成交"),
    ("发送报价，对方比较碎纸机另一品牌，节前给答复。", "待答复"),
    ("上门拜访，四家门店春节前统一备货，需要送货到店。", "有意向"),
    ("新年回访，确认月结账期维持 30 天不变。", "已联系"),
    ("确认冲击钻到货时间，工地下周一要用。", "已联系"),
    ("催收尾款，财务本周安排转账。", "已联系"),
    ("对方希望螺栓再降 2 个点，量大可以谈。", "有意向"),
    ("核对上月对账单，金额一致。", "已联系"),
    ("介绍劳保用品新品，寄样品试用。", "有意向"),
    ("电话未接，改天再打。", "未接通"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_have_codes_of_their_own() {
        let mut random = fastrand::Rng::with_seed(1);
        let products: Vec<ProductInput> = (0..2000).map(|at| product(at, &mut random)).collect();
        let skus: std::collections::HashSet<&str> = products.iter().map(|product| product.sku.as_str()).collect();
        assert_eq!(skus.len(), products.len());
        assert!(products.iter().all(|product| product.check().is_empty()));
        assert_eq!(ean13(1), "6900000000014");
        assert_eq!((products[0].sku.as_str(), products[1].sku.as_str()), ("WJ-LS-M8", "BG-A4-70"));
    }
}
