//! Money in fen: the only money type. Parsing, checked arithmetic, printing; no currency, no rounding but where it is named.

use std::fmt;

/// An amount in fen (1/100 yuan), from −9,999,999,999.99 to 9,999,999,999.99 (rulings §3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    pub const ZERO: Money = Money(0);
    /// 9,999,999,999.99.
    pub const MAX: Money = Money(999_999_999_999);

    /// The amount of so many fen; `None` beyond [`Money::MAX`] on either side.
    pub fn from_fen(fen: i64) -> Option<Money> {
        (fen.unsigned_abs() <= Money::MAX.0.unsigned_abs()).then_some(Money(fen))
    }

    /// A sum over many records, in fen: it may be larger than any one amount may be.
    pub fn sum_from_fen(fen: i64) -> Money {
        Money(fen)
    }

    /// This sum less another one, both over many records.
    pub fn sum_less(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }

    /// This sum and another one, both over many records.
    pub fn sum_plus(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }

    /// The amount in fen.
    pub fn fen(self) -> i64 {
        self.0
    }

    /// The value as it stands in a REAL column: fen/100, correctly rounded.
    pub fn to_real(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// The amount behind a REAL column: round(x·100); `None` for what is no amount.
    pub fn from_real(value: f64) -> Option<Money> {
        let fen = (value * 100.0).round();
        (fen.abs() <= Money::MAX.0 as f64).then_some(Money(fen as i64))
    }

    pub fn checked_add(self, other: Money) -> Option<Money> {
        Money::from_fen(self.0.checked_add(other.0)?)
    }

    pub fn checked_sub(self, other: Money) -> Option<Money> {
        Money::from_fen(self.0.checked_sub(other.0)?)
    }

    /// Unit price × quantity, exact.
    pub fn checked_mul(self, quantity: i64) -> Option<Money> {
        Money::from_fen(self.0.checked_mul(quantity)?)
    }

    /// This amount shared by `quantity` pieces, half up to the fen; `None` for a quantity below 1.
    pub fn divide_half_up(self, quantity: i64) -> Option<Money> {
        (quantity > 0).then(|| Money(half_up(i128::from(self.0), i128::from(quantity)) as i64))
    }

    /// So many percent of this amount, half up to the fen; `None` beyond [`Money::MAX`].
    pub fn percent_half_up(self, percent: i64) -> Option<Money> {
        let fen = half_up(i128::from(self.0) * i128::from(percent), 100);
        Money::from_fen(i64::try_from(fen).ok()?)
    }

    /// This amount less a discount of `numerator`/`denominator`, half up to the fen, in integers (rulings §13).
    pub fn less_discount(self, numerator: i128, denominator: i128) -> Option<Money> {
        if denominator <= 0 || numerator < 0 || numerator > denominator {
            return None;
        }
        let kept = i128::from(self.0).checked_mul(denominator - numerator)?;
        Some(Money(half_up(kept, denominator) as i64))
    }

    pub fn negated(self) -> Money {
        Money(-self.0)
    }

    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads what a person types: `1234.5`, `12,345.60`, `¥ 8`, full-width digits. At most two decimals.
    pub fn parse(text: &str) -> std::result::Result<Money, MoneyError> {
        Decimal::parse(text)?.exact_fen()
    }

    /// Reads a figure of a foreign file with any number of decimals, half up to the fen.
    pub fn parse_rounding(text: &str) -> std::result::Result<Money, MoneyError> {
        Decimal::parse(text)?.rounded_fen()
    }
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    NotANumber,
    TooManyDecimals,
    TooLarge,
}

/// A decimal figure as written: sign, digits, scale. Reads prices and discounts without floating point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// All digits as one signed integer.
    pub digits: i128,
    /// How many of them stand behind the point.
    pub scale: u32,
}

impl Decimal {
    /// Reads `-1,234.50`, with an optional ¥, blanks around it, full-width digits; exponents are refused.
    pub fn parse(text: &str) -> std::result::Result<Decimal, MoneyError> {
        let mut digits: i128 = 0;
        let mut scale = 0;
        let mut seen_digit = false;
        let mut seen_point = false;
        // Digits since the last comma: `1,5` is no 15, whoever wrote it may have meant 1.5.
        let mut group: Option<u32> = None;
        let mut negative = false;
        let text = text.trim();
        let unsigned = text.strip_prefix(['-', '−', '－']).inspect(|_| negative = true);
        let unsigned = unsigned.unwrap_or_else(|| text.strip_prefix('+').unwrap_or(text));
        let unsigned = unsigned.trim_start().trim_start_matches(['¥', '￥', '$']).trim_start();
        for c in unsigned.chars() {
            let c = match c {
                '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
                '．' => '.',
                '，' => ',',
                other => other,
            };
            match c {
                '0'..='9' => {
                    seen_digit = true;
                    digits = digits * 10 + i128::from(c as u32 - '0' as u32);
                    scale += u32::from(seen_point);
                    group = group.filter(|_| !seen_point).map(|digits| digits + 1);
                    if scale > 18 || digits > 10i128.pow(30) {
                        return Err(MoneyError::TooLarge);
                    }
                }
                '.' if !seen_point && group.is_none_or(|digits| digits == 3) => {
                    seen_point = true;
                    group = None;
                }
                ',' if seen_digit && !seen_point && group.is_none_or(|digits| digits == 3) => group = Some(0),
                _ => return Err(MoneyError::NotANumber),
            }
        }
        if !seen_digit || group.is_some_and(|digits| digits != 3) {
            return Err(MoneyError::NotANumber);
        }
        Ok(Decimal { digits: if negative { -digits } else { digits }, scale })
    }

