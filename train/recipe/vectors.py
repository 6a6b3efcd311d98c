"""Reads the word vectors inside the wheel of a spaCy model (a zip file): 20,000 x 300 and a map from string hash to row."""
import io, json, re, struct, zipfile

import numpy as np

from .features import lower

_M = 0xC6A4A7935BD1E995
_MASK = (1 << 64) - 1


def murmur(text, seed=1):
    """MurmurHash64A, spaCy's hash of strings."""
    data = text.encode('utf8')
    h = (seed ^ len(data) * _M) & _MASK
    whole = len(data) // 8 * 8
    for (k,) in struct.iter_unpack('<Q', data[:whole]):
        k = k * _M & _MASK
        k = (k ^ (k >> 47)) * _M & _MASK
        h = (h ^ k) * _M & _MASK
    if len(data) > whole:
        h = (h ^ int.from_bytes(data[whole:], 'little')) * _M & _MASK
    h = (h ^ (h >> 47)) * _M & _MASK
    return h ^ (h >> 47)


def _key2row(data):
    """A MessagePack map of unsigned integers; nothing else occurs."""
    assert data[0] == 0xDF
    n, at, out = struct.unpack('>I', data[1:5])[0], 5, {}

    def integer(at):
        t = data[at]
        if t < 0x80:
            return t, at + 1
        if t == 0xD0:
            return struct.unpack('>b', data[at + 1:at + 2])[0], at + 2
        size, code = {0xCC: (1, 'B'), 0xCD: (2, '>H'), 0xCE: (4, '>I'), 0xCF: (8, '>Q'), 0xD1: (2, '>h'), 0xD2: (4, '>i'), 0xD3: (8, '>q')}[t]
        return struct.unpack(code, data[at + 1:at + 1 + size])[0], at + 1 + size

    for _ in range(n):
        k, at = integer(at)
        v, at = integer(at)
        out[k] = v
    return out


def load(wheel):
    """(matrix of float32, {string: row}); keys that a lower-case look-up would find anyway are left out."""
    z = zipfile.ZipFile(wheel)
    name = {n.rsplit('/', 1)[1]: n for n in z.namelist() if '/vocab/' in n}
    matrix = np.load(io.BytesIO(z.read(name['vectors'])))
    rows = _key2row(z.read(name['key2row']))
    plain = re.compile(r"[^\W\d_][^\W\d_'&.-]*(?:['&.-][^\W\d_'&.-]*)*$")
    keys = {}
    for s in json.loads(z.read(name['strings.json'])):
        if len(s) <= 20 and (plain.match(s) and all(ord(c) < 0x250 for c in s) or len(s) == 1 and s.isascii()):
            r = rows.get(murmur(s))
            if r is not None:
                keys[s] = r
    for s in [s for s in keys if lower(s) != s and keys.get(lower(s)) == keys[s]]:
        del keys[s]
    return matrix, keys
