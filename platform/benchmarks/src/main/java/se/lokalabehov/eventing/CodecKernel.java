package se.lokalabehov.eventing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;

/**
 * What one event costs on its way between Java, JSON and BSON, and what a view costs to
 * hash. In this package because the codec is nobody else's business.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecKernel {

	private static final String TYPE = "need-submitted.v1";

	private final Codec codec = new Codec();

	private final NeedSubmitted event = new NeedSubmitted(new CycleId("cycle-000000000000000000000001"), "SBB",
			List.of(new OrganisationId("0180")), new OrganisationId("RSS-01"),
			new Wording("Kortare bedömning än ASI", List.of("BERO"), "BEDOM",
					"ASI-intervjun tar lång tid för både handläggare och klient och känns överdimensionerad när problemen är lindrigare.",
					"Vilket kortare instrument ger tillräckligt underlag för att bedöma vårdbehovet, och när behövs den fulla intervjun?",
					"Bedömningen görs på magkänsla för att instrumentet upplevs som för tungt.", List.of("INSTRUMENT")),
			null, false, null, null, false);

	private final String json = this.codec.data(this.event);

	private final Document view = new Document("_id", "need-000000000000000000000001").append("version", 3L)
		.append("sequence", 3L)
		.append("state", this.codec.state(this.event, NeedSubmitted.class).decode(new DocumentCodec()));

	@Benchmark
	public String toJson() {
		return this.codec.data(this.event);
	}

	@Benchmark
	public NeedEvent fromJson() {
		return this.codec.event(Topics.NEED, TYPE, this.json);
	}

	@Benchmark
	public ProducerRecord<byte[], byte[]> toRecord() {
		return Wire.record(Topics.NEED, "need-000000000000000000000001",
				new StoredEvent(1, TYPE, Instant.EPOCH, "0180", "SYSTEM", null, this.json));
	}

	@Benchmark
	public RawBsonDocument toBson() {
		return this.codec.state(this.event, NeedSubmitted.class);
	}

	@Benchmark
	public byte[] hashOfView() throws NoSuchAlgorithmException {
		StringBuilder text = new StringBuilder();
		Replay.canonical(this.view, text);
		return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
	}

}
