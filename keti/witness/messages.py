"""What the witness room says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "witness.own-eyes": (
        "校验点由持有它的人亲自核对，不能代录。请其本人登录后确认。",
        "A checkpoint is compared by whoever holds it, never on behalf of others. Ask them to sign"
        " in and confirm it.",
    ),
    "witness.no-unit": (
        "您以{seat}的身份在此，没有登记单位。确认以单位名义作出，请由有单位的人办理。",
        "You act as {seat} and no unit is on record for you. A checkpoint is confirmed in the name"
        " of a unit: ask somebody who acts for one.",
    ),
    "witness.keeper": (
        "{unit}是秘书处，保管着这份记录，应由其他单位核对。请把校验点寄给他们。",
        "{unit} keeps the secretariat and so this record: another unit compares it. Send them the"
        " checkpoint.",
    ),
    "witness.only-its-unit": (
        "这是{unit}的，由该单位自己撤回。",
        "This is {unit}'s own; that unit itself takes it back.",
    ),
    "witness.too-short": (
        "请至少输入根值的前 {fewest} 个字符。",
        "Type the first {fewest} characters of the root at least.",
    ),
    "witness.slip": (
        "大小写与校验点不同。根值区分大小写，请对照来信或文件再输一次。",
        "Upper and lower case differ from the checkpoint. A root tells them apart: look at your"
        " letter or paper and type it again.",
    ),
    "witness.not-kept": (
        "这是本记录写到第 {size} 行时的根值，与记录一致，没有被改动；"
        "但那时没有留存校验点，不能确认。请用每月来信或报告上的校验点确认。",
        "This is the root the record had at line {size}: it agrees, nothing was changed. No"
        " checkpoint was kept of that moment, so there is none to confirm. Confirm the one in a"
        " monthly letter or a report.",
    ),
    "witness.differs": (
        "您输入的不是本记录任何时候的根值，没有确认。请逐字对照手里的来信或文件；如果抄写无误，"
        "说明您手里的校验点与这份记录不是同一部历史：请保存原件，不要还给秘书处，并把它交给核对程序。"
        "秘书处已收到警报。",
        "What you typed is no root this record ever had, so nothing was confirmed. Compare it with"
        " your letter or paper sign by sign. If you copied it right, the checkpoint you hold and"
        " this record are two histories: keep the original, do not give it back, and check it with"
        " the verifier. The secretariat has been alarmed.",
    ),
    "witness.agrees": (
        "您输入的与记录一致，不需要报告。",
        "What you typed agrees with the record; there is nothing to report.",
    ),
    "witness.confirmed-already": (
        "贵单位已经确认过 {size} 行的校验点。等下一个校验点再来核对。",
        "Your unit has confirmed the checkpoint of {size} lines already. Come back with the next"
        " one.",
    ),
    "witness.withdrawn-already": (
        "这次确认已经撤回。",
        "This confirmation has been taken back already.",
    ),
    "witness.reason-needed": ("请写明撤回的原因。", "Say why you take it back."),
    "witness.not-a-key": (
        "这一行不是单位签名用的公钥。请把 make-key 打印的那一整行原样粘贴（名称+编号+公钥）；"
        "以 PRIVATE+KEY 开头的是私钥，不要交出来。",
        "This is no public key for a unit's signature. Paste the whole line that make-key printed"
        " (name, id and key). What begins with PRIVATE+KEY is the private half: give it to nobody.",
    ),
    "witness.key-name": (
        "这把钥匙的名称与本平台的相同或相近，会被误认。请用贵单位的名称另做一把。",
        "The name of this key would pass for this installation's. Make another one under your"
        " unit's own name.",
    ),
    "witness.key-too-long": (
        "钥匙的名称太长：整行最多 {most} 个字符。请用短一些的名称另做一把。",
        "The name of the key is too long: the whole line has {most} characters at most. Make one"
        " with a shorter name.",
    ),
    "witness.key-of-another": (
        "这把钥匙已由别的单位登记。一把钥匙只属于一个单位，请另做一把。",
        "Another unit has lodged this key. A key belongs to one unit alone: make another.",
    ),
    "witness.key-same": (
        "贵单位现在用的就是这把钥匙，不必再登记。",
        "This is the key your unit signs with now; it need not be lodged again.",
    ),
    "witness.key-withdrawn-already": (
        "这把钥匙已经停用。",
        "This key has been taken back already.",
    ),
    "witness.no-key": (
        "贵单位还没有登记签名用的公钥，请先登记；也可以在“核对校验点”页上确认，由平台见证。",
        "Your unit has lodged no key yet: lodge it first, or confirm on the page for checkpoints,"
        " to which the installation bears witness.",
    ),
    "witness.not-a-note": (
        "读不出校验点。请把 cosign 打印的各行全部粘贴：来源、行数、根值、一个空行和签名行。",
        "This cannot be read as a checkpoint. Paste all the lines that cosign printed: origin,"
        " number of lines, root, an empty line and the signature.",
    ),
    "witness.not-by-your-key": (
        "下面没有贵单位登记的钥匙（{key}）的签名。请核对用的是哪一把钥匙，签名行是否粘贴完整。",
        "There is no signature below by the key that your unit has lodged ({key}). See which key"
        " was used, and whether the line was pasted whole.",
    ),
    "witness.bad-signature": (
        "签名与校验点不符：签名之后有字符被改动，或没有粘贴完整，或不是这把钥匙签的。请重新签名。",
        "The signature does not fit the checkpoint: something was changed after it was signed, or"
        " not pasted whole, or another key made it. Sign again.",
    ),
    "witness.signed-ahead": (
        "签名所写的时间还没有到。请校准签名所用电脑的时钟后重新签名。",
        "The moment that the signature tells is still to come. Set the clock of the machine that"
        " signed, and sign again.",
    ),
    "witness.other-checkpoint": (
        "根值相同，但来源或行数与本记录的校验点不同，签的不是这一个。请从本页下载校验点再签。",
        "The root is the same, but the origin or the number of lines is not that of this record's"
        " checkpoint. Download the checkpoints from this page and sign again.",
    ),
    "witness.signed-already": (
        "贵单位已经签过 {size} 行的校验点。等下一个校验点再来签。",
        "Your unit has signed the checkpoint of {size} lines already. Come back with the next one.",
    ),
    "witness.told-key-subject": (
        "登记了签名公钥：{unit}",
        "A key was lodged: {unit}",
    ),
    "witness.told-key": (
        "{who}在“{programme}”为{unit}登记了签名公钥，指纹 {key}。"
        "以后用它签的校验点以{unit}自己的名义作出。如果不是贵单位的安排，请马上在下面的页面停用这把钥匙并告知秘书处。",
        "{who} lodged a key for {unit} in {programme}, fingerprint {key}. Checkpoints signed with"
        " it are signed in the name of {unit} itself. If your unit did not arrange this, take the"
        " key back on the page below at once, and tell the secretariat.",
    ),
    "witness.told-disputed-subject": (
        "校验点不符：{unit}",
        "A checkpoint differs: {unit}",
    ),
    "witness.told-disputed": (
        "{unit}的{who}手里有一个以 {typed} 开头的根值，“{programme}”的记录从来没有过这个根值。"
        "如果不是抄错，就有两部不同的记录：请联系对方核对原件，并请平台管理员运行 keti doctor，"
        "用备份和各单位手里的凭证查明哪一部是真的。此事已记入办理记录。",
        "{who} of {unit} holds a root that begins with {typed}; the record of {programme} never had"
        " such a root. If it was not mistyped there are two histories: compare the original with"
        " them, have whoever keeps the installation run keti doctor, and find out by backups and"
        " the receipts that units hold which is the true one. This stands in the record.",
    ),
    "witness.told-monthly-subject": (
        "本月校验点，请留存：{programme}",
        "This month's checkpoint, please keep it: {programme}",
    ),
    "witness.told-monthly": (
        "“{programme}”的办理记录于 {at} 共 {size} 行，根值为\n\n{root}\n\n"
        "请保存这封信。日后的记录若与它不符，就说明记录被改过。"
        "有空时请打开下面的页面，输入根值的前 8 个字符，为贵单位确认一次。",
        "On {at} the record of {programme} had {size} lines; its root is\n\n{root}\n\n"
        "Keep this letter: a later record that does not agree with it was changed. When you have a"
        " moment, open the page below, type the first 8 characters of the root, and confirm it for"
        " your unit.",
    ),
}
