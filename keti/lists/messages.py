"""Sentences of the room, in Chinese and English."""

MESSAGES = {
    "lists.name-the-view": (
        "请给这个筛选起个名字。",
        "Give these filters a name.",
    ),
    "lists.view-is-called-so": (
        "已有一个筛选叫“{title}”，请换个名字。",
        "Other filters are called {title} already. Choose another name.",
    ),
    "lists.too-many-views": (
        "每张表最多保存{most}个筛选，请先删去不用的。",
        "At most {most} filters are kept for a list. Remove some first.",
    ),
}
