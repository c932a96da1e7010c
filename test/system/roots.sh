# Roots for tests of what is installed; sourced. They lie in build/system.
system=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/build/system
here=$(dirname "${BASH_SOURCE[0]}")

need_root() {
  [ "$(id -u)" -eq 0 ] || { echo "$0: needs root, for roots and namespaces of its own" >&2; exit 1; }
}

# A clean Debian with systemd, made once; what is under test is installed in copies of it.
base_root() {
  [ ! -f "$system/base/.complete" ] || return 0
  rm -rf "$system/base"
  mkdir -p "$system"
  echo "making a clean Debian root (once)" >&2
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,procps bookworm "$system/base" \
    "${RETRAIND_MIRROR:-http://deb.debian.org/debian}" >"$system/debootstrap.log" ||
    { tail -n 5 "$system/debootstrap.log" >&2; return 1; }
  touch "$system/base/.complete"
}

fresh_root() { # NAME; prints its path
  local root=$system/$1
  base_root
  rm -rf "$root"
  cp --archive --reflink=auto "$system/base" "$root"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/quick" # thrown away after the test
  # The machine's own names and mirrors.
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  rm -rf "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d "$root"/etc/apt/apt.conf.d
  cp -rL /etc/apt/sources.list.d /etc/apt/apt.conf.d "$root/etc/apt/"
  [ ! -f /etc/apt/sources.list ] || cp /etc/apt/sources.list "$root/etc/apt/"
  # Where the machine trusts further authorities (a mirror over TLS), so does the root.
  mkdir -p "$root/etc/ssl/certs"
  [ ! -f /etc/ssl/certs/ca-certificates.crt ] ||
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  echo "$root"
}

# A command in a root that is not booted. It compiles with this machine's ccache where it has a folder for
# it. The root is a mount of its own and has the machine's cgroups where it is to start containers.
in_chroot() { # ROOT COMMAND...
  local root=$1
  shift
  cache=$(ccache --get-config cache_dir 2>/dev/null) unshare --mount --propagation private sh -c '
    root=$1; shift
    mount --bind "$root" "$root" && cd "$root"
    mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && mount -t sysfs sysfs "$root/sys"
    [ ! -d "$root/root/.cache/ccache" ] || mount --bind "$cache" "$root/root/.cache/ccache"
    [ ! -d "$root/etc/containers" ] || mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
    # Not chroot: who joins a container that was started in one would land in the machine itself.
    mkdir -p "$root/.machine" && pivot_root . .machine && cd / && umount --lazy /.machine && rmdir /.machine
    exec /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      SYSTEMD_OFFLINE=1 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"' sh "$root" "$@"
}

boot_root() { # ROOT; sets container (nspawn) and leader (its PID 1, as this machine counts)
  "$here/boot" "$1" >"$1.console" 2>&1 &
  container=$!
  leader=
  local tries
  for tries in $(seq 100); do
    leader=$(pgrep --parent "$container" --exact systemd || true)
    [ -z "$leader" ] || ! inside systemctl is-system-running --wait >/dev/null 2>&1 || return 0
    kill -0 "$container" 2>/dev/null || break
    sleep 0.2
  done
  [ -n "$leader" ] && kill -0 "$container" 2>/dev/null && return 0 # degraded: a unit of no matter failed
  cat "$1.console" >&2
  return 1
}

inside() { # COMMAND...
  nsenter --all --target "$leader" /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}

shut_down() {
  [ -n "${container:-}" ] && kill -0 "$container" 2>/dev/null || return 0
  inside systemctl poweroff --force >/dev/null 2>&1 || true
  local tries
  for tries in $(seq 100); do
    kill -0 "$container" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$container" 2>/dev/null || true
  wait "$container" 2>/dev/null || true
  find /sys/fs/cgroup -maxdepth 2 -type d -name "retraind-test-$container" -exec rmdir {} + 2>/dev/null || true
}

# Asks until it holds, half a second apart, for at most SECONDS.
until_true() { # SECONDS COMMAND...
  local ends=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$ends" ] || return 1
    sleep 0.5
  done
}
