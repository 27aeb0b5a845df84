#!/usr/bin/env python3
"""Makes a wheel of the package beside this file and a built extension; no network, no tools.

    make_wheel.py warpsmith-VERSION-PYTHON-ABI-PLATFORM.whl EXTENSION LICENSE

The wheel's name says its version and tag. Equal inputs give equal bytes.
"""

import ast
import base64
import hashlib
import pathlib
import sys
import zipfile

PACKAGE = pathlib.Path(__file__).resolve().parent / "warpsmith"

METADATA = """\
Metadata-Version: 2.1
Name: {name}
Version: {version}
Summary: CUDA C++ and PTX run on this CPU, over NumPy arrays, with every check or none
License: Apache-2.0
License-File: LICENSE
Requires-Python: >=3.9
Requires-Dist: numpy
Description-Content-Type: text/plain

{description}
"""

WHEEL = """\
Wheel-Version: 1.0
Generator: warpsmith ({version})
Root-Is-Purelib: false
Tag: {tag}
"""


def make_record(files, record_path):
    """RECORD: every file with its hash and size, itself without."""
    lines = []
    for path, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(data)}\n")
    return "".join(lines + [f"{record_path},,\n"]).encode()


def main(wheel, extension, license_file):
    wheel, extension = pathlib.Path(wheel), pathlib.Path(extension)
    name, version, tag = wheel.stem.split("-", 2)
    sources = sorted(p for p in PACKAGE.iterdir() if p.suffix in (".py", ".pyi", ".typed"))
    description = ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text()))
    info = f"{name}-{version}.dist-info"

    files = {f"{name}/{p.name}": p.read_bytes() for p in sources}
    files[f"{name}/{extension.name}"] = extension.read_bytes()
    files[f"{info}/LICENSE"] = pathlib.Path(license_file).read_bytes()
    files[f"{info}/METADATA"] = METADATA.format(
        name=name, version=version, description=description
    ).encode()
    files[f"{info}/WHEEL"] = WHEEL.format(version=version, tag=tag).encode()
    files[f"{info}/RECORD"] = make_record(files, f"{info}/RECORD")

    unfinished = wheel.with_suffix(".tmp")
    with zipfile.ZipFile(unfinished, "w") as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path)  # dated 1980, whatever the clock says
            entry.compress_type = zipfile.ZIP_DEFLATED
            mode = 0o755 if path.endswith(".so") else 0o644
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, data)
    unfinished.replace(wheel)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
