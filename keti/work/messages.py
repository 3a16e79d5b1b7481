MESSAGES: dict[str, tuple[str, str]] = {
    "work.other-form": ("“{title}”不在这里办理。", "'{title}' is not done here."),
    "work.not-in-this-state": (
        "任务书现在的状态是“{state}”，不能这样办理。",
        "The task book is {state}; this cannot be done to it now.",
    ),
    "work.not-your-task-book": (
        "任务书由{who}签收；您现在的身份是“{seat}”。",
        "{who} accepts this task book; you act as {seat}.",
    ),
    "work.already-accepted": (
        "任务书{number}已经签收。",
        "Task book {number} is accepted already.",
    ),
    "work.only-the-lead-revises": (
        "{group}的任务书由该组组长修订；您现在的身份是“{seat}”。",
        "The lead of {group} revises its task books; you act as {seat}.",
    ),
    "work.nobody-to-issue-to": (
        "没有等待下达任务书的成员：各成员都已有任务书，或尚未任命。",
        "Nobody waits for a task book: every member has one, or none is appointed yet.",
    ),
    "work.incomplete": (
        "{who}的任务书还缺：{gaps}。请补齐后再下达。",
        "The task book of {who} still lacks: {gaps}. Complete it, then issue.",
    ),
    "work.nothing-changed": (
        "新版与现行版本完全相同，不必重新下达。",
        "The new version says exactly what the present one says; there is nothing to issue.",
    ),
    "work.give-a-reason": ("请写明理由。", "Give the reason."),
    "work.only-the-lead-assigns": (
        "{group}的任务由该组组长分派；您现在的身份是“{seat}”。",
        "The lead of {group} assigns its tasks; you act as {seat}.",
    ),
    "work.assignee-elsewhere": (
        "{who}不在{group}，不能承担该组的任务。",
        "{who} is not in {group} and cannot take its task.",
    ),
    "work.task-needs-a-title": ("请写明任务内容。", "Say what the task is."),
    "work.due-in-the-past": ("完成期限必须晚于现在。", "The task must be due later than now."),
    "work.not-your-task": (
        "此任务由{who}办理；您现在的身份是“{seat}”。",
        "{who} does this task; you act as {seat}.",
    ),
    "work.task-not-answered": (
        "任务没有报告完成，也没有退回，不用重新打开。",
        "The task is neither finished nor declined; it need not be opened again.",
    ),
    "work.not-accepted": (
        "任务书{number}没有签收，没有可撤销的。",
        "Task book {number} is not accepted; nothing is voided.",
    ),
    "work.accepted-in-person": (
        "任务书由{who}本人签收，不能撤销。内容要改的，请修订后重新下达。",
        "{who} accepted the task book in person; that is not voided. To change it, revise it and "
        "issue it anew.",
    ),
    "work.told-task-reopened-subject": ("任务重新打开：{title}", "Task open again: {title}"),
    "work.told-task-reopened": (
        "任务“{title}”重新打开，仍须在{due}前完成。理由：{reason}",
        "The task “{title}” is open again and due by {due}. Reason: {reason}",
    ),
    "work.told-voided-subject": (
        "任务书{number}的签收记录已撤销",
        "The acceptance of task book {number} is voided",
    ),
    "work.told-voided": (
        "此前为您代录的任务书{number}《{title}》签收系误录，现予撤销，请按期签收。理由：{reason}",
        "The acceptance of task book {number}, {title}, was recorded for you by mistake and is "
        "voided; please accept it in time. Reason: {reason}",
    ),
    "work.task-is-closed": ("任务已是“{state}”。", "The task is {state} already."),
    "work.say-what-was-done": (
        "请用一句话写明完成了什么。",
        "Say in one sentence what was done.",
    ),
    "work.acceptance-title": ("签收任务书：{title}", "Accept the task book: {title}"),
    "work.told-issued-subject": ("请签收任务书{number}", "Please accept task book {number}"),
    "work.told-issued": (
        "《{title}》已下达给您（第{version}版）。请于{due}前阅读并签收；有不同意见可写明理由退回。",
        "{title} was issued to you (version {version}). Please read and accept it by {due}, or "
        "decline it with your reasons.",
    ),
    "work.told-declined-subject": ("任务书{number}被退回", "Task book {number} was declined"),
    "work.told-declined": (
        "{who}退回了《{title}》，理由：{reason}。可修订后重新下达。",
        "{who} declined {title}. Reason: {reason}. You may revise and issue it again.",
    ),
    "work.told-all-subject": ("{group}任务书已全部签收", "All task books of {group} accepted"),
    "work.told-all": (
        "{group}的{count}份任务书已全部签收。",
        "All task books of {group} are accepted ({count}).",
    ),
    "work.told-task-subject": ("新任务：{title}", "New task: {title}"),
    "work.told-task": (
        "{by}把任务“{title}”分派给您，请于{due}前完成。",
        "{by} assigned you the task “{title}”, due {due}.",
    ),
    "work.told-task-declined-subject": ("任务未被接受：{title}", "Task declined: {title}"),
    "work.told-task-declined": (
        "{who}不能承担任务“{title}”，理由：{reason}。请另行安排。",
        "{who} cannot take the task “{title}”. Reason: {reason}. Please arrange otherwise.",
    ),
    "work.told-task-withdrawn-subject": ("任务已撤回：{title}", "Task withdrawn: {title}"),
    "work.told-task-withdrawn": (
        "{source}重新提交后，计划中不再有“{title}”这一项（或换了人、改了日期），原任务撤回，不必再办。",
        "{source} was handed in again without “{title}” as it stood in its plan; the task is "
        "withdrawn and need not be done.",
    ),
    "work.told-task-not-agreed": (
        "{source}的纪要重新整理后，不再有“{title}”这一项（或换了人、改了日期），原任务撤回，不必再办。",
        "The minutes of {source} were written again without “{title}” as it stood in them; the "
        "task is withdrawn and need not be done.",
    ),
    "work.paper-for": ("承担人", "For"),
    "work.paper-group": ("所在小组", "Group"),
    "work.paper-version": ("版次", "Version"),
    "work.paper-accept-by": ("签收期限", "Accept by"),
    "work.paper-targets": ("考核指标", "Targets"),
    "work.paper-issuer": ("下达方：{who}", "Issued by: {who}"),
    "work.paper-member": ("签收方：{who}", "Accepted by: {who}"),
    "work.taskbooks.drafted": ("起草了任务书", "drafted task books"),
    "work.taskbooks.issued": ("下达了任务书", "issued the task books"),
    "work.taskbook.drafted": ("修改了任务书草稿", "edited a draft task book"),
    "work.taskbook.accepted": ("签收了任务书", "accepted the task book"),
    "work.taskbook.declined": ("退回了任务书", "declined the task book"),
    "work.taskbook.reissued": ("下达了修订后的任务书", "issued a new version of the task book"),
    "work.task.assigned": ("分派了任务", "assigned a task"),
    "work.task.finished": ("完成了任务", "finished the task"),
    "work.task.declined": ("未接受任务", "declined the task"),
    "work.task.withdrawn": ("撤回了任务", "withdrew the task"),
}
