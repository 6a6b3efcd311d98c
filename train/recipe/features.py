"""What the model may know of a word form: hashes of its features. crates/syntax/src/neural/features.rs does exactly the same."""

MASK = (1 << 64) - 1
# Kinds of features; the number is the first byte that is hashed.
CASED, LOWER, SHAPE, PREFIX, SUFFIX, VECTOR = 1, 2, 3, 4, 7, 11
_CANON = {'’': "'", '‘': '`', '“': '``', '”': "''", '–': '-', '—': '--', '―': '--', '…': '...', '\u00a0': ' '}


def fnv(kind, text):
    """32-bit hash of a feature: FNV-1a over the kind and the UTF-8 bytes, folded."""
    h = 0xCBF29CE484222325
    for b in bytes([kind]) + text.encode('utf8'):
        h = (h ^ b) * 0x100000001B3 & MASK
    h = (h ^ (h >> 32)) * 0x9E3779B97F4A7C15 & MASK
    return h >> 32


def lower(text):
    """Lower case, character by character; characters whose lower case is longer stay."""
    return ''.join(c if len(c.lower()) != 1 else c.lower() for c in text)


def canon(form):
    """One spelling for typographic variants of quotes, dashes and apostrophes."""
    return ''.join(_CANON.get(c, c) for c in form)


def shape(form):
    """X for upper case, x for lower case, 0 for digits, else the character; runs are cut at three."""
    out = []
    for c in form:
        k = '0' if c in '0123456789' else 'X' if c.isupper() else 'x' if c.isalpha() else c
        if out[-3:] != [k] * 3:
            out.append(k)
    return ''.join(out)


def digits(form):
    """The form with every ASCII digit as 0."""
    return ''.join('0' if c in '0123456789' else c for c in form)


def features(form):
    """Hashes of the features: identity features first (cased form if it differs from the lower form, lower form)."""
    form = digits(canon(form))[:40]
    low = lower(form)
    out = [fnv(LOWER, low)]
    if low != form:
        out.append(fnv(CASED, form))
    n_id = len(out)
    out.append(fnv(SHAPE, shape(form)))
    for k in (1, 2, 3):
        out.append(fnv(PREFIX + k - 1, low[:k]))
    for k in (1, 2, 3, 4):
        out.append(fnv(SUFFIX + k - 1, low[-k:]))
    return out, n_id


def vector_keys(form):
    """Spellings under which a form is looked up among the vectors, best first."""
    form = canon(form)[:40]
    low = lower(form)
    return [form, low, low[:1].upper() + low[1:] if len(low[:1].upper()) == 1 else low]