    /// This sum shared by `quantity` pieces, half up to the fen in one step (rulings §13).
    pub fn shared_half_up(self, quantity: i64) -> std::result::Result<Money, MoneyError> {
        let denominator = 10i128.pow(self.scale) * i128::from(quantity.max(1));
        to_money(half_up(self.digits * 100, denominator))
    }

    fn exact_fen(self) -> std::result::Result<Money, MoneyError> {
        let numerator = self.digits * 100;
        let denominator = 10i128.pow(self.scale);
        if numerator % denominator != 0 {
            return Err(MoneyError::TooManyDecimals);
        }
        to_money(numerator / denominator)
    }

    fn rounded_fen(self) -> std::result::Result<Money, MoneyError> {
        to_money(half_up(self.digits * 100, 10i128.pow(self.scale)))
    }
}

fn to_money(fen: i128) -> std::result::Result<Money, MoneyError> {
    i64::try_from(fen).ok().and_then(Money::from_fen).ok_or(MoneyError::TooLarge)
}

/// Quotient rounded half away from zero; the denominator is positive.
fn half_up(numerator: i128, denominator: i128) -> i128 {
    let half = denominator / 2;
    if numerator >= 0 { (numerator + half) / denominator } else { -((-numerator + half) / denominator) }
}

/// `12,345.60`, negative with U+2212 (tokens §7).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "−" } else { "" };
        f.pad(&format!("{sign}{}.{:02}", grouped(fen / 100), fen % 100))
    }
}

/// Digits in groups of three: `1,280`.
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A count or quantity as shown: `1,280`, `−10`.
pub fn quantity(value: i64) -> String {
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{}", grouped(value.unsigned_abs()))
}

/// A change of pieces: `+1,200`, `−2`, `0`.
pub fn signed(change: i64) -> String {
    if change > 0 { format!("+{}", quantity(change)) } else { quantity(change) }
}

impl Money {
    /// `¥12,345.60` (rulings §1).
    pub fn yuan(self) -> String {
        if self.0 < 0 { format!("−¥{}", Money(-self.0)) } else { format!("¥{self}") }
    }

    /// `1234.50`: as one types it, for input fields and files.
    pub fn plain(self) -> String {
        let fen = self.0.unsigned_abs();
        format!("{}{}.{:02}", if self.0 < 0 { "-" } else { "" }, fen / 100, fen % 100)
    }

    /// The amount in Chinese capitals as cheques carry it: 人民币壹万叁仟肆佰捌拾元整.
    pub fn capitals(self) -> String {
        const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
        const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
        const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];
        let fen = self.0.unsigned_abs();
        let (yuan, jiao, cent) = (fen / 100, (fen / 10 % 10) as usize, (fen % 10) as usize);
        let mut out = String::from(if self.0 < 0 { "人民币负" } else { "人民币" });
        let mut pending_zero = false;
        for group in (0..4u32).rev() {
            let part = yuan / 10_000u64.pow(group) % 10_000;
            for place in (0..4u32).rev() {
                let digit = (part / 10u64.pow(place) % 10) as usize;
                if digit == 0 {
                    pending_zero = true;
                    continue;
                }
                if pending_zero && out.chars().last().is_some_and(|c| c != '币' && c != '负') {
                    out.push_str(DIGITS[0]);
                }
                pending_zero = false;
                out.push_str(DIGITS[digit]);
                out.push_str(PLACES[place as usize]);
            }
            if part > 0 {
                out.push_str(GROUPS[group as usize]);
            }
        }
        if yuan > 0 {
            out.push('元');
        } else if fen == 0 {
            out.push_str("零元");
        }
        if jiao == 0 && cent == 0 {
            out.push('整');
            return out;
        }
        if jiao > 0 {
            // A zero within the yuan's last places is spoken before the jiao only where the yuan end in zero.
            if yuan > 0 && yuan % 10 == 0 {
                out.push_str(DIGITS[0]);
            }
            out.push_str(DIGITS[jiao]);
            out.push('角');
        } else if yuan > 0 {
            out.push_str(DIGITS[0]);
        }
        if cent > 0 {
            out.push_str(DIGITS[cent]);
            out.push('分');
        } else {
            out.push('整');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        for (text, fen) in [
            ("0", 0),
            ("1234.5", 123_450),
            ("12,345.60", 1_234_560),
            (" ¥ 8 ", 800),
            ("１２．５", 1250),
            ("-3.20", -320),
            ("9999999999.99", 999_999_999_999),
        ] {
            assert_eq!(Money::parse(text).map(Money::fen), Ok(fen), "{text}");
        }
        assert_eq!(Money::parse("1.005"), Err(MoneyError::TooManyDecimals));
        assert_eq!(Money::parse("10000000000"), Err(MoneyError::TooLarge));
        for text in ["", "abc", "1e3", "1.2.3", ".", ",5", "--1", "1,5", "1,23,456", "1,2345", "1,5.00"] {
            assert_eq!(Money::parse(text), Err(MoneyError::NotANumber), "{text}");
        }
    }

