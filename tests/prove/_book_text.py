"""A long text that says nothing twice: sentences of its own in Chinese and English, put together by
chance from words of no subject, every paragraph looked up among all before it. Demo data."""

import random
import struct
import zlib
from typing import Any

Block = dict[str, Any]

ZH = {
    "who": "各小组 试点单位 受访机构 两地课题组 抽样企业 评估小组 参与院校 行业协会 平台运营方 "
    "社区代表 三家实验室 观察员",
    "when": "在第一轮调查中 到年中为止 在复核阶段 据初步统计 与上年相比 在试运行期间 按约定口径 "
    "就可得材料而言 经交叉核对 在样本范围内",
    "did": "整理了 核对了 比较了 记录了 重新计算了 逐项说明了 归纳出 "
    "公开了 暂缓了 补充了 修订了 质疑了",
    "what": "数据来源 办理流程 责任划分 留存期限 计价方法 标识规则 审核清单 争议案例 "
    "接口约定 退出安排 "
    "培训材料 风险等级 抽检办法 公示内容 授权范围",
    "how": "并附上底稿 但仍有缺口 因而可以复算 且未见反例 只是口径不同 并说明了例外 尚待第三方验证 "
    "与预期大致相符 差异集中在少数环节 需要更长的观察期",
    "so": "由此看来 因此 换言之 需要指出的是 值得注意的是 在此基础上 相应地 与此同时 "
    "反过来说 进一步说",
    "then": "宜先易后难 应当分步实施 可以保留两种做法 不宜一概而论 最好由使用方提出 须写明负责人 "
    "应有可查的记录 适合先行试点 不必另设机构 可由现有机制承担",
    "about": "场景治理 数据流转 身份标识 内容分级 资产确权 适老服务 未成年人保护 产业协同 算力调度 "
    "标准衔接 跨境合作 公共服务",
}
EN = {
    "who": "the groups|the pilot units|the bodies asked|both regional teams|the sampled firms|the "
    "assessors|the schools taking part|the trade body|the operators|three laboratories",
    "when": "In the first survey|By the middle of the year|At the check|By a first count|Compared "
    "with the year before|During the trial run|By the agreed measure|Within the sample",
    "did": "sorted|checked|compared|recorded|counted anew|explained point by point|summed up|"
    "published|put off|completed|revised|questioned",
    "what": "the sources|the procedure|the division of duties|the terms of keeping|the way of "
    "pricing|the rules of marking|the list of checks|the disputed cases|the interfaces|the way out|"
    "the training papers|the grades of risk",
    "how": "and added the working papers|though gaps remain|so that it can be counted again|and "
    "found no counter-example|though the measures differ|and named the exceptions|subject to a "
    "third party's test|much as expected|with differences at a few steps only",
    "so": "It follows that|Hence|In other words|It should be said that|On this footing|At the same "
    "time|The other way round",
    "then": "the easy steps come first|it is done in stages|both ways may stand|one rule does not "
    "fit all|those who use it should ask for it|somebody must answer for it|a record must be kept|"
    "a trial comes first",
    "about": "the rule of scenes|the flow of data|marks of identity|grades of content|title to "
    "assets|services for the old|the care of minors|work between industries|shared computing|"
    "work across borders",
}


class Pen:
    """Writes in one language; no paragraph twice, whoever asks."""

    def __init__(self, seed: str, lang: str) -> None:
        self.dice, self.zh, self.known = random.Random(f"{seed} {lang}"), lang == "zh", set[str]()
        words, cut = (ZH, " ") if self.zh else (EN, "|")
        self.words = {key: [one.strip() for one in said.split(cut)] for key, said in words.items()}

    def __call__(self, key: str) -> str:
        return self.dice.choice(self.words[key])

    def title(self) -> str:
        return (
            f"{self('about')}的{self('what')}" if self.zh else f"{self('what')} in {self('about')}"
        )

    def sentence(self) -> str:
        n, m, a = self.dice.randint(3, 98), self.dice.randint(101, 990), self
        if self.zh:
            first = f"{a('when')}，{a('who')}{a('did')}{a('about')}的{a('what')}共{m}项，{a('how')}"
            return f"{first}；{a('so')}，其中{n}项{a('then')}。"
        first = f"{a('when')} {a('who')} {a('did')} {a('what')} of {a('about')}, {m} items in all,"
        return f"{first} {a('how')}. {a('so')} for {n} of them {a('then')}."

    def paragraph(self, length: int = 3) -> str:
        """So many sentences that stand together nowhere else."""
        while (said := ("" if self.zh else " ").join(self.sentence() for _ in range(length))) in (
            self.known
        ):
            pass
        self.known.add(said)
        return said


