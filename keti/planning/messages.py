MESSAGES: dict[str, tuple[str, str]] = {
    "planning.charter-has-errors": (
        "实施方案有{count}处错误，没有保存任何内容。第一处：{first}",
        "The charter has {count} errors; nothing was stored. The first: {first}",
    ),
    "planning.slug-taken": (
        "课题代号“{slug}”已被使用，请换一个。",
        "The programme name {slug} is taken; choose another.",
    ),
    "planning.not-a-founder": (
        "只有安装时登记的秘书处账户可以新建课题。",
        "Only the secretariat's account registered at set-up founds programmes.",
    ),
    "planning.already-open": (
        "此安装已有秘书处账户，请直接登录。",
        "This installation has its secretariat's account already; sign in.",
    ),
    "planning.wrong-token": (
        "口令不对。请从启动 keti 的终端窗口复制那一行。",
        "The token is not right. Copy it from the terminal in which keti was started.",
    ),
}
