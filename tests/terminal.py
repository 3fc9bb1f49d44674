"""A terminal: `rainmaker …` typed in this process, for what ends by itself; loading it anew costs seconds each time."""

import io
import os
import runpy
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import structlog


def rainmaker(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """Run a command of the command line in a folder; return its exit code and all it printed."""
    environment = {"PATH": os.environ["PATH"], "COLUMNS": "300", "SLACK_BOT_TOKEN": "xoxb-1", **settings}
    out, err = io.StringIO(), io.StringIO()
    code = 0
    logging_before = structlog.get_config()
    with (
        mock.patch.dict(os.environ, environment, clear=True),
        mock.patch.object(sys, "argv", ["rainmaker", *arguments]),
        redirect_stdout(out),
        redirect_stderr(err),
        chdir(folder),
    ):
        try:
            runpy.run_module("bot", run_name="__main__")
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            structlog.configure(**logging_before)
    return code, out.getvalue() + err.getvalue()
