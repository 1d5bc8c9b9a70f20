package se.lokalabehov.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What the store makes of a journal that is not whole.
 */
class JournalDamageTests {

	private static final long NEVER = Long.MAX_VALUE;

	@TempDir
	private Path directory;

	@Test
	void aTornEndIsCutWhereverItIsTorn() throws IOException {
		List<Long> ends = writeOneByOne(6);
		byte[] whole = Files.readAllBytes(journal());
		long lastStart = ends.get(4);
		for (long cut = lastStart + 1; cut < whole.length; cut += 7) {
			Files.write(journal(), Arrays.copyOf(whole, (int) cut));
			assertThat(ids(NEVER)).as("cut at %s of %s", cut, whole.length).containsExactly(0, 1, 2, 3, 4);
			assertThat(Files.size(journal())).isEqualTo(lastStart);
		}
	}

	@Test
	void zeroesAtTheEndAreCut() throws IOException {
		writeOneByOne(3);
		byte[] whole = Files.readAllBytes(journal());
		Files.write(journal(), Arrays.copyOf(whole, whole.length + 5_000));
		assertThat(ids(NEVER)).containsExactly(0, 1, 2);
		assertThat(Files.size(journal())).isEqualTo(whole.length);
	}

	@Test
	void whatIsWrittenAfterACutIsReadAgain() throws IOException {
		List<Long> ends = writeOneByOne(3);
		Files.write(journal(), Arrays.copyOf(Files.readAllBytes(journal()), (int) (ends.get(2) - 3)));
		try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0);
				MongoClient client = Stores.connect(store.connectionString())) {
			client.getDatabase("test").getCollection("cases").insertOne(new Document("_id", 77));
		}
		assertThat(ids(NEVER)).containsExactly(0, 1, 77);
	}

	@Test
	void damageInTheMiddleIsReportedAndNothingIsChanged() throws IOException {
		List<Long> ends = writeOneByOne(6);
		byte[] whole = Files.readAllBytes(journal());
		long start = ends.get(2);
		// a byte of the length, of the checksum, of the payload
		for (int at : new int[] { 0, 2, 5, 30 }) {
			byte[] damaged = whole.clone();
			damaged[(int) start + at] ^= 0x40;
			Files.write(journal(), damaged);
			assertThatIllegalStateException().as("byte %s of the record", at)
				.isThrownBy(() -> EmbeddedStore.start(this.directory, 0))
				.withMessageContaining(journal().toString())
				.withMessageContaining("damaged at byte " + start)
				.withMessageContaining("an intact record follows at byte " + ends.get(3))
				.withMessageContaining("truncate -s " + start);
			assertThat(journal()).hasBinaryContent(damaged);
		}
		Files.write(journal(), Arrays.copyOf(whole, (int) start));
		assertThat(ids(NEVER)).as("after doing what the message says").containsExactly(0, 1, 2);
	}

	@Test
	void damageInASnapshotIsReportedEvenIfNothingFollows() throws IOException {
		writeOneByOne(6);
		// one start compacts, because there is no floor
		assertThat(ids(0)).containsExactly(0, 1, 2, 3, 4, 5);
		byte[] damaged = Files.readAllBytes(journal());
		damaged[damaged.length - 10] ^= 0x40;
		Files.write(journal(), damaged);
		assertThatIllegalStateException().isThrownBy(() -> EmbeddedStore.start(this.directory, 0))
			.withMessageContaining("belongs to the snapshot");
		assertThat(journal()).hasBinaryContent(damaged);
	}

	@Test
	void aFileThatIsNoJournalIsReported() throws IOException {
		Files.writeString(journal(), "something else, and long enough for a header");
		assertThatIllegalStateException().isThrownBy(() -> EmbeddedStore.start(this.directory, 0))
			.withMessageContaining("does not begin as a journal does");
	}

	@Test
	void anUnfinishedCompactionIsForgotten() throws IOException {
		writeOneByOne(3);
		Files.writeString(this.directory.resolve("journal.next"), "half a snapshot");
		assertThat(ids(NEVER)).containsExactly(0, 1, 2);
		assertThat(this.directory.resolve("journal.next")).doesNotExist();
	}

	@Test
	void whatCouldNotBeReadAgainIsNotWritten() throws IOException {
		writeOneByOne(1);
		Journal journal = Journal.open(journal(), NEVER, (record) -> {
		});
		try {
			assertThatIllegalArgumentException().isThrownBy(() -> journal.append(ByteBuffer.allocate(17 << 20)));
		}
		finally {
			journal.close();
		}
		assertThat(ids(NEVER)).containsExactly(0);
	}

	/** The offsets at which the records of the inserts end. */
	private List<Long> writeOneByOne(int count) throws IOException {
		List<Long> ends = new ArrayList<>();
		try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, NEVER);
				MongoClient client = Stores.connect(store.connectionString())) {
			for (int id : IntStream.range(0, count).toArray()) {
				client.getDatabase("test")
					.getCollection("cases")
					.insertOne(new Document("_id", id).append("text", "a need of some length"));
				ends.add(Files.size(journal()));
			}
		}
		return ends;
	}

	private List<Integer> ids(long compactionFloor) {
		try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, compactionFloor);
				MongoClient client = Stores.connect(store.connectionString())) {
			return client.getDatabase("test")
				.getCollection("cases")
				.find()
				.map((found) -> found.getInteger("_id"))
				.into(new ArrayList<>());
		}
	}

	private Path journal() {
		return this.directory.resolve("journal");
	}

}
