"""What the room of letters says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "letters.only-the-secretariat": (
        "收件单位和函件由秘书处登记、起草和跟踪。您以{seat}的身份在此。",
        "The secretariat keeps offices and letters. You act as {seat}.",
    ),
    "letters.only-who-decides": (
        "由秘书处或委托方办理。您以{seat}的身份在此。",
        "The secretariat or the commissioner does this. You act as {seat}.",
    ),
    "letters.only-named-roles": (
        "实施方案规定这份名单由{roles}批准。您以{seat}的身份在此。",
        "By the charter this list is approved by: {roles}. You act as {seat}.",
    ),
    "letters.name-needed": ("请写明单位名称。", "Say what the office is called."),
    "letters.kind-unknown": ("请从所列类别中选一个。", "Choose one of the kinds listed."),
    "letters.division-unknown": (
        "“{division}”不是 34 个省级、333 个地级区划之一，或有几个同名。请填六位代码或全称。",
        "“{division}” is none of the 34 provincial and 333 prefectural divisions, or several are"
        " called so. Type the six-digit code or the whole name.",
    ),
    "letters.division-needed": (
        "省级、地市级单位请填所在的行政区划，否则不能计入覆盖情况。",
        "Say which division a provincial or prefectural office belongs to: without it it counts"
        " nowhere.",
    ),
    "letters.office-known": (
        "已有单位叫“{name}”。请更正原有的一个，或先把它撤销。",
        "There is an office called “{name}” already. Mend that one, or withdraw it first.",
    ),
    "letters.office-withdrawn": (
        "“{name}”已撤销，不再更改。需要时请重新录入。",
        "“{name}” was withdrawn and changes no more. Enter it anew if it is needed.",
    ),
    "letters.reason-needed": ("请写明原因。", "Say why."),
    "letters.successor-unfit": (
        "继任单位须是本课题另一个未撤销的单位。",
        "The successor is another office of this programme that was not withdrawn.",
    ),
    "letters.no-sheet": (
        "这不是表格。请上传 xlsx、xls、et 或 csv。",
        "This is no spreadsheet. Upload xlsx, xls, et or csv.",
    ),
    "letters.sheet-nothing": (
        "表中没有一行可以登记。请看下面逐行的说明，改好后再上传。",
        "Not one row of the sheet can be entered. See below what is wrong in which row, and upload"
        " it again.",
    ),
    "letters.sheet-no-names": (
        "没有找到“单位名称”一栏。第一行请写栏名，或下载模板。",
        "There is no column of office names. Name the columns in the first row, or download the"
        " template.",
    ),
    "letters.sheet-no-codes": (
        "没有找到“条码号”一栏。请写栏名：条码号、快递单号、承运、日期、退回原因。",
        "There is no column of codes. Name the columns: Code, Tracking number, Carrier, Date,"
        " Reason.",
    ),
    "letters.row-no-name": ("没有单位名称", "no office name"),
    "letters.row-division-unknown": (
        "不是省级或地级区划，或有几个同名；请填六位代码",
        "no provincial or prefectural division, or several are called so; type the code",
    ),
    "letters.row-kind-unknown": (
        "类别请写：省级、地市级、部委、其他",
        "the kind is one of: provincial, prefectural, ministry, other",
    ),
    "letters.row-no-division": (
        "省级、地市级单位没有写行政区划",
        "a provincial or prefectural office without its division",
    ),
    "letters.row-postcode": ("邮编不是六位数字", "a postcode has six digits"),
    "letters.row-mail": ("不是邮箱", "no mail address"),
    "letters.row-long": ("太长，最多 {most} 字", "too long: {most} characters at most"),
    "letters.row-twice": ("与第 {first} 行是同一单位", "the same office as in row {first}"),
    "letters.row-code-unknown": ("这封函里没有这个编号或文号", "no piece of this letter"),
    "letters.row-code-slip": (
        "校验位不符，扫描或抄写有误",
        "the check digit differs: it was scanned or typed wrong",
    ),
    "letters.row-code-twice": ("前面已有这个编号", "this piece stands above already"),
    "letters.row-cannot-follow": (
        "按这一件现在的状态，不能接着记这种情况",
        "this cannot come next for a piece in its present state",
    ),
    "letters.row-no-reason": ("退回的没有写原因", "returned without a reason"),
    "letters.row-day": ("日期看不懂，请写成 2022-11-30", "no date: write it like 2022-11-30"),
    "letters.key-unfit": (
        "名单标识由小写字母、数字和下划线组成，以字母开头。",
        "A key consists of small letters, digits and underscores and begins with a letter.",
    ),
    "letters.title-needed": ("请写标题。", "Give it a title."),
    "letters.list-empty": (
        "这样选没有一个单位。请先登记收件单位，或换一种选法。",
        "No office is chosen so. Enter offices first, or choose otherwise.",
    ),
    "letters.list-decided": (
        "这份名单已经批准或撤销。需要改动请起草新的一版。",
        "This list was approved or withdrawn already. Draft its next edition to change it.",
    ),
    "letters.list-names-withdrawn": (
        "名单中的“{name}”已撤销。请撤销这份名单，重新起草。",
        "“{name}” on the list was withdrawn meanwhile. Withdraw this list and draft it anew.",
    ),
    "letters.list-not-approved": (
        "名单“{list}”还没有批准，不能发函。请先批准。",
        "The list “{list}” is not approved: no letter goes to it. Approve it first.",
    ),
    "letters.body-needed": ("请写正文。", "Write the text."),
    "letters.channel-unknown": ("请从所列寄送方式中选一个。", "Choose one of the channels."),
    "letters.field-unknown": (
        "“{word}”不是可用的合并域。可用的有：{fields}。",
        "“{word}” is no merge field. There are: {fields}.",
    ),
    "letters.no-report-yet": (
        "正文用了 {{报告网址}}，但报告还没有发布。请发布后再签发，或去掉这一处。",
        "The text says {{report}}, but nothing is published yet. Issue it afterwards, or take that"
        " field out.",
    ),
    "letters.no-draft": (
        "这封函已经签发或作废，不能再改。需要更正请另发一函。",
        "This letter was issued or dropped and changes no more. Another letter corrects it.",
    ),
    "letters.reach-not-now": (
        "现在不能这样做：函件未签发，或已经是这样。",
        "Not now: the letter is not issued, or it stands so already.",
    ),
    "letters.passage-unknown": ("请从所列情况中选一个。", "Choose one of the cases listed."),
    "letters.passage-cannot-follow": (
        "{number} 按现在的状态不能接着记这种情况。记错的请先更正。",
        "This cannot come next for {number} in its present state. Correct what was noted wrongly"
        " first.",
    ),
    "letters.receipt-needed": (
        "请上传回执或签收单：有凭据才算。",
        "Upload the acknowledgement or receipt: it counts by its evidence.",
    ),
    "letters.nothing-to-note": (
        "没有一件可以登记。请看下面逐行的说明。",
        "Nothing can be noted. See below what is wrong in which row.",
    ),
    "letters.nothing-to-correct": (
        "这一件还没有记过什么，不需要更正。",
        "Nothing was noted of this piece, so there is nothing to correct.",
    ),
    "letters.outcome-needed": ("请写明结果。", "Say what came of it."),
    "letters.withdrawn-already": ("已经撤回。", "It was withdrawn already."),
    "letters.printing-all": (
        "{title}：{size} 封合为一个 PDF",
        "{title}: {size} letters in one PDF",
    ),
    "letters.printing-each": (
        "{title}：{size} 个单独的 PDF",
        "{title}: {size} PDF files of one letter each",
    ),
    "letters.printing-labels": ("{title}：地址标签", "{title}: address labels"),
    "letters.say-demo": ("演示", "Demonstration"),
    "letters.say-colon": ("：", ","),
    "letters.say-copies": ("抄送：", "Copies: "),
    "letters.say-printed": ("印发", " printed"),
    "letters.say-signed": ("签发人：", "Signed for issue: "),
    "letters.say-code": ("条码号 ", "Code "),
    "letters.say-labels": ("地址标签", "Address labels"),
    "letters.say-to": ("收件：", "To: "),
}
