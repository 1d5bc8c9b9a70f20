#!/bin/sh
# Who may do what in Kafka, where the brokers have an authorizer (server.properties:
# authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer, allow.everyone.if.no.acl.found=false)
# and each client its own certificate or SASL user.
#   deploy/kafka/acls.sh BROKER:PORT admin.properties               the services
#   deploy/kafka/acls.sh BROKER:PORT admin.properties agency-sos    and an agency that reads hand-offs on the cluster
set -eu
broker=$1 admin=$2
acl() { "${KAFKA_ACLS:-kafka-acls.sh}" --bootstrap-server "$broker" --command-config "$admin" --add "$@"; }

# A service reads every topic, writes its own and nobody else's, and removes from its own what was redacted (Kafka has one
# operation for that and for deleting the topic). Whichever service starts first makes all topics.
all=
while read -r service topics; do
	all="$all --allow-principal User:$service"
	own=
	for topic in $topics; do own="$own --topic lokala-behov.$topic"; done
	# shellcheck disable=SC2086
	acl --allow-principal "User:$service" --operation Write --operation Delete $own
	acl --allow-principal "User:$service" --operation Read --operation Describe --group "$service" --resource-pattern-type prefixed
done <<'TOPICS'
prioritisation 1-area 5-ranking
need-intake 2-collection question-notes 3-need
national-handoff 4-compilation 6-hand-off
feedback 7-feedback
report-catalogue catalogue
portal directory
TOPICS
# shellcheck disable=SC2086
acl $all --operation Create --operation Read --operation Describe --topic lokala-behov. --resource-pattern-type prefixed
# The heads of the audit logs: told, and by nobody deleted.
# shellcheck disable=SC2086
acl $all --operation Write --topic lokala-behov.audit-heads

# An agency reads hand-offs and nothing else, with consumer groups of its own (agency-sos.register), and writes nothing: it answers through the API.
shift 2
for agency in "$@"; do
	acl --allow-principal "User:$agency" --operation Read --operation Describe --topic lokala-behov.6-hand-off
	acl --allow-principal "User:$agency" --operation Read --operation Describe --group "$agency." --resource-pattern-type prefixed
done
