"""What a check of a ledger, a receipt or a release may find, in Chinese and English."""

FAULTS: dict[str, tuple[str, str]] = {
    "ledger.no-checkpoint": (
        "文件末行不是校验点：文件不完整或不是办理记录。",
        "The last line is no checkpoint: the file is incomplete or is not a ledger.",
    ),
    "ledger.head-differs": (
        "各行与校验点不符：有记录被增删、改动或调换。",
        "The lines do not match the checkpoint: entries were added, removed, changed or moved.",
    ),
    "ledger.not-canonical": (
        "该行的写法不是规范格式，已被改动。",
        "This line is not in canonical form; it was changed.",
    ),
    "ledger.out-of-order": (
        "该行序号不连续：有记录被删除或调换。",
        "The number of this line is out of order: entries were removed or moved.",
    ),
    "ledger.content-differs": (
        "该行内容与其承诺值不符，内容已被改动。",
        "The content of this line does not match its commitment; it was changed.",
    ),
    "ledger.unreadable-line": ("该行无法读取。", "This line cannot be read."),
    "ledger.bad-checkpoint": (
        "给出的校验点不可读：应为三行，来源、条数、根值。",
        "The checkpoint given cannot be read: it has three lines, origin, size and root.",
    ),
    "ledger.not-the-trusted-history": (
        "与给出的校验点不是同一部记录。",
        "This is not the history of the checkpoint given.",
    ),
    "ledger.hash-differs": (
        "该行与行内所载的校验码不符：时间、事由、经手人等已被改动，或校验码被改动。",
        "This line does not match the hash it carries: its time, kind, actor or another field was"
        " changed, or the hash was.",
    ),
    "ledger.time-went-back": (
        "该行的记录时间早于上一行。",
        "This line was recorded before the line above it.",
    ),
    "ledger.happened-after-recorded": (
        "该行所记的事发生在记录之后，不可能如此。",
        "What this line tells happened after it was recorded, which cannot be.",
    ),
    "ledger.not-signed": (
        "校验点没有用这把钥匙签名，或签名之后被改动。",
        "The checkpoint is not signed with this key, or it was changed after it was signed.",
    ),
    "ledger.another-key": (
        "文件用的不是您所持的那把公钥。",
        "The file names another public key than the one you hold.",
    ),
    "ledger.receipt-unreadable": (
        "凭证从该行起读不懂。",
        "From this line on the receipt cannot be read.",
    ),
    "ledger.receipt-spelling": (
        "凭证该行的写法不是规范格式，已被改动。",
        "This line of the receipt is not in canonical form; it was changed.",
    ),
    "ledger.receipt-way": (
        "校验点是真的，但这一行记录到不了它：序号或证明路径已被改动，或这一行从未记录在册。",
        "The checkpoint is genuine, but the line does not lead to it: its place or the proof was"
        " changed, or the line never stood in the record.",
    ),
    "ledger.receipt-checkpoint": (
        "校验点已被改动或换掉：签名不符，这一行记录也到不了它。",
        "The checkpoint was changed or swapped: its signature does not fit, nor does the line lead"
        " to it.",
    ),
    "ledger.receipt-signature": (
        "校验点的来源名或签名已被改动，或签名的不是这把钥匙。",
        "The origin of the checkpoint or its signature was changed, or another key signed it.",
    ),
    "ledger.fork": (
        "两份文件出自同一来源、同样行数，根值却不同：记录有两个版本，其中至少一个是假的。",
        "Two files of one origin and one size have different roots: there are two histories, and"
        " one of them at least is false.",
    ),
    "ledger.cut-short": (
        "所持的校验点比这份记录还多：后面的记录被删去了，或这份导出较早。",
        "A checkpoint that is held counts more lines than this ledger: later lines were removed, or"
        " this export is older.",
    ),
    "ledger.history-broken": (
        "该行不是这份清单应有的校验点：写法、来源或次序不对。",
        "This line is no checkpoint as this file must have it: its spelling, origin or order is"
        " wrong.",
    ),
    "ledger.history-differs": (
        "该行的校验点与一同给出的记录、凭证或校验点不是同一部历史。",
        "The checkpoint on this line is another history than the record, receipt or checkpoint"
        " given with it.",
    ),
    "ledger.change-unsigned": (
        "更换钥匙的声明已被改动，或没有由新旧两把钥匙签名。",
        "The change of key was altered, or is not signed by both the older and the newer key.",
    ),
    "ledger.confirmation-unsigned": (
        "该行校验点下某单位的核对确认已被改动，或不是这把钥匙见证的。",
        "A unit's confirmation under the checkpoint on this line was altered, or is not witnessed"
        " by this key.",
    ),
    "ledger.cosignature-wrong": (
        "该行校验点下某单位用自己的钥匙所作的签名已被改动，或不是所列的那把钥匙签的。",
        "A unit's own signature under the checkpoint on this line was altered, or is not by the key"
        " that the line names.",
    ),
    "ledger.enclosed-differs": (
        "文件在附上凭证之后被改动过：附有凭证的文件，一个字节都不能变。",
        "The file was changed after its receipt was put in: not a byte of it may differ.",
    ),
    "ledger.enclosed-unnamed": (
        "文件所附的凭证说的是另一份文件：这一份不是记录所载的那一份。",
        "The receipt in this file is of another file: this one is not what the record names.",
    ),
    "ledger.unknown-file": (
        "这份文件的校验值（SHA-256）在所给的记录和凭证里都没有。",
        "No ledger and no receipt given names this file's SHA-256.",
    ),
}
