MESSAGES: dict[str, tuple[str, str]] = {
    "drafts.another-window": (
        "这份草稿在另一个窗口里存过不同的文字，没有互相覆盖。请对照两份文字，再决定用哪一份。",
        "Another window saved a different text of this draft; neither was overwritten. Compare the"
        " two and choose.",
    ),
    "drafts.gone": (
        "这份草稿已经提交或放弃。您现在写的文字另存为一份新草稿。",
        "This draft was sent or discarded. What you write now is kept as a new draft.",
    ),
    "drafts.begun-again": (
        "这个表单里已有您后来写的文字，没有互相覆盖。请先提交或放弃后来的那一份，再找回这一份。",
        "You have begun another text in this form since; neither was overwritten. Send or discard"
        " the later one first, then take this one back.",
    ),
    "drafts.too-large": (
        "文字超过了草稿能留存的大小（{most} KB），只留在本机，没有存到服务器。"
        "请尽快提交，或把长文字存为文件上传。",
        "The text is larger than a draft may be ({most} KB); it is kept on this device only, not"
        " on the server. Send it soon, or upload a long text as a file.",
    ),
    "drafts.too-many": (
        "您已有 {count} 份没有提交的文字，新的一份只留在本机。请到“未提交的文字”里提交或放弃几份。",
        "You have {count} unsent texts; the new one is kept on this device only. Send or discard"
        " some of them under 'Unsent texts'.",
    ),
    "drafts.too-much": (
        "您的草稿合计超过 {most} MB，这一份只留在本机。请到“未提交的文字”里提交或放弃几份。",
        "Your drafts take more than {most} MB together; this one is kept on this device only. Send"
        " or discard some of them under 'Unsent texts'.",
    ),
    "drafts.unreadable": (
        "草稿没有存上：送来的内容不完整。文字还在本机，请刷新页面后再试。",
        "The draft was not kept: what was sent is incomplete. The text is still on this device;"
        " reload the page and try again.",
    ),
    "drafts.somebody-else": (
        "这个浏览器现在登录的是另一个账户，文字只留在本机，没有存到服务器。请用写这些文字的账户重新登录。",
        "Another account is signed in at this browser now; the text is kept on this device only,"
        " not on the server. Sign in again with the account that wrote it.",
    ),
}
