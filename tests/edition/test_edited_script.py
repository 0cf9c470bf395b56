"""Building from a script that a person has corrected, and the headlines alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom import Newsroom
from tingbao.audio import walk_frames
from tingbao.edition import produce_digest
from tingbao.edition.events import ArticleFinished
from tingbao.errors import InputError, OptionError
from tingbao.publish import verify
from tingbao.synthesis import Runner
from tingbao.synthesis.fake import FakeEngine

pytestmark = pytest.mark.slow


def corrected(newsroom: Newsroom, old: str, new: str) -> Path:
    published = newsroom.output / "2026-03-14" / "script.md"
    path = newsroom.folder / "corrected.md"
    path.write_text(published.read_text("utf-8").replace(old, new), "utf-8")
    return path


def test_a_corrected_line_is_the_only_one_spoken_again_and_every_guid_stays(
    newsroom: Newsroom,
) -> None:
    first = newsroom.build().manifest
    script = corrected(newsroom, "农资储备充足", "农资储备非常充足")
    second = newsroom.build_script(script).manifest
    assert len(newsroom.spoken) == 1
    assert "非常充足" in newsroom.spoken[0]
    assert [one.guid for one in second.articles] == [one.guid for one in first.articles]
    assert [one.kind for one in second.articles] == [one.kind for one in first.articles]


def test_the_published_script_spoken_again_gives_the_same_edition(newsroom: Newsroom) -> None:
    newsroom.build()
    before = newsroom.tree()
    newsroom.build_script(corrected(newsroom, "", ""))
    assert newsroom.spoken == []
    assert newsroom.tree() == before


def test_a_mistake_in_the_script_is_named_with_file_and_line(newsroom: Newsroom) -> None:
    newsroom.build()
    script = corrected(newsroom, "headline ", "headlime ")
    with pytest.raises(InputError, match=r"corrected\.md:\d+: "):
        newsroom.build_script(script)


def test_pages_beside_a_script_are_refused(newsroom: Newsroom) -> None:
    newsroom.build()
    script = corrected(newsroom, "", "")
    with pytest.raises(OptionError, match="--script says all that is spoken"):
        newsroom.build(script=script, date=None, paper=None)


def test_the_digest_is_a_short_file_of_its_own_and_touches_nothing_else(
    newsroom: Newsroom,
) -> None:
    newsroom.build()
    before = newsroom.tree()
    events: list[object] = []
    made = produce_digest(
        newsroom.request(),
        events.append,
        open_runner=lambda _p, cache, _j, notice: Runner.with_engine(FakeEngine, cache, notice),
    )
    after = newsroom.tree()
    assert set(after) - set(before) == {"2026-03-14/digest.mp3"}
    assert {name: after[name] for name in before} == before
    with made.path.open("rb") as stream:
        assert sum(1 for _ in walk_frames(stream)) == made.frames
    assert any(isinstance(one, ArticleFinished) and one.id == "digest" for one in events)
    assert verify(newsroom.output) == ()
