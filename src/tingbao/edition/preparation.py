"""Before anything is spoken: the items and who they are, their place, the voice, the words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tingbao.edition.events import Listener, Noticed
from tingbao.edition.identity import Identities, as_published, identify, with_ids
from tingbao.edition.library import Shelf, begun_with, open_shelf
from tingbao.edition.plan import Plan, plan_script, script_of
from tingbao.edition.press import Press, mastering_of
from tingbao.edition.request import BuildRequest
from tingbao.edition.voice import Chosen, Studio, VoiceChoice, choose_voice
from tingbao.models import Script
from tingbao.synthesis import Runner
from tingbao.synthesis.profiles import Profile


@dataclass(frozen=True, slots=True)
class Work:
    """What is being made: the items, who they are, where they go, who speaks, what is said."""

    plan: Plan
    identities: Identities
    shelf: Shelf
    voice: Chosen
    script: Script

    @property
    def profile(self) -> Profile:
        """The profile of the voice."""
        return self.voice.profile

    @property
    def orders(self) -> Mapping[str, int]:
        """The place of each item in print order, from 1."""
        return {one.id: order for order, one in enumerate(self.plan.edition.articles, start=1)}

    @property
    def titles(self) -> Mapping[str, str]:
        """What each item is called; a headless one has a name in the script only."""
        return {one.article: one.title for one in self.script.segments if one.article is not None}


def prepare(
    plan: Plan, request: BuildRequest, listener: Listener, voice: Chosen | None = None
) -> Work:
    """Settle everything that an edition is made of; nothing in the library is touched.

    The voice is chosen here, unless it was chosen before.

    Raises:
        UnusableError: options, library or voice cannot be used.
    """
    shelf = open_shelf(plan.info, request)
    if plan.script is None:
        identities = identify(plan.edition.articles, shelf.manifest)
        plan = plan.with_edition(with_ids(plan.edition, identities.ids))
    else:
        identities = as_published(plan.edition.articles, shelf.manifest)
        plan = plan_script(plan, shelf.manifest)
    if voice is None:
        choice = VoiceChoice(request.voice, request.fallback, begun_with(shelf))
        voice = choose_voice(choice, request.cache, listener)
    script = script_of(plan, voice.profile, request.settings)
    return Work(plan, identities, shelf, voice, script)


@contextlib.contextmanager
def open_studio(
    work: Work, request: BuildRequest, listener: Listener, studio: Studio
) -> Iterator[tuple[Runner, Press]]:
    """The voice at work, and the press for what it speaks."""

    def notice(message: str) -> None:
        listener(Noticed(message))

    with studio(work.profile, request.cache, request.jobs, notice) as runner:
        yield (
            runner,
            Press(
                shelf=work.shelf,
                edition=work.plan.info,
                parts=request.cache / "parts",
                mastering=mastering_of(request.settings.audio),
                voice_title=work.profile.title,
                clip=runner.clip,
                notice=notice,
            ),
        )
