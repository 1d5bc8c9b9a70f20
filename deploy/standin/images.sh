#!/usr/bin/env bash
# Builds local stand-ins of the images that the tests and docker-compose.yml use, for a machine that has a container engine
# but can not pull images: a base from Debian packages and the JDK of this machine, Kafka from the jars that Maven has.
# What they are not: see deploy/README.md. As root, with debootstrap; ENGINE=docker instead of podman.
set -euo pipefail
cd "$(dirname "$0")"
engine=${ENGINE:-podman}
jdk=${STANDIN_JDK:-$(ls -d /usr/lib/jvm/*2[1-9]* | tail -1)}
mirror=${STANDIN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | head -1)}
prefix=localhost/lokala-behov

if ! "$engine" image inspect "$prefix/jre" > /dev/null 2>&1; then
	root=$(mktemp -d)
	trap 'rm -rf "$root"' EXIT
	debootstrap --variant=minbase bookworm "$root" "$mirror" > /dev/null
	rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
	mkdir -p "$root/opt/java"
	cp -rL "$jdk" "$root/opt/java/jdk"
	ln -s /opt/java/jdk/bin/java "$root/usr/bin/java"
	tar -C "$root" -c . | "$engine" import - "$prefix/jre" > /dev/null
fi

mvn -q -B -ntp dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib
mvn -q -B -ntp dependency:copy -DoutputDirectory=target
cp "$(command -v prometheus || { echo "apt-get install prometheus" >&2; exit 1; })" target/prometheus
chmod +x kafka-run mongo-entrypoint mongosh kafka-tool wget mailpit
for image in kafka mongo prometheus grafana mail; do
	"$engine" build --quiet --target "$image" --build-arg BASE="$prefix/jre" --tag "$prefix/$image" . > /dev/null
done
"$engine" images --filter "reference=$prefix/*"
