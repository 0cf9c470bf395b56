"""The checks that go through all rooms of Tingbao, and so need every package."""

from __future__ import annotations

import locale
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tingbao import files
from tingbao.doctor.examination import Check, Environment, Finding, fault, note, ok, one_line
from tingbao.doctor.selftest import check_loopback, voice_for
from tingbao.edition import BuildRequest, cache_sizes
from tingbao.edition.request import check_request
from tingbao.errors import LibraryError, StoreError, SynthesisError, UnusableError
from tingbao.pronunciation import load_lexicon
from tingbao.publish import read_library, verify
from tingbao.script import load_phrases
from tingbao.settings import Settings, cache_folder, load_settings, settings_file
from tingbao.synthesis import ClipStore, VoiceSettings
from tingbao.synthesis.assets import assets_folder, verify_assets
from tingbao.synthesis.edge import voices_offered
from tingbao.synthesis.edge.observation import observe
from tingbao.synthesis.profiles import Profile, load_profile, profile_names

CACHE_BYTES = 500_000_000
"""The default voice takes 93 MB, an hour of sound 170 MB of clips and 29 MB of parts."""

OUTPUT_BYTES = 200_000_000
"""An hour of sound is published in 29 MB as an edition and in as much again as single items."""

SAMPLE = 200
"""So many clips are read unless all are asked for: a second's work, and a disk that damages one
clip in a hundred is found out with a chance of 87 %."""

MEGABYTE = 1_000_000
SERVICE = "online voices"
LIVE = "online answers"
ONLINE = "edge"
_CHINESE = "《听报》，“试听”…"


def installed_checks(environment: Environment) -> Iterator[Check]:
    """Settings, terminal, storage, voices, library, and the whole way once.

    ``thorough``: every stored clip is read, and the way is gone with an installed voice.
    """
    cache, output = environment.cache, environment.output
    yield Check("settings", check_settings)
    yield Check("terminal", check_terminal)
    for name, folder, least in (("cache", cache, CACHE_BYTES), ("output", output, OUTPUT_BYTES)):
        writing, space = f"{name} folder", f"{name} space"
        yield Check(writing, partial(check_writable, writing, folder))
        yield Check(space, partial(check_space, space, folder, least))
    yield Check("cache", partial(check_sizes, cache))
    yield Check("clips", partial(check_clips, cache, thorough=environment.thorough))
    yield Check("temporaries", partial(check_leftovers, cache, output))
    yield from _voice_checks(cache)
    if environment.live:
        yield Check(LIVE, partial(check_live, load_profile(ONLINE).reader(1)))
    yield Check("library", partial(check_library, output))
    yield Check("self-test", partial(_self_test, environment))


def _voice_checks(cache: Path) -> Iterator[Check]:
    profiles = [load_profile(name) for name in profile_names()]
    online = [profile for profile in profiles if profile.engine == "edge"]
    for profile in profiles:
        if profile not in online:
            yield Check(f"voice {profile.name}", partial(check_voice, profile, cache))
    yield Check(SERVICE, partial(check_service, online))


def _self_test(environment: Environment) -> Finding:
    """A real voice takes half a minute for what a hum does in a second."""
    cache, voice = environment.cache, environment.voice
    return check_loopback(voice_for(voice, cache) if environment.thorough else None, cache)


def check_settings() -> Finding:
    """Whether settings file and variables are valid, with every file and voice that they name."""
    path = settings_file()
    try:
        settings = load_settings()
        check_request(_request(settings))
        load_phrases(settings.script.phrases_path)
        load_lexicon(settings.script.lexicon_path)
    except UnusableError as error:
        return fault("settings", one_line(error), "correct it; docs/settings.md has every key")
    found = f"{path} is valid" if path else "no tingbao.toml in this folder: the defaults hold"
    return ok("settings", found)


def _request(settings: Settings) -> BuildRequest:
    usual = settings.build
    return BuildRequest(
        inputs=(),
        output=Path(usual.output),
        cache=cache_folder(),
        settings=settings,
        date=usual.date,
        voice=usual.voice,
        fallback=usual.fallback,
        base_url=usual.base_url,
    )


def check_terminal(
    encoding: str | None = None, file_names: str = sys.getfilesystemencoding()
) -> Finding:
    """Whether standard output and the names of files can hold Chinese."""
    encoding = encoding or sys.stdout.encoding or locale.getpreferredencoding(do_setlocale=False)
    cure = "set LANG to a UTF-8 locale, such as C.UTF-8"
    if not _holds_chinese(encoding):
        message = f"its encoding {encoding} has no Chinese: titles are shown as ???"
        return note("terminal", message, cure)
    if not _holds_chinese(file_names):
        return note("terminal", f"names of files are in {file_names}, without Chinese", cure)
    return ok("terminal", f"{encoding}, names of files {file_names}")


def _holds_chinese(encoding: str) -> bool:
    try:
        _CHINESE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def check_sizes(cache: Path) -> Finding:
    """What weights, clips and parts take."""
    sizes = ", ".join(
        f"{name} {size / MEGABYTE:,.0f} MB" for name, size in cache_sizes(cache).items()
    )
    return ok("cache", f"{cache}: {sizes}")


