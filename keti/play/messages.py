MESSAGES: dict[str, tuple[str, str]] = {
    "play.no-such-outcome": (
        "方案中没有“{wish}”这样的关口和结论。可用：{known}",
        "The charter has no gate with the outcome {wish}. Known: {known}",
    ),
}
