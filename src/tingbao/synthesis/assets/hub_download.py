"""One file from the model hub, as a program of its own: ``NAME REVISION PATH FOLDER``.

A child process reads the hub's settings (mirror, proxy) from the environment when it is needed,
can be ended at any moment, and keeps the client's imports out of everything else.
"""

from __future__ import annotations

import sys

ANSWER_SECONDS = 5.0


def main(name: str, revision: str, path: str, folder: str) -> int:
    """Download ``path`` of the repository into ``folder``; says in one line why it cannot."""
    from huggingface_hub import (  # noqa: PLC0415 - heavy, and only for this program
        get_hf_file_metadata,
        hf_hub_download,
        hf_hub_url,
    )

    try:
        # The download itself tries an unreachable hub six times; this asks once.
        url = hf_hub_url(name, path, revision=revision)
        get_hf_file_metadata(url, timeout=ANSWER_SECONDS, token=False)
        hf_hub_download(name, path, revision=revision, local_dir=folder, token=False)
    except Exception as error:  # noqa: BLE001 - the client's tree is wide; any one is the reason
        reason = " ".join(str(error).split())
        print(f"{type(error).__name__}: {reason}", file=sys.stderr)  # noqa: T201 - its report
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
