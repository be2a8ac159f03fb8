"""The codes of VietQR: those of others are read, ours are read by our own strict reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments import vietqr
from payments.vietqr import Code, Service, VietQRError

#: From MIT-licensed libraries (vietqr-php, vietnam-qr-pay, vietqr-ts) and codes in use.
KNOWN_GOOD = {
    "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA5303704"
    "5802VN63049E6F": (
        False, "970403", "0011012345678", Service.ACCOUNT, None, ""),
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA53037045406180000"
    "5802VN62340107NPS68690819thanh toan don hang63042E2E": (
        True, "970403", "0011012345678", Service.ACCOUNT, 180_000, "thanh toan don hang"),
    "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC5303"
    "7045802VN63044F52": (
        False, "970403", "9704031101234567", Service.CARD, None, ""),
    "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F": (
        False, "970416", "257678859", Service.ACCOUNT, None, ""),
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN"
    "62150811Chuyen tien630453E6": (
        True, "970416", "257678859", Service.ACCOUNT, 10_000, "Chuyen tien"),
    "00020101021238540010A00000072701240006970436011010175956000208QRIBFTTA53037045406180000"
    "5802VN62230819thanh toan don hang630470FA": (
        True, "970436", "1017595600", Service.ACCOUNT, 180_000, "thanh toan don hang"),
    "00020101021138580010A000000727012800069704070114190304136010180208QRIBFTTA530370"
    "45802VN63040283": (
        False, "970407", "19030413601018", Service.ACCOUNT, None, ""),
    "00020101021138620010A00000072701320006970454011899MM24011M348750800208QRIBFTTA53037045802VN"
    "62190515MOMOW2W3487508080030466304EBC8": (
        False, "970454", "99MM24011M34875080", Service.ACCOUNT, None, ""),
    "00020101021138620010A00000072701320006970454011899ZP24009M072482670208QRIBFTTA53"
    "037045802VN6304073C": (
        False, "970454", "99ZP24009M07248267", Service.ACCOUNT, None, ""),
    "00020101021126280010A000000775011001A80187905204549953037045802VN5907SUNFLY16005HaNoi"
    "62290313SUNFLY ONLINE0708SUNFLY016304AE6F": (
        False, "", "01A8018790", None, None, ""),
}  # fmt: skip

#: The first is the example that NAPAS prints itself; its CRC is right and an inner length wrong.
WRONG = {
    "an inner length one short": (
        "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN"),
    "an inner length that swallows the service": (
        "00020101021138570010A00000072701390006970403011300110123456780208QRIBFTTA53037045802VN"),
    "an empty template of extras": (
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6200"),
    "a field twice": (
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA530370453037045802VN"),
    "an amount with decimals": (
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA5303704540510.505802VN"),
    "no account": "00020101021153037045802VN",
    "a length beyond the end": "0002010102115303704580299",
    "another currency": (
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53038405802VN"),
    "neither static nor dynamic": (
        "00020101021338570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN"),
    "no version": (
        "01021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN"),
    "an unknown service": (
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTX53037045802VN"),
    "a tag that is no number": (
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VNXX01A"),
}  # fmt: skip


def _sealed(body: str) -> str:
    return f"{body}6304{vietqr.crc(body + '6304')}"


@pytest.mark.parametrize("text", KNOWN_GOOD)
def test_a_known_code_is_read(text: str) -> None:
    """Codes that others made say what their makers meant."""
    code = vietqr.parse(text)

    expected = KNOWN_GOOD[text]
    actual = (code.dynamic, code.bank, code.account, code.service, code.amount, code.purpose)
    assert expected == actual


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_wrong_code_with_a_right_crc_is_refused(text: str) -> None:
    """A right CRC over wrong lengths or fields does not make a code."""
    with pytest.raises(VietQRError):
        vietqr.parse(_sealed(text))


def test_the_example_of_napas_is_refused_by_its_length() -> None:
    """The CRC of the specification's own example is F4E5 and right; its length is not."""
    text = _sealed(WRONG["an inner length one short"])

    with pytest.raises(VietQRError, match=r"38\.01"):
        vietqr.parse(text)


