MESSAGES: dict[str, tuple[str, str]] = {
    "accounts.person-needs-a-name": ("请填写姓名。", "Enter the person's name."),
    "accounts.unit-needs-a-name": ("请填写单位名称。", "Enter the unit's name."),
    "accounts.no-mail": (
        "{who}没有登记邮箱，不能开通登录；可以发送单项办理链接。",
        "No mail address is known for {who}, so no sign-in can be opened; send a one-duty link "
        "instead.",
    ),
}
