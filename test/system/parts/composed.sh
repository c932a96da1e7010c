# packaging/docker/compose.yaml: as it is, but without a network to the outside, for which a machine that is
# confined has no bridge.
part "packaging/docker/compose.yaml: daemon, sandbox, Prometheus"
prometheus=docker.io/prom/prometheus
compose() { podman-compose --project-name rt-compose -f "$work/compose.yaml" "$@"; }
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

podman rm -f -t 30 rt-daemon rt-sandbox >/dev/null
apart_from_the_network
rm -rf "$work/drop"
mkdir "$work/drop"
drop_pictures 2
count=$(find "$work/drop" -type f | wc -l)
fact "there is an image of Prometheus" -- provide_prometheus
fact "podman-compose up starts all three" -- compose up -d
fact "Prometheus scrapes the daemon: $count pictures arrived" -- until_true 90 scraped_is "$count"
fact "the daemon is healthy" -- is_healthy retraind
fact "the sandbox too" -- is_healthy sandbox
fact "the daemon alone is started anew" -- podman restart -t 30 rt-compose_retraind_1
drop_one_more
fact "and still reaches the sandbox and is scraped" -- until_true 90 scraped_is 1
fact "down ends them" -- compose down -t 30 -v
