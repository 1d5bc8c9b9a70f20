#!/usr/bin/env bash
# Boots docker-compose.yml, waits until every container is healthy, plays the example through the portal's published port, and
# takes everything down with its volumes. First: mvn -DskipTests install
#
#   deploy/compose-check.sh             with the official images
#   deploy/compose-check.sh standins    with those of deploy/standin/images.sh
#   ... acls                            and with a broker that lets each do what deploy/kafka/acls.sh says, which is tried
#
# With docker (docker compose), or with podman and docker-compose against podman's socket.
set -euo pipefail
cd "$(dirname "$0")/.."
project=lokala-behov-check
files=(-f docker-compose.yml)
work=$(mktemp -d)
helpers=()
MONGODB_PASSWORD=$(head -c 16 /dev/urandom | base64 | tr -dc a-zA-Z0-9)
METRICS_TOKEN=$(head -c 24 /dev/urandom | base64 | tr -dc a-zA-Z0-9)
KAFKA_PASSWORD=$(head -c 16 /dev/urandom | base64 | tr -dc a-zA-Z0-9)
export MONGODB_PASSWORD METRICS_TOKEN KAFKA_PASSWORD

if [ "${1:-}" = standins ]; then
	shift
	deploy/standin/images.sh
	export KAFKA_IMAGE=localhost/lokala-behov/kafka MONGO_IMAGE=localhost/lokala-behov/mongo BASE_IMAGE=localhost/lokala-behov/jre
	export PROMETHEUS_IMAGE=localhost/lokala-behov/prometheus GRAFANA_IMAGE=localhost/lokala-behov/grafana MAIL_IMAGE=localhost/lokala-behov/mail
	files+=(-f deploy/standin/docker-compose.yml)
fi
acls=${1:-}
if [ "$acls" = acls ]; then
	files+=(-f deploy/kafka/docker-compose.yml)
fi

if docker compose version > /dev/null 2>&1; then
	compose() { docker compose -p "$project" "${files[@]}" "$@"; }
else
	compose() { docker-compose -p "$project" "${files[@]}" "$@"; }
fi

end() {
	code=$?
	set +e
	[ "$code" = 0 ] || compose ps
	[ "$code" = 0 ] || compose logs --tail=15
	compose down --volumes --timeout 5 > "$work/down.log" 2>&1 || cat "$work/down.log"
	kill "${helpers[@]}" 2> /dev/null
	rm -rf "$work"
	exit "$code"
}
trap end EXIT

if ! docker info > /dev/null 2>&1 && command -v podman > /dev/null; then
	DISABLE_HC_SYSTEMD=true podman system service --time=0 "unix://$work/engine.sock" 2> "$work/engine.log" &
	helpers+=($!)
	export DOCKER_HOST="unix://$work/engine.sock"
fi
if [ ! -d /run/systemd/system ] && command -v podman > /dev/null; then
	# Podman leaves it to systemd to carry out health checks at their times; where there is none, this does.
	while sleep 10; do
		for container in $(podman ps -q --filter "label=com.docker.compose.project=$project"); do
			podman healthcheck run "$container" > /dev/null 2>&1 || true
		done
	done &
	helpers+=($!)
fi

compose build --quiet
if [ "$acls" = acls ]; then
	compose up -d kafka
	docker exec "$(compose ps -q kafka)" sh /acls/acls-check.sh grant
fi
compose up -d

ids=$(compose ps -q)
wanted=$(wc -w <<< "$ids")
for _ in $(seq 240); do
	# shellcheck disable=SC2086
	healthy=$(docker inspect --format '{{.State.Health.Status}}' $ids | grep -c '^healthy$' || true)
	[ "$healthy" = "$wanted" ] && break
	sleep 5
done
echo "healthy: $healthy of $wanted"
[ "$healthy" = "$wanted" ]

# The example ends by reading the answers in the traces, and fails if one that it gave has not arrived.
mvn -q -B -ntp -f platform/standalone/pom.xml dependency:build-classpath -DincludeScope=runtime "-Dmdep.outputFile=$work/classpath"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "platform/standalone/target/classes:$(cat "$work/classpath")" \
	se.lokalabehov.standalone.StandaloneApplication --play=http://localhost:8080

# Prometheus has read the metrics of all six services, by the token, and knows the alerts.
for _ in $(seq 30); do
	up=$(curl -fsS 'http://localhost:9090/api/v1/query?query=sum(up)' | grep -o '"[0-9]*"\]' || true)
	[ "$up" = '"6"]' ] && break
	sleep 2
done
echo "services that Prometheus reads: $up"
[ "$up" = '"6"]' ]
curl -fsS http://localhost:9090/api/v1/rules | grep -q StoreBehind

if [ "$acls" = acls ]; then
	docker exec "$(compose ps -q kafka)" sh /acls/acls-check.sh try
	refused=$(compose logs --no-color | grep -E -c '(Topic|Group|Cluster)AuthorizationException' || true)
	echo "refused by the broker in the services' logs: $refused"
	[ "$refused" = 0 ]
fi
echo "compose-check: passed"
