"""The pages of the codebook: a page a type with its modes, and one of contexts.

Every example is a sentence of the literate cases or of the frame tables that this build reads as it should, and what stands
beside it is what it read. What a type or mode is, in words, stands in codebook.tsv.
"""

import json
import re

from reader import ROOT, records, run

EXAMPLES = 3  # for a mode
ALONE = 5  # for a type without modes
TRIED = 40  # sentences that are read for a mode before it gets fewer
WORDS = 12  # that express a mode
CUES = 14  # of a context
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
STATUSES = ["ongoing", "planned", "hypothetical", "denied"]
RECIPROCAL = ("CONSULT", "AGREE", "COOPERATE")  # all parties may stand on one side


def rows(path):
    """Lines of a table, without comments."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def table(head, body):
    """Lines of a table in Markdown, and a blank one behind.

    >>> table(["a", "b"], [("1|2", 3)])
    ['| a | b |', '|---|---|', '| 1\\\\|2 | 3 |', '']
    """
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in body]
    line = lambda row: f"| {' | '.join(row)} |"
    return [line(head), "|" + "---|" * len(head), *map(line, cells), ""]


def sentence_case(text):
    return text[0].upper() + text[1:]


def unmarked(marked):
    """A frame's example as plain text, with those who act and those whom it is done to.

    >>> unmarked("[Clinton] met {Netanyahu} on Tuesday.")
    ('Clinton met Netanyahu on Tuesday.', ['Clinton'], ['Netanyahu'])
    """
    actors, recipients = re.findall(r"\[(.*?)\]", marked), re.findall(r"\{(.*?)\}", marked)
    return re.sub(r"[\[\]{}]", "", marked), actors, recipients


def cases(event_type):
    """Sentences of the literate cases of a type: section, sentence, mode, status, actors, recipients.

    >>> next(cases("AGREE"))
    ('The plain clause', 'Russia agreed with Turkey to set up a buffer zone.', '-', 'happened', ['Russia'], ['Turkey'])
    """
    path = ROOT / f"crates/dateline/tests/cases/{event_type.lower()}.md"
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        section = line[3:] if line.startswith("## ") else section
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if len(cells) != 5 or not re.fullmatch(r"[A-Z]+(/.*)?", cells[1]):
            continue
        kind, _, mode = cells[1].partition("/")
        names = [[name.strip() for name in cell.split(";") if name.strip() != "-"] for cell in cells[3:]]
        if kind == event_type:
            yield section, cells[0], mode or "-", cells[2], *names


def parties(record, event, side):
    """The entities of one side of an event."""
    return [entity for entity in record["entities"] if entity["id"] in event[side]]


def comes_out(record, event_type, mode, status, actors, recipients):
    """The only event of a record, if it is the one that is looked for."""
    if record is None or len(record["events"]) != 1:
        return None
    event = record["events"][0]
    found = [parties(record, event, side) for side in ("actors", "recipients")]
    wanted = [actors, recipients]
    if event_type in RECIPROCAL or len(actors) > 1:
        found, wanted = [found[0] + found[1]], [actors + recipients]
    told = (event["type"], event["mode"] or "-", event["status"]) == (event_type, mode, status)
    same = all(len(f) == len(w) and all(any(is_named(e, n) for e in f) for n in w) for f, w in zip(found, wanted))
    return event if told and same else None


def is_named(entity, name):
    """Whether an entity may have this name; a country is known by its cities and people, too.

    >>> is_named({"name": "two hostages", "kind": "group"}, "hostages")
    True
    """
    one, other = entity["name"].lower(), name.lower()
    return one in other or other in one or entity["kind"] == "country"


def shown(record, event):
    """Cells: the sentence with its trigger in bold, and who did it to whom.

    >>> record = {"text": "A met B.", "entities": [{"id": "e1", "name": "A"}]}
    >>> shown(record, {"actors": ["e1"], "recipients": [], "mentions": [{"trigger": [2, 5]}]})
    ('A **met** B.', 'A')
    """
    start, end = event["mentions"][0]["trigger"]
    text = record["text"]
    actors, recipients = ("; ".join(e["name"] for e in parties(record, event, side)) for side in ("actors", "recipients"))
    return f"{text[:start]}**{text[start:end]}**{text[end:]}", f"{actors or '–'} → {recipients}" if recipients else actors


def candidates(event_type, mode, frames):
    """Sentences to try for a mode, the best first: of each section of the cases the first, the rest of the cases, frames."""
    told = [case for case in cases(event_type) if case[2] == mode and case[3] == "happened"]
    firsts = {case[0]: case for case in reversed(told)}.values()
    told.sort(key=lambda case: case not in firsts)
    found = [(case[1], case[4:]) for case in told]
    for frame in frames:
        text, actors, recipients = unmarked(frame[5])
        if actors and len(text.split()) > 3:
            found.append((text, (actors, recipients)))
    return found[:TRIED]


class Book:
    """All that the pages need, read in one go."""

    def __init__(self):
        self.types = {}
        for event_type, mode, meaning in rows("docs/site/codebook.tsv"):
            self.types.setdefault(event_type, []).append((mode, meaning))
        self.frames = {t: rows(f"knowledge/frames/{t.lower()}.tsv") for t in self.types}
        self.tried = {(t, m): candidates(t, m, self.of_mode(t, m)) for t, modes in self.types.items() for m, _ in modes}
        self.told = {t: [case for case in cases(t) if case[3] in STATUSES] for t in self.types}
        sentences = [text for tried in self.tried.values() for text, _ in tried]
        self.records = records(sentences + [case[1] for told in self.told.values() for case in told])

    def of_mode(self, event_type, mode):
        return [frame for frame in self.frames[event_type] if frame[3] == mode]

    def examples(self, event_type, mode, number):
        """The first that come out; each word that tells an act once, as long as there are others."""
        found, again, words = [], [], set()
        for text, names in self.tried[event_type, mode]:
            record = self.records.get(text)
            event = comes_out(record, event_type, mode, "happened", *names)
            if event is None:
                continue
            word = text[slice(*event["mentions"][0]["trigger"])].lower()
            (again if word in words else found).append((record, event))
            words.add(word)
        return (found + again)[:number]

    def statuses(self, event_type):
        """A sentence for each status but `happened`, where there is one that comes out."""
        found = {}
        for _, text, mode, status, *names in self.told[event_type]:
            event = comes_out(self.records.get(text), event_type, mode, status, *names)
            if event:
                found.setdefault(status, (self.records[text], event, status))
        return [found[status] for status in STATUSES if status in found]

    def type_page(self, event_type):
        """The page of one type, and its quad class."""
        modes = self.types[event_type]
        lines, quad = [], 0
        for mode, meaning in modes:
            frames = self.of_mode(event_type, mode)
            if not frames:
                continue
            good = self.examples(event_type, mode, ALONE if len(modes) == 1 else EXAMPLES)
            if not good:
                print(f"codebook: no example of {event_type}/{mode} comes out, so it is left out")
                continue
            event = good[0][1]
            quad = event["quad"]
            words = [word for word in dict.fromkeys(frame[0] for frame in frames) if " " not in word][:WORDS]
            if mode != "-":
                lines += [f"## Mode `{mode}`", "", f"{sentence_case(meaning)}."]
            else:
                lines += ["## Without a mode" if len(modes) > 1 else "## Examples", ""]
            such = ", with words such as " + ", ".join(f"*{word}*" for word in words) if words else ""
            lines += [f"Score {event['score']:g}, CAMEO {event['cameo']}; {len(frames):,} frames{such}.", ""]
            lines += table(["sentence", "who → whom"], [shown(*pair) for pair in good])
        lines += ["## Not just happened", ""]
        lines += table(["sentence", "who → whom", "status", "type by the PLOVER manual"],
                       [(*shown(r, e), s, e["plover"] or "not coded") for r, e, s in self.statuses(event_type)])
        assert quad, f"nothing of {event_type} comes out"
        head = [f"# {event_type}", "", f"{sentence_case(modes[0][1])}. Quad class {quad}, {QUADS[quad]}.", ""]
        return "\n".join(head + lines), quad


HEAD = """# Types and modes

