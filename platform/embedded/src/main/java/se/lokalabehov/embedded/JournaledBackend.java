package se.lokalabehov.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's commands on documents in memory, made durable: a write is appended to the
 * journal and applied as one step, and answered when the journal is on disk. A write that
 * fails is journaled all the same, because it fails at the replay too. Reads run beside
 * each other and never beside a write.
 */
final class JournaledBackend extends AbstractMongoBackend {

	private static final Logger logger = LoggerFactory.getLogger(JournaledBackend.class);

	/** About so many characters of documents are in one record of a snapshot. */
	private static final int SNAPSHOT_BATCH = 1 << 20;

	/**
	 * How long a message may be, bytes: a command is one document in the journal, where
	 * the members of its list have their numbers as well.
	 */
	private static final int LARGEST_MESSAGE = BsonConstants.MAX_BSON_OBJECT_SIZE - 64 * 1024;

	private record CollectionState(String database, String name, List<Document> indexes, List<Document> documents) {

		Document command(String command) {
			return new Document(command, this.name).append("$db", this.database);
		}

	}

	private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

	private final Journal journal;

	private final AtomicBoolean compacting = new AtomicBoolean();

	private final ExecutorService compactor = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("embedded-store-compaction").factory());

	/**
	 * Replays the journal.
	 * @throws IllegalStateException when it is damaged
	 */
	JournaledBackend(Path file, long compactionFloor) throws IOException {
		Channel nobody = new EmbeddedChannel();
		this.journal = Journal.open(file, compactionFloor, (record) -> {
			Document command = BsonBytes.decode(record);
			apply(nobody, String.valueOf(command.get("$db")), command.keySet().iterator().next(), command);
		});
		handleClose(nobody);
		if (this.journal.outgrown()) {
			compact();
		}
	}

	@Override
	public Document handleCommand(Channel channel, String databaseName, String said, Document query) {
		// The library knows it by its former name only; without it the store's health is
		// down.
		String command = said.equals("hello") ? "isMaster" : said;
		try {
			this.journal.check();
			Optional<String> refusal = WriteRules.refusalOf(command, query);
			if (refusal.isPresent()) {
				throw new MongoServerError(20, "IllegalOperation", "embedded store: " + refusal.get());
			}
			Document reply = WriteRules.isWrite(command) ? write(channel, databaseName, command, query)
					: read(channel, databaseName, command, query);
			reply.computeIfPresent("maxMessageSizeBytes", (field, library) -> LARGEST_MESSAGE);
			return reply;
		}
		catch (RuntimeException ex) {
			return errorReply(command, ex);
		}
	}

	private Document write(Channel channel, String databaseName, String command, Document query) {
		if (command.equalsIgnoreCase("insert")) {
			WriteRules.completeIds(query);
		}
		query.putIfAbsent("$db", databaseName);
		Document reply = BsonBytes.encoded(query, (record) -> {
			long position;
			Document applied;
			this.lock.writeLock().lock();
			try {
				position = this.journal.append(record);
				applied = apply(channel, databaseName, command, query);
			}
			finally {
				this.lock.writeLock().unlock();
			}
			this.journal.awaitForced(position);
			return applied;
		});
		if (this.journal.outgrown() && this.compacting.compareAndSet(false, true)) {
			this.compactor.execute(this::compactBesideWriters);
		}
		return reply;
	}

	private Document apply(Channel channel, String databaseName, String command, Document query) {
		try {
			return super.handleCommand(channel, databaseName, command, query);
		}
		catch (RuntimeException ex) {
			return errorReply(command, ex);
		}
	}

	private Document read(Channel channel, String databaseName, String command, Document query) {
		Document reply;
		long position;
		this.lock.readLock().lock();
		try {
			reply = super.handleCommand(channel, databaseName, command, query);
			position = this.journal.appended();
		}
		finally {
			this.lock.readLock().unlock();
		}
		if (query.get("readConcern") instanceof Document concern && "majority".equals(concern.get("level"))) {
			// what is seen has been applied; asked for like this it must be durable too
			this.journal.awaitForced(position);
		}
		return reply;
	}

	@Override
	public QueryResult handleQuery(MongoQuery query) {
		this.lock.readLock().lock();
		try {
			return super.handleQuery(query);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	/** The library would write the whole command into the log; it may hold anything. */
	private static Document errorReply(String command, RuntimeException ex) {
		Document reply = new Document("ok", 0.0);
		if (ex instanceof MongoServerException known) {
			reply.append("errmsg", known.getMessageWithoutErrorCode());
		}
		else {
			logger.warn("The command {} failed unexpectedly", command, ex);
			reply.append("errmsg", "embedded store: " + command + " failed: " + ex.getMessage());
		}
		if (ex instanceof MongoServerError error) {
			reply.append("code", error.getCode()).append("codeName", error.getCodeName());
		}
		return reply;
	}

	private void compactBesideWriters() {
		try {
			compact();
			this.compacting.set(false);
		}
		catch (IOException | RuntimeException ex) {
			logger.error("The journal could not be compacted; it grows until the store is started again", ex);
		}
	}

	/** Writes the state into a fresh journal, which takes the place of the old one. */
	private void compact() throws IOException {
		List<CollectionState> state;
		Journal.Successor successor;
		this.lock.readLock().lock();
		try {
			state = captureState();
			successor = this.journal.startSuccessor(this.journal.appended());
		}
		finally {
			this.lock.readLock().unlock();
		}
		try (successor) {
			state.forEach((collection) -> writeSnapshot(collection, successor));
			successor.catchUp();
			this.lock.writeLock().lock();
			try {
				successor.takeOver();
			}
			finally {
				this.lock.writeLock().unlock();
			}
		}
		logger.info("The journal has been compacted");
	}

	private List<CollectionState> captureState() {
		List<CollectionState> state = new ArrayList<>();
		for (String name : listDatabaseNames()) {
			StoreDatabase database = (StoreDatabase) resolveDatabase(name);
			for (StoreCollection collection : database.collections()) {
				state.add(new CollectionState(name, collection.getCollectionName(), database.indexesOf(collection),
						collection.snapshot()));
			}
		}
		return state;
	}

	private static void writeSnapshot(CollectionState collection, Journal.Successor successor) {
		BsonBytes.encoded(collection.command("create"), successor::write);
		BsonBytes.encoded(collection.command("createIndexes").append("indexes", collection.indexes), successor::write);
		List<Document> batch = new ArrayList<>();
		long characters = 0;
		for (Document document : collection.documents) {
			long more = BsonBytes.characters(document);
			if (!batch.isEmpty() && characters + more > SNAPSHOT_BATCH) {
				BsonBytes.encoded(collection.command("insert").append("documents", batch), successor::write);
				batch.clear();
				characters = 0;
			}
			batch.add(document);
			characters += more;
		}
		if (!batch.isEmpty()) {
			BsonBytes.encoded(collection.command("insert").append("documents", batch), successor::write);
		}
	}

	@Override
	protected StoreDatabase openOrCreateDatabase(String databaseName) {
		return new StoreDatabase(databaseName, getCursorRegistry());
	}

	@Override
	public void close() {
		this.compactor.close();
		super.close();
		this.journal.close();
	}

}