def test_a_crc_in_small_letters_is_refused() -> None:
    """The specification wants capital letters; the words say what is the matter."""
    good = next(iter(KNOWN_GOOD))

    with pytest.raises(VietQRError, match="small letters"):
        vietqr.parse(good[:-4] + good[-4:].lower())


def test_a_wrong_crc_is_refused() -> None:
    """One changed digit of the account is found."""
    good = next(iter(KNOWN_GOOD))

    with pytest.raises(VietQRError, match="wrong"):
        vietqr.parse(good.replace("0011012345678", "0011012345679"))


def test_diacritics_are_refused_in_reading() -> None:
    """The fixture whose length counts bytes and not letters is not guessed at."""
    body = (
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
        "530370454061800005802VN62260822Thanh toán hóa đơn"
    )

    with pytest.raises(VietQRError, match="diacritics"):
        vietqr.parse(_sealed(body))


@pytest.mark.parametrize("text", KNOWN_GOOD)
def test_our_code_is_the_known_one(text: str) -> None:
    """What we make of a known code's content is that code, where it has no other fields."""
    code = vietqr.parse(text)
    if set(code.fields) - {"00", "01", "38", "53", "54", "58", "62", "63"}:
        return
    if code.fields.get("62", "08")[:2] != "08" or code.service is None:
        return

    made = vietqr.payload(
        code.bank, code.account, code.amount, purpose=code.purpose, service=code.service
    )
    assert text == made


def test_the_crc_has_the_published_check_value() -> None:
    """CRC-16/CCITT-FALSE of ``123456789`` is 29B1."""
    assert vietqr.crc("123456789") == "29B1"


def test_diacritics_are_taken_off_before_encoding() -> None:
    """What a Vietnamese typed becomes capital Latin letters, whose length nobody disputes."""
    code = vietqr.parse(vietqr.payload("970436", "1017595600", 50_000, purpose="Nộp phí đất"))

    assert code.purpose == "NOP PHI DAT"


@pytest.mark.parametrize(
    ("bank", "account", "amount", "purpose"),
    [
        ("999999", "1", None, ""),
        ("970436", "", None, ""),
        ("970436", "1" * 20, None, ""),
        ("970436", "1-2", None, ""),
        ("970436", "1", 0, ""),
        ("970436", "1", -1, ""),
        ("970436", "1", 10**13, ""),
        ("970436", "1", 1, "x" * 26),
        ("970436", "1", 1, "x\ny"),
        ("970436", "1", 1, "❤"),
    ],
)
def test_what_does_not_fit_is_refused(
    bank: str, account: str, amount: int | None, purpose: str
) -> None:
    """Nothing is cut off to make it fit."""
    with pytest.raises(VietQRError):
        vietqr.payload(bank, account, amount, purpose=purpose)


@given(
    bank=st.sampled_from(sorted(vietqr.banks())),
    account=st.from_regex(r"[0-9A-Z]{1,19}", fullmatch=True),
    amount=st.none() | st.integers(1, 10**13 - 1),
    purpose=st.from_regex(r"[0-9A-Za-z ]{0,25}", fullmatch=True),
    service=st.sampled_from(Service),
)
def test_what_we_make_we_read(
    bank: str, account: str, amount: int | None, purpose: str, service: Service
) -> None:
    """Reading a code gives back what it was made of, whatever that was."""
    code = vietqr.parse(vietqr.payload(bank, account, amount, purpose=purpose, service=service))

    expected = Code(
        amount is not None, vietqr.NAPAS, account, bank, service, amount, purpose, code.fields
    )
    assert expected == code


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text brings the reader down."""
    try:
        vietqr.parse(text)
    except VietQRError:
        return
    raise AssertionError(text)


@given(st.text(alphabet="0123456789A", max_size=60))
def test_any_sealed_text_is_read_or_refused(text: str) -> None:
    """No text with a right CRC brings the reader down either."""
    try:
        vietqr.parse(_sealed(text))
    except VietQRError:
        return


def test_the_banks_are_data_with_six_digits() -> None:
    """The table of banks is read whole: six digits, each once."""
    assert vietqr.banks()["970418"] == "BIDV"
    assert {len(bin_) for bin_ in vietqr.banks()} == {6}
