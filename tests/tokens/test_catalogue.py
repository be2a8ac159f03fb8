"""Which modules lie on a machine, read from the files: no driver is loaded for it."""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cli import token as command
from signing.devices import catalogue, exports
from tests.support import signing_kit as kit


def windows_library(*names: str, wide: bool) -> bytes:
    """Return the least Windows file that exports *names*."""
    directory, texts = 0x400, 0x500
    optional = 240 if wide else 224
    head = bytearray(0x600)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x80)
    struct.pack_into("<4sHH12xH", head, 0x80, b"PE\0\0", 0x8664 if wide else 0x14C, 1, optional)
    struct.pack_into("<H", head, 0x98, 0x20B if wide else 0x10B)
    struct.pack_into("<II", head, 0x98 + (112 if wide else 96), 0x1000, 0x200)
    # One section: addresses from 0x1000 lie in the file from 0x400.
    struct.pack_into("<8sIIII", head, 0x98 + optional, b".rdata", 0x200, 0x1000, 0x200, directory)
    struct.pack_into("<III", head, directory + 24, len(names), 0, 0x1000 + 40)
    for number, name in enumerate(names):
        place = texts + 32 * number
        struct.pack_into("<I", head, directory + 40 + 4 * number, place - directory + 0x1000)
        head[place : place + len(name)] = name.encode()
    return bytes(head)


@pytest.mark.parametrize(("wide", "bits"), [(True, 64), (False, 32)])
def test_a_windows_module_is_known_by_its_exports(tmp_path: Path, wide: bool, bits: int) -> None:
    """
    A DLL with C_GetFunctionList is a module, for 32 or 64 bits; one without it is none.
    """
    module, other = tmp_path / "vnptca_p11_v8.dll", tmp_path / "viettel-ca_v5.dll"
    module.write_bytes(windows_library("C_Finalize", "C_GetFunctionList", wide=wide))
    other.write_bytes(windows_library("DllMain", wide=wide))

    assert exports.Library(bits, "windows", is_module=True) == exports.read(module)
    assert exports.Library(bits, "windows", is_module=False) == exports.read(other)
    assert [(module, "VNPT-CA", bits, bits == 64)] == [
        (one.path, one.authority, one.bits, one.loads) for one in catalogue.installed([tmp_path])
    ]


def test_a_linux_module_is_known_by_its_symbols(tmp_path: Path) -> None:
    """
    SoftHSM2 under an authority's name is found; a library that is no module is not.
    """
    shutil.copy(kit.MODULE, tmp_path / "libfptca_v4.so.1.2")
    shutil.copy("/lib/x86_64-linux-gnu/libc.so.6", tmp_path / "libfptca_v5.so")

    assert [("libfptca_v4.so.1.2", "FPT-CA", 64)] == [
        (one.path.name, one.authority, one.bits) for one in catalogue.installed([tmp_path])
    ]


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"MZ", b"\x7fELF\x02\x01", b"\x7fELF\x01\x02"])
)
def test_any_other_file_is_none(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, head: bytes
) -> None:
    """
    Whatever lies under a module's name, reading it ends in an answer.
    """
    file = tmp_path_factory.getbasetemp() / "any.so"
    file.write_bytes(head + rest)
    found = exports.read(file)

    assert found is None or not found.is_module


def test_the_catalogue_names_every_module_once() -> None:
    """
    No name stands under two authorities, and no shell for Windows' own interface is listed.
    """
    names = [name for these in catalogue._data()["names"].values() for name in these]

    assert len(names) == len(catalogue.authorities())
    assert [] == [name for name in names if name.endswith("_s")]
    assert Path("/usr/lib") in catalogue.places()


def test_the_list_for_a_person_and_for_a_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A 32-bit module is named with what it needs; an empty folder is exit code 1.
    """
    module = tmp_path / "nca_v6.dll"
    module.write_bytes(windows_library("C_GetFunctionList", wide=False))

    assert 0 == command.main(["list", str(tmp_path)])
    assert "needs a 32-bit process" in capsys.readouterr().out
    assert 0 == command.main(["list", str(tmp_path), "--json"])
    (row,) = json.loads(capsys.readouterr().out)["modules"]
    assert {"path": str(module), "authority": "NC-CA", "bits": 32, "loads": False} == row
    (tmp_path / "empty").mkdir()
    assert 1 == command.main(["list", str(tmp_path / "empty")])


def test_a_token_is_probed_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Certificates without a PIN; keys with one, from a file; a file that is no driver is a line.
    """
    token = kit.make_token(tmp_path, "lenh")
    seen = ["--set", f"SOFTHSM2_CONF={token.configuration}"]
    probed = ["probe", str(kit.MODULE), *seen]

    assert 0 == command.main(probed)
    assert "chứng thư · certificate 01: lenh" in capsys.readouterr().out
    assert 0 == command.main([*probed, "--pin-file", str(token.pin_file), "--json"])
    (told,) = json.loads(capsys.readouterr().out)["tokens"]
    assert [("01", "RSA 2048", "SHA256_RSA_PKCS")] == [
        (key["id"], key["kind"], key["mechanism"]) for key in told["keys"]
    ]
    assert 1 == command.main(["probe", str(token.pin_file), "--json"])
    assert "TokenBroken" == json.loads(capsys.readouterr().out)["error"]
    assert 2 == command.main(["probe", str(tmp_path / "none.so")])
