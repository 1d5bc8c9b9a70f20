#!/bin/sh
# Tries acls.sh at a broker with an authorizer (docker-compose.yml beside this), in that broker's container, by Kafka's own tools:
#   acls-check.sh grant    before the services start: runs acls.sh for the services and agency-sos
#   acls-check.sh try      when the example has been played: what each may do and may not
# What services need is tried by themselves: the whole example, each under its own name.
set -eu
broker=kafka:9092
bin=/opt/kafka/bin
export KAFKA_HEAP_OPTS=-Xmx128m

as() {
	printf '%s\n' security.protocol=SASL_PLAINTEXT sasl.mechanism=PLAIN \
		"sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$1\" password=\"$KAFKA_PASSWORD\";" > "/tmp/$1"
	echo "/tmp/$1"
}
# Who, group, topic.
reads() {
	"$bin/kafka-console-consumer.sh" --bootstrap-server "$broker" --command-config "$(as "$1")" --group "$2" --topic "lokala-behov.$3" \
		--from-beginning --max-messages 1 --timeout-ms 20000
}
# Who, topic.
writes() { echo x | "$bin/kafka-console-producer.sh" --bootstrap-server "$broker" --command-config "$(as "$1")" --topic "lokala-behov.$2" --sync --command-property enable.idempotence=false; }
# Before the first record, so nothing goes.
deletes() {
	echo "{\"partitions\": [{\"topic\": \"lokala-behov.$2\", \"partition\": 0, \"offset\": 0}]}" > /tmp/nothing.json
	"$bin/kafka-delete-records.sh" --bootstrap-server "$broker" --command-config "$(as "$1")" --offset-json-file /tmp/nothing.json
}
# All topics that one may know of; what the tool logs is not one.
sees() { "$bin/kafka-topics.sh" --bootstrap-server "$broker" --command-config "$(as "$1")" --list | grep -E '^[a-z0-9._-]+$' | tr '\n' ' '; }
# What is to stand in the answer, and the act.
says() {
	wanted=$1
	shift
	said=$("$@" 2>&1) || true
	case $said in
	*"$wanted"*) echo "as it should be: $* -> $wanted" ;;
	*)
		echo "WRONG: $* should say $wanted, and says:" >&2
		echo "$said" >&2
		exit 1
		;;
	esac
}

if [ "$1" = grant ]; then
	KAFKA_ACLS=$bin/kafka-acls.sh sh "$(dirname "$0")/acls.sh" "$broker" "$(as admin)" agency-sos > /dev/null
	exit
fi
says 'a total of 1 messages' reads agency-sos agency-sos.register 6-hand-off
says GroupAuthorizationException reads agency-sos agency-ivo 6-hand-off
says GroupAuthorizationException reads agency-sos feedback 6-hand-off
for topic in 3-need 7-feedback audit-heads; do
	says TopicAuthorizationException reads agency-sos agency-sos.register "$topic"
done
says TopicAuthorizationException writes agency-sos 6-hand-off
says TopicAuthorizationException deletes agency-sos 6-hand-off
seen=$(sees agency-sos)
echo "topics that agency-sos sees: $seen"
[ "$seen" = 'lokala-behov.6-hand-off ' ]
says TopicAuthorizationException reads agency-ivo agency-ivo 6-hand-off
says TopicAuthorizationException writes feedback 6-hand-off
says TopicAuthorizationException deletes feedback 6-hand-off
says TopicAuthorizationException deletes feedback audit-heads
# What a redaction does.
says low_watermark deletes national-handoff 6-hand-off
