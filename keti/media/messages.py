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
    "media.only-who-answers": (
        "渠道、传播数据和媒体报道由秘书处和负责相应承诺的人登记。您以{seat}的身份在此。",
        "Channels, reach and reports in the media are entered by the secretariat and by who answers"
        " for the promises measured by them. You act as {seat}.",
    ),
    "media.outlet-needed": ("请写媒体名称。", "Name the outlet."),
    "media.no-such-tier": ("没有这种媒体类别。", "There is no such kind of outlet."),
    "media.report-nowhere": (
        "请写网址或版次期号，或者附上存档，至少一样：别人要能查到这篇报道。",
        "Write an address, or the page and issue, or add an archived copy: others must be able to"
        " find the report.",
    ),
    "media.report-ahead": (
        "这个日期还没有到。请写刊发的日期。",
        "This day has not come yet. Write the day on which it came out.",
    ),
    "media.no-such-promise": (
        "这项承诺没有在这里统计的目标。",
        "This promise has no target that is counted here.",
    ),
    "media.no-reprint": (
        "写了转载自哪一篇，就请勾选“转载”。",
        "Say that it is a reprint, if it is one of another report.",
    ),
    "media.reprint-of-what": (
        "转载自的那一篇要在登记之中，而且是原发。",
        "What it reprints must stand in the register, as an original.",
    ),
    "media.reprinted-itself": (
        "已有别的报道登记为转载自这一篇，它不能改为转载。",
        "Other reports reprint this one, so it is an original.",
    ),
    "media.clipped-already": (
        "这篇报道已经登记：{outlet}“{title}”。同一网址，或同一媒体同一天的同一标题，只登记一次。",
        "This report stands already: {outlet}, “{title}”. The same address, or the same title of"
        " one outlet on one day, is entered once.",
    ),
    "media.clipping-withdrawn": ("这篇报道已经撤回。", "This report was withdrawn."),
    "media.no-sheet": (
        "请上传表格：xlsx、xls、et 或 csv。",
        "Upload a sheet: xlsx, xls, et or csv.",
    ),
    "media.sheet-no-headings": (
        "没有找到表头。前 20 行里要有一行写着“媒体”“标题”“日期”。",
        "No headings were found: one of the first 20 rows must say Outlet, Title and Date.",
    ),
    "media.sheet-nothing-new": (
        "表里没有可以新登记的报道，{rows} 行没有登记。一行也没有写入。",
        "Nothing in the sheet could be entered; {rows} rows were not taken. Nothing was written.",
    ),
    "media.column-unread": ("这一栏没有读", "this column was not read"),
    "media.row-no-outlet": ("没有媒体名称", "names no outlet"),
    "media.row-no-title": ("没有标题", "has no title"),
    "media.row-day": (
        "日期读不懂，请写成 2022-11-29",
        "the date cannot be read; write 2022-11-29",
    ),
    "media.row-ahead": ("这个日期还没有到", "this day has not come yet"),
    "media.row-tier": (
        "媒体类别不认得：中央媒体、地方媒体、行业媒体、境外媒体、自有平台、其他",
        "no known kind of outlet: national, local, trade, foreign outlet, own platform, other",
    ),
    "media.row-link": ("不是网址", "is no web address"),
    "media.row-reprint": (
        "“原发或转载”一栏只写原发或转载",
        "say original or reprint, nothing else",
    ),
    "media.row-nowhere": (
        "既没有网址也没有版次期号，查不到",
        "has neither an address nor a page and issue",
    ),
    "media.row-too-long": ("超过 {most} 字", "is longer than {most} characters"),
    "media.row-twice": ("与第 {first} 行是同一篇", "is the same report as row {first}"),
    "media.row-there": ("已经登记过", "stands in the register already"),
    "media.channel-needed": ("请写渠道名称。", "Name the channel."),
    "media.no-such-kind": ("没有这种渠道。", "There is no such kind of channel."),
    "media.who-claims": (
        "请写明这一等级是谁说的：等级是一种说法，不是本课题的评定。",
        "Say who claims this grade: it is a claim, not a finding of this programme.",
    ),
    "media.which-grade": (
        "写了证明或由谁所称，请写明是什么等级。",
        "Say which grade it is that is claimed or proven.",
    ),
    "media.proof-ahead": (
        "证明的日期还没有到。",
        "The day of the proof has not come yet.",
    ),
    "media.channel-there": (
        "“{name}”这个渠道（及栏目）已经登记。",
        "The channel {name} with this column stands already.",
    ),
    "media.channel-withdrawn": (
        "渠道“{name}”已经撤回。",
        "The channel {name} was withdrawn.",
    ),
    "media.no-such-unit": (
        "请选择单位：观看人数、观看次数、阅读次数、点赞次数或转发次数。",
        "Choose the unit: viewers, views, reads, likes or shares.",
    ),
    "media.odd-value": (
        "数值应在 0 到 {most} 之间。",
        "The figure is a number from 0 to {most}.",
    ),
    "media.source-needed": (
        "请写明数从哪里读来，如平台后台。",
        "Say where the figure was read, such as the platform's own pages.",
    ),
    "media.evidence-needed": (
        "请附上截图或导出表，或者写明凭什么这样说。",
        "Add a screen shot or an export, or say in words what shows it.",
    ),
    "media.read-ahead": (
        "读数的时间还没有到。",
        "This moment has not come yet.",
    ),
    "media.read-already": (
        "这个读数已经登记：{value}。",
        "This reading stands already: {value}.",
    ),
    "media.corrected-already": (
        "这个读数已经更正过。请更正更正后的那一个。",
        "This reading was corrected already. Correct the one that stands in its place.",
    ),
    "media.another-programme": (
        "这份录音录像不属于本课题。",
        "This recording belongs to another programme.",
    ),
    "media.not-approved": (
        "这份录音录像还没有审定，不能发布。",
        "This recording is not approved, so it is not put on a channel.",
    ),
    "media.disagree-public": (
        "有 {count} 位出镜人没有同意公开播出，不能在公开渠道发布。",
        "{count} of the people in it do not agree to be shown in public, so it is not put on this"
        " channel.",
    ),
    "media.disagree-abroad": (
        "有 {count} 位出镜人没有同意境外传播，不能在境外渠道发布。",
        "{count} of the people in it do not agree to be shown abroad, so it is not put on this"
        " channel.",
    ),
    "media.posted-where": ("请写发布后的网址。", "Write the address at which it stands."),
    "media.posted-ahead": (
        "上线日期还没有到。请在发布以后登记。",
        "This day has not come yet. Enter it once it stands there.",
    ),
    "media.posted-already": (
        "这个网址的发布已经登记。",
        "What stands at this address is entered already.",
    ),
    "media.posting-gone": (
        "已经撤下或撤回了。",
        "It was taken down or withdrawn already.",
    ),
    "media.down-when": (
        "撤下日期应在上线日期（{day}）以后，且已经到来。",
        "The day lies on or after {day}, since when it stood there, and has come.",
    ),
    "media.must-go": (
        "仍有出镜人没有同意，或者录音录像已经撤下：这条发布还须撤下。",
        "Somebody in it still does not agree, or the recording was withdrawn: it must be taken"
        " down.",
    ),
    "media.nothing-owed": (
        "没有须撤下的事项。",
        "Nothing is owed of it.",
    ),
    "media.takedown-title": (
        "从“{channel}”撤下“{title}”",
        "Take “{title}” down from {channel}",
    ),
    "media.nothing-new-to-show": (
        "没有新的数：登记里的数都已经作为佐证，或者还没有登记。",
        "There is nothing new: every figure here was shown for the promise, or none was entered.",
    ),
    "media.figure-outlets": ("媒体报道登记", "Register of reports in the media"),
    "media.figure-of-outlets": (
        "报道媒体 {outlets} 家（共 {items} 条；另有 {reprinted} 家只转载，不计）",
        "{outlets} outlets reported ({items} reports in all; {reprinted} more only reprinted and do"
        " not count)",
    ),
    "media.figure-from-the-register": (
        "媒体报道登记，清单见附件",
        "the register of reports in the media; the list is attached",
    ),
    "media.figure-readings": ("传播数据读数", "Readings of reach"),
    "media.figure-of-channel": ("{channel}读数", "Figure read at {channel}"),
    "media.column-copy": ("存档文件 SHA-256", "SHA-256 of the archived file"),
    "media.column-channel": ("渠道", "Channel"),
    "media.column-unit": ("单位", "Unit"),
    "media.column-value": ("数值", "Number"),
    "media.column-source": ("来源", "Source"),
    "media.column-captured": ("读数时间", "Read at"),
    "media.column-evidence": ("佐证材料", "Evidence"),
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
