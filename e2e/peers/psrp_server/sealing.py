"""Sealed bodies ([MS-WSMV] 2.2.9.1), and the ways in which one can be spoiled."""

TYPE = 'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"'


def open_body(context, body):
    mark = b"Content-Type: application/octet-stream\r\n"
    start = body.index(mark) + len(mark)
    length = int.from_bytes(body[start : start + 4], "little")
    end = body.rindex(b"--Encrypted Boundary--")
    return context.unwrap_winrm(body[start + 4 : start + 4 + length], body[start + 4 + length : end])


def number_of_next(context, change):
    """pyspnego keeps the number of the next message to itself; RC4 does not depend on it."""
    ntlm = getattr(context, "_context", context)
    name = next(key for key in vars(ntlm) if key.endswith("__seq_num_out"))
    setattr(ntlm, name, change(getattr(ntlm, name)))


def seal(context, text, fault):
    plain = text.encode()
    if fault == "skippedNumber":
        number_of_next(context, lambda number: number + 1)
    if fault == "repeatedNumber":
        number_of_next(context, lambda number: max(0, number - 1))
    wrapped = context.wrap_winrm(plain)
    header, data = bytearray(wrapped.header), bytearray(wrapped.data)
    if fault == "badSignature":
        header[5] ^= 0x40
    if fault == "changedBody":
        data[len(data) // 2] ^= 0x01
    length = len(plain) + wrapped.padding_length + (7 if fault == "wrongLength" else 0)
    counted = len(header) + (1 if fault == "wrongHeaderLength" else 0)
    return written(fault, length, counted.to_bytes(4, "little") + bytes(header) + bytes(data))


def written(fault, length, binary):
    tab = "" if fault == "noTab" else "\t"
    line = "\n" if fault == "lineFeeds" else "\r\n"
    boundary = "-- Encrypted Boundary" if fault == "spacedBoundary" else "--Encrypted Boundary"
    content_type = "CONTENT-TYPE" if fault == "upperCase" else "Content-Type"
    head = line.join(
        [
            boundary,
            f"{tab}{content_type}: application/HTTP-SPNEGO-session-encrypted",
            f"{tab}OriginalContent: type=application/soap+xml;charset=UTF-8;Length={length}",
            boundary,
            f"{tab}{content_type}: application/octet-stream",
            "",
        ]
    )
    last = f"{boundary}--" + ("" if fault == "noLastLineEnd" else line)
    return head.encode() + binary + last.encode()
