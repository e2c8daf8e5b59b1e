"""A few texts that call the same things by different names, and a termbase that knows most of these."""

from __future__ import annotations

from pathlib import Path

from little_corpus import write
from tongwen.flow import index

TERMS = """concept,language,term,status,type,source,note,scope
incb,en,International Narcotics Control Board,preferred,full,,,
incb,en,INCB,admitted,abbreviation,,,
incb,zh-Hans,国际麻醉品管制局,preferred,full,,,
incb,zh-Hans,麻管局,admitted,short,,,
incb,zh-Hant,管制局,admitted,short,,,
incb,zh-Hans,国际麻醉品控制委员会,deprecated,full,,,
decriminalisation,en,decriminalisation,preferred,full,,,
decriminalisation,zh-Hans,去罪化,preferred,full,,,
decriminalisation,zh-Hans,合法化,deprecated,full,,,
decriminalisation,zh-Hant-TW,除罪化,preferred,full,,,
legalisation,en,legalisation,preferred,full,,,
legalisation,zh-Hans,合法化,preferred,full,,,
harm-reduction,en,harm reduction,preferred,full,,,
harm-reduction,zh-Hans,减低伤害,preferred,full,,,
harm-reduction,zh-Hant-TW,減害,preferred,full,,,
who,en,WHO,admitted,abbreviation,,,
who,zh-Hans,世界卫生组织,preferred,full,,,
art,en,ART,admitted,abbreviation,,,
art,zh-Hans,抗病毒治疗,preferred,full,,,
procedure,en,procedure,preferred,full,,,
procedure,zh-Hans,程序,preferred,full,,,
programme,en,program,preferred,full,,,
programme,zh-Hans,程序,admitted,full,,,
programme,zh-Hant-TW,程式,preferred,full,,,
schedule,zh-Hans,表,admitted,full,,,
schedule,en,schedule,preferred,full,,,
agency,zh-Hans,禁毒委员会,preferred,full,,,
agency,zh-Hans,委员会,admitted,short,,,scoped
report,en,report,preferred,full,,,
report,zh-Hans,报告,preferred,full,,,
"""

TEXTS = {
    "treaty.txt": (
        "示範公約\n第一條　用語\n一、稱「管制局」者，謂國際麻醉品管制局。\n"
        "二、管制局應提出報告。\n第二條　除罪化不在此限。\n"
    ),
    "tobacco.txt": "烟草规定\n第一条　烟草由管制局管理，报告由其编写。\n第二条　委员会负责协调。\n",
    "review.txt": (
        "毒品政策评述\n第一条　国际麻醉品管制局发表报告。\n第二条　麻管局由十三人组成。\n"
        "第三条　去罪化不是合法化。\n第四条　减低伤害属于公共卫生。\n第五条　程序公正。\n第六条　世界卫生组织参加。\n"
    ),
    "bulletin.txt": "通报\n第一条　INCB公布数字。\n第二条　减害服务。\n第三条　程式由主管机关定之。\n",
    "scoped.txt": "办法\n第一条　禁毒委员会设主任一人。\n第二条　委员会每年开会。\n",
    "drugs.txt": (
        "药品规定\n第一条　国务院药品监督管理部门（以下简称药监部门）主管全国工作。\n第二条　药监部门可以检查。\n"
    ),
    "cosmetics.txt": "化妆品规定\n第一条　药监部门另行规定。\n第二条　国务院药品监督管理部门负责。\n",
    "english.txt": (
        "Notes on policy\n\nArticle 1\nHarm reduction saves lives.\n\nArticle 2\nThose who ask are answered.\n\n"
        "Article 3\nThe WHO gave advice on decriminalisation.\n"
    ),
    "clinic.txt": (
        "Notes on care\n\nArticle 1\nPeople who need ART ask the WHO, who reports.\n\n"
        "Article 2\nThe art of care is for a person who reports.\n\nArticle 3\nARTs differ for each Party.\n"
    ),
}


def build(folder: Path) -> Path:
    """The index; the texts and the termbase lie beside it, in ``texts``."""
    write(folder / "texts", TEXTS)
    write(folder / "texts" / "termbase", {"terms.csv": TERMS})
    index([folder / "texts"], folder / "index", jobs=1)
    return folder / "index"
