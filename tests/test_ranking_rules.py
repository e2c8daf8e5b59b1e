"""What comes first among what is found, in two statutes made for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import pytest

from tongwen.flow import index
from tongwen.flow.opening import Library, library
from tongwen.search import Results, search

STATUTES = {
    "water": (
        "# 地下水管理條例\n\n"
        "第一條 開鑿水井應申請許可。\n\n"
        "第二條 水井之深度由主管機關定之。\n\n抽水機應登記。\n\n水井與抽水機應分別檢查，檢查之費用由所有人負擔，"
        "其標準、程序、期間及其他應遵行事項之辦法，由主管機關會商有關機關定之。\n\n"
        "第三條 水井逾期不申請者，水井應填平，水井之費用由所有人負擔。\n\n"
        "第四條 本條例所稱水井，指以人工開鑿而取用地下水之設施。\n"
    ),
    "well": "# 鑿井業管理規則\n\n第 1 條 鑿井業應登記。\n\n第 1-1 條 登記之費用另定之。\n\n第 2 條 本規則即日施行。",
    "river": "# 河川管理條例\n\n第一條 河川地不得開鑿水井。\n\n第二條 水井妨礙水流者，應填平。\n",
}


@pytest.fixture(scope="module")
def statutes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    texts, folder = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("index")
    for name, text in STATUTES.items():
        (texts / f"{name}.md").write_text(text, encoding="utf-8")
    index([texts], folder, jobs=1)
    with library(folder) as opened:
        yield opened


def places(found: Results) -> list[str]:
    return [f"{hit.doc}#{hit.id}" for hit in found.hits]


@pytest.mark.parametrize("query", ["水井", "水井 设施", "「水井」"])
def test_where_a_term_is_defined_comes_first(statutes: Library, query: str) -> None:
    assert places(search(statutes, query))[0].startswith("water#art_4")


def test_the_article_around_a_definition_comes_first_among_articles(statutes: Library) -> None:
    assert places(search(statutes, "水井", kind="article"))[0] == "water#art_4"


def test_words_of_one_provision_come_before_words_of_several(statutes: Library) -> None:
    found = places(search(statutes, "抽水機 登記 OR 檢查"))
    assert found == ["water#art_2.2", "water#art_2.3"]
    assert places(search(statutes, "抽水機 水井"))[0] == "water#art_2.3"


def test_a_score_has_four_decimals(statutes: Library) -> None:
    assert all(hit.score == round(hit.score, 4) for hit in search(statutes, "抽水機 水井 檢查").hits)


def test_grouped_hits_are_the_best_of_each_document(statutes: Library) -> None:
    alone, grouped = search(statutes, "水井", limit=100), search(statutes, "水井", limit=100, group=True)
    wanted = [hit.doc for hit in alone.hits]
    assert [doc for doc, _ in groupby(hit.doc for hit in grouped.hits)] == list(dict.fromkeys(wanted))
    for doc, hits in groupby(grouped.hits, lambda hit: hit.doc):
        best = [hit.id for hit in alone.hits if hit.doc == doc][:3]
        assert [(hit.id, hit.in_document) for hit in hits] == [(id_, Counter(wanted)[doc]) for id_ in best]
    assert (grouped.total, grouped.documents) == (alone.total, alone.documents)
    assert all(hit.json()["in_document"] == hit.in_document for hit in grouped.hits)
    assert not any("in_document" in hit.json() for hit in alone.hits)


def test_documents_are_leafed_through(statutes: Library) -> None:
    whole = search(statutes, "水井", group=True)
    pages = [search(statutes, "水井", group=True, limit=1, offset=at) for at in range(3)]
    assert [place for page in pages for place in places(page)] == places(whole)
    assert not pages[2].hits


@pytest.mark.parametrize("query", ["鑿井業管理規則第1-1條", "鑿井業管理規則 第 1-1 條", "凿井业管理规则第一条之一"])
def test_an_article_that_was_inserted_is_cited_in_either_way(statutes: Library, query: str) -> None:
    assert places(search(statutes, query)) == ["well#art_1-1"]
