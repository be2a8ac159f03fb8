"""
What can be read from a token without changing it; runs in the token process.
"""

from __future__ import annotations

from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, ObjectClass, TokenFlag

from signing.devices import mechanisms

#: What a token says of its user's PIN, in our words, the gravest first.
PIN_STATES = (
    (TokenFlag.USER_PIN_LOCKED, "locked"),
    (TokenFlag.USER_PIN_FINAL_TRY, "last_try"),
    (TokenFlag.USER_PIN_COUNT_LOW, "refused_before"),
    (TokenFlag.USER_PIN_TO_BE_CHANGED, "to_be_changed"),
)


def present(library: Any) -> list[Any]:
    """Return the tokens that hold something: plugged in and made ready by their issuer."""
    return [one for one in library.get_tokens() if one.flags & TokenFlag.TOKEN_INITIALIZED]


def pin_state(flags: TokenFlag) -> str:
    """Return the gravest thing that the token says of its PIN, or ``fine``."""
    return next((word for flag, word in PIN_STATES if flags & flag), "fine")


def has_pad(flags: TokenFlag) -> bool:
    """Tell whether the PIN is typed on the reader's own keys."""
    return bool(flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH)


def card(token: Any) -> dict[str, Any]:
    """Return what the token says of itself."""
    return {
        "label": token.label.strip(),
        "serial": token.serial.decode("ascii", "replace").strip(),
        "model": token.model.strip(),
        "manufacturer": token.manufacturer_id.strip(),
        "firmware": ".".join(map(str, token.firmware_version)),
        "pin": pin_state(token.flags),
        "pad": has_pad(token.flags),
        "mechanisms": sorted(_name(one) for one in token.slot.get_mechanisms()),
    }


def _name(mechanism: Any) -> str:
    """Return a mechanism's name, or its number if it is a vendor's own."""
    return getattr(mechanism, "name", None) or f"{int(mechanism):#x}"


def certificates(session: Any) -> list[dict[str, str]]:
    """Return every certificate, with the key's id in hex."""
    return [
        {
            "id": bytes(item[Attribute.ID]).hex(),
            "label": str(_read(item, Attribute.LABEL, "")),
            "der": bytes(item[Attribute.VALUE]).hex(),
        }
        for item in found(session, ObjectClass.CERTIFICATE)
    ]


def keys(session: Any, offered: set[Any]) -> list[dict[str, Any]]:
    """Return every private key that the session sees: mostly none before login."""
    return [_key(item, offered) for item in found(session, ObjectClass.PRIVATE_KEY)]


def found(session: Any, kind: ObjectClass) -> list[Any]:
    """Return all objects of *kind*; read to the end, or the search stays open on the token."""
    return list(session.get_objects({Attribute.CLASS: kind}))


def _key(item: Any, offered: set[Any]) -> dict[str, Any]:
    usable = mechanisms.ways(mechanisms.scheme_of(item.key_type, curve(item)), offered)
    return {
        "id": bytes(item[Attribute.ID]).hex(),
        "label": str(_read(item, Attribute.LABEL, "")),
        "kind": _kind(item),
        "signs": bool(_read(item, Attribute.SIGN, default=True)),
        "pin_each_time": pin_each_time(item),
        "mechanism": usable[0].mechanism.name if usable else "",
    }


def pin_each_time(key: Any) -> bool:
    """Tell whether the token wants the PIN before each of the key's signatures."""
    return bool(_read(key, Attribute.ALWAYS_AUTHENTICATE, default=False))


def curve(key: Any) -> bytes:
    """Return the DER of an elliptic key's curve; nothing for another or a silent driver."""
    return bytes(_read(key, Attribute.EC_PARAMS, b"")) if key.key_type is KeyType.EC else b""


def _kind(key: Any) -> str:
    """Return type and length, for example ``RSA 2048``."""
    if key.key_type is KeyType.RSA:
        bits = len(bytes(_read(key, Attribute.MODULUS, b""))) * 8
        return f"RSA {bits or '?'}"
    if key.key_type is KeyType.EC:
        return f"EC P-{mechanisms.CURVES.get(curve(key), ('?', ''))[0]}"
    return str(_name(key.key_type))


def _read(item: Any, attribute: Attribute, default: Any) -> Any:
    """Return an attribute; drivers differ in which they know, and *default* stands for none."""
    try:
        return item[attribute]
    except pkcs11.PKCS11Error:
        return default
