#!/usr/bin/env python3
"""Checks that the tree is what ARCHITECTURE.md says.

- A room includes only the rooms its arrows allow, and `config` of other rooms only options.hpp.
- A pure file (by its name, see ARCHITECTURE.md) includes no Asio, no Beast and no system header.
- TLS I/O is instantiated in one unit; the sandbox and the daemon share no code.
- No file of code has more than 400 lines.
Usage: architecture.py ROOT      exit 1 when anything is found
"""
import pathlib
import re
import sys

EVERY = {'base', 'runtime', 'config', 'watch', 'intake', 'imaging', 'batch', 'http', 'customvision',
         'ledger', 'disposal', 'retrain', 'report', 'pipeline', 'portal'}
ARROWS = {
    'base': set(),
    'runtime': {'base'},
    'config': {'base'},
    'watch': {'base', 'runtime'},
    'intake': {'base', 'runtime'},
    'imaging': {'base'},
    'batch': {'base'},
    'http': {'base', 'runtime'},
    'customvision': {'base', 'runtime', 'http'},
    'ledger': {'base', 'runtime'},
    'disposal': {'base', 'runtime'},
    'retrain': {'base', 'runtime'},
    'report': {'base', 'runtime', 'http'},
    'pipeline': EVERY - {'portal'},
    'portal': EVERY,
}
PURE_ROOMS = {'base', 'batch', 'config'}
PURE_NAME = re.compile(r'_(tracker|planner|policy|rules|codec|gate|governor|probe|budget|budget_policy)$')
IMPURE_HEADER = re.compile(
    r'<(boost/asio|boost/beast|sys/|unistd|fcntl|poll|netdb|sqlite3|openssl/ssl|fstream|filesystem|thread|mutex)')
# What a name promises but the room's own rules say otherwise, with the reason.
EXCEPTIONS = {
    'src/base/clock.cpp',       # the one place that reads the machine's clocks
    'src/base/glob.cpp',        # fnmatch is a function of its arguments
    'src/config/parse.cpp',     # `load` reads the one file that it is given
    'src/config/reader.cpp',    # paths as text, never the disk
    'include/retraind/http/rate_gate.hpp', 'src/http/rate_gate.cpp',  # a gate in the other sense: a shell
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)
MAX_LINES = 400


def code_files(root, *folders):
    for folder in folders:
        for path in sorted((root / folder).rglob('*')):
            if path.suffix in ('.cpp', '.hpp'):
                yield path


def room_of(root, path):
    parts = path.relative_to(root).parts
    if parts[0] == 'src':
        return parts[1]
    if parts[:2] == ('include', 'retraind'):
        return parts[2]
    return None


def is_pure(room, path):
    return room in PURE_ROOMS or bool(PURE_NAME.search(path.stem))


def check_room(root, path, includes):
    room = room_of(root, path)
    name = str(path.relative_to(root))
    if room not in ARROWS:
        if room != 'boost_impl':
            yield f'{name}: there is no room "{room}"'
        return
    for include in includes:
        match = re.match(r'retraind/(\w+)/(.+)', include)
        if not match:
            continue
        other, header = match.groups()
        if room == 'config' and header == 'options.hpp':
            continue
        if other != room and other not in ARROWS[room]:
            yield f'{name}: {room} may not include {include}'
    if is_pure(room, path) and name not in EXCEPTIONS:
        for include in includes:
            if IMPURE_HEADER.match(f'<{include}'):
                yield f'{name}: is pure and may not include <{include}>'


def findings(root):
    tls_units = []
    for path in code_files(root, 'include', 'src', 'daemon', 'manual', 'sandbox', 'test'):
        text = path.read_text()
        name = str(path.relative_to(root))
        includes = INCLUDE.findall(text)
        if text.count('\n') > MAX_LINES:
            yield f'{name}: has {text.count(chr(10))} lines, more than {MAX_LINES}'
        top = path.relative_to(root).parts[0]
        if top in ('include', 'src'):
            yield from check_room(root, path, includes)
            if any(i.startswith('boost/asio/ssl') and 'impl' not in i for i in includes):
                tls_units.append(name)
        if top == 'sandbox' and any(i.startswith('retraind/') for i in includes):
            yield f'{name}: the sandbox shares no code with the daemon'
        if top in ('include', 'src', 'daemon') and any(i.startswith('sandbox/') for i in includes):
            yield f'{name}: the daemon shares no code with the sandbox'
    sources = [unit for unit in tls_units if unit.endswith('.cpp')]
    if len(sources) > 1 or any(unit.endswith('.hpp') for unit in tls_units):
        yield 'TLS I/O is instantiated in more than one unit: ' + ', '.join(tls_units)


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    found = list(findings(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
