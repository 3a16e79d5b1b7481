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
    "planning.draft-moved-on": (
        "草稿已在另一个窗口改过。请刷新后再改，刚填的内容仍在本页。",
        "The draft was changed in another window. Reload it; what you typed is still on this page.",
    ),
    "planning.nothing-to-undo": ("没有可以撤销的改动。", "There is no change to take back."),
    "planning.not-your-draft": ("这份草稿不是您的。", "This draft is not yours."),
    "planning.id-taken": (
        "标识“{id}”已被使用或不合格式：小写英文字母开头，只用小写字母、数字、下划线与点。",
        "The id {id} is taken or not an id: begin with a small letter; use small letters, digits, underscores and dots.",
    ),
    "planning.unreadable-file": ("第 {line} 行第 {column} 列：{words}", "Line {line}, column {column}: {words}"),
}
