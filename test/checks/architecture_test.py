#!/usr/bin/env python3
"""The architecture check finds what it is there to find."""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import architecture  # noqa: E402

CASES = [
    ('src/watch/scanner.cpp', '#include "retraind/ledger/ledger.hpp"', 'watch may not include'),
    ('src/config/parse.cpp', '#include "retraind/http/transport.hpp"', 'config may not include'),
    ('src/config/parse.cpp', '#include "retraind/http/options.hpp"', None),
    ('src/watch/settle_tracker.cpp', '#include <boost/asio/steady_timer.hpp>', 'is pure'),
    ('src/batch/batch_planner.cpp', '#include <unistd.h>', 'is pure'),
    ('src/kitchen/sink.cpp', '', 'there is no room'),
    ('sandbox/main.cpp', '#include "retraind/base/error.hpp"', 'shares no code'),
    ('src/base/long.cpp', '\n' * 401, 'more than 400'),
    ('src/pipeline/supervisor.cpp', '#include "retraind/ledger/ledger.hpp"', None),
    ('src/pipeline/supervisor.cpp', '#include "retraind/portal/commands.hpp"', 'may not include'),
]


def main():
    failures = 0
    for name, text, expected in CASES:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            path = root / name
            path.parent.mkdir(parents=True)
            path.write_text(text + '\n')
            found = list(architecture.findings(root))
            good = found == [] if expected is None else any(expected in line for line in found)
            if not good:
                print(f'{name}: expected {expected!r}, found {found}')
                failures += 1
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
