"""What is asked of all: words, names, phrases, exclusions and questions, in both scripts."""

from __future__ import annotations

import re
from typing import NamedTuple

QUERIES = """
条|规定|应当|公安机关|人民法院|人民共和国|未成年人|网络安全|个人信息|劳动合同|不动产登记|知识产权|环境保护|食品安全
精神药品|精神藥品|麻醉药品|戒毒|強制隔離戒毒|走私、贩卖、运输、制造毒品|吸食、注射毒品|第三百四十七条|第十二条第二款
行政处罚|行政處罰|行政复议|行政訴訟法|国家赔偿|海关|税收征收管理|反垄断|证券交易所|商业银行|保险公司|破产管理人
"有期徒刑"|“情节严重的”|"依法追究刑事责任"|正当防卫|缓刑|死刑|回避|仲裁裁决|举证责任|诉讼时效
公安机关 处罚|毒品 未成年人|合同 解除 赔偿|網絡 信息 保護|土地 承包 农村|食品 召回 -药品|毒品 -麻醉药品|网络 -电信
未成年人 OR 老年人|海关|走私 OR 偷税|2015年|12|30日|WTO|GDP|15年|三年以上十年以下有期徒刑
""".replace("\n", "|")
LAY = ["未成年人盗窃怎么处罚", "公司拖欠工资怎么办", "邻居噪音扰民找谁管", "买到假药可以要求赔偿吗"]
WHOLE = ["精神药品", "精神藥品", "公安机关 处罚", "第三百四十七条", "条", "2015年", "公司拖欠工资怎么办"]

_WORD = re.compile(r'(-?)["“]?([^\s"“”]+)["”]?')


class Word(NamedTuple):
    text: str
    excluded: bool


def queries() -> list[str]:
    return list(dict.fromkeys(filter(None, QUERIES.split("|")))) + LAY


def words(query: str) -> list[list[Word]]:
    """Alternatives, each of words that must all stand in a text, or must not."""
    return [[Word(text, bool(minus)) for minus, text in _WORD.findall(part)] for part in query.split(" OR ")]
