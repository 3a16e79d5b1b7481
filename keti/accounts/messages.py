MESSAGES: dict[str, tuple[str, str]] = {
    "accounts.another-name": (
        "邮箱{mail}已登记在“{known}”名下，与填写的“{typed}”不同。请选明是同一个人还是另一个人；"
        "是同一个人而登记有误的，勾选更正。",
        "{known} is on record with this address {mail}, not {typed}. Say whether they are one "
        "person or two; if one, and the record is wrong, tick that it is corrected.",
    ),
    "accounts.another-name-elsewhere": (
        "邮箱{mail}已登记在他人名下，与填写的“{typed}”不同；此人不在本课题任职，姓名不显示。请向“{typed}”核对邮箱，"
        "再选明是同一个人还是另一个人。",
        "The address {mail} is on record under another name than {typed}; its owner holds no seat "
        "here and is not named. Check the address with {typed}, then say whether they are one "
        "person or two.",
    ),
    "accounts.who-is-meant": (
        "已有登记的人与“{who}”同名。请选明是其中哪一位，还是同名的另一个人。",
        "Somebody of the name {who} is on record. Say which of them is meant, or that it is "
        "another person of the same name.",
    ),
    "accounts.another-unit": (
        "{who}登记的单位是“{known}”，与填写的“{typed}”不同。请选明是同一个人还是另一个人；是同一个人而登记有误的，勾选更正。",
        "{who} is on record with {known}, not {typed}. Say whether they are one person or two; if "
        "one, and the record is wrong, tick that it is corrected.",
    ),
    "accounts.another-unit-elsewhere": (
        "{who}登记的单位与填写的“{typed}”不同；此人不在本课题任职，登记的单位不显示。请向本人核对，再选明是同一个人还是另一个人。",
        "{who} is on record with another unit than {typed}, and holds no seat here; the unit on "
        "record is not named. Check with them, then say whether they are one person or two.",
    ),
    "accounts.only-founders": (
        "只有能建立课题的人可以增减管理人。",
        "Only who may found programmes says who else may.",
    ),
    "accounts.founder-needs-mail": (
        "请填写邮箱：管理人要用它登录。",
        "Enter an address: they sign in by it.",
    ),
    "accounts.last-founder": (
        "{who}是最后一位管理人。请先增加一人，再办理。",
        "{who} is the last one who keeps the installation. Name another first.",
    ),
    "accounts.founders-reset-factors": (
        "重置{who}的两步验证，须由另一位有权创建课题的人办理。",
        "The second factor of {who} is reset by another person who may found programmes.",
    ),
    "accounts.reset-needs-a-reason": (
        "请写明重置两步验证的原因（例如手机遗失，已当面核实本人）。",
        "Say why the second factor is reset (a phone was lost, the person was checked in person).",
    ),
    "accounts.no-second-factor": (
        "{who}没有设置两步验证，不需要重置。",
        "{who} has no second factor; there is nothing to reset.",
    ),
    "accounts.nobody-of-this-mail": (
        "没有邮箱为{mail}的人员。请核对地址。",
        "Nobody has the address {mail}. Check it.",
    ),
    "accounts.factor-was-reset": (
        "已重置{who}的两步验证。请本人重新登录后再设置。",
        "The second factor of {who} was reset. They sign in and set up a new one.",
    ),
    "accounts.not-an-address": (
        "这不是可用的邮箱地址。请检查是否缺少@、有空格，或者网址部分有误。",
        "This is not a mail address that can be used. Look for a missing @, a space, or a wrong "
        "domain.",
    ),
    "accounts.look-alike-address": (
        "邮箱里有与英文字母相似的字符（例如全角字母）。请用半角英文字母重新输入。",
        "The address holds signs that look like plain letters (full-width letters, for one). "
        "Type it again with plain letters.",
    ),
    "accounts.too-many-passwords": (
        "密码连续输错次数过多。请过{minutes}分钟再试，或把密码留空，用邮件里的验证码登录。",
        "Too many wrong passwords. Try again in {minutes} {minutes:minute|minutes}, or leave the "
        "password empty and "
        "sign in with a code by mail.",
    ),
    "accounts.password-door-closed": (
        "有人多次用错误的密码尝试这个邮箱，暂停从新设备用密码登录。请把密码留空，用邮件里的验证码登录；"
        "以前登录过的设备不受影响。",
        "Somebody keeps trying wrong passwords for this address, so no password is taken from a "
        "new device just now. Leave it empty and sign in with a code by mail; devices that signed "
        "in before are not affected.",
    ),
    "accounts.too-many-letters": (
        "刚刚已向这个邮箱发过几封信。请查收（包括垃圾邮件箱），或过{minutes}分钟再试。",
        "Several letters just went to this address. Look for them (in the junk folder too), or try "
        "again in {minutes} {minutes:minute|minutes}.",
    ),
    "accounts.person-needs-a-name": ("请填写姓名。", "Enter the person's name."),
    "accounts.unit-is-another": (
        "已有另一个单位登记为“{unit}”。两者确是同一单位的，请用“合并”，不要改成同名。",
        "Another unit is on record as {unit}. Where both are one, merge them; do not give two the "
        "same name.",
    ),
    "accounts.unit-needs-a-name": ("请填写单位名称。", "Enter the unit's name."),
    "accounts.only-ones-own-feed": (
        "日历订阅地址只能由本人更换；请{who}自己登录办理。",
        "Only its owner renews a calendar feed; {who} does it after signing in.",
    ),
    "accounts.no-mail": (
        "{who}没有登记邮箱，不能开通登录；可以发送单项办理链接。",
        "No mail address is known for {who}, so no sign-in can be opened; send a one-duty link "
        "instead.",
    ),
    "accounts.way-in-used": (
        "这个专用入口已经用过，只能用一次。请用邮箱验证码登录，或者重新要一个。",
        "This personal way in was used already; it works once. Sign in with a code by mail, or ask "
        "for a new one.",
    ),
    "accounts.way-in-expired": (
        "这个专用入口已过有效期。请用邮箱验证码登录，或者重新要一个。",
        "This personal way in has expired. Sign in with a code by mail, or ask for a new one.",
    ),
    "accounts.way-in-ended": (
        "这个专用入口已经停用（有了更新的一个、任职有变，或者秘书处停用了它）。请用最新收到的，或者联系秘书处。",
        "This personal way in was ended: a newer one was issued, the seat changed, or the "
        "secretariat ended it. Use the newest you have, or ask the secretariat.",
    ),
    "accounts.way-in-of-another-address": (
        "登记的邮箱已经更改，这个专用入口随之停用。请用邮箱验证码登录，或者重新要一个。",
        "The address on record was changed, and this personal way in ended with it. Sign in with a "
        "code by mail, or ask for a new one.",
    ),
    "accounts.way-in-by-hand": (
        "您已经用自己的邮箱登录过，这个专用入口不再需要。请用邮箱验证码登录。",
        "You have signed in by your own address, so this personal way in is not needed any more. "
        "Sign in with a code by mail.",
    ),
    "accounts.way-in-of-another-account": (
        "这个邮箱已用于另一个人的登录，没有登录。请联系秘书处核对登记的邮箱。",
        "Somebody else signs in by this address, so you were not signed in. Ask the secretariat to "
        "check the address on record.",
    ),
    "accounts.way-in-of-somebody-else": (
        "这个专用入口只供{who}本人使用。",
        "This personal way in is for {who} alone.",
    ),
    "accounts.only-ones-own-sessions": (
        "登录只能由本人结束；请{who}自己登录办理。",
        "Only its owner ends a session; {who} does it after signing in.",
    ),
    "accounts.no-address-to-give-up": (
        "{who}没有登记邮箱，不需要移交。",
        "No mail address is on record for {who}; there is nothing to hand over.",
    ),
    "accounts.founders-keep-their-address": (
        "{who}有权创建课题，邮箱不能移交，否则没有人能管理这个安装。请先在“我的邮箱”换成另一个邮箱。",
        "{who} may found programmes and cannot hand the address over: nobody could manage this "
        "installation. Change to another address on “My addresses” first.",
    ),
    "accounts.site-needs-a-name": (
        "请写上平台名称：页面、信件和扫码页都用它。",
        "Give the site a name: pages and letters carry it.",
    ),
    "accounts.site-too-long": (
        "这一栏最多 {most} 个字，太长的名称在页首放不下。",
        "At most {most} characters: a longer one has no room at the head of a page.",
    ),
    "accounts.no-such-year": (
        "日历上没有 {year} 年。请写四位数的年份。",
        "No calendar has a year {year}. Write the year in four figures.",
    ),
    "accounts.holiday-of-another-year": (
        "{day} 不在 {year} 年。请写进它那一年的放假安排。",
        "{day} is not in {year}. Write it into the holidays of its own year.",
    ),
    "accounts.device": ("{machine}上的{browser}", "{browser} on {machine}"),
}