class Chapter:
    """One chapter as a document: headings, paragraphs with notes, references and cross references,
    numbered tables and figures."""

    def __init__(self, pen: Pen, keys: list[str], pictures: list[str]) -> None:
        self.pen, self.keys, self.pictures = pen, list(keys), list(pictures)
        self.blocks: list[Block] = []
        self.count = 0

    def put(self, kind: str, **what: Any) -> str:
        self.count += 1
        self.blocks.append({"id": f"b{self.count}", "kind": kind, **what})
        return f"b{self.count}"

    def written(self, parts: int, paragraphs: int, tables: int, charts: int) -> list[Block]:
        """The chapter: parts of two sections each, what else it holds spread over them."""
        for part in range(parts):
            self.put("heading", level=1, runs=[{"words": self.pen.title()}])
            if part == 0:
                mark = (
                    "本章为演示数据，内容虚构。" if self.pen.zh else "Demo data; all is fictional."
                )
                self.put("paragraph", runs=[{"words": mark}])
            for half in range(2):
                self.put("heading", level=2, runs=[{"words": self.pen.title()}])
                for place in range(paragraphs):
                    self.paragraph(note=place == 1 and half == 0)
            if part < tables:
                self.refer(self.table())
            if part < charts:
                self.refer(self.chart())
            elif self.pictures:
                self.refer(self.picture(self.pictures.pop()))
        return self.blocks

    def paragraph(self, note: bool = False) -> None:
        runs: list[dict[str, Any]] = [{"words": self.pen.paragraph()}]
        if note:
            inner = {"id": f"n{self.count}", "kind": "paragraph"}
            runs.append({"note": [inner | {"runs": [{"words": self.pen.sentence()}]}]})
        if self.keys:
            runs.append({"cite": [{"ref": self.keys.pop(0)}]})
        self.put("paragraph", runs=runs)

    def refer(self, name: str) -> None:
        said = "详见" if self.pen.zh else "See "
        runs = [{"words": said}, {"to": name}, {"words": "。" if self.pen.zh else "."}]
        self.put("paragraph", runs=[*runs, {"words": self.pen.paragraph(2)}])

    def table(self) -> str:
        head = (
            ["事项", "一季度", "二季度", "说明"] if self.pen.zh else ["Item", "Q1", "Q2", "Remark"]
        )
        rows = [head] + [
            [self.pen("what"), str(self.pen.dice.randint(1, 999)),
             str(self.pen.dice.randint(1, 999)), self.pen("how")]
            for _ in range(6)
        ]  # fmt: skip
        cells = [[self.cell(f"{self.count}r{at}c{n}", one) for n, one in enumerate(row)]
                 for at, row in enumerate(rows)]  # fmt: skip
        return self.put("table", columns=4, head=1, rows=cells, caption=self.pen.title())

    def cell(self, name: str, words: str) -> dict[str, Any]:
        block = {"id": f"c{name}", "kind": "paragraph", "runs": [{"words": words}]}
        return {"rows": 1, "cols": 1, "blocks": [block]}

    def chart(self) -> str:
        values = [str(self.pen.dice.randint(5, 95)) for _ in range(6)]
        labels = [f"{n}月" if self.pen.zh else f"M{n}" for n in range(1, 7)]
        name = "件数" if self.pen.zh else "Cases"
        return self.put(
            "chart", form=self.pen.dice.choice(["bar", "line"]), title="", labels=labels,
            series=[{"name": name, "values": values}], caption=self.pen.title(),
        )  # fmt: skip

    def picture(self, sha: str) -> str:
        alt = "演示图样" if self.pen.zh else "A pattern (demo)"
        return self.put("figure", file=sha, mime="image/png", alt=alt, wide=90,
                        caption=self.pen.title())  # fmt: skip


def png(seed: int) -> bytes:
    """A picture of stripes, like no other."""
    dice, wide, high = random.Random(seed), 240, 120
    colours = [bytes(dice.randrange(60, 256) for _ in range(3)) for _ in range(12)]
    rows = b"".join(b"\0" + b"".join(colours[x // 20] for x in range(wide)) for _ in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one)) + name + one + struct.pack(">I", zlib.crc32(name + one))
        for name, one in parts
    )


def references(count: int) -> list[str]:
    """So many works, half Chinese, half Western, as BibTeX."""
    dice, out = random.Random("references"), []
    for n in range(1, count + 1):
        zh = n % 2
        title = f"演示研究之{n}：{dice.choice(ZH['about'].split())}" if zh else f"Demo study {n}"
        who = f"{dice.choice('赵钱孙李周吴郑王')}演示" if zh else f"Demo, {dice.choice('ABCDEFG')}."
        where = "演示学报" if zh else "Journal of Demonstrations"
        pages = f"{n}--{n + 9}"
        out.append(
            f"@article{{r{n}, author={{{who}}}, title={{{title}}}, journal={{{where}}}, "
            f"year={{{2000 + n % 24}}}, volume={{{n}}}, pages={{{pages}}}}}"
        )
    return out
