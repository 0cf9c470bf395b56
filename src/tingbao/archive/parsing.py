"""The pages of an edition, parsed once in a process for all the tasks that are about them."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from tingbao.archive.discovery import Find
from tingbao.archive.tasks import Job, JoinTask, SpeakTask
from tingbao.edition.plan import Plan, script_of
from tingbao.edition.request import BuildRequest
from tingbao.errors import InputError
from tingbao.models import EditionInfo, Script
from tingbao.parse import SourceFiles, follow_links, parse_pages, read_files

KEPT_EDITIONS = 4
"""Tasks of one edition come close together: it is parsed once a process, not once a task."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """An edition as parsed, with its script under the ids of this parse."""

    plan: Plan
    script: Script


_recent: dict[tuple[object, ...], Parsed] = {}


def as_planned(task: SpeakTask | JoinTask) -> Parsed:
    """The edition as it was planned, if this process still has it, else as it is now."""
    found = _recent.get(_place(task.job, task.find, task.reads))
    return found or read_edition(task.job, task.find, read_files(task.find.inputs))


def read_edition(job: Job, find: Find, files: SourceFiles) -> Parsed:
    """Parse the pages of an edition; ``files`` are its page files as they are now.

    Raises:
        InputError: they cannot be used, have no date, or are of another paper.
    """
    files = follow_links(files)
    edition = parse_pages(files, protect=job.settings.parse.protect)
    date = edition.date or find.date
    if date is None:
        message = "no date is printed, and none is in the names of its files and folders"
        raise InputError(message, find.inputs[0])
    if edition.paper not in (None, job.paper) and not job.paper_is_given:
        message = f"these are pages of {edition.paper}, not {job.paper}; --paper takes them for it"
        raise InputError(message, find.inputs[0])
    info = EditionInfo(date.isoformat(), date, job.paper, selection=False)
    plan = Plan(edition, info, reads=files.digest)
    parsed = Parsed(plan, script_of(plan, job.profile, job.settings))
    _recent[_place(job, find, plan.reads)] = parsed
    while len(_recent) > KEPT_EDITIONS:
        del _recent[next(iter(_recent))]
    return parsed


def _place(job: Job, find: Find, reads: str) -> tuple[object, ...]:
    settings = msgspec.json.encode((job.profile, job.settings))
    return find, job.paper, job.paper_is_given, settings, reads


def request_of(job: Job) -> BuildRequest:
    """What a build of one edition would be asked for."""
    return BuildRequest(
        inputs=(),
        output=job.output,
        cache=job.cache,
        settings=job.settings,
        paper=job.paper,
        voice=job.voice,
        base_url=job.base_url,
        jobs=1,
    )
