"""What a roster that is read, entered or refused says, row by row."""

ROSTER: dict[str, tuple[str, str]] = {
    "intake.roster-not-xlsx": (
        "名单请用 Excel 或 WPS 表格（.xlsx、.xls、.et），或 .csv 文件。可先下载模板。",
        "The roster must be a sheet of Excel or WPS (.xlsx, .xls, .et) or a .csv file. A template "
        "can be downloaded.",
    ),
    "intake.roster-was-entered": (
        "这份名单已经导入，不能删除。",
        "This roster was entered and cannot be removed.",
    ),
    "intake.roster-was-removed": (
        "这份名单的预览已经删除。请重新上传。",
        "The preview of this roster was removed. Send the file again.",
    ),
    "intake.roster-empty": ("表中没有内容。", "The sheet is empty."),
    "intake.roster-empty-do": (
        "请下载模板，填好后再上传。",
        "Download the template and fill it in.",
    ),
    "intake.roster-column-missing": ("缺少“{column}”一列。", "The column “{column}” is missing."),
    "intake.roster-column-missing-do": (
        "请在表头写上这一列的名称，或用模板。",
        "Name it in the row of headings, or use the template.",
    ),
    "intake.roster-too-long": ("“{column}”过长。", "“{column}” is too long."),
    "intake.roster-too-long-do": ("请缩短到{most}字以内。", "Shorten it to {most} characters."),
    "intake.roster-nobody": ("没有姓名，也没有单位。", "Neither a name nor a unit."),
    "intake.roster-nobody-do": (
        "请填写姓名或单位，或删去此行。",
        "Give one of them, or delete the row.",
    ),
    "intake.roster-no-role": ("没有填写职务。", "The role is missing."),
    "intake.roster-no-role-do": ("请按模板中的职务名称填写。", "Use a role name of the template."),
    "intake.roster-bad-mail": ("邮箱写法不对。", "This is not a mail address."),
    "intake.roster-bad-mail-do": (
        "请改正，或留空（以后可用个人链接）。",
        "Correct it, or leave it empty (a personal link will do).",
    ),
    "intake.roster-bad-mobile": ("手机号写法不对。", "This is not a telephone number."),
    "intake.roster-bad-mobile-do": ("请只填数字，或留空。", "Use digits only, or leave it empty."),
    "intake.roster-bad-order": ("顺序不是整数。", "The order is not a whole number."),
    "intake.roster-bad-order-do": (
        "请填 1、2、3……，或留空。",
        "Use 1, 2, 3 ..., or leave it empty.",
    ),
    "intake.roster-bad-consent": ("“入册同意”只能填是或否。", "Consent is yes or no."),
    "intake.roster-bad-consent-do": (
        "请填“是”或“否”，留空视为否。",
        "Write yes or no; empty means no.",
    ),
    "intake.roster-unknown-role": ("实施方案中没有这个职务。", "The charter has no such role."),
    "intake.roster-unknown-role-do": (
        "请按模板中的职务名称填写。",
        "Use a role name of the template.",
    ),
    "intake.roster-unknown-group": ("没有这个组。", "There is no such group."),
    "intake.roster-unknown-group-do": (
        "请按模板中的组别名称填写。",
        "Use a group name of the template.",
    ),
    "intake.roster-perhaps-group": ("没有这个组。", "There is no such group."),
    "intake.roster-perhaps-group-do": (
        "是不是“{near}”？请按实施方案中的名称填写。",
        "Perhaps “{near}”? Use the name of the charter.",
    ),
    "intake.roster-no-group": ("没有填写组别。", "The group is missing."),
    "intake.roster-no-group-do": (
        "“{role}”不止一个组有，请写明哪一组。",
        "More than one group has {role}: say which.",
    ),
    "intake.roster-unit-needed": ("“{role}”由单位担任。", "{role} is held by a unit."),
    "intake.roster-unit-needed-do": (
        "请填写单位；个人写在“代表人”一列。",
        "Give the unit; put the person under Delegate.",
    ),
    "intake.roster-person-needed": ("“{role}”由个人担任。", "{role} is held by a person."),
    "intake.roster-person-needed-do": ("请填写姓名。", "Give the name."),
    "intake.roster-no-delegate": (
        "个人担任的职务没有代表人。",
        "A seat held by a person has no delegate.",
    ),
    "intake.roster-no-delegate-do": (
        "请把“代表人”留空，或把姓名留空改由单位担任。",
        "Leave Delegate empty, or leave Name empty so that the unit holds the seat.",
    ),
    "intake.roster-perhaps-role": (
        "实施方案中没有这个职务。",
        "The charter has no such role.",
    ),
    "intake.roster-perhaps-role-do": (
        "是不是“{near}”？请按实施方案中的名称填写。",
        "Perhaps “{near}”? Use the name of the charter.",
    ),
    "intake.roster-mail-taken": (
        "这个邮箱登记在{known}名下。",
        "This address belongs to {known}.",
    ),
    "intake.roster-mail-known": (
        "这个邮箱已登记在另一个姓名下。",
        "This address is on record under another name.",
    ),
    "intake.roster-mail-known-do": (
        "请核对姓名与邮箱，一人一个邮箱。",
        "Check name and mail; one address a person.",
    ),
    "intake.roster-mail-taken-do": (
        "请核对姓名与邮箱，一人一个邮箱。",
        "Check name and mail; one address a person.",
    ),
    "intake.roster-row-moved": (
        "核对之后，这一行涉及的人员或职务有了变化，没有导入。",
        "The people or the role of this row have changed since it was shown; it was not entered.",
    ),
    "intake.roster-row-moved-do": (
        "请把同一份表再上传一次，看过现在的核对结果后再导入。",
        "Upload the same sheet again and look at what it would do now.",
    ),
    "intake.roster-bound": (
        "{who}有账户，或者不只是本课题的人，这里不能改登记的“{column}”。",
        "{who} has an account or is not of this programme alone; the “{column}” on record is not "
        "changed here.",
    ),
    "intake.roster-bound-do": (
        "请按登记的填写，或把这一格留空。",
        "Write what is on record, or leave the cell empty.",
    ),
    "intake.roster-addressed": (
        "{who}在其他课题任职或任过职，登记中没有邮箱，不能在这里补填。",
        "{who} holds or held a seat in another programme and has no address on record; none is "
        "added here.",
    ),
    "intake.roster-addressed-do": (
        "请把邮箱留空，用个人链接办理；尚未在本课题任命的，也可先请那里的秘书处登记邮箱。",
        "Leave the address empty and use personal links; or, before they are appointed here, have "
        "the secretariat there enter it.",
    ),
    "intake.roster-twice": (
        "与第{other}行重复：同一人或同一单位、同一职务。",
        "The same as row {other}: the same person or unit in the same role.",
    ),
    "intake.roster-twice-do": ("请删去其中一行。", "Delete one of the two rows."),
    "intake.roster-twice-elsewhere": (
        "与工作表“{sheet}”第{other}行重复：同一人或同一单位、同一职务。",
        "The same as row {other} of the sheet “{sheet}”: the same person or unit in the same role.",
    ),
    "intake.roster-twice-elsewhere-do": (
        "请删去其中一行，或在上面取消不该读的工作表。",
        "Delete one of the two rows, or untick the sheet above that is not to be read.",
    ),
    "intake.roster-no-sheet": (
        "没有选定要读的工作表。请至少选一张，再重新核对。",
        "No sheet is chosen. Choose at least one and check again.",
    ),
    "intake.roster-nobodys-address": (
        "写了邮箱或手机，但没有写是谁的。",
        "There is an address or a number, but not whose.",
    ),
    "intake.roster-nobodys-address-do": (
        "请把这个人写在“{column}”一列。",
        "Name the person in the column “{column}”.",
    ),
    "intake.roster-refused-do": (
        "请核对此行的人员与职务，改正后重新上传。",
        "Check who and which role, correct it and send the file again.",
    ),
    "intake.roster-being-read": ("核对名单“{name}”", "Reading the roster “{name}”"),
    "intake.roster-being-entered": ("导入名单“{name}”", "Entering the roster “{name}”"),
}
