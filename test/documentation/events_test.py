#!/usr/bin/env python3
"""Checks that docs/events.md lists exactly the events of base/event.hpp, each with the fields that
the code gives it.

Usage: events_test.py ROOT      exit 1 when they disagree
"""
import pathlib
import re
import sys

ROW = re.compile(r'^\| `(\w+)` \| (.+?) \| (.*?) ?\|$', re.M)


def declared(root):
    header = (root / 'include/retraind/base/event.hpp').read_text()
    return re.findall(r'std::pair\{event_name::(\w+),', header)


def documented(root):
    text = (root / 'docs/events.md').read_text()
    table = text[text.index('| event | when | fields |'):]
    return [(name, re.findall(r'`(\w+)`', fields)) for name, _, fields in ROW.findall(table)]


def emitted(root):
    """Each event with the fields that the statement around its name gives it."""
    for path in sorted((root / 'src').rglob('*.cpp')):
        text = path.read_text()
        for found in re.finditer(r'event_name::\s*(\w+)', text):
            statement = text[found.end():].split(';\n', 1)[0]
            following = statement.split('event_name::', 1)[0]
            for field in re.findall(r'\{"(\w+)",', following):
                yield path.relative_to(root), found[1], field


def main():
    root = pathlib.Path(sys.argv[1])
    names = declared(root)
    rows = documented(root)
    listed = [name for name, _ in rows]
    fields = dict(rows)
    wrong = [f'docs/events.md lacks {name}' for name in names if name not in listed]
    wrong += [f'docs/events.md lists {name}, which is no event' for name in listed if name not in names]
    wrong += [f'docs/events.md lists {name} twice' for name in set(listed) if listed.count(name) > 1]
    wrong += sorted({f'docs/events.md: {name} lacks its field `{field}` ({path})'
                     for path, name, field in emitted(root)
                     if name in fields and field not in fields[name]})
    print(*wrong, sep='\n')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
