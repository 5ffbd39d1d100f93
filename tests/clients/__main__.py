"""Generate clients from the live `/openapi.json` and use them: `python -m tests.clients`.

Needs Node, and the package registries the first time: what is installed is pinned by the lock files beside this one
and kept in `build/clients`. Ends with status 1 and the tool's output where

1. redocly's recommended rules find an error in the contract;
2. openapi-typescript's types do not compile, or not with a program that uses them;
3. openapi-python-client's package cannot look words up in the live service, alone, in a batch, as completions, or
   does not understand its errors.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from dictsvc.loading import load_bundled
from dictsvc.serving import TARGET
from tests.conftest import DATABASE, ROOT
from tests.servers import running
from tests.waits import ANSWER_SECONDS

HERE = Path(__file__).parent
BUILD = ROOT / "build" / "clients"
_PYTHON = BUILD / "venv" / "bin"
_NODE = BUILD / "node_modules" / ".bin"
_CONTRACT = BUILD / "openapi.json"


def main() -> None:
    """Run all of it; raises `SystemExit` at the first thing that fails."""
    if shutil.which("npm") is None:
        sys.exit("Node is missing; on Debian and Ubuntu: apt install nodejs npm")
    BUILD.mkdir(parents=True, exist_ok=True)
    install_generators()
    load_bundled(BUILD / DATABASE)
    with running(TARGET, "/readyz", database=BUILD / DATABASE, workers=1) as server:
        url = f"http://127.0.0.1:{server.port}"
        with urllib.request.urlopen(f"{url}/openapi.json", timeout=ANSWER_SECONDS) as answer:
            _CONTRACT.write_bytes(answer.read())
        run(_NODE / "redocly", "lint", "--extends", "recommended", _CONTRACT)
        compile_types()
        use_python_client(url)
    print("The contract lints; its TypeScript types compile; its Python client works.")


def install_generators() -> None:
    """Install the generators where they are not yet, or others than the lock files say."""
    locks = [HERE / name for name in ("package.json", "package-lock.json", "requirements.txt")]
    installed = BUILD / "installed"
    wanted = b"".join(lock.read_bytes() for lock in locks)
    if installed.exists() and installed.read_bytes() == wanted:
        return
    for lock in locks[:2]:
        shutil.copy(lock, BUILD)
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    run(sys.executable, "-m", "venv", "--clear", BUILD / "venv")
    run(_PYTHON / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", locks[2])
    installed.write_bytes(wanted)


def compile_types() -> None:
    """Generate the TypeScript types, and compile them with a program that uses them."""
    # a member of a request that has a default value may be left out
    generator = _NODE / "openapi-typescript"
    run(generator, _CONTRACT, "--output", BUILD / "types.d.ts", "--default-non-nullable", "false")
    shutil.copy(HERE / "use_types.ts", BUILD)
    run(_NODE / "tsc", "--noEmit", "--strict", "--target", "es2022", "--skipLibCheck", "false", "use_types.ts")


def use_python_client(url: str) -> None:
    """Generate the Python package, whose name comes from the contract's title, and use it."""
    folder = BUILD / "python"
    generator = _PYTHON / "openapi-python-client"
    run(generator, "generate", "--path", _CONTRACT, "--output-path", folder, "--overwrite")
    (client,) = folder.glob("*/client.py")
    package = client.parent.name
    if not package.isascii():
        sys.exit(f"The generated Python package is called {package}.")
    run(_PYTHON / "python", HERE / "use_python_client.py", package, url, _CONTRACT, PYTHONPATH=str(folder))


def run(*words: str | Path, **environment: str) -> None:
    """Run a program in the build folder; raises `SystemExit` with its output where it fails."""
    own = {"REDOCLY_TELEMETRY": "off", "PATH": f"{_PYTHON}:{os.environ['PATH']}"} | environment
    done = subprocess.run(
        words, cwd=BUILD, env=os.environ | own, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\n{' '.join(map(str, words))}: status {done.returncode}")


if __name__ == "__main__":
    main()
