#!/usr/bin/env bash
# What can be checked of the files here without a cluster, by the tools that are installed; what is not run is named.
# Ends with 0: everything ran and is good; 1: something is wrong; 3: something did not run.
set -uo pipefail
cd "$(dirname "$0")"
bad=0
left=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() {
	echo "== $*"
	"$@" || bad=1
}
if command -v promtool > /dev/null; then
	# The paths in the container.
	sed -e "s#/etc/prometheus/#$PWD/monitoring/#" -e "s#/tmp/metrics-token#$work/token#" monitoring/prometheus.yml > "$work/prometheus.yml"
	sed -e "s#/etc/prometheus/alerts#$PWD/monitoring/alerts#" -e "s#/etc/prometheus/secrets/metrics-token#$work/token#" \
		monitoring/prometheus-kubernetes.yml > "$work/prometheus-kubernetes.yml"
	touch "$work/token"
	run promtool check config "$work/prometheus.yml"
	if [[ $(promtool check config "$work/prometheus-kubernetes.yml" 2>&1) == *"field kubernetes_sd_configs not found"* ]]; then
		left+=("a promtool that knows Kubernetes (Debian's does not): prometheus-kubernetes.yml")
	else
		run promtool check config "$work/prometheus-kubernetes.yml"
	fi
	run promtool test rules monitoring/alerts-test.yml
else
	left+=("promtool (Debian: prometheus): prometheus.yml, alerts.yml")
fi
compose=()
if docker compose version > /dev/null 2>&1; then compose=(docker compose); elif command -v docker-compose > /dev/null; then compose=(docker-compose); fi
if [ "${#compose[@]}" -gt 0 ]; then
	MONGODB_PASSWORD=x METRICS_TOKEN=x run "${compose[@]}" -f ../docker-compose.yml config --quiet
else
	left+=("docker compose: docker-compose.yml")
fi
for overlay in region nation; do
	if command -v kustomize > /dev/null; then
		run kustomize build "kubernetes/overlays/$overlay" -o "$work/$overlay.yaml"
		if command -v kubeconform > /dev/null; then
			run kubeconform -strict -summary "$work/$overlay.yaml"
		else
			left+=("kubeconform: kubernetes/overlays/$overlay")
		fi
	else
		left+=("kustomize and kubeconform: kubernetes/overlays/$overlay")
	fi
done
[ "$bad" = 0 ] || exit 1
for one in "${left[@]}"; do echo "NOT RUN: $one" >&2; done
[ "${#left[@]}" = 0 ] || exit 3
echo "check: passed"