    #[test]
    fn rounds_half_up_in_integers() {
        assert_eq!(Money::parse_rounding("957.5775").map(Money::fen), Ok(95_758));
        assert_eq!(Money::parse_rounding("0.005").map(Money::fen), Ok(1));
        assert_eq!(Money(95_758).divide_half_up(5), Some(Money(19_152)));
        // Away from zero on either side of it.
        assert_eq!(Money::parse_rounding("-957.5775").map(Money::fen), Ok(-95_758));
        assert_eq!((Money(-95_758).divide_half_up(5), Money(-95_757).divide_half_up(5)), (Some(Money(-19_152)), Some(Money(-19_151))));
        assert_eq!(Money(1_050).less_discount(5, 100), Some(Money(998)));
        assert_eq!(Money(1_050).less_discount(101, 100), None);
    }

    #[test]
    fn real_columns_round_trip() {
        for fen in [0, 1, 29, 57, 101, 999_999_999_999, -1, -115] {
            assert_eq!(Money::from_real(Money(fen).to_real()), Some(Money(fen)));
        }
        assert_eq!(Money::from_real(f64::NAN), None);
    }

    #[test]
    fn prints() {
        assert_eq!(Money(1_234_560).yuan(), "¥12,345.60");
        assert_eq!((Money(-5).yuan(), Money::ZERO.yuan()), ("−¥0.05".to_owned(), "¥0.00".to_owned()));
        assert_eq!(Money(-5).to_string(), "−0.05");
        assert_eq!(quantity(-1280), "−1,280");
        assert_eq!([1280, -2, 0].map(signed), ["+1,280", "−2", "0"]);
    }

    /// Written by hand after the rules of the People's Bank for cheques and settlement.
    #[test]
    fn capitals_follow_the_rules_of_cheques() {
        for (typed, text) in [
            ("0", "人民币零元整"),
            ("0.05", "人民币伍分"),
            ("0.10", "人民币壹角整"),
            ("0.50", "人民币伍角整"),
            ("1.05", "人民币壹元零伍分"),
            ("10.00", "人民币壹拾元整"),
            ("10.50", "人民币壹拾元零伍角整"),
            ("100.00", "人民币壹佰元整"),
            ("1,001.01", "人民币壹仟零壹元零壹分"),
            ("325.04", "人民币叁佰贰拾伍元零肆分"),
            ("1,409.50", "人民币壹仟肆佰零玖元伍角整"),
            ("1,680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
            ("6,007.14", "人民币陆仟零柒元壹角肆分"),
            ("10,001.00", "人民币壹万零壹元整"),
            ("13,480.00", "人民币壹万叁仟肆佰捌拾元整"),
            ("16,409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
            ("100,010.00", "人民币壹拾万零壹拾元整"),
            ("107,000.53", "人民币壹拾万零柒仟元零伍角叁分"),
            ("10,100,000.05", "人民币壹仟零壹拾万元零伍分"),
            ("100,000,000.00", "人民币壹亿元整"),
            ("100,000,050.00", "人民币壹亿零伍拾元整"),
            ("1,000,100,000.00", "人民币壹拾亿零壹拾万元整"),
            ("9,999,999,999.99", "人民币玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
            ("-8.80", "人民币负捌元捌角整"),
        ] {
            assert_eq!(Money::parse(typed).map(Money::capitals), Ok(text.to_owned()), "{typed}");
        }
        // What was rounded to the fen is what is spelt out.
        for (typed, text) in
            [("0.004", "人民币零元整"), ("0.005", "人民币壹分"), ("9.995", "人民币壹拾元整"), ("957.5775", "人民币玖佰伍拾柒元伍角捌分")]
        {
            assert_eq!(Money::parse_rounding(typed).map(Money::capitals), Ok(text.to_owned()), "{typed}");
        }
    }
}
