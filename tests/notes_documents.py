"""Documents made at random from our own sentences, with note markers at known places among other figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

HANS = """2015年，全国共有1200名警员参加培训。
据估计，约有10%的人需要长期帮助，其余只需一次面谈。
该中心设在城东，开放时间为每天9时至21时。
参加者平均年龄为34岁，最小的15岁，最大的68岁。
表2列出了五个城市的情况，图1说明了变化的方向。
第12条第3款规定了例外，第2.6节再作讨论。
持有不超过3克的，处以1000元以下罚款。
自2009年1月1日起，新的做法推广到7个省。
比例由2001年的44%降到2012年的21%，此后变化不大。
社会工作者每周来两次，陪伴他们办理手续。
法院认为，这种做法符合法律的目的。
地方政府的态度各不相同，有的支持，有的观望。
联合国毒品和犯罪问题办公室（UNODC）发表了评论。
咨询电话为 020-7324 2974，全年无休。
服务点从3个增加到25个，费用却没有上升。
研究人员走访了18个村庄，得到了相同的结论。
这一点常常被人忽略，因为数字看起来很好。
《健康城市行动计划》把它列为首要任务。
他说：“没有人应当因为生病而受罚。”
经费的一半来自捐助，一半来自地方预算。
与其他地区相比，这里的复发率低一些。
每100人中有6人再次求助，约为全国平均的1.5倍。
药品由附录1所列的三家药房发放。
1-3克之间的情形由检察官决定。
警方、医院和社区三方每季度开会一次。""".splitlines()

HANT = """2015年，全國共有1200名警員參加培訓。
據估計，約有10%的人需要長期幫助，其餘只需一次面談。
該中心設在城東，開放時間為每天9時至21時。
參加者平均年齡為34歲，最小的15歲，最大的68歲。
表2列出了五個城市的情況，圖1說明了變化的方向。
第12條第3項規定了例外，第2.6節再作討論。
持有不超過3公克者，處新臺幣1000元以下罰鍰。
自2009年1月1日起，新的做法推廣到7個縣市。
社會工作者每週來兩次，陪伴他們辦理手續。
法院認為，這種做法符合法律的目的。
地方政府的態度各不相同，有的支持，有的觀望。
服務點從3個增加到25個，費用卻沒有上升。
研究人員走訪了18個村莊，得到了相同的結論。
這一點常常被人忽略，因為數字看起來很好。
《健康城市行動計畫》把它列為首要任務。
他說：「沒有人應當因為生病而受罰。」
經費的一半來自捐助，一半來自地方預算。
每100人中有6人再次求助，約為全國平均的1.5倍。
警方、醫院和社區三方每季開會一次。""".splitlines()

EN = """In 2015, some 1,200 officers took part in the training.
About 10% of them need help for longer, and the others a single talk.
The centre lies east of the town and opens from 9 to 21 every day.
Participants were 34 years old on average, the youngest 15.
Table 2 lists five towns, and Figure 1 shows the trend.
Article 12 provides for exceptions, as section 2.6 explains.
Whoever holds no more than 3 grams pays a fine of up to 1000 dollars.
Since 1 January 2009 the new practice has spread to 7 provinces.
The share fell from 44% in 2001 to 21% in 2012 and has stayed there.
Social workers come twice a week and help with the papers.
The court held that the practice served the purpose of the law.
Local authorities differ: some support it, and some wait.
The number of service points rose from 3 to 25 at the same cost.
This is often overlooked, since the figures look good.
He said that "nobody should be punished for being ill."
During the 1990s the rate was 1.5 times the national average.
The police, the hospital and the community meet four times a year.
Air pollution (PM10) and COVID-19 were measured as well.""".splitlines()

POOLS = {"zh-Hans": HANS, "zh-Hant": HANT, "en": EN}
HEADINGS = {
    "zh-Hans": ["2.1 背景", "3.2 各地的经验", "2.3.1 法律与事实", "人权", "1. 问题所在", "第三章 建议"],
    "zh-Hant": ["2.1 背景", "3.2 各地的經驗", "2.3.1 法律與事實", "人權", "一、問題所在", "第三章 建議"],
    "en": ["2.1 Background", "3.2 Experience", "2.3.1 Law and practice", "Human rights", "1. The problem"],
}
TABLE = ["表3 各地的数字", "城东 14,000 44.9", "城西 326 36", "城南 1,300 24.8", "城北 40 19", "合计 55 12"]
LISTS = {
    "zh-Hans": ["1. 立法机关应当提出草案。", "2. 法院应当公布数字。", "3. 经费应当写入预算。"],
    "zh-Hant": ["1. 立法機關應當提出草案。", "2. 法院應當公布數字。", "3. 經費應當寫入預算。"],
    "en": ["1. Parliament should table a bill.", "2. Courts should publish figures.", "3. Funds should be budgeted."],
}
TITLES = {"zh-Hans": "注释", "zh-Hant": "註釋", "en": "Notes"}
SOURCES = {
    "zh-Hans": ["同上。", "国家统计局，2012年。", "见第2章所举各例，第15页。", "《健康年鉴》，2009年第3期。"],
    "zh-Hant": ["同上。", "主計總處，2012年。", "見第2章所舉各例，第15頁。", "《健康年鑑》，2009年第3期。"],
    "en": ["Ibid.", "Statistics Office, 2012.", "See chapter 2, page 15.", "Health Yearbook, vol. 3 (2009)."],
}
_MARK = re.compile("\ue000([0-9]+)\ue001")


@dataclass
class Made:
    """A document and its truth: where each marker begins, and its number; how many notes it has."""

    text: str
    markers: set[tuple[int, str]]
    notes: int


@dataclass
class Maker:
    """Makes one document. ``kind``: ``dangling``, ``end``, ``feet``, ``pages`` (feet, counted
    anew), ``chapters``; ``often``: the share of sentences that carry a marker."""

    random: Random
    language: str
    kind: str
    lost: float = 0.0
    moved: bool = False
    width: int = 0
    often: float = 0.35
    number: int = 0
    written: int = 0
    due: list[int] = field(default_factory=list)

    def make(self, chapters: int = 4) -> Made:
        parts: list[str] = []
        ended: list[str] = []
        for _ in range(chapters):
            blocks = self._chapter()
            if self.moved and len(blocks) > 6:
                blocks = self._displaced(blocks)
            parts += blocks
            if self.kind == "chapters":
                parts += self._notes(titled=True)
                self.number = 0
        if self.kind == "end":
            ended = self._notes(titled=self.random.random() < 0.8)
        return self._told(parts + ended)

    def _chapter(self) -> list[str]:
        out = [self.random.choice(HEADINGS[self.language])]
        for _ in range(self.random.randint(4, 9)):
            out.append(self._paragraph())
            chance = self.random.random()
            if chance < 0.1:
                out += LISTS[self.language]
            elif chance < 0.2:
                out += TABLE
            elif chance < 0.4 and self.kind in ("feet", "pages"):
                out += self._notes(titled=False)
                self.number = 0 if self.kind == "pages" else self.number
        if self.kind in ("feet", "pages"):
            out += self._notes(titled=False)
            self.number = 0 if self.kind == "pages" else self.number
        return out

    def _displaced(self, blocks: list[str]) -> list[str]:
        """A box: some blocks printed elsewhere in the chapter."""
        start = self.random.randint(1, len(blocks) - 3)
        box, rest = blocks[start : start + 2], blocks[:start] + blocks[start + 2 :]
        at = self.random.randint(1, len(rest))
        return rest[:at] + box + rest[at:]

    def _paragraph(self) -> str:
        sentences = [self._marked(self.random.choice(POOLS[self.language])) for _ in range(self.random.randint(2, 5))]
        text = (" " if self.language == "en" else "").join(sentences)
        return self._wrapped(re.sub("\ue001(?=[0-9])(?!(?:19|20)[0-9]{2}年)", "\ue001 ", text))

    def _marked(self, sentence: str) -> str:
        if self.random.random() >= self.often:
            return sentence
        self.number += 1
        self.due.append(self.number)
        if self.random.random() < self.lost:
            return sentence
        mark = f"\ue000{self.number}\ue001"
        chance = self.random.random()
        commas = [m.end() for m in re.finditer("[，、,](?! ?[0-9])", sentence[:-2])]
        if self.language == "en":
            return sentence + mark if chance < 0.9 or not sentence[-2].isalpha() else f"{sentence[:-1]}{mark}."
        if chance < 0.1 and commas:
            at = self.random.choice(commas)
            return sentence[:at] + mark + sentence[at:]
        if chance < 0.2 and sentence[-1] == "。":
            return f"{sentence[:-1]}{mark}。"
        return sentence + mark + self.random.choice(["", "", " "])

    def _wrapped(self, paragraph: str) -> str:
        if not self.width:
            return paragraph
        lines, line, printed = [], "", 0
        pieces = paragraph.split(" ") if self.language == "en" else re.findall(self._unbroken(), paragraph)
        glue = " " if self.language == "en" else ""
        for piece in pieces:
            length = len(piece) if self.language == "en" else 2 * len(piece)
            if printed + length > self.width and line:
                lines.append(line)
                line, printed = "", 0
            line += (glue if line else "") + piece
            printed += length
        return "\n".join([*lines, line])

    def _unbroken(self) -> str:
        """Pieces of Chinese text that no line break cuts; now and then one comes before a marker."""
        kept = ".[0-9]+[，。]?|" if self.random.random() < 0.8 else ""
        return kept + "[0-9]+|[0-9]+|."

    def _notes(self, titled: bool) -> list[str]:
        out = [TITLES[self.language]] if titled and self.due else []
        out += [f"{n} {self.random.choice(SOURCES[self.language])}" for n in self.due]
        self.written += len(self.due)
        self.due = []
        return out

    def _told(self, parts: list[str]) -> Made:
        marked = "\n".join(parts)
        text, markers, at = "", [], 0
        for match in _MARK.finditer(marked):
            text += marked[at : match.start()]
            markers.append((len(text), match[1]))
            text += match[1]
            at = match.end()
        return Made(text + marked[at:], set(markers), self.written)


KINDS = ("dangling", "end", "feet", "pages", "chapters")


def made(seed: int, kind: str) -> Made:
    """The document of a seed: of any language and width, some with boxes moved, some with markers lost."""
    random = Random(f"{kind} {seed}")
    return Maker(
        random,
        random.choice(sorted(POOLS)),
        kind,
        lost=random.choice([0, 0, 0.05]),
        moved=random.random() < 0.4 and kind in ("dangling", "end", "chapters"),
        width=random.choice([0, 60, 84]),
        often=0.0 if kind == "none" else 0.35,
    ).make(random.randint(2, 6))
