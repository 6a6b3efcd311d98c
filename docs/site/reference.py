"""The reference of the command: every command with every option, from the manual pages that the program makes of the table of
options that it parses."""

import pathlib
import re
import tempfile

from codebook import sentence_case, table
from reader import run

HEAD = """# All commands and options

Made from the program's own table of options, as `dateline man` and `dateline COMMAND --help` are; [the command](cli.md) tells how
they work together. `--config FILE` and `--help` go with every command. Every option with a long name can stand in
`dateline.toml`: [options in a file](cli.md#options-in-a-file).
"""
SHARED = {  # title: what it says, and commands of which all have these options
    "Options of reading": ("Of every command that reads reports.", ("read", "run", "parse", "link", "series", "serve")),
    "Options that choose": ("Which reports are linked, and which of their events are shown.", ("plans", "timeline", "brief", "series")),
}


def plain(roff):
    r"""Roff without its escapes.

    >>> plain(r"\fB\-\-date\fR of the file\*(Aqs day")
    "--date of the file's day"
    """
    return re.sub(r"\\f[BIR]", "", roff).replace("\\*(Aq", "'").replace("\\-", "-").replace("\\.", ".")


def value(line):
    """One of the values that an option can have.

    >>> value("week: From Monday to Sunday")
    '`week` (from Monday to Sunday)'
    """
    word, _, meaning = line.partition(": ")
    return f"`{word}` ({meaning[0].lower()}{meaning[1:]})" if meaning else f"`{word}`"


def command(roff):
    r"""Of a manual page: what the command does, and its arguments and options, each a name and what is to be told of it.

    >>> command(".SH NAME\nx \\- Does it\n.SH OPTIONS\n.TP\n\\fB\\-\\-by\\fR \\fI<STEP>\\fR [default: a]\nThe step\n.TP\n[\\fIFILE\\fR]\nReports\n")
    ('Does it', [('--by <STEP>', 'The step; default: `a`'), ('[FILE]', 'Reports')])
    """
    about = plain(re.search(r"\.SH NAME\n.*? \\- (.*)", roff)[1])
    options = []
    for item in re.split(r"^\.TP\n", roff.split(".SH OPTIONS\n")[-1], flags=re.M)[1:]:
        name, *rest = plain(re.split(r"^\.SH ", item, flags=re.M)[0]).splitlines()
        text = rest[0] if rest else ""
        values = [line for mark, line in zip(rest, rest[1:]) if mark.startswith(".IP")]
        if any(line.partition(":")[0] not in text for line in values):
            text += ": " + ", ".join(map(value, values))
        name, default = re.fullmatch(r"(.*?)(?: \[default: (.*)\])?", name).groups()
        text = re.sub(r" \[default: (.*?)\]", r"; default: \1", text) + (f"; default: `{default}`" if default else "")
        options.append((name, text))
    return about, [option for option in options if not re.search("--(config|help|version)", option[0])]


def page():
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        run("man", "--output", folder)
        manuals = {path.stem: path.read_text(encoding="utf-8") for path in pathlib.Path(folder).iterdir()}
    commands = {}
    for name in re.findall(r"^  ([a-z]+)  ", run("--help").split("Commands:")[1].split("Options:")[0], flags=re.M):
        below = sorted(stem for stem in manuals if stem.startswith(f"dateline-{name}-"))
        for stem in below or [f"dateline-{name}"] * (name != "help"):
            commands[stem.removeprefix("dateline-").replace("-", " ")] = command(manuals[stem])
    assert len(commands) >= 20, sorted(commands)
    shared = {}
    for title, (_, names) in SHARED.items():
        known = [option for group in shared.values() for option in group]
        shared[title] = [o for o in commands[names[0]][1] if o not in known and all(o in commands[n][1] for n in names)]
    # What single commands share by chance is told with each of them.
    shared["Options that choose"] = [o for o in shared["Options that choose"] if not re.search("--(output|color) ", o[0])]
    assert all(len(group) > 6 for group in shared.values()), shared
    lines = [HEAD]
    for name, (about, options) in commands.items():
        usage = re.search(r"^Usage: (.*)$", run(*name.split(), "--help"), flags=re.M)[1]
        lines += [f"## dateline {name}", "", f"{sentence_case(about)}.", "", "```text", usage, "```", ""]
        links = []
        for title, group in shared.items():
            if all(option in options for option in group):
                options = [option for option in options if option not in group]
                links.append(f"[{title[0].lower()}{title[1:]}](#{title.lower().replace(' ', '-')})")
        lines += listed(options) if options else []
        lines += [f"And the {' and the '.join(links)}.", ""] if links else []
    for title, group in shared.items():
        lines += [f"## {title}", "", SHARED[title][0], "", *listed(group)]
    return "\n".join(lines)


def listed(options):
    return table(["option", "meaning"], [(f"`{name}`", text) for name, text in options])
