//! Words of the data that every new file begins with: ways of payment, results of follow-ups. They are stored in Chinese.

use super::{Lang, texts};

texts! {
    /// The words as they are stored, and what stands for them in English.
    Words {
        transfer: "银行转账", "Bank transfer";
        wechat: "微信", "WeChat";
        alipay: "支付宝", "Alipay";
        cash: "现金", "Cash";
        other: "其他", "Other";
        contacted: "已联系", "Contacted";
        interested: "有意向", "Interested";
        awaiting: "待答复", "Awaiting reply";
        won: "已成交", "Won";
        no_answer: "未接通", "No answer";
        not_interested: "无意向", "Not interested";
    }
}

impl Lang {
    /// A stored word as this language shows it; words of the company's own stay as they are.
    pub fn word(self, word: &str) -> &str {
        match self {
            Lang::ZhCn => word,
            Lang::En => Words::ALL.iter().find(|(_, stored, _)| *stored == word).map_or(word, |(_, _, shown)| shown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::config::{Config, ConfigKey};

    #[test]
    fn every_default_word_has_its_english() {
        let config = Config::decode(|_: ConfigKey| None);
        for word in config.payment_methods.iter().chain(&config.followup_results) {
            assert_ne!(Lang::En.word(word), word);
            assert_eq!(Lang::ZhCn.word(word), word);
        }
        assert_eq!(Lang::En.word("贝壳"), "贝壳");
    }
}
