"""A fictional cast: names and units made from the seed, every one marked as a demonstration."""

from dataclasses import dataclass
from random import Random
from typing import Any

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person

FAMILY = (
    "卢毛纪任秦高陶方何华米苏江白叶宋唐韩许邓冯曹彭袁潘蒋蔡余杜程魏吕丁沈姚钟"
    "姜崔谭陆范汪廖石金韦贾夏付邹熊孟邱侯尹薛闫段雷龙黎史陶贺毕郝邵万覃武钱戴"
    "严莫孔向常"
)
GIVEN = [
    "知行",
    "若水",
    "明远",
    "思齐",
    "景行",
    "怀瑾",
    "云舒",
    "致远",
    "清和",
    "安之",
    "文渊",
    "静姝",
    "子衿",
    "乐山",
    "望舒",
    "修远",
    "嘉言",
    "予安",
    "书白",
    "泊宁",
    "以宁",
    "承宇",
    "星野",
    "亦凡",
    "初霁",
    "听澜",
    "见山",
    "南乔",
    "北辰",
    "青禾",
    "松年",
    "时雨",
    "沐阳",
    "晚晴",
    "砚秋",
    "疏影",
]
ROOT = [
    "海棠",
    "青桐",
    "白榆",
    "云杉",
    "星汉",
    "沧浪",
    "远山",
    "南屏",
    "北斗",
    "长亭",
    "听涛",
    "望岳",
    "拾光",
    "晴川",
    "朝露",
    "鹿鸣",
    "采薇",
    "归雁",
    "秋水",
    "春晖",
    "临渊",
    "观澜",
    "清越",
    "若谷",
]
TRADE = ("数字研究院", "科技有限公司", "智能实验室", "信息技术公司", "政策研究中心", "仿真中心")
PINYIN_TAIL = "（演示）"
LATIN_TAIL = " (demo)"
_FIRST = (
    "Ada Arlo Basil Cleo Dora Edda Fay Gwen Hale Ines Joss Kit Lena Milo Nell Otis Petra Quill "
    "Rory Sage Tess Una Vera Wren Yara Zeke Abel Bryn Cora Dale Esme Finn Gia Hope Ivo Juno"
)
_LAST = (
    "Alder Birch Cedar Elm Fenn Gorse Hazel Ivy Juniper Laurel Maple Nettle Oak Pine Rowan Sedge "
    "Thorn Willow Yarrow Ash Bracken Clover Dill Fern Heath Larch Moss Reed Sorrel Teasel"
)
_PLACE = (
    "Northmere Southfold Eastwick Westbrook Highmoor Lowdale Greystone Redcliff Bluewater "
    "Stonegate Fairhaven Oldbridge Newbarn Longmeadow Shortlane Broadoak Narrowhill Coldspring "
    "Warmwell Deepford Clearlake Darkwood Brightsea Stillpond"
)
FIRST, LAST, PLACE = _FIRST.split(), _LAST.split(), _PLACE.split()
_FAMILY_LATIN = (
    "Lu Mao Ji Ren Qin Gao Tao Fang He Hua Mi Su Jiang Bai Ye Song Tang Han Xu Deng Feng Cao "
    "Peng Yuan Pan Jiang Cai Yu Du Cheng Wei Lü Ding Shen Yao Zhong Jiang Cui Tan Lu Fan Wang "
    "Liao Shi Jin Wei Jia Xia Fu Zou Xiong Meng Qiu Hou Yin Xue Yan Duan Lei Long Li Shi Tao "
    "He Bi Hao Shao Wan Qin Wu Qian Dai Yan Mo Kong Xiang Chang"
)
_GIVEN_LATIN = (
    "Zhixing Ruoshui Mingyuan Siqi Jingxing Huaijin Yunshu Zhiyuan Qinghe Anzhi Wenyuan "
    "Jingshu Zijin Leshan Wangshu Xiuyuan Jiayan Yu'an Shubai Boning Yining Chengyu Xingye "
    "Yifan Chuji Tinglan Jianshan Nanqiao Beichen Qinghe Songnian Shiyu Muyang Wanqing Yanqiu "
    "Shuying"
)
_ROOT_LATIN = (
    "Haitang Qingtong Baiyu Yunshan Xinghan Canglang Yuanshan Nanping Beidou Changting Tingtao "
    "Wangyue Shiguang Qingchuan Zhaolu Luming Caiwei Guiyan Qiushui Chunhui Linyuan Guanlan "
    "Qingyue Ruogu"
)
FAMILY_LATIN, GIVEN_LATIN = _FAMILY_LATIN.split(), _GIVEN_LATIN.split()
ROOT_LATIN = _ROOT_LATIN.split()
"""The same names in Latin letters, place by place."""
WORK = ("Research Institute", "Technology", "Laboratory", "Systems", "Policy Centre", "Studies")


