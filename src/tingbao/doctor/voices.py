"""Whether the voices can speak: the weights of the embedded, the list of the online ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tingbao import files
from tingbao.doctor.findings import Finding, fault, note, ok
from tingbao.synthesis.assets import assets_folder, verify_assets
from tingbao.synthesis.edge import voices_offered
from tingbao.synthesis.profiles import Profile

SERVICE = "online voices"


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