The 16 types of PLOVER with their modes. How an act is coded, whatever its type, is told in [the codebook](../codebook.md);
[contexts](contexts.md) have a page of their own.
"""
FOOT = """Quad classes: {quads}. Scores run from -10 (conflict) to +10 (cooperation).

Every example on the pages of the types was read by the program as this site was made: bold is the word that tells the act, beside it
stand the parties that were read. The sentences come from the program's own tests and tables. They are short and plain; news is
neither, so see [how good it is](../../EVALUATION.md).
"""
CONTEXTS = """# Contexts

What the passage around an event is about: any of 37, and any number of them. They are told by words, which `knowledge/contexts.tsv`
lists. The first of each:
"""


def pages():
    """All pages, by their names in docs/codebook."""
    book = Book()
    schema = json.loads(run("schema"))["$defs"]
    types, modes = ({value for value in schema[name]["enum"] if value} for name in ("type", "mode"))
    assert set(book.types) == types, f"codebook.tsv and the schema differ: {set(book.types) ^ types}"
    named = {mode for told in book.types.values() for mode, _ in told} - {"-"}
    assert named == modes, f"codebook.tsv and the schema differ: {named ^ modes}"
    made, body = {}, []
    for event_type, told in book.types.items():
        made[f"{event_type.lower()}.md"], quad = book.type_page(event_type)
        body.append((f"[{event_type}]({event_type.lower()}.md)", told[0][1], quad, ", ".join(f"`{m}`" for m, _ in told if m != "-")))
    foot = FOOT.format(quads=", ".join(f"{number} {name}" for number, name in QUADS.items()))
    made["README.md"] = "\n".join([HEAD, *table(["type", "what it is", "quad", "modes"], body), foot])
    cues = [(f"`{name}`", ", ".join(words.split("; ")[:CUES])) for name, words in rows("knowledge/contexts.tsv")]
    assert len(cues) == 37
    made["contexts.md"] = "\n".join([CONTEXTS, *table(["context", "words"], cues)])
    return made
