/// What the argument parser says, by its English wording, and how that is
/// said in Chinese. `{}` stands for what the user typed.
public enum ParserWording {
    /// Errors: the parser's wording, the Chinese one.
    public static let errors: [(en: String, zh: String)] = [
        ("Missing expected argument '{}'", "缺少参数 {}"),
        ("Missing value for '{}'", "选项 {} 缺少值"),
        ("Missing one of: {}", "缺少其中之一：{}"),
        ("Unknown option '{}'. Did you mean '{}'?", "没有选项 {}，是否想写 {}？"),
        ("Unknown option '{}'", "没有选项 {}"),
        ("Unexpected argument '{}'. Did you mean '{}'?", "多余的参数“{}”，是否想写 {}？"),
        ("Unexpected argument '{}'", "多余的参数“{}”"),
        ("{} unexpected arguments: {}", "多余的 {} 个参数：{}"),
        ("The value '{}' is invalid for '{}'. Please provide one of {}", "“{}”不能作为 {} 的值，可用 {}"),
        ("The value '{}' is invalid for '{}'", "“{}”不能作为 {} 的值"),
        ("Value to be set with flag '{}' had already been set with flag '{}'", "{} 与 {} 不能同时使用"),
    ]

    /// Headings and fixed words of help pages.
    public static let help: [(en: String, zh: String)] = [
        ("OVERVIEW: ", "概述："), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："),
        ("SUBCOMMANDS:", "命令："), ("Show the version.", "显示版本"), ("Show help information.", "显示帮助"),
        ("See 'louyu help <subcommand>' for detailed help.", "用 louyu help <命令> 查看详细帮助。"),
    ]

    /// The hint below a usage error.
    public static func seeHelp(_ command: String) -> Text {
        Text(zh: "用 \(command) --help 查看用法", en: "see \(command) --help")
    }
}
