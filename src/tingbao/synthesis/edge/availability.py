"""Whether the service answers, and which voices it offers."""

from __future__ import annotations

from tingbao.errors import VoiceUnavailableError
from tingbao.synthesis.edge.endpoint import point_client
from tingbao.synthesis.profiles import Profile

PATIENCE_SECONDS = 5.0


def edge_available() -> bool:
    """Whether the service's list of voices comes within a few seconds.

    Raises:
        OptionError: the endpoint that is set cannot be used.
    """
    return bool(voices_offered())


def require_voices(profile: Profile) -> None:
    """Check that the service answers and still offers every voice of ``profile``.

    Raises:
        VoiceUnavailableError: it does not.
        OptionError: the endpoint that is set cannot be used.
    """
    offered = voices_offered()
    if not offered:
        raise VoiceUnavailableError(
            f"the service of {profile.name} does not answer; try again later, "
            "or use --voice kokoro or --fallback kokoro"
        )
    for reader in profile.readers:
        _check_offered(reader.voice, offered)


async def require_offered(voice: str) -> None:
    """Check that the service does not list voices without this one, as when it was withdrawn.

    Raises:
        VoiceUnavailableError: it does.
    """
    offered = await _listed()
    if offered:
        _check_offered(voice, offered)


def _check_offered(voice: str, offered: frozenset[str]) -> None:
    if voice not in offered:
        raise VoiceUnavailableError(
            f"the online service no longer offers the voice {voice}; use another --voice, "
            "or a profile of your own that names another"
        )


def voices_offered() -> frozenset[str]:
    """The names of the voices that the service lists; none when it does not answer in time.

    Raises:
        OptionError: the endpoint that is set cannot be used.
    """
    import asyncio  # noqa: PLC0415  - with TLS a twentieth of a second, and seldom needed

    point_client()
    return asyncio.run(_listed())


async def _listed() -> frozenset[str]:
    import asyncio  # noqa: PLC0415  - as above

    import edge_tts  # noqa: PLC0415  - 75 MB

    try:
        listed = await asyncio.wait_for(edge_tts.list_voices(), PATIENCE_SECONDS)
        return frozenset(voice["ShortName"] for voice in listed)
    except Exception:  # noqa: BLE001  - the client lets through whatever went wrong on the way
        return frozenset()
