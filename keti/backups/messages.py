MESSAGES: dict[str, tuple[str, str]] = {
    "backups.exists": (
        "{file} 已经存在，没有改动它。请换一个文件名。",
        "{file} exists already and was left as it is. Name another file.",
    ),
    "backups.no-folder": (
        "没有 {folder} 这个文件夹，或者不能写入。请先建好它。",
        "There is no folder {folder}, or it cannot be written. Make it first.",
    ),
    "backups.disk-full": (
        "{folder} 所在的磁盘满了，没有备份。请腾出空间后再试；没有留下不完整的文件。",
        "The disk of {folder} is full; no backup was made. Make room and try again; no part of a"
        " file was left behind.",
    ),
    "backups.cannot-write": (
        "不能写入 {folder}（{why}），没有备份。",
        "{folder} cannot be written ({why}); no backup was made.",
    ),
    "backups.cannot-read": (
        "读不了 {file}（{why}）。",
        "{file} cannot be read ({why}).",
    ),
    "backups.no-database": (
        "{file} 还没有数据，没有可备份的内容。请核对数据文件夹（--data 或 KETI_DATA）。",
        "{file} holds no data; there is nothing to back up. Check the data folder (--data or"
        " KETI_DATA).",
    ),
    "backups.made": (
        "已备份：{file}（{size} 字节，{parts} 个部分，内容截至 {at}）。",
        "Backed up: {file} ({size} bytes, {parts} parts, as things stood at {at}).",
    ),
    "backups.key-elsewhere": (
        "密钥来自环境变量 KETI_SECRET_KEY，不在备份里，请另行保存。",
        "The secret key comes from KETI_SECRET_KEY and is not in the backup; keep it elsewhere.",
    ),
    "backups.lacking": (
        "有 {count} 个上传的文件在原处就缺失或损坏，备份里也没有，第一个是 {first}。"
        "请用 keti doctor 查看。",
        "{count} stored files are missing or damaged where they lie, and so in the backup, first"
        " {first}. See keti doctor.",
    ),
    "backups.whole": (
        "{file} 完整：{parts} 个部分，keti {what}，内容截至 {at}。",
        "{file} is whole: {parts} parts, keti {what}, as things stood at {at}.",
    ),
    "backups.no-backup": (
        "{file} 不是 keti 的备份，或者开头就损坏了（第 0 字节起）。",
        "{file} is no backup of keti, or damaged from its first block on (byte 0).",
    ),
    "backups.cut": (
        "{file} 不完整：在第 {byte} 字节处中断，正在“{part}”之中或之后。请用另一份备份。",
        "{file} is cut short: it ends at byte {byte}, in or after “{part}”. Use another backup.",
    ),
    "backups.header": (
        "{file} 已损坏：第 {byte} 字节起的标头不对，在“{part}”之后。请用另一份备份。",
        "{file} is damaged: the header from byte {byte} on is wrong, after “{part}”. Use another"
        " backup.",
    ),
    "backups.filling": (
        "{file} 已损坏：第 {byte} 字节起，“{part}”之后的空白处不该有内容。请用另一份备份。",
        "{file} is damaged: from byte {byte} on, after “{part}”, there should be nothing. Use"
        " another backup.",
    ),
    "backups.part": (
        "{file} 已损坏：“{part}”与清单不符（第 {byte} 至 {last} 字节之间）。请用另一份备份。",
        "{file} is damaged: “{part}” is not what the manifest says (between bytes {byte} and"
        " {last}). Use another backup.",
    ),
    "backups.parts": (
        "{file} 已损坏：各部分与清单列出的不一致。请用另一份备份。",
        "{file} is damaged: its parts are not those of its manifest. Use another backup.",
    ),
    "backups.manifest": (
        "{file} 已损坏：清单与它的校验值不符（第 {byte} 至 {last} 字节之间）。请用另一份备份。",
        "{file} is damaged: the manifest and its hash disagree (between bytes {byte} and {last})."
        " Use another backup.",
    ),
    "backups.end": (
        "{file} 已损坏：第 {byte} 字节起的结尾不对。请用另一份备份。",
        "{file} is damaged: its end is wrong, from byte {byte} on. Use another backup.",
    ),
    "backups.other-format": (
        "{file} 是另一种格式的备份，这个版本读不了。请用写它的版本恢复。",
        "{file} is a backup of another format, which this version cannot read. Restore it with the"
        " version that wrote it.",
    ),
    "backups.newer": (
        "{file} 由更新的版本写成（不认识的结构：{step}）。请先更新软件再恢复。",
        "{file} was written by a newer version (unknown step: {step}). Update the program first.",
    ),
    "backups.other-database": (
        "{file} 是 {wanted} 的备份，这里设置的是 {given}。请按 docs/howto/backup.md 设置"
        " DATABASE_URL。",
        "{file} is a backup of {wanted}; here {given} is set. Set DATABASE_URL as"
        " docs/howto/backup.md says.",
    ),
    "backups.not-empty": (
        "{folder} 不是空文件夹，没有改动它。请指定一个新的文件夹。",
        "{folder} is not empty and was left as it is. Name a new folder.",
    ),
    "backups.database-not-empty": (
        "DATABASE_URL 指的数据库里已经有表，没有改动它。请建一个空的数据库。",
        "The database of DATABASE_URL has tables already and was left as it is. Make an empty one.",
    ),
    "backups.not-restored": (
        "没有恢复：{why}。{folder} 里什么也没有留下。",
        "Not restored: {why}. Nothing was left in {folder}.",
    ),
    "backups.restored": (
        "已恢复到 {folder}，内容截至 {at}。现在不发邮件，也不自动办理任何事。"
        "核对之后运行 keti resume --data {folder}，或由秘书处在“平台管理”页上恢复运行。",
        "Restored into {folder}, as things stood at {at}. It sends no mail and does nothing by"
        " itself. Once you have looked at it: keti resume --data {folder}, or the page"
        " “This installation”.",
    ),
    "backups.resumed": (
        "已恢复运行。{doubted} 封恢复时在等待的信标为“不确定”，请逐封决定是否重发。",
        "It runs again. {doubted} letters that waited then are uncertain; send again those that did"
        " not go.",
    ),
    "backups.not-held": (
        "这个平台没有处于恢复后的等待状态，没有改动。",
        "This installation is not held after a restore; nothing was changed.",
    ),
    "backups.upgrade-begins": (
        "数据来自以前的版本，有 {count} 步更新。先备份到 {file}，再在副本上试一遍……",
        "The data are of a former version, {count} steps behind. First a backup into {file}, then"
        " the upgrade is tried on a copy ...",
    ),
    "backups.upgrade-tried": (
        "副本更新成功，检查无误；现在更新正式的数据。",
        "The copy was upgraded and examined, nothing is wrong; now the data themselves.",
    ),
    "backups.upgrade-untried": (
        "没有在副本上试：{why}。已有备份 {file}。",
        "It was not tried on a copy: {why}. The backup is {file}.",
    ),
    "backups.upgrade-failed": (
        "在副本上更新不成功，正式的数据没有改动，没有启动。备份在 {file}。原因：\n{why}",
        "The upgrade failed on the copy. The data themselves are as they were, and nothing was"
        " started. The backup is {file}. Why:\n{why}",
    ),
    "backups.upgrade-done": (
        "更新完成。如要回到更新之前：用以前的版本 keti restore {file} --into 新文件夹。",
        "Upgraded. To go back: the former version and keti restore {file} --into FOLDER.",
    ),
    "backups.cannot-make-databases": (
        "这个数据库角色不能建立数据库",
        "the role of the database may not make databases",
    ),
    "backups.key-changed": (
        "已换用新钥匙签名：{key}。旧钥匙已为它担保，声明见“存证”页。请马上做一次备份。",
        "A new key signs from now on: {key}. The older one vouches for it, see the page “Record”."
        " Make a backup now.",
    ),
    "backups.key-needs-a-reason": (
        "请写明为什么更换钥匙（--reason）。",
        "Say why the key is changed (--reason).",
    ),
    "backups.key-of-a-demo": (
        "演示和演练的钥匙人人都能算出，不用更换。",
        "The key of a demo or a play is known to all; there is nothing to change.",
    ),
    "backups.only-founders-change-the-key": (
        "只有管理平台的人才能更换签名的钥匙。",
        "Only those who keep the installation change the key that signs.",
    ),
    "backups.only-founders": (
        "只有管理平台的人才能让恢复后的平台重新运行。",
        "Only those who keep the installation let it run again after a restore.",
    ),
}
