# What the parts of `booted` say and look at; sourced.
failures=0
facts=0
configuration=/etc/retraind/retraind.yaml

part() { printf '\n%s\n' "$*"; }

# Says whether the command holds; the words before `--` are the fact.
fact() { # WORDS... -- COMMAND...
  local words=()
  while [ "$1" != -- ]; do
    words+=("$1")
    shift
  done
  shift
  facts=$((facts + 1))
  if "$@" >"$system/said" 2>&1; then
    echo "  PASS  ${words[*]}"
  else
    failures=$((failures + 1))
    echo "  FAIL  ${words[*]}"
    tail -n 5 "$system/said" | sed 's/^/        | /'
    inside journalctl --no-pager -q -n 15 -u 'retraind*' 2>/dev/null | sed 's/^/        | /' || true
  fi
}

shown() { sed 's/^/        /'; }

conclude() {
  printf '\n%d of %d facts hold\n' $((facts - failures)) "$facts"
  [ "$failures" -eq 0 ]
}

is() { [ "$1" = "$2" ] || { echo "\"$1\" is not \"$2\""; return 1; }; }
property() { inside systemctl show --value --property "$1" "${2:-retraind.service}"; }
property_is() { is "$(property "$1" "${3:-retraind.service}")" "$2"; }
active() { property_is ActiveState active "$@"; }
mode_of() { inside stat --format '%a %U %G' "$1"; }
mode_is() { is "$(mode_of "$1")" "$2"; }
gone() { ! inside test -e "$1" && ! inside test -L "$1"; }
journal() { inside journalctl --no-pager --quiet --output cat --unit "${1:-retraind.service}"; }
journal_has() { journal | grep -- "$1" >/dev/null; } # all of it is read: a pipe that breaks is a failure
# An event has its name in a field of the journal, not in its sentence.
events() { inside journalctl --no-pager --quiet --output cat --unit retraind.service "RETRAIND_EVENT=$1"; }
event_count() { events "$1" | wc -l; }
happened() { [ "$(event_count "$1")" -gt 0 ]; } # EVENT

# How many pictures of a tag the service has: asked of the service, not of the daemon, and with a
# configuration of its own.
on_the_service() { # TAG
  inside retraind tags list -c /root/asking.yaml wildlife --json 2>/dev/null |
    /usr/bin/python3 -c 'import json, sys
print(sum(tag["imageCount"] for tag in json.load(sys.stdin) if tag["name"] == sys.argv[1]))' "$1"
}
service_has() { is "$(on_the_service "$1")" "$2"; } # TAG COUNT

# Different pictures, dropped by a person of the group, as a camera does: written, then renamed.
drop() { # TAG FIRST LAST [FOLDER]
  /usr/bin/python3 - "$root/tmp/pictures" "$2" "$3" <<'END'
import os, random, sys
from PIL import Image
folder, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.makedirs(folder, exist_ok=True)
for number in range(first, last + 1):
    noise = random.Random(number).randbytes(64 * 64 * 3)
    Image.frombytes('RGB', (64, 64), noise).save(f'{folder}/{number}.jpg')
END
  local number
  for number in $(seq "$2" "$3"); do
    cat "$root/tmp/pictures/$number.jpg" | inside runuser -u camera -- sh -c \
      'mkdir -p "$3/$1"; cat >"$3/$1/.$2.part"; mv "$3/$1/.$2.part" "$3/$1/$2.jpg"' \
      sh "$1" "$number" "${4:-/srv/drop/wildlife}"
  done
}
dropped() { inside find /srv/drop -name '*.jpg' | wc -l; }

repacked_as_newer() { # DEB; prints the path inside of one that differs in its version and its example
  local tree
  tree=$(mktemp -d)
  dpkg-deb --raw-extract "$1" "$tree"
  sed -i 's/^Version: .*/&+newer/' "$tree/DEBIAN/control"
  echo '# a newer example' >>"$tree$configuration"
  dpkg-deb --root-owner-group --build "$tree" "$root/debs/newer.deb" >/dev/null
  rm -rf "$tree"
  echo /debs/newer.deb
}
