# packaging/docker/compose.yaml: as it is, but without a network to the outside, for which a machine that is
# confined has no bridge.
part "packaging/docker/compose.yaml: daemon, sandbox, Prometheus"
prometheus=docker.io/prom/prometheus
# Debian's docker-compose; podman speaks Docker's API.
compose() {
  DOCKER_HOST=unix://$work/podman.sock docker-compose --project-name rt-compose -f "$work/compose.yaml" "$@"
}
apart_from_the_network() { # writes the compose file and what it mounts
  cp packaging/docker/{prometheus.yml,retraind.yaml} "$work/"
  /usr/bin/python3 -c 'import sys, yaml
whole = yaml.safe_load(sys.stdin)
owner = whole["services"]["sandbox"]
del owner["ports"]
owner["network_mode"] = "none"
yaml.safe_dump(whole, sys.stdout)' <packaging/docker/compose.yaml >"$work/compose.yaml"
}
# Where Prometheus' own image cannot be pulled, Debian's Prometheus goes by its name.
provide_prometheus() {
  podman image exists "$prometheus" || podman pull -q "$prometheus" 2>/dev/null || {
    mkdir -p "$work/prometheus"
    cat >"$work/prometheus/Dockerfile" <<END
FROM $base
RUN apt-get -qq update && apt-get -qq -y --no-install-recommends install prometheus && \\
    install -d -o nobody -g nogroup /prometheus
USER nobody
VOLUME /prometheus
ENTRYPOINT ["prometheus"]
END
    BUILDAH_ISOLATION=chroot podman build --quiet --tag "$prometheus" "$work/prometheus"
  }
}
in_service() { # SERVICE COMMAND...
  podman exec "rt-compose_$1_1" "${@:2}"
}
scraped_is() { # COUNT
  is "$(in_service prometheus promtool query instant http://127.0.0.1:9090 \
    'sum(retraind_files_total{outcome="confirmed"})' | sed -n 's/.*=> \([0-9]*\) .*/\1/p')" "$1"
}
is_healthy() { podman healthcheck run "rt-compose_$1_1"; }

remove_all
podman system service --time=0 "unix://$work/podman.sock" >/dev/null 2>&1 &
api=$!
until_true 10 test -S "$work/podman.sock"
apart_from_the_network
rm -rf "$work/drop"
mkdir "$work/drop"
drop_pictures 2
count=$(find "$work/drop" -type f | wc -l)
fact "there is an image of Prometheus" -- provide_prometheus
fact "docker-compose up starts all three" -- compose up -d
fact "Prometheus scrapes the daemon: $count pictures arrived" -- until_true 90 scraped_is "$count"
fact "the daemon is healthy" -- is_healthy retraind
fact "the sandbox too" -- is_healthy sandbox
fact "the daemon alone is started anew" -- compose restart -t 30 retraind
drop_one_more
fact "and still reaches the sandbox and is scraped" -- until_true 90 scraped_is 1
fact "docker-compose stop ends them" -- compose stop -t 30
fact "the daemon with exit code 0" -- is "$(podman inspect --format '{{.State.ExitCode}}' rt-compose_retraind_1)" 0
