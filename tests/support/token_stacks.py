"""
PKCS#11 modules of five makers, each with a token, keys and certificates, and how it is started.

A daemon that a module needs is started here and ended here, by its process id; none needs
systemd. Keys are put on by OpenSC's tool, so that no test process loads a module itself.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from signing.certificates import Certificate, load
from tests.support import pcsc
from tests.support import signing_kit as kit

LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")
NSS = LIBRARIES / "libsoftokn3.so"
OPENCRYPTOKI = LIBRARIES / "opencryptoki" / "libopencryptoki.so.0"
TPM = LIBRARIES / "libtpm2_pkcs11.so.1"
REMOTE = LIBRARIES / "pkcs11" / "p11-kit-client.so"
STORE = Path("/var/lib/opencryptoki/swtok")
SLOT_DAEMON = Path("/usr/sbin/pkcsslotd")

SO_PIN = "13579135"


@dataclass(frozen=True)
class Stack:
    """A token behind a module; ``certificates`` by the key's id."""

    module: Path
    label: str
    pin_file: Path
    environment: dict[str, str]
    certificates: dict[str, Certificate] = field(default_factory=dict)


@dataclass(frozen=True)
class OnToken:
    """A key that was made on a token, as far as anybody outside of it knows."""

    public: Any

    def public_key(self) -> Any:
        """Return what a certificate is issued for."""
        return self.public


class LackingError(Exception):
    """This machine cannot run the module; the text says why."""


def need(*needed: tuple[str, Path | str]) -> None:
    """LackingError naming every Debian package whose file or command is not here."""
    missing = [
        package
        for package, what in needed
        if not (what.exists() if isinstance(what, Path) else shutil.which(what))
    ]
    if missing:
        message = f"not installed: {', '.join(missing)}"
        raise LackingError(message)


def _pin_file(folder: Path) -> Path:
    file = folder / "pin"
    file.touch(mode=0o600)
    file.write_text(kit.PIN)
    return file


def tool(stack: Stack, *arguments: str, pin: str = kit.PIN) -> None:
    """Run OpenSC's tool on the token, logged in."""
    command = ["pkcs11-tool", "--module", str(stack.module), "--token-label", stack.label]
    _run([*command, "--login", "--pin", pin, *arguments], stack.environment)


