"""Run every benchmark, one after the other, each in a process of its own. `--quick` makes smaller places."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
NO_COMMANDS = {"__init__", "__main__"}
QUICK = {"import_people": ["--rows", "10000"], "pages": ["--people", "10000", "--times", "3", "--seconds", "2"]}


def main() -> int:
    """Run what offers itself as a command; the exit status says whether any of them failed."""
    failed = []
    for path in sorted(HERE.glob("*.py")):
        if path.stem in NO_COMMANDS or 'if __name__ == "__main__"' not in path.read_text():
            continue
        words = QUICK.get(path.stem, []) if "--quick" in sys.argv else []
        print(f"\n══ benchmarks/{path.name} {' '.join(words)}", flush=True)
        began = time.monotonic()
        run = subprocess.run([sys.executable, "-m", f"benchmarks.{path.stem}", *words], cwd=HERE.parent, check=False)
        print(f"({time.monotonic() - began:.0f} s)", flush=True)
        failed += [path.name] if run.returncode else []
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall ran")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
