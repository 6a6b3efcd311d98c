"""Place names: how they are compared, and which of the alternates are worth keeping."""
import re
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read_table(path):
    """Rows of a TSV table without its comments."""
    for line in Path(path).read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


FOLDING = {row[0]: row[1] if len(row) > 1 else "" for row in read_table(ROOT / "knowledge/places/folding.tsv")}
SHORT_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def fold(name):
    """The form that names are compared by: plain lower-case letters and digits, single blanks. The reader does the same."""
    out = []
    for c in unicodedata.normalize("NFC", name):
        if c in FOLDING:
            out.append(FOLDING[c])
        elif c.isascii() and c.isalnum():
            out.append(c.lower())
        elif c.isalnum():
            return ""
        else:
            out.append(" ")
    return " ".join(SHORT_WORDS.get(w, w) for w in "".join(out).split())


# Words that say what kind of division a name is: kept in the full name, left off in its short form.
TYPE_WORDS = set(
    """administrative area arrondissement autonomous borough canton city commune county department departamento
    departement district division emirate governorate il ili ilcesi kabupaten kota krai kray land municipality
    municipio oblast okrug parish prefecture province provincia provincie provins raion rayon region republic
    respublika sheng si state territory town vilayet voivodeship wojewodztwo woiwodschaft zone an kreis lan
    muhafazat muhafazah wilayat wilaya opstina obcina zupanija judet judetul powiat avtonomnyy federal
    capital metropolitan of de del di the""".split()
)
FOREIGN = re.compile(r"\b(Condado|Parroquia|Estado|vil[aə]yəti|mühafəzəsi|Respublikası|diyarı|rayonu)\b")


def bare(name):
    """A division's name without the words for its kind: `Anbar Governorate` is `Anbar`; None where nothing remains or changes."""
    head = name.split(",")[0]
    words = head.split()
    start, end = 0, len(words)
    while end - start > 1 and fold(words[end - 1]) in TYPE_WORDS:
        end -= 1
    while end - start > 1 and fold(words[start]) in TYPE_WORDS:
        start += 1
    short = " ".join(words[start:end])
    return short if short != name and len(fold(short)) > 2 else None


def worth_keeping(name):
    """Whether an alternate can stand in English news: Latin letters, a capital first, not a code, not a pinyin string."""
    key = fold(name)
    if len(key) < 3 or len(key) > 40 or len(key.split()) > 5 or any(c.isdigit() for c in key):
        return False
    letters = [c for c in name if c.isalpha()]
    return letters[0].isupper() and not (name.isupper() and len(letters) <= 5) and not FOREIGN.search(name)


def title(key):
    """A display form guessed from a folded name; names that differ from it are stored."""
    small = {"of", "de", "la", "le", "du", "del", "da", "do", "dos", "das", "and", "the", "on", "in", "al", "el", "sur", "les", "des", "y", "di"}
    words = key.split()
    return " ".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words))
