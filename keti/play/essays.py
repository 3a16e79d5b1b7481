"""What a longer text of the cast says of a theme: a use, a challenge, a direction, a proposal.

Written for demonstration; illustrative, not findings.
"""

ESSAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "数据安全": (
        (
            "在线协作把现场数据带出原来的边界，参与方往往说不清哪份副本由谁保管。",
            "Working together on line carries data from the site beyond its old bounds; partners "
            "often cannot say who keeps which copy.",
        ),
        (
            "现有约定多写“依法保护”，少写责任如何在平台方、使用方与服务方之间划分。",
            "Agreements say that data is protected by law and seldom how duties are shared.",
        ),
        (
            "宜按数据用途分级，把出境、共享与留存三件事分别管住。",
            "Data is best graded by use, with export, sharing and retention governed apart.",
        ),
        (
            "建议由行业组织先行发布数据交接清单，试行一年后再转为标准。",
            "We propose a hand-over list issued by the association, made a standard after a year.",
        ),
    ),
    "身份与凭证": (
        (
            "虚拟空间里的办事与交易，都从“对方是谁”开始。",
            "Dealings in a virtual space begin with the question who the other one is.",
        ),
        (
            "同一个人在不同平台有多个化身，冒用身份后难以追溯。",
            "One person has several avatars on several platforms, and misuse is hard to trace.",
        ),
        (
            "宜坚持后台实名、前台自愿，凭证可验、可撤。",
            "Real names behind, free names in front; credentials that can be checked and revoked.",
        ),
        (
            "建议在政务与金融两类场景先做跨平台身份核验试点。",
            "We propose pilots of identity checks across platforms in public services and finance.",
        ),
    ),
    "虚拟资产": (
        (
            "数字藏品与虚拟道具已成为部分企业的日常业务。",
            "Digital collectibles and virtual goods are daily business for some companies.",
        ),
        (
            "一级发售与二次交易的边界不清，容易被包装成投资。",
            "First sale and resale run into each other and are easily dressed up as investment.",
        ),
        (
            "宜以实名购买、不拆分、不承诺回购为底线。",
            "Real-name purchase, no splitting and no promise to buy back are the floor.",
        ),
        (
            "建议监管部门与行业组织共同公布可开展、有条件开展、不可开展三张清单。",
            "We propose three public lists: allowed, allowed on conditions, not allowed.",
        ),
    ),
    "未成年人保护": (
        (
            "沉浸式课堂和展馆吸引了大量未成年人。",
            "Immersive classrooms and museums draw many minors.",
        ),
        (
            "眼动、手势等新型数据的采集缺少监护人知情的环节。",
            "Eye and hand tracking data is gathered without a step at which guardians learn of it.",
        ),
        (
            "宜把时长、消费与数据采集三项限制做进产品默认设置。",
            "Limits on time, spending and data belong in the default settings.",
        ),
        (
            "建议教育主管部门把默认保护列入采购条件。",
            "We propose that education authorities make such defaults a condition of purchase.",
        ),
    ),
    "标准与测试": (
        (
            "各家仿真结果难以互认，重复测试增加了成本。",
            "Results of simulations are not recognised by others; testing twice costs money.",
        ),
        (
            "缺少公开的测试集和统一的判定口径。",
            "Open test sets and a common way of judging are missing.",
        ),
        (
            "宜先统一术语和测试方法，再谈指标高低。",
            "Terms and methods come first, thresholds after.",
        ),
        (
            "建议设立公开测试平台，由三家以上单位联合维护。",
            "We propose an open test bench kept by three or more units together.",
        ),
    ),
    "平台与竞争": (
        ("场景建设往往依赖单一底图或引擎。", "Many projects rest on a single base map or engine."),
        (
            "迁移成本高，中小企业议价能力弱。",
            "Moving is costly and small companies bargain from weakness.",
        ),
        (
            "宜在公共项目中约定数据可携带、接口可替换。",
            "Public projects should agree on portable data and replaceable interfaces.",
        ),
        (
            "建议主管部门发布接口开放的参考合同条款。",
            "We propose model contract terms on open interfaces.",
        ),
    ),
}

EN_HEADS = {
    "数据安全": "Data security",
    "身份与凭证": "Identity and credentials",
    "虚拟资产": "Virtual assets",
    "未成年人保护": "Protection of minors",
    "标准与测试": "Standards and tests",
    "平台与竞争": "Platforms and competition",
}
