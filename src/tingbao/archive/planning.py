"""Is an edition what its pages would give? If not, what of it is still to be spoken?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tingbao.archive.parsing import read_edition, request_of
from tingbao.archive.speakers import ProcessVoice
from tingbao.archive.tasks import Job, Planned, PlanTask, Speech
from tingbao.edition.events import ignore
from tingbao.edition.fingerprint import fingerprint_of
from tingbao.edition.library import is_begun
from tingbao.edition.plan import Work, prepare, warnings_of
from tingbao.edition.speaking import speaking_order, speech_of
from tingbao.edition.voice import ChosenVoice
from tingbao.errors import LibraryError
from tingbao.models import EditionInfo, Manifest
from tingbao.parse import read_files
from tingbao.publish import open_library, read_manifest
from tingbao.publish.inventory import media_of
from tingbao.synthesis import ClipStore


def plan(task: PlanTask, voice: ProcessVoice) -> Planned:
    """See what is published, what the pages would give, and what is to be spoken for it.

    Raises:
        InputError: the pages cannot be used.
        OptionError, OutputError: settings or library cannot be used.
    """
    job, find = task.job, task.find
    files = read_files(find.inputs)
    if find.date is not None:
        known = _published(job, voice, find.date.isoformat(), files.digest)
        if known is not None:
            return known
    parsed = read_edition(job, find, files).plan
    known = _published(job, voice, parsed.info.id, parsed.reads)
    if known is not None:
        return known
    work = prepare(parsed, request_of(job), ignore, ChosenVoice(job.voice, job.profile))
    return Planned(
        edition=parsed.info.id,
        reads=parsed.reads,
        pages=len(parsed.edition.pages),
        items=len(parsed.edition.articles),
        warnings=(*parsed.notes, *warnings_of(work.script)),
        speeches=_missing(job, work, voice.identity),
        is_begun=is_begun(work.paths.folder),
    )


def _published(job: Job, voice: ProcessVoice, edition: str, reads: str) -> Planned | None:
    """The edition, if what is published is what these pages would give."""
    folder = job.output / edition
    try:
        manifest = read_manifest(folder)
    except LibraryError:
        return None  # it is damaged, and made again
    if manifest is None or not _is_whole(job.output, manifest):
        return None
    if manifest.made_from != _origin(job, voice, manifest, reads):
        return None
    return Planned(
        edition=manifest.id,
        reads=reads,
        pages=len(manifest.pages),
        items=len(manifest.articles),
        is_unchanged=True,
        is_begun=is_begun(folder),
        audio_seconds=manifest.edition.duration_ms / 1000,
    )


def _is_whole(library: Path, manifest: Manifest) -> bool:
    if not all(article.complete for article in manifest.articles):
        return False
    return all(_has(library / name, size) for name, size in media_of(manifest).items())


def _has(path: Path, size: int | None) -> bool:
    try:
        return size in (None, path.stat().st_size)
    except OSError:
        return False


def _origin(job: Job, voice: ProcessVoice, manifest: Manifest, reads: str) -> str:
    """What the pages would be made from under the name of what is published."""
    info = EditionInfo(manifest.id, manifest.date, job.paper, selection=False)
    spoken_by = job.profile, voice.identity
    base_url = open_library(job.output, job.paper, job.settings.feed.given, job.base_url).base_url
    return fingerprint_of(reads, info, job.settings, spoken_by, base_url)


def _missing(job: Job, work: Work, identity: str) -> tuple[Speech, ...]:
    """What is to be spoken, each clip once, the longest first: so none runs on alone at the end."""
    store = ClipStore(job.cache / "clips")
    seen: set[str] = set()
    groups: dict[str | None, dict[int, dict[str, int]]] = {}
    for place, segment in speaking_order(work.script).items():
        for utterance in segment.utterances:
            key = store.key_of(speech_of(utterance, job.profile), identity)
            if key not in seen and not store.holds(key):
                lacks = groups.setdefault(segment.article, {}).setdefault(place, {})
                lacks[key] = len(utterance.spoken)
            seen.add(key)
    found = [_speech(item, lacks) for item, lacks in groups.items()]
    return tuple(sorted(found, key=lambda one: one.characters, reverse=True))


def _speech(item: str | None, lacks: Mapping[int, Mapping[str, int]]) -> Speech:
    keys = tuple(key for each in lacks.values() for key in each)
    characters = sum(sum(each.values()) for each in lacks.values())
    return Speech(item, tuple(lacks), keys, characters)
