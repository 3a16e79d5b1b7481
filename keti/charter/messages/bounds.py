"""What is more or longer than a programme can hold."""

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.too-many": (
        "“{word}”多于 {limit} 项，装不下。",
        "There are more than {limit} of '{word}': more than a programme can hold.",
    ),
    "charter.too-long": (
        "名称多于 {limit} 个字符。",
        "The name is longer than {limit} characters.",
    ),
}
SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.too-many": ("分成几个课题", "make several programmes of it"),
    "charter.too-long": ("改短，细节写入正文", "shorten it; details belong into a text"),
}
NUMBERS: dict[str, str] = {"charter.too-many": "SHP158", "charter.too-long": "SHP159"}