def _run(command: Sequence[str], environment: dict[str, str], *, typed: str = "") -> None:
    done = subprocess.run(
        command,
        env={"PATH": "/usr/bin:/bin:/usr/sbin", **environment},
        input=typed,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        message = f"{command[0]} {command[3:]}: {done.stdout}{done.stderr}"
        raise LackingError(message)


def put(stack: Stack, folder: Path, number: str, key: kit.Key) -> None:
    """Put *key* and a certificate for it on the token."""
    pem = folder / f"{number}.pem"
    form = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    pem.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    named = ("--id", number, "--label", f"key {number}")
    tool(stack, "--write-object", str(pem), "--type", "privkey", "--usage-sign", *named)
    certify(stack, folder, number, key)


def make(stack: Stack, folder: Path, number: str, kind: str) -> None:
    """Let the token make a key of *kind* (``rsa:2048``, ``EC:prime256v1``) and certify it."""
    named = ("--id", number, "--label", f"key {number}")
    tool(stack, "--keypairgen", "--key-type", kind, "--usage-sign", *named)
    public = folder / f"{number}.pub"
    tool(stack, "--read-object", "--type", "pubkey", "--id", number, "-o", str(public))
    certify(stack, folder, number, OnToken(serialization.load_der_public_key(public.read_bytes())))


def certify(stack: Stack, folder: Path, number: str, key: Any) -> None:
    """Put a certificate for *key* on the token."""
    der = folder / f"{number}.der"
    der.write_bytes(kit.authority().issue(f"{stack.label} {number}", key))
    stack.certificates[number] = load(der.read_bytes())
    named = ("--id", number, "--label", f"key {number}")
    tool(stack, "--write-object", str(der), "--type", "cert", *named)


@contextmanager
def softhsm(folder: Path) -> Iterator[Stack]:
    """SoftHSM2, a key of each kind."""
    need(("softhsm2", kit.MODULE), ("opensc", "pkcs11-tool"))
    token = kit.make_token(folder, "mem")
    stack = Stack(kit.MODULE, "mem", token.pin_file, token.environment, {"01": token.certificate})
    put(stack, folder, "02", ec.generate_private_key(ec.SECP256R1()))
    put(stack, folder, "03", ec.generate_private_key(ec.SECP384R1()))
    yield stack


@contextmanager
def remote(folder: Path) -> Iterator[Stack]:
    """A token of SoftHSM2 over p11-kit's socket, as if it were in another machine."""
    need(("p11-kit", "p11-kit"), ("p11-kit-modules", REMOTE), ("softhsm2", kit.MODULE))
    token = kit.make_token(folder, "xa")
    place = folder / "p11.socket"
    command = ["p11-kit", "server", "--foreground", "--provider", str(kit.MODULE)]
    environment = {"PATH": "/usr/bin:/bin", **token.environment}
    seen = {"P11_KIT_SERVER_ADDRESS": f"unix:path={place}"}
    with daemon([*command, "-n", str(place), "pkcs11:token=xa"], environment, place.exists):
        yield Stack(REMOTE, "xa", token.pin_file, seen, {"01": token.certificate})


@contextmanager
def nss(folder: Path) -> Iterator[Stack]:
    """Mozilla's softokn, through a few lines of C that tell it where its database lies."""
    need(("libnss3", NSS), ("gcc", "gcc"), ("opensc", "pkcs11-tool"))
    shim, database = folder / "shim.so", folder / "database"
    database.mkdir()
    source = Path(__file__).with_name("nss_shim.c")
    _run(["gcc", "-shared", "-fPIC", "-o", str(shim), str(source), "-ldl"], {})
    seen = {"NSS_FOLDER": str(database)}
    # NSS takes its first PIN from a security officer without one, which no tool can say.
    first = (
        "import sys, pkcs11\n"
        "slots = pkcs11.lib(sys.argv[1]).get_slots()\n"
        "token = next(one for one in slots if one.slot_id == 2).get_token()\n"
        "token.open(rw=True, so_pin='').init_pin(sys.argv[2])\n"
    )
    _run([sys.executable, "-c", first, str(shim), kit.PIN], seen)
    stack = Stack(shim, "NSS Certificate DB", _pin_file(folder), seen)
    put(stack, folder, "01", kit.rsa_key("nss"))
    yield stack


@contextmanager
def tpm(folder: Path) -> Iterator[Stack]:
    """A TPM 2.0 in software; the token is made by the module itself, so no D-Bus is needed."""
    need(("libtpm2-pkcs11-1", TPM), ("swtpm", "swtpm"), ("opensc", "pkcs11-tool"))
    state, store = folder / "state", folder / "store"
    state.mkdir()
    store.mkdir()
    port = pcsc.two_free_ports()
    server = ["--server", f"type=tcp,port={port}", "--ctrl", f"type=tcp,port={port + 1}"]
    flags = ["--flags", "not-need-init,startup-clear"]
    command = ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={state}", *server, *flags]
    seen = {
        "TPM2_PKCS11_STORE": str(store),
        "TPM2_PKCS11_TCTI": f"swtpm:port={port}",
        "TSS2_LOG": "all+NONE",
    }
    with daemon(command, {"PATH": "/usr/bin:/bin"}, lambda: pcsc.listens(port)):
        stack = Stack(TPM, "tpm", _pin_file(folder), seen)
        begin = ["pkcs11-tool", "--module", str(TPM)]
        officer = ["--login", "--login-type", "so", "--so-pin", SO_PIN]
        made = ["--slot-index", "0", "--init-token", "--label", "tpm", "--so-pin", SO_PIN]
        _run([*begin, *made], seen)
        _run([*begin, "--token-label", "tpm", *officer, "--init-pin", "--new-pin", kit.PIN], seen)
        make(stack, folder, "01", "rsa:2048")  # two keys at once fill a TPM without a manager
        yield stack


@contextmanager
def opencryptoki(folder: Path) -> Iterator[Stack]:
    """
    IBM's software token: RSA by the raw mechanism alone.

    It knows one place for its tokens and one daemon per machine: only a token that nobody uses
    is taken, and test runs beside each other wait for a lock.
    """
    need(("opencryptoki", OPENCRYPTOKI), ("opencryptoki", SLOT_DAEMON), ("opensc", "pkcs11-tool"))
    if os.geteuid():
        message = "opencryptoki's tokens belong to root"
        raise LackingError(message)
    label = "motcua-test"
    with Path("/run/motcua-test-opencryptoki").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if any(label.encode() not in one.read_bytes() for one in STORE.glob("NVTOK.DAT")):
            message = "opencryptoki's software token is in use"
            raise LackingError(message)
        _wipe()
        with _slot_daemon():
            first, user = "87654321", "11111111"
            for arguments, typed in (
                (["-I"], [first, label]),
                (["-P"], [first, SO_PIN, SO_PIN]),
                (["-u"], [SO_PIN, user, user]),
                (["-p"], [user, kit.PIN, kit.PIN]),
            ):
                _run(["pkcsconf", "-c", "3", *arguments], {}, typed="\n".join([*typed, ""]))
            stack = Stack(OPENCRYPTOKI, label, _pin_file(folder), {})
            put(stack, folder, "01", kit.rsa_key("opencryptoki"))
            yield stack
        _wipe()


def _slot_daemon() -> AbstractContextManager[None]:
    """Use the daemon that runs, or run one."""
    pid_file, place = Path("/run/pkcsslotd.pid"), Path("/run/pkcsslotd.socket")
    if pid_file.exists() and _runs(pid_file):
        return nullcontext()
    place.unlink(missing_ok=True)
    return daemon([str(SLOT_DAEMON), "-f"], {"PATH": "/usr/bin:/bin"}, place.exists)


def _wipe() -> None:
    """Take everything from opencryptoki's software token, as it is when installed."""
    for file in STORE.rglob("*"):
        if file.is_file():
            file.unlink()


def _runs(pid_file: Path) -> bool:
    """Tell whether the process of *pid_file* lives; a container may keep a dead one's file."""
    number = pid_file.read_text().strip()
    name = Path(f"/proc/{number}/comm")
    return name.exists() and name.read_text().strip() == "pkcsslotd"


@contextmanager
def daemon(
    command: Sequence[str], environment: dict[str, str], ready: Callable[[], bool]
) -> Iterator[None]:
    """Run *command* until the context ends; wait until it is *ready*."""
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 20
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"{command[0]} does not start"
                raise LackingError(message)
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


STACKS: dict[str, Callable[[Path], AbstractContextManager[Stack]]] = {
    "softhsm": softhsm,
    "p11-kit": remote,
    "nss": nss,
    "tpm": tpm,
    "opencryptoki": opencryptoki,
}
