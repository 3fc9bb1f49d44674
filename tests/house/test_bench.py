"""The measurements: a script runs, says its figures in one form, and the table is made of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(script: str, *arguments: object) -> str:
    """Run a script of `bench/` as `make bench` does; return what it printed."""
    command = [sys.executable, ROOT / "bench" / script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.processes
def test_a_script_writes_its_figures_and_the_table_gathers_them(tmp_path):
    run("forecast.py", "--quick", "--json", tmp_path / "forecast.json")
    figures = json.loads((tmp_path / "forecast.json").read_text("utf-8"))
    assert figures
    for figure in figures.values():
        assert list(figure) == ["value", "unit", "reference", "ratio", "bar", "met"]
        assert figure["value"] > 0
        assert (figure["bar"] is None) == (figure["met"] is None)
        assert (figure["reference"] is None) == (figure["ratio"] is None)
    held = figures["P(hit), 80 open deals"]
    assert held["bar"] == "≤ 20"
    assert held["ratio"] == pytest.approx(held["value"] / held["reference"], rel=0.01)
    table = run("table.py", tmp_path)
    assert all(name in table for name in figures)
    assert "of 1 bars are met" in table
