MESSAGES: dict[str, tuple[str, str]] = {
    "kernel.busy": (
        "同时办理的人太多，这一次没有记录下来；填写的内容都还在。请稍候片刻，再提交一次。",
        "Too many were acting at the same moment; this was not recorded, and what you typed is"
        " kept. Wait a moment and send it again.",
    ),
    "kernel.collided": (
        "与同时办理的另一件事相冲突，这一次没有记录下来；填写的内容都还在。请刷新页面看看现状，"
        "再决定是否重新提交。",
        "This met another act done at the same moment and was not recorded; what you typed is"
        " kept. Reload the page, see how things stand, and send it again if it is still needed.",
    ),
}
