//! The README's table of commands is the one in the code, in both languages.

use std::fs;

use zhanggui::models::rights::Command;

#[test]
fn every_command_stands_in_both_readmes_and_names_a_public_function() {
    for file in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(file).unwrap();
        for command in Command::ALL {
            let info = command.info();
            let row = format!("| `{}` | `{}` |", info.name, info.function);
            assert!(text.contains(&row), "{file} lacks {row}");
        }
        assert_eq!(text.lines().filter(|line| line.starts_with("| `")).count(), Command::ALL.len(), "{file} names a command that is none");
    }
    for command in Command::ALL {
        let (area, name) = command.info().function.split_once("::").unwrap();
        let source = fs::read_to_string(format!("src/services/{area}.rs")).unwrap();
        assert!(source.contains(&format!("pub fn {name}(")), "{area}.rs has no public {name}");
    }
}
