MESSAGES: dict[str, tuple[str, str]] = {
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
    "ledger.time-runs-back": (
        "时钟早于上一条记录，未予记录。请管理员检查服务器时间。",
        "The clock stands before the previous entry; nothing was recorded. Ask the administrator "
        "to check the server's clock.",
    ),
}
