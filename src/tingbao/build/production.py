"""One edition from plan to library: speak, assemble, join, publish.

Each finished article is playable at once. All that was spoken and assembled lies in the
content-addressed stores of the cache folder, so that a run after a kill, a correction or no
change at all does only what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tingbao import files
from tingbao.build.events import ArticleFinished, Listener, Noticed, Planned, Published, ignore
from tingbao.build.identity import Identified, identify
from tingbao.build.library import begun_with, open_shelf, remember_voice
from tingbao.build.mastering import Press
from tingbao.build.plan import BuildRequest, Plan, plan_edition, script_of
from tingbao.build.speaking import Take, take_all
from tingbao.build.voice import VoiceChoice, choose_voice
from tingbao.errors import SynthesisError
from tingbao.models import Manifest, Script, Segment, SegmentKind
from tingbao.script import missing_segment
from tingbao.synthesis import Profile, Runner

__all__ = ["BuildResult", "produce"]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was published; ``incomplete`` names the items that could not be spoken whole."""

    manifest: Manifest
    incomplete: tuple[str, ...]


def produce(request: BuildRequest, listener: Listener = ignore) -> BuildResult:
    """Build one edition into its library.

    Raises:
        UnusableError: input, options, output or voice cannot be used; nothing was changed.
        SynthesisError: no item could be spoken whole, or the frame of the edition could not be;
            nothing was published.
    """
    plan = plan_edition(request)
    for warning in plan.edition.warnings:
        listener(Noticed(_warned(plan, warning.page, warning.line, warning.message)))
    with files.locked(request.output):
        return _produce_locked(plan, request, listener)


def _produce_locked(plan: Plan, request: BuildRequest, listener: Listener) -> BuildResult:
    shelf = open_shelf(plan.info, request)
    named = identify(plan, shelf.manifest)
    choice = VoiceChoice(request.voice, request.fallback, begun_with(shelf))
    profile = choose_voice(choice, request.cache, listener)
    remember_voice(shelf, request.voice if request.voice != "auto" else profile.name)
    script = script_of(named.plan, profile, request.settings)
    with Runner.open(profile, request.cache, request.jobs, listener) as runner:
        production = _Production(script, named, profile, runner, Press(shelf, request), listener)
        return production.run()
