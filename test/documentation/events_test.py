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


def functions(text):
    """Whatever ends with a brace of its own line that stands outside of everything."""
    return text.split('\n}\n')


def helpers_of(folder):
    """The events that each function of a folder names which returns an event or its name."""
    helpers = {}
    for path in folder.glob('*.cpp'):
        for function in functions(path.read_text()):
            begins = re.search(r'^(?:event|event_name) (?:\w+::)*(\w+)\(', function, re.M)
            if begins:
                helpers[begins[1]] = re.findall(r'event_name::(\w+)', function[begins.end():])
    return helpers


def added(root):
    """Fields that are added one by one: each with the events that its function names or gets from a
    helper, and whether all of them have it; what stands below a condition is of some of them."""
    for path in sorted((root / 'src').rglob('*.cpp')):
        for function in functions(path.read_text()):
            fields = re.findall(r'\n( +)(?:\w+\.)?fields\.emplace_back\(\s*"(\w+)"', function)
            if not fields:
                continue
            names = re.findall(r'event_name::(\w+)', function)
            helpers = helpers_of(path.parent)
            for called in re.findall(r'\b(\w+)\(', function):
                names += helpers.get(called, [])
            for indented, field in fields:
                yield path.relative_to(root), sorted(set(names)), field, len(indented) == 4
            for several in re.findall(r'std::vector<field> \w+\s*\{(.*?)\};\n', function, re.S):
                for field in re.findall(r'\{"(\w+)",', several):
                    yield path.relative_to(root), sorted(set(names)), field, True


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
    for path, events, field, always in added(root):
        lacking = [name for name in events if field not in fields.get(name, [field])]
        if lacking and (always or lacking == events):
            wrong += [f'docs/events.md: {name} lacks its field `{field}` ({path})' for name in lacking]
    print(*wrong, sep='\n')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
