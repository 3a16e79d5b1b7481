APPLYING: dict[str, tuple[str, str]] = {
    "intake.already-published": ("征集通知已经发布。", "The call is published already."),
    "intake.other-form": ("“{title}”不在这里办理。", "'{title}' is not done here."),
    "intake.nobody-applies": (
        "本课题不设公开申报。请与秘书处联系。",
        "Nobody applies to this programme. Ask the secretariat.",
    ),
    "intake.sign-in-first": ("请先登录，再填写申报表。", "Sign in first, then fill in the form."),
    "intake.stale-draft": (
        "这份申报表在另一个窗口里存过不同的文字（{when}），这次没有存上，也没有互相覆盖。"
        "请对照下面两份文字，合并后再保存或提交，就以您的为准。",
        "Another window saved a different text of this application ({when}), so this was not saved"
        " and nothing was overwritten. Compare the two texts below, merge them and save or submit"
        " again: then yours counts.",
    ),
    "intake.unknown-track": ("没有这一申报类别。", "There is no such track."),
    "intake.paper-needed": (
        "代为登记申报须附申报人签字或盖章的申报表扫描件。",
        "Recording an application for somebody needs the scan of the form they signed.",
    ),
    "intake.application-numbered": ("申报 {number}", "application {number}"),
    "intake.already-submitted": (
        "您已提交申报表，编号{number}。截止前可先撤回，再重新提交。",
        "You have submitted an application, number {number}. Before the close you may withdraw it "
        "and send another.",
    ),
    "intake.unit-already-admitted": (
        "{unit}已凭申报表{number}入选，每个单位只录取一份。如两份申报确属不同单位，请先核实单位全称。",
        "{unit} is admitted already, by application {number}; one application a unit. If they are "
        "two units, check their full names first.",
    ),
    "intake.was-withdrawn": (
        "这份申报表已经撤回，不能再提交。请重新填写。",
        "This application was withdrawn and cannot be sent. Fill in a new one.",
    ),
    "intake.not-yet-open": (
        "报名自{opens}（{zone}）开始，现在还不能提交。已填写的内容已保存为草稿。",
        "Applications open at {opens} ({zone}); it is too early to submit. What you wrote is kept "
        "as a draft.",
    ),
    "intake.closed": (
        "报名已于{closes}（{zone}）截止，未能提交。已填写的内容保留为草稿，如有疑问请联系秘书处。",
        "Applications closed at {closes} ({zone}), so this was not submitted. What you wrote is "
        "kept as a draft; ask the secretariat if you have questions.",
    ),
    "intake.paper-came-late": (
        "报名已于{closes}（{zone}）截止。只有截止前收到的纸质申报表才可补录，请核对收到时间。",
        "Applications closed at {closes} ({zone}). Only a paper received before that may still be "
        "recorded; check when it came.",
    ),
    "intake.withdrawal-closed": (
        "报名已于{closes}（{zone}）截止，不能再撤回。请联系秘书处。",
        "Applications closed at {closes} ({zone}) and can no longer be withdrawn. "
        "Ask the secretariat.",
    ),
    "intake.incomplete": (
        "还有{count}处没有填好：{first}。已填写的内容已保存。",
        "{count} {count:thing is|things are} still missing: {first} What you wrote is kept.",
    ),
    "intake.name-missing": ("请填写姓名", "Give your name."),
    "intake.unit-missing": ("请填写单位全称", "Give the unit's full name."),
    "intake.choose-a-group": ("请至少选择一个组", "Choose at least one group."),
    "intake.too-many-groups": ("最多选择{most}个组", "Choose at most {most} {most:group|groups}."),
    "intake.field-missing": ("请填写“{title}”", "Fill in “{title}”."),
    "intake.box-too-long": ("这一栏最多{most}字", "This box takes at most {most} characters."),
    "intake.field-too-long": (
        "“{title}”最多{most}字",
        "“{title}” may have at most {most} characters.",
    ),
    "intake.at-most": ("最多{most}字", "At most {most} characters"),
    "intake.declare-all": ("请逐项确认声明", "Confirm every declaration."),
    "intake.consent-wording": (
        "同意在“{programme}”的名册和署名中登载本人姓名与单位名称（不影响资格审查，以后可以撤回）。",
        "I agree that my name and unit appear in the roll and bylines of {programme} (no bearing "
        "on eligibility; may be withdrawn later).",
    ),
    "intake.somebody-elsewhere": (
        "已登记的人（不在本课题，姓名不显示）",
        "Somebody on record (not of this programme, not named here)",
    ),
    "intake.bound-elsewhere": (
        "{who}在其他课题任职，登记的姓名、单位、邮箱和手机在这里不能更改。请与本人核对；确有错误的，由本人向所在课题秘书处提出。",
        "{who} holds a seat in another programme; name, unit, address and number on record are not "
        "changed here. Check with them; if the record is wrong, they ask the secretariat there.",
    ),
    "intake.addressed-elsewhere": (
        "{who}在其他课题任职或任过职，登记中没有邮箱。用登记的邮箱可以登录，办理那些课题的事项，所以不能在这里补填。"
        "是同一个人的，请把邮箱留空，用个人链接办理；尚未在本课题任命的，也可先请那里的秘书处登记邮箱。是另一个人的，请按另一个人任命。",
        "{who} holds or held a seat in another programme and has no address on record. Whoever has "
        "that address signs in there as well, so it is not added here. If they are one person, "
        "leave the address empty and use personal links, or, before appointing them here, have "
        "the secretariat there enter it. If they are two, appoint them as another person.",
    ),
    "intake.signs-in-by-the-record": (
        "登记的{who}有另一个邮箱，这份申报所用的邮箱不能代替它。请先用别的途径与本人核实。确是同一个人的，请本人用登记的邮箱登录后再申报；"
        "登记的邮箱已经不用、又没有账户的，先在“更正人员资料”页清空邮箱，再办理入选。否则选“另一个人”。",
        "{who} on record has another address; the one of this application does not take its place. "
        "Ask them by another way first. If they are one person, they sign in by the address on "
        "record and apply again; where that is out of use and has no account, empty it on the page "
        "of their record, then admit. Else say that it is another person.",
    ),
    "intake.mail-is-taken": (
        "邮箱{mail}已登记在另一个人名下，这里没有更正。一人一个邮箱，请核对后改正。",
        "The address {mail} is on record of somebody else; nothing was corrected. One address a "
        "person: check it.",
    ),
    "intake.signs-in-by-it": (
        "{who}已用这个邮箱登录。登录邮箱由本人在“我的账户—管理邮箱”中更换，更换后信件随之寄往新邮箱。",
        "{who} signs in by this address and changes it under My account; letters follow.",
    ),
    "intake.acts-for-a-unit": (
        "{who}是{unit}的代表人，单位不能改为该单位以外的单位。请先更换代表人。",
        "{who} acts for {unit}: their unit stays within it. Name another delegate first.",
    ),
    "intake.not-seated-here": (
        "{who}在本课题没有职务，资料不在这里更正。",
        "{who} holds no seat in this programme; the record is not corrected here.",
    ),
    "intake.nothing-to-correct": (
        "没有改动任何内容。请改好需要更正的项目再提交。",
        "Nothing was changed. Change what is wrong and send it again.",
    ),
    "intake.consent-by-roster": (
        "秘书处在“{programme}”名单中登记：本人已同意入册。",
        "Recorded by the secretariat in the roster of {programme}: agreed to appear in the roll.",
    ),
    "intake.all-checked": (
        "{number}的各项资格都已核过；要改，请打开该份申报表。",
        "{number}: every requirement has been checked. To change one, open the application.",
    ),
    "intake.already-decided": (
        "这份申报表已经处理完毕，不能再改。",
        "This application is decided and no longer changes.",
    ),
    "intake.not-submitted": (
        "这份申报表尚未提交或已撤回。",
        "This application is not submitted, or was withdrawn.",
    ),
    "intake.unknown-check": ("没有这一审查项。", "There is no such requirement."),
    "intake.check-needs-a-reason": (
        "“{check}”判为不符合，请写明理由，申报人会收到。",
        "“{check}” is marked as not met: give the reason, the applicant receives it.",
    ),
    "intake.checks-not-met": (
        "还有{count}项资格未核实或不符合（如“{first}”），不能入选。请先完成资格审查。",
        "{count} {count:requirement is|requirements are} unchecked or not met (such as "
        "“{first}”). Finish the eligibility "
        "check first.",
    ),
    "intake.rejection-needs-a-reason": (
        "未入选须写明理由，申报人会收到。",
        "Give the reason; the applicant receives it.",
    ),
    "intake.say-the-group": (
        "申报表没有选组（申报总体组的，表上不选组），请指定入选哪一组。",
        "The form names no group (to the overall group one applies without choosing): say which "
        "one admits them.",
    ),
    "intake.name-the-group": (
        "申报人选择了不止一个组，请指定入选哪一组。",
        "The applicant chose more than one group: say which one admits them.",
    ),
    "intake.window-still-open": (
        "报名到{closes}才截止，现在还不能办结入选。",
        "Applications are received until {closes}; the admission cannot be closed before.",
    ),
    "intake.undecided": (
        "还有{count}份申报表没有处理，请逐份作出决定后再办结。",
        "{count} {count:application is|applications are} undecided. Decide "
        "{count:it|each of them} first.",
    ),
    "intake.ending-needs-a-reason": ("请写明离任原因。", "Give the reason for ending the seat."),
    "intake.seats-missing": (
        "{group}职务未满：{missing}。请先任命。",
        "Seats of {group} are not filled: {missing}. Appoint them first.",
    ),
    "intake.needs-first": ("须先办结：{waiting}。", "This must be done first: {waiting}."),
    "intake.everybody-is-told": (
        "任职者都已收到告知，没有需要再发的信。",
        "Everybody seated was told already; there is no letter to send.",
    ),
    "intake.told-received-subject": ("回执：申报表{number}", "Receipt: application {number}"),
    "intake.told-received": (
        "“{programme}”已收到您的申报表。编号{number}，收到时间{when}（{zone}），校验码{sha}。",
        "Your application to {programme} was received. Number {number}, at {when} ({zone}), "
        "fingerprint {sha}.",
    ),
    "intake.told-left-list-subject": (
        "申报表{number}已退出候补",
        "Application {number} left the waiting list",
    ),
    "intake.told-left-list": (
        "您对“{programme}”的申报表{number}已按您的意思退出候补，不再递补。",
        "Your application {number} to {programme} left the waiting list as you wished; it will not "
        "be taken up.",
    ),
    "intake.told-withdrawn-subject": ("申报表{number}已撤回", "Application {number} withdrawn"),
    "intake.told-withdrawn": (
        "您在“{programme}”的申报表{number}已撤回。截止前可以重新提交。",
        "Your application {number} to {programme} was withdrawn. "
        "You may send another before the close.",
    ),
    "intake.told-admitted-subject": ("入选通知：{programme}", "Admitted: {programme}"),
    "intake.told-admitted": (
        "您的申报表{number}已入选，编入{group}。需要您办理的事项见“我的待办”。{reasons}",
        "Your application {number} is admitted; you join {group}. "
        "What you owe appears on your desk. {reasons}",
    ),
    "intake.told-rejected-subject": (
        "申报结果：{programme}",
        "Outcome of your application: {programme}",
    ),
    "intake.told-rejected": (
        "感谢申报。您的申报表{number}本次未入选，理由：{reasons}。如有疑问，请与秘书处联系。",
        "Thank you for applying. Application {number} was not admitted this time. "
        "Reasons: {reasons}. Ask the secretariat if you have questions.",
    ),
    "intake.told-readdressed-subject": (
        "“{programme}”登记的邮箱已更改",
        "{programme}: your address on record was changed",
    ),
    "intake.told-readdressed": (
        "秘书处更改了“{programme}”中{who}登记的邮箱，此后的信件不再寄到这里。如非本人要求，请尽快与秘书处联系。",
        "The secretariat of {programme} changed the address on record of {who}; letters no longer "
        "come here. If you did not ask for it, write to the secretariat soon.",
    ),
    "intake.only-ones-own-record": (
        "这里只能更正本人的资料；别人的资料请秘书处更正。",
        "Only one's own record is put right here; the secretariat does it for others.",
    ),
    "intake.told-corrected-own-subject": (
        "{who}更正了本人资料",
        "{who} put their own record right",
    ),
    "intake.told-corrected-own": (
        "{who}更正了本人资料，现姓名：{name}，英文姓名：{name_en}。已签发的文件和办理记录保持原样。",
        "{who} put their own record right. Name now: {name}; in English: {name_en}. What was "
        "issued and recorded stays as it was.",
    ),
    "intake.told-corrected-own-unit": (
        "本人另提出单位应为“{unit}”：单位没有改动，核实后请在人员页更正。",
        " They also ask for another unit: {unit}. It was not changed; check it, then correct it on "
        "their page.",
    ),
    "intake.told-founded-subject": ("{group}成立", "{group} is founded"),
    "intake.told-founded": (
        "{group}已成立。成员与应办事项见课题页面。",
        "{group} is founded. Its members and duties are on the programme's pages.",
    ),
}
