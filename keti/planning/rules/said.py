"""The language's own words (a verb of a role, a form of work, an outcome's effect) for readers."""

from keti.kernel.acts import Text
from keti.kernel.forms_of_work import FORMS

WORDS: dict[str, Text] = {
    "manage": Text(
        "管理（任免、受理、发文、记录）", "manages (appoints, receives, issues, records)"
    ),
    "lead": Text("牵头本组", "leads its group"),
    "contribute": Text("参加本组工作", "works in its group"),
    "watch": Text(
        "监控：查看全部，提出并核销监控意见", "watches: reads all, raises and verifies findings"
    ),
    "resolve": Text("协调", "gets findings resolved"),
    "commission": Text("代表委托方决定", "decides for the commissioner"),
    "judge": Text("评审", "judges"),
    "advise": Text("咨询", "advises"),
    "comment": Text("提意见", "comments"),
    "read": Text("查看", "reads"),
    "association": Text("协会、学会", "an association"),
    "enterprise": Text("企业", "an enterprise"),
    "academic": Text("高校、研究机构", "an academic body"),
    "government": Text("政府部门", "a public authority"),
    "organisation": Text("其他单位", "another body"),
    "unit": Text("单位", "an organisation"),
    "person": Text("个人", "a person"),
    "any": Text("单位或个人", "an organisation or a person"),
    **{one.key: one.title for one in FORMS},
    "none": Text("不调整", "stays as it falls"),
    "next-workday": Text("遇休息日顺延到工作日", "moves on to a working day"),
    "previous-workday": Text("遇休息日提前到工作日", "moves back to a working day"),
    "up": Text("取次月首日", "the first of the next month"),
    "down": Text("取月末", "the end of the month"),
    "month": Text("只精确到月", "to the month only"),
    "approve": Text("通过", "approves"),
    "revise": Text("退回修改", "sends back"),
    "stop": Text("终止", "stops"),
    "refuse": Text("不同意", "refuses"),
    "cast": Text("按投出的票数", "of the votes cast"),
    "present": Text("按到场人数", "of those present"),
    "enter": Text("按原样列入", "entered as it stands"),
    "leave_out": Text("不列入", "left out"),
    "retroactive_lateness": Text("追溯认定逾期", "lateness made after the fact"),
    "weaken_open_gate_without_commissioner": Text(
        "未经委托方放宽已启动的评审", "an open gate weakened without the commissioner"
    ),
    "delete_record": Text("删除办理记录", "records deleted"),
    "recuse": Text("有利益冲突者回避", "whoever has a conflict stands aside"),
    "text": Text("一行文字", "one line"),
    "lines": Text("多行文字", "several lines"),
    "choice": Text("选择", "a choice"),
    "cn": Text("国务院调休安排", "China's working-day calendar"),
    "mon-fri": Text("周一至周五", "Monday to Friday"),
    "decider": Text("作出决定的人", "whoever decides"),
    "cv": Text("简历", "a CV"),
    "two_referees": Text("两位推荐人", "two referees"),
    "application": Text("申报表", "the application"),
    "receipt": Text("回执", "the receipt"),
    "membership_list": Text("会员名单", "the list of members"),
    "signed_declaration": Text("签字的承诺", "a signed declaration"),
    "recommendation": Text("建议", "recommendations"),
    "finding": Text("发现", "findings"),
    "element": Text("框架要素", "framework elements"),
    "link": Text("引用", "links"),
    "holder": Text("本人", "the holder"),
    "public": Text("社会公众", "the public"),
    "required": Text("每条意见都须答复", "every comment is answered"),
    "between_panel": Text("专家之间互不见姓名", "experts do not see each other's names"),
    "party.kind": Text("按单位的种类", "by kind of unit"),
    "printed_in_report": Text("印在报告里", "printed in the report"),
    "necessity": Text("必要性调研", "a necessity study"),
    "opening": Text("开题报告", "an opening report"),
    "monthly": Text("月报", "a monthly report"),
    "consolidated": Text("汇总报告", "a consolidated report"),
    "mid-term": Text("中期报告", "a mid-term report"),
    "outline": Text("提纲", "an outline"),
    "final": Text("总报告", "a final report"),
    "zh-Hans": Text("中文", "Chinese"),
    "en": Text("英文", "English"),
}


def said(word: str, lang: str) -> str:
    """A word of the language in words of the reader; one that is nobody's own stays itself."""
    return WORDS[word].in_(lang) if word in WORDS else word
