"""Where the service is, whether it answers, and which voices it offers.

A setting may point the client at this machine, and nowhere else.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from tingbao.errors import OptionError, VoiceUnavailableError
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
    import asyncio  # noqa: PLC0415  - with TLS a twentieth of a second, and rarely needed

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


VARIABLE = "TINGBAO_EDGE_ENDPOINT"


def loopback_endpoint(environ: Mapping[str, str] = os.environ) -> str | None:
    """The ``host:port`` that the setting names, or None when it is not set.

    Raises:
        OptionError: it is not ``ws://`` with a loopback host and a port, and nothing else.
    """
    value = environ.get(VARIABLE, "")
    if not value:
        return None
    try:
        return _host_and_port(urlsplit(value))
    except ValueError as error:
        raise OptionError(f"{VARIABLE}={value}: {error}; it must be ws://127.0.0.1:PORT") from error


def point_client(environ: Mapping[str, str] = os.environ) -> None:
    """Send the client's requests to the service, or to where the setting says.

    What the client learned of a wrong clock is forgotten: it is kept for the whole process, and a
    wrong date from one answer would make every later request invalid.

    Raises:
        OptionError: as :func:`loopback_endpoint`.
    """
    # The client keeps the address in two modules and has no parameter for it.
    from edge_tts import communicate, constants, voices  # noqa: PLC0415  - 75 MB
    from edge_tts.drm import DRM  # noqa: PLC0415

    there = loopback_endpoint(environ)
    vars(communicate)["WSS_URL"] = _moved(constants.WSS_URL, "ws", there)
    vars(voices)["VOICE_LIST"] = _moved(constants.VOICE_LIST, "http", there)
    DRM.clock_skew_seconds = 0.0


def _moved(url: str, scheme: str, there: str | None) -> str:
    return urlsplit(url)._replace(scheme=scheme, netloc=there).geturl() if there else url


def _host_and_port(url: SplitResult) -> str:
    if url.scheme != "ws":
        raise ValueError("the scheme is not ws")
    if url.path.strip("/") or url.query or url.fragment or url.username is not None:
        raise ValueError("there is more than a host and a port")
    host = url.hostname or ""
    if not _is_loopback(host):
        raise ValueError(f"{host or 'no host'} is not this machine")
    if not url.port:
        raise ValueError("there is no port")
    return f"[{host}]:{url.port}" if ":" in host else f"{host}:{url.port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