@dataclass(slots=True)
class Casting:
    """Hands out people and units, each once, in an order fixed by the seed."""

    dice: Random
    english: bool = False
    people: int = 0
    units: int = 0

    def person(self, *, unit: Any = None, english: bool = False) -> Any:
        """A new fictional person of `unit`, with a mail address at example.org."""
        self.people += 1
        number = self.people
        name, name_en = self._names(number)
        return enter_person(
            PersonFacts(
                name=name,
                name_en=name_en,
                mail=f"player{number}.{self.dice.getrandbits(24):06x}@example.org",
                unit=unit,
                language="en" if english else "zh-hans",
                is_demo=True,
            )
        )

    def facts(self) -> tuple[str, str]:
        """A name and a mail address of somebody not yet entered (a row of a roster)."""
        self.people += 1
        number = self.people
        mail = f"player{number}.{self.dice.getrandbits(24):06x}@example.org"
        return self._names(number)[0], mail

    def unit(self) -> Any:
        """A new fictional unit."""
        name = self.unit_name()
        return enter_organisation(name, name_en=self._unit_latin(), kind="enterprise", is_demo=True)

    def _unit_latin(self) -> str:
        """The English name of the unit that was named last."""
        root, trade = self.units % len(ROOT), self.units // len(ROOT) % len(WORK)
        place = PLACE[self.units % len(PLACE)] if self.english else ROOT_LATIN[root]
        return f"{place} {WORK[trade]}{LATIN_TAIL}"

    def unit_name(self) -> str:
        """The name of a fictional unit not yet entered."""
        self.units += 1
        if self.english:
            return self._unit_latin()
        root = ROOT[self.units % len(ROOT)]
        trade = TRADE[(self.units // len(ROOT)) % len(TRADE)]
        return f"{root}{trade}{PINYIN_TAIL}"

    def _names(self, number: int) -> tuple[str, str]:
        """A name, and the same in English."""
        given = self.dice.randrange(len(GIVEN))
        if self.english:
            name = f"{FIRST[given]} {LAST[number % len(LAST)]}{LATIN_TAIL}"
            return name, name
        family = number % len(FAMILY)
        latin = f"{FAMILY_LATIN[family]} {GIVEN_LATIN[given]}{LATIN_TAIL}"
        return f"{FAMILY[family]}{GIVEN[given]}{PINYIN_TAIL}", latin


def founder_facts(dice: Random, english: bool = False) -> PersonFacts:
    """The fictional secretary who founds a played programme."""
    given = dice.randrange(len(GIVEN))
    name = f"秦{GIVEN[given]}{PINYIN_TAIL}"
    return PersonFacts(
        name=f"{FIRST[given]} Quince{LATIN_TAIL}" if english else name,
        name_en="Secretary (demo)",
        language="en" if english else "",
        mail=f"secretary.{dice.getrandbits(24):06x}@example.org",
        is_demo=True,
    )
