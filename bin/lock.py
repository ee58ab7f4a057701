#!/usr/bin/env python3
"""Write requirements/*.txt anew from pyproject.toml: hashed, and naming no address.

python3 bin/lock.py             after a change of the dependencies
python3 bin/lock.py --upgrade   to the newest versions that pyproject.toml admits
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *(str(ROOT / ".uv" / "bin" / "uv"), "pip", "compile", "--universal", "--generate-hashes"),
    *("--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet"),
)


def main(argv: list[str]) -> int:
    """Compile the program, its extras, and the tools that install it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    tools = {"uv": ["uv==0.13.9"], "build": project["build-system"]["requires"]}
    for extra in (None, "postgres", "dev"):
        wanted = ["--extra", extra] if extra else []
        target = f"requirements/{extra or 'app'}.txt"
        subprocess.run([*COMPILE, *argv, *wanted, "pyproject.toml", "-o", target], cwd=ROOT, check=True)
        print(target)
    for name, lines in tools.items():
        target = f"requirements/{name}.txt"
        subprocess.run(
            [*COMPILE, *argv, "--no-annotate", "-", "-o", target],
            cwd=ROOT,
            check=True,
            text=True,
            input="\n".join(lines),
            stdout=subprocess.DEVNULL,
        )
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
