MESSAGES: dict[str, tuple[str, str]] = {
    "meetings.not-in-this-state": (
        "会议现在的状态是“{state}”，不能这样办理。",
        "The meeting stands at “{state}”; this cannot be done to it now.",
    ),
    "meetings.only-the-lead-arranges": (
        "{group}的会议由应办人、该组组长或秘书处办理；您现在的身份是“{seat}”。",
        "Meetings of {group} are run by who owes them, the group's lead or the secretariat; "
        "you act as {seat}.",
    ),
    "meetings.only-the-chair-confirms": ("纪要由{who}确认。", "{who} confirms the minutes."),
    "meetings.not-confirmed-yet": (
        "纪要还没有确认，请直接修改纪要中的出席情况。",
        "The minutes are not confirmed yet; change the attendance in the minutes themselves.",
    ),
    "meetings.correction-needs-a-reason": (
        "请写明更正的依据。",
        "Say what the correction rests on.",
    ),
    "meetings.was-not-invited": (
        "{who}不在这次会议的受邀名单上，或者出席情况没有选。",
        "{who} was not invited to this meeting, or no attendance is chosen.",
    ),
    "meetings.attendance-is-that": (
        "{who}的出席情况已经是这样，不用更正。",
        "The record says that of {who} already.",
    ),
    "meetings.told-attendance-subject": (
        "出席情况更正：{title}",
        "Attendance corrected: {title}",
    ),
    "meetings.told-attendance": (
        "纪要{number}中您的出席情况由“{was}”更正为“{kind}”。依据：{reason}",
        "Your attendance in minutes {number} is corrected from {was} to {kind}. Reason: {reason}",
    ),
    "meetings.paper-corrections": ("出席更正", "Corrections of attendance"),
    "meetings.paper-correction": (
        "{who}：由“{was}”更正为“{kind}”（{at}，{reason}）",
        "{who}: {kind} instead of {was} ({at}, {reason})",
    ),
    "meetings.minutes-are-confirmed": (
        "纪要{number}已确认，不能再改；出席情况可以在纪要页更正，其他请在下次会议记录。",
        "Minutes {number} are confirmed and cannot change; attendance is corrected on their page, "
        "the rest at the next meeting.",
    ),
    "meetings.already-planned": (
        "此次会议已经安排在{when}。需要改期请办理“改期”。",
        "This meeting is arranged already, for {when}. Move it if it must change.",
    ),
    "meetings.not-a-meeting": ("此事不是会议。", "This duty is not a meeting."),
    "meetings.needs-a-title": ("请填写会议名称。", "Name the meeting."),
    "meetings.give-a-reason": ("请写明理由。", "Give the reason."),
    "meetings.same-time": ("时间和地点都没有变化。", "Neither time nor place changes."),
    "meetings.not-yet-held": (
        "会议定于{when}开始，开始后才能记录纪要。",
        "The meeting starts {when}; minutes are recorded after that.",
    ),
    "meetings.late-for-duty": (
        "会议时间晚于期限{due}；请另行延期，或把会议改到期限之前。",
        "The meeting is later than the due date {due}. Extend the duty separately, or move the "
        "meeting before it.",
    ),
    "meetings.hold-before": (
        "须在{due}前召开。安排得更晚也可以，但期限不随之改变，请另行延期。",
        "To be held by {due}. A later time is possible, but the due date does not move with it: "
        "extend the duty separately.",
    ),
    "meetings.unrecorded": ("纪要未录", "No minutes yet"),
    "meetings.arranged-for-the-past": (
        "开始时间早于安排会议的时间；如是笔误，请改期。",
        "The meeting was arranged for a time already past; if that is a slip, move it.",
    ),
    "meetings.needs-minutes": ("请填写纪要正文。", "Write the minutes."),
    "meetings.nobody-present": (
        "请登记出席情况：至少一人出席。",
        "Record who attended: at least one was present.",
    ),
    "meetings.item-needs-all": (
        "每个待办事项都要写明内容、责任人和期限。",
        "Each action item needs a text, an owner and a due date.",
    ),
    "meetings.item-due-before-meeting": (
        "待办事项“{title}”的期限早于会议时间。",
        "The action item “{title}” is due before the meeting itself.",
    ),
    "meetings.agenda-progress": ("各成员通报进展", "Progress of the members"),
    "meetings.agenda-item": (
        "待办事项：{title}（{who}）",
        "Action item: {title} ({who})",
    ),
    "meetings.agenda-task": ("任务：{title}（{who}）", "Task: {title} ({who})"),
    "meetings.agenda-finding": ("监控意见：{title}", "Finding: {title}"),
    "meetings.agenda-duty": ("尚未收到：{title}", "Not yet received: {title}"),
    "meetings.told-planned-subject": ("会议通知：{title}（{when}）", "Meeting: {title} ({when})"),
    "meetings.told-planned": (
        "{title}定于{when}举行，地点：{place}。议程和日历文件见会议页。",
        "{title} takes place {when}, {place}. Agenda and calendar file are on its page.",
    ),
    "meetings.guest-planned": (
        "{programme}谨请您参加{title}：\n时间：{when}\n方式：{mode}\n地点：{place}\n{agenda}"
        "能否到会，请告知{contact}。",
        "You are invited by {programme} to {title}:\nTime: {when}\nHow: {mode}\nPlace: {place}\n"
        "{agenda}Please tell {contact} whether you can come.",
    ),
    "meetings.guest-agenda": ("议程：{lines}\n", "Agenda: {lines}\n"),
    "meetings.guest-moved": (
        "{title}由{before}改到{when}，地点：{place}。{reason}\n有事请告知{contact}。",
        "{title} moves from {before} to {when}, {place}. {reason}\n"
        "Please tell {contact} if that does not suit you.",
    ),
    "meetings.guest-cancelled": (
        "原定{when}的{title}取消。理由：{reason}\n有事请告知{contact}。",
        "{title}, planned for {when}, is cancelled. Reason: {reason}\n"
        "If you have questions, ask {contact}.",
    ),
    "meetings.contact": ("{who}（{mail}）", "{who} ({mail})"),
    "meetings.as-guest": ("{name}（来宾）", "{name} (guest)"),
    "meetings.told-uninvited-subject": ("不必到会：{title}", "No need to attend: {title}"),
    "meetings.told-uninvited": (
        "{when}的{title}，您不必到会，此前的邀请作罢。",
        "You need not attend {title} on {when}; the invitation is taken back.",
    ),
    "meetings.guest-uninvited": (
        "{when}的{title}，您不必到会，此前的邀请作罢。有事请告知{contact}。",
        "You need not attend {title} on {when}; the invitation is taken back. "
        "If you have questions, ask {contact}.",
    ),
    "meetings.guest-line": (
        "来宾第{number}行“{line}”看不出姓名和邮箱；请写成“姓名 邮箱”，一行一位。",
        "Guests, line {number}, “{line}”: a name and an address cannot be read; write “Name "
        "address”, one guest a line.",
    ),
    "meetings.too-many-guests": (
        "一次会议最多请{most}位来宾；再多请另发书面通知。",
        "A meeting has at most {most} {most:guest|guests}; write to further ones by hand.",
    ),
    "meetings.guest-sits-here": (
        "{mail}是{who}的邮箱，本课题中人；请在“还请哪些职务”里勾选。",
        "{mail} is the address of {who}, who sits in this programme; tick the seat instead.",
    ),
    "meetings.seat-has-ended": (
        "所选职务中有的已经卸任，请重新打开本页再选。",
        "One of the seats chosen has ended; open the page again and choose.",
    ),
    "meetings.nobody-new": (
        "没有选出要再请的人；已在受邀名单上的不必再请。",
        "Nobody is chosen who is not invited already.",
    ),
    "meetings.invite-before": (
        "会议已有纪要或已取消，不能再增减受邀的人。",
        "The meeting has its minutes or was called off: who is invited changes no more.",
    ),
    "meetings.not-invited-beside": (
        "此人不是另外请的，不能在这里撤回邀请。",
        "That invitation was not given beside the group's own and is not taken back here.",
    ),
    "meetings.told-moved-subject": ("会议改期：{title}", "Meeting moved: {title}"),
    "meetings.told-moved": (
        "{title}由{before}改到{when}，地点：{place}。{reason}",
        "{title} moves from {before} to {when}, {place}. {reason}",
    ),
    "meetings.told-cancelled-subject": ("会议取消：{title}", "Meeting cancelled: {title}"),
    "meetings.told-cancelled": (
        "原定{when}的{title}取消。理由：{reason}",
        "{title}, planned for {when}, is cancelled. Reason: {reason}",
    ),
    "meetings.told-confirm-subject": ("请确认纪要：{title}", "Please confirm the minutes: {title}"),
    "meetings.told-confirm": (
        "{title}（{when}）的纪要已由{who}整理，请核对并确认。确认后不能再改。",
        "{who} recorded the minutes of {title} ({when}). Please check and confirm them; they "
        "cannot change afterwards.",
    ),
    "meetings.told-minutes-subject": ("会议纪要：{title}", "Minutes: {title}"),
    "meetings.told-minutes": (
        "{title}（{when}）的纪要{number}已经确认，现予印发。"
        "议定事项{resolutions}项，待办事项{items}项。",
        "Minutes {number} of {title} ({when}) are confirmed and circulated: "
        "{resolutions} resolved, {items} to be followed up.",
    ),
    "meetings.told-item-subject": ("会议待办：{title}", "Action item: {title}"),
    "meetings.told-item": (
        "{meeting}交您办理：{title}，期限{due}。",
        "{meeting} asks you to do: {title}, due {due}.",
    ),
    "meetings.announce": (
        "【{programme}】各位老师：{title}定于{when}举行，{mode}，地点：{place}。请准时参加；"
        "不能到会请提前告知。会议页：{url}",
        "[{programme}] Dear colleagues, {title} takes place {when} ({mode}), {place}. "
        "Please attend, or tell us beforehand if you cannot. {url}",
    ),
    "meetings.announce-moved": (
        "【{programme}】各位老师：{title}改到{when}举行，{mode}，地点：{place}。给您带来不便，敬请谅解。"
        "会议页：{url}",
        "[{programme}] Dear colleagues, {title} has moved to {when} ({mode}), {place}. "
        "We are sorry for the trouble. {url}",
    ),
    "meetings.place-open": ("另行通知", "to be announced"),
    "meetings.paper-title": ("{title}纪要", "Minutes: {title}"),
    "meetings.paper-when": ("时间", "Time"),
    "meetings.paper-where": ("地点", "Place"),
    "meetings.paper-chair": ("主持", "Chair"),
    "meetings.paper-separator": ("、", "; "),
    "meetings.paper-agenda": ("议程", "Agenda"),
    "meetings.paper-text": ("会议情况", "Proceedings"),
    "meetings.paper-resolutions": ("议定事项", "Resolutions"),
    "meetings.paper-items": ("待办事项", "Action items"),
    "meetings.paper-item": ("{title}（{who}，{due}前）", "{title} ({who}, by {due})"),
    "meetings.calendar-text": ("议程：{agenda}", "Agenda: {agenda}"),
    "meetings.meeting.planned": ("安排了会议", "arranged the meeting"),
    "meetings.meeting.widened": ("另请了与会人员", "invited more people"),
    "meetings.meeting.narrowed": ("撤回了另外的邀请", "took an invitation back"),
    "meetings.meeting.moved": ("改了会议时间或地点", "moved the meeting"),
    "meetings.meeting.cancelled": ("取消了会议", "cancelled the meeting"),
    "meetings.meeting.announced": ("在群里发了会议公告", "announced the meeting by hand"),
    "meetings.minutes.recorded": ("记录了纪要", "recorded the minutes"),
    "meetings.minutes.confirmed": ("确认了纪要", "confirmed the minutes"),
}
