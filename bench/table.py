"""One table of everything that was measured: `python bench/table.py FOLDER` reads the JSON files of a run."""

import json
import sys
from pathlib import Path

from rig.report import HEAD, row


def main(folder: Path) -> None:
    held = missed = 0
    for file in sorted(folder.glob("*.json")):
        figures = json.loads(file.read_text("utf-8"))
        print(f"{file.stem:<20}{HEAD[20:]}")
        for name, figure in figures.items():
            print(row(name, figure))
            held += figure["met"] is not None
            missed += figure["met"] is False
        print()
    print(f"{held - missed} of {held} bars are met.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
