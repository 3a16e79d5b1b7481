"""Ed25519 with nothing but whole numbers (RFC 8032, 5.1): signatures checked, and made by hand."""

import hashlib

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]


def verified(public: bytes, text: bytes, signature: bytes) -> bool:
    """Was this text signed so by whoever holds the other half of this key?"""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, hidden = _read(public), _read(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or hidden is None or scalar >= _ORDER:
        return False
    told = hashlib.sha512(signature[:32] + public + text).digest()
    challenge = int.from_bytes(told, "little") % _ORDER
    return _same(_times(scalar, _BASE), _sum(hidden, _times(challenge, key)))


def is_key(public: bytes) -> bool:
    """Is it a key that can sign for one holder alone? Points of few turns would pass anything."""
    point = _read(public) if len(public) == 32 else None
    return point is not None and not _same(_times(8, point), (0, 1, 1, 0))


def public_of(seed: bytes) -> bytes:
    """The public half of the key that follows from 32 bytes."""
    return _written(_times(_halves(seed)[0], _BASE))


def signed_by(seed: bytes, text: bytes) -> bytes:
    """The signature of this text. It takes its time by what the key is: for a machine of one's own,
    where nobody measures, and not for a server."""
    scalar, salt = _halves(seed)
    public = public_of(seed)
    nonce = int.from_bytes(hashlib.sha512(salt + text).digest(), "little") % _ORDER
    hidden = _written(_times(nonce, _BASE))
    told = hashlib.sha512(hidden + public + text).digest()
    challenge = int.from_bytes(told, "little") % _ORDER
    return hidden + ((nonce + challenge * scalar) % _ORDER).to_bytes(32, "little")


def _halves(seed: bytes) -> tuple[int, bytes]:
    told = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(told[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, told[32:]


def _written(point: _Point) -> bytes:
    """The 32 bytes of a point."""
    near = pow(point[2], -1, _P)
    x, y = point[0] * near % _P, point[1] * near % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _sum(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: _Point) -> _Point:
    found = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _sum(found, point)
        point = _sum(point, point)
        scalar >>= 1
    return found


def _same(one: _Point, other: _Point) -> bool:
    return not (
        (one[0] * other[2] - other[0] * one[2]) % _P or (one[1] * other[2] - other[1] * one[2]) % _P
    )


def _read(data: bytes) -> _Point | None:
    """The point of 32 bytes; None where they are none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


_BASE: _Point = _read((4 * pow(5, -1, _P) % _P).to_bytes(32, "little")) or (0, 1, 1, 0)
