MESSAGES: dict[str, tuple[str, str]] = {
    "jobs.broke": (
        "办理时出了错，已试 {times} 次。请再试一次；仍不行，请告诉系统管理员查看日志。",
        "It failed {times} times. Try once more; if it fails again, ask whoever runs this site to"
        " read its log.",
    ),
    "jobs.broke-off": (
        "办理中断了 {times} 次，多半是内存不够或超过时限。请把内容分成几份再试，或告诉系统管理员。",
        "It broke off {times} times, most likely for want of memory or time. Split it into parts"
        " and try again, or ask whoever runs this site.",
    ),
    "jobs.unknown-kind": (
        "这一版程序不认识这项办理（{kind}）。请重新提出。",
        "This edition of the program does not know this work ({kind}). Please ask for it again.",
    ),
    "jobs.too-many": (
        "您已有 {count} 项在等待办理。请等其中几项办好再试。",
        "You have {count} pieces of work waiting already. Wait until some are done, then try"
        " again.",
    ),
}
