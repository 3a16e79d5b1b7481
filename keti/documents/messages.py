"""What the room says: codes with facts, in Chinese and English."""

MESSAGES: dict[str, tuple[str, str]] = {
    "documents.file-empty": (
        "文件“{name}”是空的，请检查后重新选择。",
        "The file “{name}” is empty. Check it and choose it again.",
    ),
    "documents.file-too-big": (
        "文件“{name}”超过{limit_mb}MB，请压缩图片或拆分后再上传。",
        "The file “{name}” is larger than {limit_mb} MB. Shrink its pictures or split it.",
    ),
    "documents.file-kind-not-allowed": (
        "不接收“{extension}”格式的文件。可用：{allowed}。",
        "Files of the kind “{extension}” are not taken. These are: {allowed}.",
    ),
    "documents.file-kind-unknown": (
        "看不出文件“{name}”的内容是什么格式，请另存为 PDF 或 docx 后上传。",
        "The content of “{name}” is of no known kind. Save it as PDF or docx and upload that.",
    ),
    "documents.file-kind-mismatch": (
        "文件“{name}”的内容与扩展名不符（内容像是“{found}”），请用正确的格式重新保存。",
        "The content of “{name}” does not fit its extension (it looks like “{found}”)."
        " Save it again in the right format.",
    ),
    "documents.file-damaged": (
        "文件“{name}”已损坏，打不开。请重新保存后上传。",
        "The file “{name}” is damaged and cannot be opened. Save it again and upload that.",
    ),
    "documents.references-too-long": (
        "粘贴的文献超过{most}个字符，未读取。请分几次粘贴。",
        "What was pasted is longer than {most} characters and was not read. Paste it in parts.",
    ),
    "documents.too-many-references": (
        "一次最多粘贴{most}条文献，未读取。请分几次粘贴。",
        "At most {most} references are read at once; none was read. Paste them in parts.",
    ),
    "documents.doc-not-in-form": (
        "这份文稿的内部格式不合要求（{where}：{what}），未保存。请重新从 Word 文件读取。",
        "The inner form of this document is not as it must be ({where}: {what}); it was not saved."
        " Read it from the Word file again.",
    ),
    "documents.needs-editor": (
        "这一部分有表格、图片或注，只能在编辑器里改（浏览器须允许运行脚本），所以没有保存。"
        "请复制您写的文字，重新打开本页再改；也可以改交 Word 文件。",
        "This part holds tables, pictures or notes, which only the editor changes (the browser has "
        "to allow scripts), so it was not saved. Copy what you wrote, open this page again and "
        "change it there; or hand in a Word file.",
    ),
    "documents.choose-a-file": (
        "请先选择文件，再按“读入文件”。",
        "Choose the file first, then press “Read the file”.",
    ),
    "documents.picture-not-kept": (
        "有图片没有一起保存，这次没有办成。请重新放入图片，或重新选择文件，再试一次。",
        "Some pictures were not kept, so nothing was saved. Put them in again, or choose the file "
        "again, and try once more.",
    ),
    "documents.no-picture": (
        "这不是可以放入的图片。请用 PNG、JPEG 或 GIF，不超过 {limit_mb} MB。",
        "This is no picture that can be put in. Use PNG, JPEG or GIF of at most {limit_mb} MB.",
    ),
    "documents.file-too-nested": (
        "文件“{name}”的内部结构层层嵌套，不是文字处理软件正常存出的，未读取。请另存一份再上传。",
        "The parts of “{name}” lie within each other deeper than any word processor puts them, so "
        "it was not read. Save a fresh copy and upload that.",
    ),
    "documents.office-cannot-read": (
        "文件“{name}”打不开，读不出各部分。请另存为 docx 再选一次；"
        "原件也可以照常提交，各部分请填写或指明页码。",
        "“{name}” cannot be opened to find its parts. Save it as docx and choose it again; it can "
        "be handed in as it is too: write its parts, or name their pages.",
    ),
    "documents.file-takes-too-long": (
        "文件“{name}”读取时间过长，已停止。原件可以照常提交，各部分请填写或指明页码。",
        "Reading “{name}” took too long and was stopped. It can be handed in as it is; write its "
        "parts, or name their pages.",
    ),
    "documents.file-archive-unsafe": (
        "文件“{name}”展开后过大或结构异常，未接收。请另存一份再上传。",
        "The file “{name}” unpacks to something too large or is oddly built, so it was not taken."
        " Save a fresh copy and upload that.",
    ),
    "documents.file-has-macros": (
        "文件“{name}”含有宏，未接收。请另存为不含宏的格式。",
        "The file “{name}” holds macros, so it was not taken. Save it in a format without macros.",
    ),
    "documents.file-has-embedded": (
        "文件“{name}”内嵌了其他文件或控件，未接收。请去掉后上传，或另存为 PDF。",
        "The file “{name}” holds other files or controls inside it, so it was not taken."
        " Remove them, or save it as PDF.",
    ),
    "documents.file-has-remote-parts": (
        "文件“{name}”含有{what}，打开时会从外部取内容，未接收。请断开链接、只留结果（Word：全选后按"
        " Ctrl+Shift+F9），或另存为 PDF 后上传。",
        "The file “{name}” holds {what} and would fetch content when opened, so it was not taken."
        " Break the links and keep their results (Word: select all, Ctrl+Shift+F9), or save it as"
        " PDF.",
    ),
    "documents.file-pdf-active": (
        "PDF 文件“{name}”含有{what}，未接收。请用“打印为 PDF”另存一份，只留页面，再上传。",
        "The PDF “{name}” holds {what}, so it was not taken. Print it to a new PDF, which keeps"
        " the pages only, and upload that.",
    ),
    "documents.file-locked": (
        "文件“{name}”设有密码或使用限制，存档后无人能核对。请取消密码保护，另存一份再上传。",
        "The file “{name}” is locked by a password or restricted, so nobody could check it later."
        " Save a copy without the protection and upload that.",
    ),
    "documents.file-harmful": (
        "文件“{name}”含有已知的有害内容，未接收。请先用杀毒软件检查您的电脑。",
        "The file “{name}” holds content known to be harmful, so it was not taken."
        " Check your computer for viruses first.",
    ),
    "documents.quota-hour": (
        "一小时内最多上传{limit_mb}MB，您已上传{used_mb}MB，{when}后可以继续。文件请压缩图片后再传；"
        "急件请联系秘书处代收。",
        "At most {limit_mb} MB may be uploaded in an hour and you have sent {used_mb} MB; there is"
        " room again after {when}. Shrink pictures before sending; if it is urgent, ask the"
        " secretariat to record it for you.",
    ),
    "documents.quota-mine": (
        "您在本课题中最多存放{limit_mb}MB文件，已有{used_mb}MB。已存的文件不会删除，请联系秘书处调高"
        "上限或代收。",
        "You may keep at most {limit_mb} MB of files in this programme and have {used_mb} MB there."
        " What is kept is never deleted: ask the secretariat to raise the limit or to record the"
        " file for you.",
    ),
    "documents.quota-all": (
        "本课题的文件上限{limit_mb}MB已用{used_mb}MB，目前只有秘书处还能上传。请联系秘书处。",
        "Of the {limit_mb} MB for the files of this programme, {used_mb} MB are used, and only the"
        " secretariat can still upload. Ask the secretariat.",
    ),
    "documents.text-too-long": (
        "文字超过{longest}字符，请分成几部分。",
        "The text is longer than {longest} characters. Divide it into parts.",
    ),
    "documents.text-too-tangled": (
        "文字的标记嵌套过多，{seconds}秒内未能排好。请简化标记。",
        "The marks in the text are nested too deeply to be set within {seconds} seconds."
        " Simplify them.",
    ),
    "documents.fonts-missing": (
        "服务器缺少字体：{families}。请安装后再生成 PDF。",
        "Fonts are missing on the server: {families}. Install them to make a PDF.",
    ),
    "documents.render-failed": (
        "未能生成文件：{why}",
        "The file could not be made: {why}",
    ),
    "documents.paper-too-slow": (
        "“{title}”的{form}文件排了{seconds}秒还没有排完，已停止。最长的是“{part}”（约{count}字）。"
        "文字没有变：网页上照常可读，也可以下载{other}文件。要{form}文件，请把这一部分的长表格或明细"
        "拆出来，另作附件。",
        "The {form} file of “{title}” was not done after {seconds} seconds and was stopped. Its"
        " longest part is “{part}” (about {count} characters). No word has changed: it reads on"
        " its page, and as {other}. For a {form} file, move the long tables or lists of that part"
        " into an attachment.",
    ),
    "documents.paper-too-large": (
        "“{title}”的{form}文件要用的内存超过{megabytes}MB，没有生成。最长的是“{part}”（约{count}字）。"
        "文字没有变：网页上照常可读，也可以下载{other}文件。要{form}文件，请把这一部分的长表格或明细"
        "拆出来，另作附件。",
        "The {form} file of “{title}” would take more than {megabytes} MB of memory and was not"
        " made. Its longest part is “{part}” (about {count} characters). No word has changed: it"
        " reads on its page, and as {other}. For a {form} file, move the long tables or lists of"
        " that part into an attachment.",
    ),
    "documents.form-unknown": (
        "没有“{form}”这种输出格式。可用：{allowed}。",
        "There is no output format “{form}”. There are: {allowed}.",
    ),
    "documents.qr-url": (
        "二维码只能指向不超过1000字符的网址，“{url}”不是。",
        "A QR code leads to a web address of at most 1000 characters; “{url}” is none.",
    ),
    "documents.sheet-damaged": (
        "表格打不开，请用 xlsx 格式重新保存。",
        "The spreadsheet cannot be opened. Save it again as xlsx.",
    ),
    "documents.sheet-quote-open": (
        "第{row}行的引号没有收尾，后面各行都成了“{words}”这一格的内容，表格未读。"
        "请补上引号，或用 xlsx 格式保存。",
        "A quotation mark in row {row} is not closed, so that the rows after it became part of the"
        " cell “{words}”. Nothing was read. Close it, or save the file as xlsx.",
    ),
    "documents.sheet-too-many-rows": (
        "表格有{rows}行，最多{limit}行。请分成几个文件。",
        "The spreadsheet has {rows} rows; at most {limit} are read. Divide it into several files.",
    ),
    "documents.sheet-too-many-columns": (
        "表格有{columns}列，最多{limit}列。",
        "The spreadsheet has {columns} columns; at most {limit} are read.",
    ),
    "documents.being-made": ("{title}（{form} 文件）", "{title} ({form} file)"),
    "documents.source-gone": (
        "这份文件的底稿已不在。请回到原页面重新下载。",
        "The source of this file is gone. Go back to the page and ask for it again.",
    ),
    "documents.being-read": ("读取文件“{name}”", "Reading {name}"),
    "documents.mark-picture": ("［图片，见原件］", "[picture, see the original]"),
    "documents.mark-chart": ("［图表，见原件］", "[chart, see the original]"),
    "documents.mark-formula": ("［公式，见原件］", "[formula, see the original]"),
    "documents.mark-footnote": ("［注，见原件］", "[note, see the original]"),
    "documents.mark-object": ("［对象，见原件］", "[object, see the original]"),
    "documents.mark-cut": ("［以下过长，见原件］", "[too long from here, see the original]"),
    "documents.left-picture": ("图片{n}幅", "pictures: {n}"),
    "documents.left-chart": ("图表{n}个", "charts: {n}"),
    "documents.left-formula": ("公式{n}个", "formulas: {n}"),
    "documents.left-footnote": ("脚注、尾注{n}条", "notes: {n}"),
    "documents.left-drawing": ("图形{n}个", "shapes: {n}"),
    "documents.left-phonetic": ("注音{n}处", "phonetic guides: {n}"),
    "documents.left-columns": ("表格右边超出的列{n}处", "table columns too far right: {n}"),
    "documents.left-object": ("对象{n}个", "objects: {n}"),
    "documents.left-comment": ("批注{n}条", "comments: {n}"),
    "documents.left-contents": ("目录（{n}行）", "table of contents (lines: {n})"),
    "documents.left-hidden": ("隐藏文字{n}处", "hidden text: {n}"),
    "documents.left-symbol": (
        "字体里认不出的符号{n}个（写作□）",
        "signs of a font that nobody knows, written as □: {n}",
    ),
    "documents.left-axis": ("图表坐标轴的标题{n}个", "titles of chart axes: {n}"),
    "documents.left-highlight": ("突出显示的文字{n}处", "highlighted words: {n}"),
    "documents.left-format": (
        "只改格式或分段的修订{n}处",
        "tracked changes of looks only, or of where a paragraph ends: {n}",
    ),
    "documents.left-running": ("页眉、页脚{n}处", "headers and footers: {n}"),
    "documents.left-change": (
        "修订痕迹{n}处（已按接受修订读取）",
        "tracked changes: {n} (read as accepted)",
    ),
    "documents.left-scanned": ("没有文字的页{n}页", "pages without text: {n}"),
    "documents.left-converted": (
        "由 LibreOffice 转换成 Word 后读取，版式以原件为准",
        "read as LibreOffice turned it into Word's form; the original says how it looks",
    ),
    "documents.left-unread": ("没有读完的页{n}页", "pages not read for length: {n}"),
}
