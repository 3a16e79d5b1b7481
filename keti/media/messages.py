"""What the room of recordings says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "media.only-the-secretariat": (
        "录音录像和字幕由秘书处管理。您以{seat}的身份在此。",
        "The secretariat keeps recordings and subtitles. You act as {seat}.",
    ),
    "media.outside": (
        "字幕由课题组内的人审校。您以{seat}的身份在此。",
        "Subtitles are reviewed by those who take part. You act as {seat}.",
    ),
    "media.not-in-sight": (
        "以{seat}的身份看不到这份录音录像，因此不能审校它的字幕。",
        "As {seat} you do not see this recording, so its subtitles are not yours to review.",
    ),
    "media.not-ones-own": (
        "字幕要由保存者以外的人审校。请另一位同事对照录音录像通读后审校。",
        "Subtitles are reviewed by somebody else than who saved them. Ask a colleague to read them"
        " against the recording.",
    ),
    "media.title-needed": ("请写标题。", "Write a title."),
    "media.nowhere": (
        "请写网址，或者上传文件，至少一样。",
        "Write an address or upload a file: one of them is needed.",
    ),
    "media.no-film": (
        "{name} 不是录音录像。请上传 mp4、webm、mp3 或 m4a。",
        "{name} is neither film nor sound. Upload mp4, webm, mp3 or m4a.",
    ),
    "media.day-ahead": (
        "这个日期还没有到。请写录制的日期。",
        "This day has not come yet. Write the day on which it was recorded.",
    ),
    "media.withdrawn-already": (
        "这份录音录像已经撤下。",
        "This recording was withdrawn.",
    ),
    "media.approved-already": ("已经审定过了。", "It was approved already."),
    "media.why": ("请写明原因。", "Say why."),
    "media.who-speaks": (
        "请选择课题中的人，或者填写外来嘉宾的姓名。",
        "Choose somebody of the programme or write the name of a guest.",
    ),
    "media.named-already": (
        "{who}已经在出镜人之中。",
        "{who} is named as a speaker already.",
    ),
    "media.removed-already": ("已经移除。", "They were removed already."),
    "media.no-such-language": (
        "没有这种语言的字幕。",
        "There are no subtitles in this language.",
    ),
    "media.saved-meanwhile": (
        "{who}在此期间保存了第 {number} 版。您的文字还在下面："
        "请把第 {number} 版与您的改动合在一起，再从最新一版重新编辑。",
        "{who} saved version {number} meanwhile. Your text still stands below: put it together with"
        " version {number} and edit the newest one.",
    ),
    "media.nothing-changed": (
        "与上一版完全相同，没有需要保存的。",
        "This is just as the version before; there is nothing to save.",
    ),
    "media.moved-by-nothing": ("请写平移多少秒，不能是 0。", "Say by how many seconds; not 0."),
    "media.no-such-cue": (
        "没有这一条：字幕共有 {count} 条。",
        "There is no such cue: the subtitles have {count}.",
    ),
    "media.shifted-away": (
        "这样会把字幕移到开头以前或超出范围，一条也没有移动。"
        "要移动的字幕里最早的一条在 {earliest}。",
        "This would move a cue before the beginning or past the end, so none was moved. The"
        " earliest of them begins at {earliest}.",
    ),
    "media.reviewed-already": ("这一版已经审校过了。", "This version was reviewed already."),
    "media.file-too-long": (
        "字幕文件不能超过 {most} MB。",
        "A file of subtitles has at most {most} MB.",
    ),
    "media.no-text": (
        "读不出文字。请用 UTF-8 编码另存字幕文件后再上传。",
        "No text can be read from it. Save the subtitles as UTF-8 and upload them again.",
    ),
    "media.too-many-cues": (
        "字幕不能超过 {most} 条。请按场次分成几份录音录像。",
        "Subtitles have at most {most} cues. Split the recording into its parts.",
    ),
    "media.no-cues": (
        "里面没有一条字幕。每条字幕要有一行起止时间，如 00:00:01.000 --> 00:00:03.000。",
        "There is no cue in it. Each cue has a line of times such as"
        " 00:00:01.000 --> 00:00:03.000.",
    ),
    "media.no-times": (
        "第 {line} 行：“{text}”这一段没有起止时间。没有保存任何改动。",
        "Line {line}: the block “{text}” has no line of times. Nothing was saved.",
    ),
    "media.times-unread": (
        "第 {line} 行：起止时间“{text}”读不懂。请写成 00:00:01.000 --> 00:00:03.000。"
        "没有保存任何改动。",
        "Line {line}: the times “{text}” cannot be read. Write them as"
        " 00:00:01.000 --> 00:00:03.000. Nothing was saved.",
    ),
    "media.cue-without-a-blank-line": (
        "从第 {line} 行开始的一段里有两行时间：两条字幕之间要空一行。没有保存任何改动。",
        "The block from line {line} has more than one line of times: leave a blank line between"
        " cues. Nothing was saved.",
    ),
    "media.ends-before-it-starts": (
        "第 {line} 行：结束时间要晚于开始时间，且不超过 100 小时。没有保存任何改动。",
        "Line {line}: a cue ends after it starts, and within 100 hours. Nothing was saved.",
    ),
    "media.cue-too-long": (
        "第 {line} 行：一条字幕不能超过 {most} 个字符。没有保存任何改动。",
        "Line {line}: a cue has at most {most} characters. Nothing was saved.",
    ),
    "media.cue-empty": (
        "第 {line} 行：这条字幕没有文字。要删去它，请连同起止时间一起删去。没有保存任何改动。",
        "Line {line}: this cue has no words. To drop it, drop its times too. Nothing was saved.",
    ),
    "media.check-speed": (
        "每秒 {speed} 字，多于 {most} 字，读不完",
        "{speed} characters a second, more than {most}: too fast to read",
    ),
    "media.check-lasts": (
        "停留 {seconds} 秒，应在 {least} 到 {most} 秒之间",
        "stands for {seconds} s; {least} to {most} s is right",
    ),
    "media.check-width": (
        "一行 {count} 字，多于 {most} 字",
        "{count} characters in a line, more than {most}",
    ),
    "media.check-lines": ("{count} 行，多于 {most} 行", "{count} lines, more than {most}"),
    "media.check-overlap": (
        "与第 {before} 条重叠 {seconds} 秒",
        "overlaps cue {before} by {seconds} s",
    ),
    "media.check-gap": (
        "与前一条只隔 {milliseconds} 毫秒，不到 {least} 毫秒会闪",
        "only {milliseconds} ms after the one before; less than {least} ms flickers",
    ),
    "media.check-name": (
        "中文提到“{name}”，英文应作 {called}",
        "the Chinese names “{name}”, which in English is {called}",
    ),
    "media.told-asked-subject": (
        "请答复：录音录像“{title}”中有您",
        "Please answer: you are in the recording “{title}”",
    ),
    "media.told-asked": (
        "“{programme}”有一份录音录像“{title}”，其中有您的形象或声音。请在下面的页面逐项答复是否同意使用。"
        "在您同意之前，除秘书处以外没有人看得到。",
        "{programme} has a recording, “{title}”, in which you are seen or heard. Answer on the page"
        " below, point by point, whether it may be used. Until you agree nobody but the secretariat"
        " sees it.",
    ),
    "media.told-reviewed-subject": (
        "字幕已审校：{title}",
        "Subtitles reviewed: {title}",
    ),
    "media.told-reviewed": (
        "“{title}”字幕第 {number} 版已由{who}审校。",
        "Version {number} of the subtitles of “{title}” was reviewed by {who}.",
    ),
}
