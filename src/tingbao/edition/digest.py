"""The headlines alone, as a short file of their own beside the edition."""

from __future__ import annotations

from tingbao import files
from tingbao.audio import Mp3File, Part, chapter_times
from tingbao.edition.caching import sweep_stores
from tingbao.edition.events import ArticleFinished, Listener, Planned, ignore
from tingbao.edition.plan import plan_edition
from tingbao.edition.preparation import Work, open_studio, prepare
from tingbao.edition.press import Press
from tingbao.edition.request import BuildRequest
from tingbao.edition.speaking import require_voice, take_all
from tingbao.edition.voice import Studio
from tingbao.models import Script
from tingbao.publish import DIGEST_FILE
from tingbao.script import digest_script
from tingbao.synthesis import Runner

TITLE = "内容提要"


def produce_digest(
    request: BuildRequest, listener: Listener = ignore, *, studio: Studio = Runner.open
) -> Mp3File:
    """Build ``digest.mp3`` in the edition's folder: opener, headlines, closer.

    Raises:
        UnusableError: input, options, output or voice cannot be used, or there is no headline.
        SynthesisError: not all of it could be spoken; nothing was written.
    """
    plan = plan_edition(request)
    with files.locked(request.output):
        work = prepare(plan, request, listener)
        sweep_stores(request.cache)
        named = str(request.script) if request.script else None
        script = digest_script(work.script, named)
        with open_studio(work, request, listener, studio) as (runner, press):
            parts = _spoken(script, work, runner, press, listener)
            made = _written(script, parts, press)
    listener(ArticleFinished("digest", TITLE, made.path, made.duration_ms / 1000))
    return made


def _spoken(
    script: Script, work: Work, runner: Runner, press: Press, listener: Listener
) -> list[Part]:
    segments = dict(enumerate(script.segments))
    require_voice(work.voice, segments, runner)
    utterances = [one for segment in script.segments for one in segment.utterances]
    characters = sum(len(one.spoken) for one in utterances)
    listener(Planned(script.edition.id, len(work.orders), len(utterances), characters))
    parts: dict[int, Part] = {}
    for take in take_all(segments, work.profile, runner, listener):
        if take.error is not None:
            raise take.error
        parts[take.index] = press.part(take.keys, take.segment.utterances)
    return [parts[place] for place in segments]


def _written(script: Script, parts: list[Part], press: Press) -> Mp3File:
    titles = [segment.title for segment in script.segments]
    return press.digest(
        DIGEST_FILE, TITLE, parts, chapter_times(parts, titles, [None] * len(parts))
    )
