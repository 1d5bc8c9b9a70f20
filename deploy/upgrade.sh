#!/usr/bin/env bash
# The drill of a rolling upgrade: deploy/upgrade.sh COMMIT [SECONDS]
# Builds the version of that commit (N) beside this one (N+1, built before with mvn -DskipTests install), runs both on one
# broker and one store, N -> both -> N+1 -> both -> N -> N+1, and holds everything against what was acknowledged.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '2,4s/^# //p' "$0"; exit 2; }
# Maven starts the drill with the java of the path, which may be older than the one that Maven has.
[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH
before=$(mktemp -d)
trap 'git worktree remove --force "$before/n" 2>/dev/null || true; rm -rf "$before"' EXIT
git worktree add -q --detach "$before/n" "$1"
# Not installed: this version's artefacts stay what they are.
mvn -q -B -ntp -f "$before/n/pom.xml" -pl platform/standalone -am -Dmaven.test.skip -Dspring-boot.repackage.skip package dependency:build-classpath -DincludeScope=runtime \
	-Dmdep.outputFile="$before/"'${project.artifactId}.classpath' ${MAVEN_ARGUMENTS:-}
echo "$before/n/platform/standalone/target/classes:$(cat "$before/standalone.classpath")" > "$before/classpath"
mvn -q -B -ntp -Pcrash -f platform/standalone/pom.xml verify -DskipTests -Dcrash.main=se.lokalabehov.crash.UpgradeRun \
	-Dcrash.arguments="--from=$before/classpath --seconds=${2:-15}" ${MAVEN_ARGUMENTS:-}
