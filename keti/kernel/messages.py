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
    "kernel.set-done": (
        "{name} 已写入 {folder} 里的 keti.env；停下平台，再启动一次就生效。",
        "{name} stands in keti.env of {folder}; stop the server and start it again to use it.",
    ),
    "kernel.set-hidden": (
        "{name} 已写入 {folder} 里的 keti.env，但环境变量里另写了一个，启动时以环境变量为准。",
        "{name} stands in keti.env of {folder}, but the environment says another, which goes "
        "before it.",
    ),
    "kernel.set-unknown": (
        "没有 {name} 这一项。可以写的：{known}。",
        "There is no setting {name}. Known: {known}.",
    ),
    "kernel.set-how": ("请这样写：keti set {name}=值", "Write it so: keti set {name}=VALUE"),
    "kernel.set-secret": (
        "密码不写在命令里：只输入 keti set {name}，随后按提示输入，屏幕上不显示。",
        "A password is not written into a command: type keti set {name} and enter it when asked; "
        "it is not shown.",
    ),
    "kernel.set-one-line": (
        "{name} 只能是一行可见的文字。",
        "{name} is one line of printable text.",
    ),
    "kernel.set-number": (
        "{name} 是一个数，不能是“{value}”。",
        "{name} is a number, not '{value}'.",
    ),
    "kernel.set-address": (
        "网址要写全，如 https://keti.example.org，不能是“{value}”。",
        "Write the whole address, such as https://keti.example.org, not '{value}'.",
    ),
    "kernel.set-folder": (
        "没有 {value} 这个文件夹：先建好，最好在另一块盘上。",
        "There is no folder {value}: make it first, best on another disk.",
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
