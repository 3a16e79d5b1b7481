"""Sentences about people and units on record: correcting and merging them."""

RECORDS: dict[str, tuple[str, str]] = {
    "intake.told-merged-subject": (
        "两条人员登记已合并：{who}",
        "Two records are one: {who}",
    ),
    "intake.told-merged": (
        "秘书处确认：《{programme}》中登记的两条人员资料是同一个人，已合并为{who}。如果不是您，请立即告知秘书处。",
        "The secretariat has merged two records of {programme} into one, {who}. If that is not "
        "you, tell the secretariat at once.",
    ),
    "intake.merge-two-records": (
        "请选择另一条登记；同一条不能与自己合并，已合并的不能再合并。",
        "Choose another record: one is not merged with itself, nor what was merged already.",
    ),
    "intake.founder-stays": (
        "{who}可以建立课题，登记不在这里合并。请先在平台管理页交出这项权限。",
        "{who} may found programmes; that record is not merged here. Hand that right over first.",
    ),
    "intake.merge-the-other-way": (
        "{gone}登录时用第二道验证。请反过来合并：保留{gone}，并入{kept}。",
        "{gone} signs in with a second factor. Merge the other way: keep {gone}, take in {kept}.",
    ),
    "intake.merge-consents-differ": (
        "两条登记中一条同意、一条已经撤回同一用途。请先问清{who}本人，在“同意记录”里把两条登记改为一致，再合并。",
        "One of the two records agrees to a use that the other took back. Ask {who}, bring both in "
        "step under Consents, then merge.",
    ),
    "intake.unit-not-here": (
        "{unit}在本课题中没有任职，也没有人员。",
        "{unit} holds no seat here and has no people here.",
    ),
    "intake.unit-bound-elsewhere": (
        "{unit}也参加其他课题：已登记的内容在这里不能更改或合并，只能补填空缺。",
        "{unit} takes part in other programmes: what is on record is not changed or merged here; "
        "what is wanting may be added.",
    ),
    "intake.erase-another-name": (
        "输入的姓名与登记的不同，没有删除。请照登记的姓名再输一次。",
        "The name typed is not the one on record; nothing was erased. Type the name as it stands.",
    ),
    "intake.erase-needs-a-reason": (
        "请写明删除的理由，例如本人何时来信要求。",
        "Say why it is erased, for instance when the person asked for it.",
    ),
    "intake.erased-already": ("此人的资料已经删除。", "This person's data have been erased."),
    "intake.founder-is-not-erased": (
        "{who}可以建立课题，登记不能删除。请先在平台管理页交出这项权限。",
        "{who} may found programmes; that record is not erased. Hand that right over first.",
    ),
    "intake.erase-still-seated": (
        "{who}在本课题还有职务。请先结束任职，再删除资料。",
        "{who} still holds a seat here. End it first, then erase.",
    ),
    "intake.erase-consent-stands": (
        "{who}还有没有撤回的同意。请先在“同意记录”登记撤回，再删除资料。",
        "A consent of {who} still stands. Record the withdrawal under Consents first, then erase.",
    ),
}