def check_clips(cache: Path, *, thorough: bool) -> Finding:
    """Whether the stored clips, all or a sample, are what was put there."""
    store = ClipStore(cache / "clips")
    keys = store.keys()
    read = keys if thorough else sample(keys)
    damaged = [message for message in (_damage(store, key) for key in read) if message]
    if damaged:
        message = f"{len(damaged)} of {len(read)} are damaged, the first: {damaged[0]}"
        return fault(
            "clips", message, "remove what is damaged; it is spoken again when it is needed"
        )
    message = f"{len(read)} of {len(keys)} read, each as it was put there"
    return ok("clips", message if len(read) == len(keys) else f"{message}; --thorough reads all")


def sample(keys: Sequence[str]) -> Sequence[str]:
    """Some of the keys, spread evenly, and the same ones each time."""
    return keys[:: -(-len(keys) // SAMPLE) or 1]


def _damage(store: ClipStore, key: str) -> str | None:
    try:
        store.check(key)
    except StoreError as error:
        return one_line(error)
    return None


def check_leftovers(cache: Path, output: Path) -> Finding:
    """Whether killed runs left temporaries; the next run that writes there takes them away."""
    left = [path for folder in (cache, output) for path in files.leftovers(folder)]
    if left:
        message = f"{len(left)} of killed runs, the first: {left[0]}"
        return note("temporaries", message, "the next build takes them away")
    return ok("temporaries", "none of a killed run")


def check_writable(name: str, folder: Path, write: Callable[[Path], None] | None = None) -> Finding:
    """Whether files can be written to ``folder``, or where it would be made."""
    place = _nearest(folder)
    try:
        (write or _write)(place)
    except OSError as error:
        message = f"cannot write to {place}: {error.strerror or error}"
        return fault(name, message, "give this user the right to write there, or another folder")
    return ok(name, f"{folder} can be written" + ("" if place == folder else ", once it is made"))


def free_bytes(folder: Path) -> int:
    """The room that is left for this user where ``folder`` is or would be made."""
    return shutil.disk_usage(_nearest(folder)).free


def check_space(
    name: str, folder: Path, least_bytes: int, free: Callable[[Path], int] = free_bytes
) -> Finding:
    """Whether there is room for at least ``least_bytes``."""
    left, least = free(folder) / MEGABYTE, least_bytes / MEGABYTE
    if left < least:
        message = f"{left:,.0f} MB are free for {folder}, less than {least:,.0f}"
        return fault(name, message, "make room there, or run tingbao cache --prune MB")
    return ok(name, f"{left:,.0f} MB are free for {folder}")


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above that is there."""
    absolute = folder.absolute()
    return next(place for place in (absolute, *absolute.parents) if place.exists())


def _write(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as stream:  # it never gets a name
        stream.write(b"\0")


def check_voice(profile: Profile, cache: Path) -> Finding:
    """Whether an embedded voice is installed, and each of its files is the one that was pinned."""
    name, folder = f"voice {profile.name}", assets_folder(cache, profile)
    wrong = verify_assets(profile, cache)
    damaged = [one.file for one in wrong if files.is_file(folder / one.file)]
    fetch = f"run tingbao voices fetch {profile.name}"
    if damaged:
        return fault(name, f"not the pinned file in {folder}: {', '.join(damaged)}", fetch)
    if wrong:
        return note(name, "not installed", f"to speak with it, {fetch}")
    size = sum(asset.bytes for asset in profile.assets) / 1e6
    return ok(name, f"{len(profile.assets)} files, {size:.0f} MB, as pinned by SHA-256")


def check_service(
    profiles: Sequence[Profile], offered: Callable[[], frozenset[str]] = voices_offered
) -> Finding:
    """Whether the online service answers, and offers every voice that ``profiles`` read with."""
    listed = offered()
    if not listed:
        cure = "without a network use --voice kokoro; with one, try again later"
        return note(SERVICE, "the service does not answer", cure)
    wanted = {reader.voice for profile in profiles for reader in profile.readers}
    gone = sorted(wanted - listed)
    if gone:
        cure = "use another --voice, or a profile of your own that names one it offers"
        return fault(SERVICE, f"the service no longer offers {', '.join(gone)}", cure)
    return ok(SERVICE, f"the service answers and offers all {len(wanted)} that the profiles name")


def check_live(voice: VoiceSettings) -> Finding:
    """How the online service answers: boundaries, endings and pace, for a report to us."""
    try:
        return ok(LIVE, observe(voice))
    except SynthesisError as error:
        cure = "try again later; if it stays, report this line"
        return fault(LIVE, one_line(error), cure)


def check_library(folder: Path) -> Finding:
    """Whether every file of the library is what its manifests say; none at all is no fault."""
    name, cure = "library", "run tingbao verify, which names each with its cure"
    try:
        info = read_library(folder)
        problems = verify(folder) if info is not None else ()
    except LibraryError as error:
        return fault(name, one_line(error), cure)
    if info is None:
        return note(name, f"there is none in {folder} yet", "tingbao build makes it")
    holder = files.holder_of(folder)
    if holder is not None:
        return note(name, f"{folder} is being changed by {holder}", "look again after that")
    if problems:
        message = f"{len(problems)} things are wrong in {folder}, the first: {problems[0]}"
        return fault(name, message, cure)
    if info.base_url is None:
        message = f"{folder} is as it was published, for listeners on this machine"
        return note(name, message, "for others, tingbao feed --base-url URL")
    return ok(name, f"{folder} is as it was published, for {info.base_url}")
