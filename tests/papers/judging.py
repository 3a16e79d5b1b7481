"""Papers of gates: what is judged, each opinion, all of them, the decision."""

from keti.reports.models import Version
from keti.review.tests.bench import opened, sent_back
from tests.cast import Cast
from tests.papers.taking import Taken


def decision(cast: Cast) -> Taken:
    on = sent_back(cast)
    cast.at("2030-05-18T10:00")
    return Taken(
        "review:decision", ("cast", on.public_id, 1), cast.lu, (cast.he, cast.wu),
        ("决定书", "补充案例。"),
    )  # fmt: skip


def opinion(cast: Cast) -> Taken:
    on = opened(cast)
    cast.at("2030-05-16T10:00")
    return Taken(
        "review:opinion_sheet", ("cast", on.public_id), cast.ren, (cast.lu, cast.qin, cast.wu),
        ("评审意见表", "没有利益冲突", "签字"),
    )  # fmt: skip


def judged(cast: Cast) -> Taken:
    on = opened(cast)
    cast.at("2030-05-16T10:00")
    return Taken(
        "review:pinned_paper", ("cast", on.public_id, "1-1"), cast.ren, (cast.he, cast.wu),
        ("成果一。", Version.objects.get().sha256[:16]),
    )  # fmt: skip


def votes(cast: Cast) -> Taken:
    on = sent_back(cast)
    cast.at("2030-05-18T10:00")
    return Taken(
        "review:votes", ("cast", on.public_id, 1), cast.rong, (cast.lu, cast.mao, cast.wu),
        ("评审意见汇总表", "请修改。", "荣专家（演示）"),
    )  # fmt: skip
