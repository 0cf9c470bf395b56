"""``tingbao build``: pages in, an edition out."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tingbao.cli.options import (
    Articles,
    BaseUrl,
    Date,
    DigestOnly,
    Fallback,
    Jobs,
    OptionalInputs,
    Output,
    Paper,
    Progress,
    ScriptFile,
    Voice,
)
from tingbao.settings import cache_folder, load_settings
from tingbao.tables import shipped

if TYPE_CHECKING:
    from tingbao.edition import BuildRequest

SAMPLE_PAGE, SAMPLE_DATE, SAMPLE_PAPER = "front-page.md", "2026-03-14", "通辽日报"
"""The sample, and what is not printed on it."""

NO_BASE_URL = (
    "no base URL is set: the feeds work only through `tingbao serve`; "
    "give --base-url URL for listeners elsewhere"
)


def build(
    inputs: OptionalInputs = None,
    output: Output = None,
    date: Date = None,
    paper: Paper = None,
    voice: Voice = None,
    fallback: Fallback = None,
    base_url: BaseUrl = None,
    articles: Articles = None,
    script: ScriptFile = None,
    digest_only: DigestOnly = False,
    jobs: Jobs = None,
    progress: Progress = None,
) -> None:
    """Turn newspaper pages into an audio edition with feeds and a listening page."""
    from tingbao.edition import BuildRequest, folder_of

    named = tuple(inputs or ())
    settings = load_settings(folder_of((script,) if script else named))
    usual = settings.build
    request = BuildRequest(
        inputs=named,
        output=output or Path(usual.output),
        cache=cache_folder(),
        settings=settings,
        # A script file says its own date and paper: only what is given beside it is a conflict.
        date=date or (None if script else usual.date),
        paper=paper or (None if script else usual.paper),
        voice=voice or usual.voice,
        fallback=fallback or usual.fallback,
        base_url=base_url or usual.base_url,
        articles=articles,
        jobs=jobs or usual.jobs,
        script=script,
    )
    run = _digest if digest_only else _edition
    if not run(request, progress or usual.progress):
        raise typer.Exit(1)


def demo(
    output: Annotated[Path, typer.Option(help="The library's folder.")] = Path("tingbao-demo"),
    voice: Voice = None,
    jobs: Jobs = None,
    progress: Progress = None,
) -> None:
    """Build the sample page that comes with Tingbao, to hear what an edition is."""
    with resources.as_file(shipped(f"examples/{SAMPLE_PAGE}")) as page:
        build(
            [page],
            output,
            date=SAMPLE_DATE,
            paper=SAMPLE_PAPER,
            voice=voice,
            jobs=jobs,
            progress=progress,
        )
    typer.echo(f"listen: tingbao serve {output}")


def _digest(request: BuildRequest, how: str) -> bool:
    from tingbao.cli.progress import reporting_recognition, showing
    from tingbao.edition import produce_digest
    from tingbao.edition.events import Noticed

    with showing(how) as listener, reporting_recognition(lambda line: listener(Noticed(line))):
        produce_digest(request, listener)
    return True


def _edition(request: BuildRequest, how: str) -> bool:
    """Build it; returns whether every item is complete."""
    from tingbao.cli.progress import reporting_recognition, showing
    from tingbao.edition import produce
    from tingbao.edition.events import Noticed
    from tingbao.publish import required_library

    with showing(how) as listener, reporting_recognition(lambda line: listener(Noticed(line))):
        result = produce(request, listener)
        if required_library(request.output).base_url is None:
            listener(Noticed(NO_BASE_URL))
    return not result.incomplete
