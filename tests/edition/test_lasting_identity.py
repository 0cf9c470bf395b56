"""Items that were published before stay who they were: id, file and guid."""

from __future__ import annotations

import datetime as dt

from tingbao.edition.identity import identify, text_sha256, with_ids
from tingbao.models import (
    Article,
    ArticleKind,
    Edition,
    Manifest,
    ManifestArticle,
    ManifestEdition,
    ManifestPage,
    Origin,
    Page,
    Paragraph,
    ParagraphKind,
    Skip,
    SkipReason,
)
from tingbao.text.labels import read_label

PAGES = (Page(1, read_label("1"), None, "1.md"),)


def article(name: str, title: str | None, body: str = "正文。") -> Article:
    paragraph = Paragraph(ParagraphKind.TEXT, body, (Origin(1, 1),))
    return Article(name, ArticleKind.ARTICLE, title, (1,), (paragraph,))


def published(*articles: Article, retired: tuple[str, ...] = ()) -> Manifest:
    entries = tuple(
        ManifestArticle(
            id=one.id,
            order=order,
            title=one.title or "",
            kind=one.kind,
            pages=one.pages,
            file=f"articles/{one.id}.mp3",
            guid=f"guid-{one.id}",
            text_sha256=text_sha256(one),
            complete=True,
        )
        for order, one in enumerate(articles, start=1)
    )
    return Manifest(
        id="2026-03-14",
        date=dt.date(2026, 3, 14),
        paper="试报",
        voice="kokoro",
        engine="kokoro",
        licence="Apache-2.0",
        selection=False,
        pages=(ManifestPage(1, "1", None, "1.md"),),
        articles=entries,
        edition=ManifestEdition("edition.mp3", "guid", 1, 1, ""),
        chapters=(),
        cues=(),
        cover="cover.jpg",
        retired_ids=retired,
    )


def test_a_first_build_keeps_the_printed_ids() -> None:
    found = identify([article("01", "甲"), article("02", "乙")], None)
    assert dict(found.ids) == {"01": "01", "02": "02"}
    assert not found.known


def test_an_item_is_known_again_by_its_title_when_its_text_was_corrected() -> None:
    old = published(article("01", "甲"), article("02", "乙"))
    found = identify([article("01", "乙", "改过。"), article("02", "甲", "也改过。")], old)
    assert dict(found.ids) == {"01": "02", "02": "01"}
    assert found.known["02"].guid == "guid-02"


def test_an_item_is_known_again_by_its_text_when_its_title_was_corrected() -> None:
    old = published(article("01", "甲(一)", "同样的正文。"), article("02", "乙", "另外的。"))
    new = [article("01", "前一条", "新的。"), article("02", "甲一", "同样的正文。")]
    found = identify(new, old)
    assert dict(found.ids) == {"01": "03", "02": "01"}


def test_a_new_item_in_front_takes_the_next_free_id_and_the_others_keep_theirs() -> None:
    old = published(article("01", "甲"), article("02", "乙"))
    new = [article("01", "新"), article("02", "甲"), article("03", "乙")]
    found = identify(new, old)
    assert dict(found.ids) == {"01": "03", "02": "01", "03": "02"}


def test_the_id_of_an_item_that_was_taken_away_is_never_given_to_another() -> None:
    old = published(article("01", "甲"), article("02", "乙"))
    without = identify([article("01", "甲")], old)
    assert without.retired == ("02",)
    later = published(article("01", "甲"), retired=without.retired)
    found = identify([article("01", "甲"), article("02", "丙")], later)
    assert found.ids["02"] == "03"
    assert found.retired == ("02",)


def test_items_of_the_same_title_are_matched_in_print_order() -> None:
    old = published(article("01", "简讯", "一。"), article("02", "简讯", "二。"))
    found = identify([article("01", "简讯", "一改。"), article("02", "简讯", "二改。")], old)
    assert dict(found.ids) == {"01": "01", "02": "02"}


def test_skips_inside_an_item_follow_its_new_id() -> None:
    skip = Skip(SkipReason.TOC, "目录", 1, 3, article="01", before=0)
    edition = Edition(PAGES, (article("01", "甲"),), (skip, Skip(SkipReason.JUMP, "下转", 1, 4)))
    renamed = with_ids(edition, {"01": "05"})
    assert renamed.articles[0].id == "05"
    assert [one.article for one in renamed.skipped] == ["05", None]
