"""The sections customary for each kind of report, for a charter that names the kind and no sections
of its own. A kind that was shipped keeps its keys: programmes in force were founded on them."""

from __future__ import annotations

from collections.abc import Mapping

from keti.charter.rules.joining import Section
from keti.kernel.acts import Text


def _section(
    key: str, title: tuple[str, str], hint: tuple[str, str], *, required: bool = True
) -> Section:
    return Section(key, Text(*title), required, Text(*hint))


SUMMARY = Section(
    "summary_of_all",
    Text("摘要", "Summary"),
    hint=Text(
        "结论写在前面：查明了什么、建议谁做什么；五百字上下。",
        "Conclusions first: what was found, who should do what; about a page.",
    ),
    summary=True,
)
CUSTOMARY: Mapping[str, tuple[Section, ...]] = {
    "necessity": (
        _section(
            "problem",
            ("要解决的问题", "The problem"),
            (
                "写明是谁遇到的、多大范围、依据从哪里来；不解决会怎样。",
                "Whose problem it is, how wide, what it rests on; what follows if nothing is done.",
            ),
        ),
        _section(
            "prior_work",
            ("已有的工作", "Prior work"),
            (
                "国内外已有的研究、政策和做法，各自解决了什么、没有解决什么。",
                "Studies, policies and practice there are; what each settles and what it leaves.",
            ),
        ),
        _section(
            "options",
            ("可选的办法", "Options"),
            (
                "至少两种，含“不立项”；各写利弊、所需条件，最后写建议选哪一种。",
                "Two or more, one of them not to begin; what speaks for and against each, what it "
                "needs, and which you propose.",
            ),
        ),
    ),
    "opening": (
        _section(
            "background",
            ("研究背景", "Background"),
            ("为什么现在研究，委托方要什么。", "Why now, and what the commissioner wants."),
        ),
        _section(
            "prior_work",
            ("研究现状", "Review of prior work"),
            (
                "前人做到哪一步，还缺什么；文献用参考文献著录。",
                "How far others came and what is missing; cite the literature.",
            ),
        ),
        _section(
            "questions",
            ("研究问题", "Questions"),
            (
                "逐条写成能够回答的问题，注明研究到哪里为止。",
                "Questions that can be answered, one by one, and where the study ends.",
            ),
        ),
        _section(
            "method",
            ("研究方法", "Method"),
            (
                "每个问题用什么办法、什么材料回答，材料怎样核实。",
                "By what means and sources each question is answered, and how these are checked.",
            ),
        ),
        _section(
            "work_plan",
            ("研究计划", "Plan"),
            (
                "分阶段写任务和完成日期。",
                "The work by stages, each with its day.",
            ),
        ),
        _section(
            "division",
            ("分工", "Division of labour"),
            (
                "哪个组、哪个人承担哪一部分，谁总负责。",
                "Which group and which person does which part, and who answers for the whole.",
            ),
        ),
        _section(
            "outputs",
            ("预期成果", "Outputs"),
            (
                "成果的形式、数量、篇幅和使用者。",
                "Form, number and length of what comes out, and who will use it.",
            ),
        ),
        _section(
            "risks",
            ("风险与应对", "Risks"),
            (
                "哪些情况会使研究做不成或做偏，各自怎样应对。",
                "What could stop or bend the study, and what is done about each.",
            ),
        ),
    ),
    "monthly": (
        _section(
            "done",
            ("本月工作", "Work of the month"),
            (
                "对照上月计划写做成了什么、依据在哪里。",
                "What was done of last month's plan, and what it rests on.",
            ),
        ),
        _section(
            "problems",
            ("存在问题", "Problems"),
            ("没有的写“无”。", "Write 'none' where there are none."),
        ),
        _section(
            "measures",
            ("解决措施", "Measures"),
            ("与上面的问题逐条对应。", "One for each problem above."),
        ),
    ),
    "consolidated": (
        _section(
            "progress",
            ("各组进展", "Progress of the groups"),
            (
                "先写总体，再分组；未交的组写明。",
                "The whole first, then each group; name those that have not handed in.",
            ),
        ),
        _section(
            "common_problems",
            ("共同的问题与措施", "Common problems and measures"),
            (
                "几个组都遇到的，需要上级或他组协助的。",
                "What several groups met, and where help of others is needed.",
            ),
        ),
        _section(
            "next_period",
            ("下月安排", "Next month"),
            ("重点事项、承担组和日期。", "The main items, each with its group and day."),
        ),
    ),
    "midterm": (
        _section(
            "against_plan",
            ("计划执行情况", "Work done against the plan"),
            (
                "按任务书逐项写进度：正常、滞后或未开始。",
                "Each item of the plan: on time, behind, or not begun.",
            ),
        ),
        _section(
            "results",
            ("阶段性成果", "Results so far"),
            ("写明成果在哪里可以看到。", "Say where each result can be seen."),
        ),
        _section(
            "problems",
            ("问题与原因", "Problems and causes"),
            ("没有的写“无”。", "Write 'none' where there are none."),
        ),
        _section(
            "measures",
            ("解决问题的措施", "Measures"),
            ("与上面的问题逐条对应，写明何时见效。", "One for each problem, and by when."),
        ),
        _section(
            "changes_made",
            ("人员与计划的变动", "Changes of people or plan"),
            (
                "写明批准的日期；没有变动的可以不写。",
                "With the day of approval; leave it out where nothing changed.",
            ),
            required=False,
        ),
        _section(
            "next_steps",
            ("下一步安排", "Next steps"),
            ("到结题为止的任务和日期。", "What is left until the end, each with its day."),
        ),
    ),
    "outline": (
        _section(
            "purpose",
            ("主旨与读者", "Purpose and readers"),
            (
                "报告回答什么、给谁看、希望他们做什么。",
                "What the report answers, for whom, and what they should do.",
            ),
        ),
        _section(
            "structure",
            ("章节", "Chapters"),
            (
                "每个标题一行并编号（一、（一）、1.1）；写了组名的章归那个组，没写的归总报告。",
                "A numbered heading on each line (1, 1.1); one that names a group is that group's "
                "chapter, the others are of the whole.",
            ),
        ),
        _section(
            "evidence",
            ("依据与案例安排", "Evidence and cases"),
            (
                "各章用哪些数据、案例和来源，由谁收集。",
                "Which data, cases and sources each chapter uses, and who collects them.",
            ),
        ),
    ),
    "final": (
        SUMMARY,
        _section(
            "background",
            ("背景与目标", "Background and aims"),
            ("为什么做、要回答什么。", "Why it was done and what it answers."),
        ),
        _section(
            "method",
            ("方法与依据", "Method and evidence"),
            (
                "用了哪些办法和材料，怎样核实，有哪些局限。",
                "Means and sources, how they were checked, and their limits.",
            ),
        ),
        _section(
            "findings_made",
            ("主要发现", "Findings"),
            ("每条发现写明依据。", "Each finding with what it rests on."),
        ),
        _section(
            "advice",
            ("建议", "Recommendations"),
            (
                "每条写明由谁做、做什么、先后次序。",
                "Each says who should do what, and in which order.",
            ),
        ),
        _section(
            "open_questions",
            ("尚未解决的问题", "Open questions"),
            (
                "没有定论的、意见不一的，如实写明。",
                "What is not settled and where opinions differ.",
            ),
            required=False,
        ),
    ),
}
