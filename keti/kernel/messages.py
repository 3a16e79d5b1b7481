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
    "kernel.too-long": (
        "“{text}…”有{count}个字，最多{most}个。请缩短。",
        "“{text}…” has {count} characters; at most {most} fit. Shorten it.",
    ),
    "kernel.start-data": (
        "数据存放在 {folder}；按 Ctrl+C 停止，录入的内容都留在那里。",
        "Data lie in {folder}; Ctrl+C stops the server, what was entered stays there.",
    ),
    "kernel.start-modes": (
        "{folder} 中有 {count} 个文件和文件夹别人也能读，已改为只有本人能读。",
        "{count} {count:file or folder|files and folders} of {folder} {count:was|were} readable by "
        "others; now {count:it is|they are} not.",
    ),
    "kernel.start-database": (
        "正在准备数据库，第一次要几秒钟……",
        "Preparing the database; the first time takes some seconds ...",
    ),
    "kernel.start-styles": ("正在整理页面样式……", "Laying out styles and scripts ..."),
    "kernel.start-token": (
        "这是第一次启动。第一页要填一次性口令，就是下面单独的一行：",
        "This is the first start. The first page asks for a one-time token, the line below:",
    ),
    "kernel.start-port": (
        "端口 {port} 已被占用。请停止占用它的程序，或换一个端口（make up PORT=8080）。",
        "Port {port} is in use. Stop what serves it, or choose another (make up PORT=8080).",
    ),
    "kernel.start-ready": (
        "已就绪，现在可以在浏览器中打开 {url}",
        "Ready: open {url} in a browser now.",
    ),
    "kernel.start-silent": (
        "两分钟后仍没有应答，请看上面的出错信息；仍可尝试打开 {url}",
        "No answer after two minutes; see the messages above. You may still try {url}",
    ),
}
