package se.lokalabehov.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

import de.bwaldvogel.mongo.wire.BsonConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead journal: one file of records, appended in the order in which they are
 * applied, forced to disk for all waiting writers at once, read from the beginning at
 * start.
 *
 * <p>
 * The file: eight bytes that say what it is, the offset at which its snapshot ends (eight
 * bytes; what a compaction wrote lies before it, and has been forced before the file got
 * its name), then the records. A record: the length of its payload, the CRC-32C of the
 * payload (four bytes each), the payload. All numbers are little-endian. The payload is
 * one BSON document, which begins with its own length: length and payload confirm each
 * other, so that intact records can be found behind a damaged one.
 *
 * <p>
 * Positions handed out count the bytes ever appended and go on over a compaction. The
 * caller serialises {@link #append}; everything else may be called from any thread.
 */
final class Journal implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Journal.class);

	private static final long MAGIC = ByteBuffer.wrap(new byte[] { 'L', 'B', 'J', 'R', 'N', 'L', '0', '1' })
		.order(ByteOrder.LITTLE_ENDIAN)
		.getLong();

	private static final int FILE_HEADER = 16;

	private static final int RECORD_HEADER = 8;

	private static final int SMALLEST_PAYLOAD = 5;

	/**
	 * What is longer is damage. Former versions wrote more than can be decoded: that must
	 * stop a start, and not be cut off as torn.
	 */
	private static final int LARGEST_PAYLOAD = 64 * 1024 * 1024;

	/** What {@link BsonBytes#decode} takes: more could never be read again. */
	private static final int LARGEST_WRITTEN = BsonConstants.MAX_BSON_OBJECT_SIZE;

	/** What is left to copy when a compaction takes the writers' lock. */
	private static final long LAST_LEG = 256 * 1024;

	private final Path file;

	private final long compactionFloor;

	private final Object monitor = new Object();

	private FileChannel channel;

	/** Position minus offset in the current file. */
	private long shift;

	private long snapshotEnd;

	private volatile long appended;

	private long forced;

	private boolean forcing;

	private @Nullable IOException failure;

	private Journal(Path file, FileChannel channel, long snapshotEnd, long size, long compactionFloor) {
		this.file = file;
		this.channel = channel;
		this.snapshotEnd = snapshotEnd;
		this.appended = size;
		this.forced = size;
		this.compactionFloor = compactionFloor;
	}

	/**
	 * Opens the journal, or begins one, and hands every record to {@code replay}. A torn
	 * end is cut and logged.
	 * @param compactionFloor bytes under which the file is never worth compacting
	 * @throws JournalDamagedException when a record is damaged that is not the torn end
	 */
	static Journal open(Path file, long compactionFloor, Consumer<ByteBuffer> replay) throws IOException {
		Files.deleteIfExists(successorOf(file));
		if (!Files.exists(file)) {
			// the file gets its name when its header is safe: a crash here leaves none
			try (FileChannel fresh = FileChannel.open(successorOf(file), StandardOpenOption.CREATE_NEW,
					StandardOpenOption.WRITE)) {
				writeFully(fresh, header(FILE_HEADER));
				fresh.force(true);
			}
			publish(file);
		}
		FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
		try {
			long snapshotEnd = readHeader(file, channel);
			long end = replay(file, channel, snapshotEnd, replay);
			channel.position(end);
			// what a killed process had written may still be in the system's cache only
			channel.force(true);
			return new Journal(file, channel, snapshotEnd, end, compactionFloor);
		}
		catch (Throwable ex) {
			channel.close();
			throw ex;
		}
	}

	private static ByteBuffer header(long snapshotEnd) {
		return ByteBuffer.allocate(FILE_HEADER)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putLong(MAGIC)
			.putLong(snapshotEnd)
			.flip();
	}

	private static long readHeader(Path file, FileChannel channel) throws IOException {
		ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
		boolean complete = readFully(channel, header, 0);
		if (!complete || header.getLong(0) != MAGIC) {
			throw new JournalDamagedException(file, 0, "it does not begin as a journal does");
		}
		long snapshotEnd = header.getLong(8);
		if (snapshotEnd < FILE_HEADER || snapshotEnd > channel.size()) {
			throw new JournalDamagedException(file, 8,
					"its snapshot should end at byte " + snapshotEnd + " of " + channel.size());
		}
		return snapshotEnd;
	}

	/**
	 * Reads records until the end of the file.
	 * @return the offset at which the next record goes
	 */
	private static long replay(Path file, FileChannel channel, long snapshotEnd, Consumer<ByteBuffer> replay)
			throws IOException {
		RecordReader reader = new RecordReader(channel, FILE_HEADER);
		for (ByteBuffer payload = reader.next(); payload != null; payload = reader.next()) {
			replay.accept(payload);
		}
		long end = reader.offset();
		long size = channel.size();
		if (end == size) {
			return end;
		}
		if (end < snapshotEnd) {
			throw new JournalDamagedException(file, end,
					"the record there does not match its checksum, and it belongs to the snapshot that was safe on disk");
		}
		long intact = findRecord(channel, end + 1);
		if (intact >= 0) {
			throw new JournalDamagedException(file, end,
					"the record there does not match its checksum, and an intact record follows at byte " + intact);
		}
		logger.warn(
				"The journal {} ends in a torn record: cut {} bytes from byte {} on, the rest of a write that was never acknowledged",
				file.toAbsolutePath(), size - end, end);
		channel.truncate(end);
		return end;
	}

	/** The first intact record at or after the offset, or -1. */
	private static long findRecord(FileChannel channel, long from) throws IOException {
		ByteBuffer window = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
		int overlap = RECORD_HEADER + Integer.BYTES;
		long offset = from;
		while (true) {
			window.clear();
			boolean full = readFully(channel, window, offset);
			for (int i = 0; i + overlap <= window.position(); i++) {
				int length = window.getInt(i);
				if (length == window.getInt(i + RECORD_HEADER) && intactAt(channel, offset + i)) {
					return offset + i;
				}
			}
			if (!full) {
				return -1;
			}
			offset += window.capacity() - overlap + 1;
		}
	}

	private static boolean intactAt(FileChannel channel, long offset) throws IOException {
		return new RecordReader(channel, offset).next() != null;
	}

	/**
	 * Writes one record behind the last. Not yet safe: {@link #awaitForced}.
	 * @param payload one BSON document
	 * @return the position to wait for
	 */
	long append(ByteBuffer payload) {
		check();
		try {
			this.appended += writeRecord(this.channel, payload);
			return this.appended;
		}
		catch (IOException ex) {
			throw fail(ex);
		}
	}

	private static int writeRecord(FileChannel channel, ByteBuffer payload) throws IOException {
		int length = payload.remaining();
		if (length > LARGEST_WRITTEN) {
			throw new IllegalArgumentException(length + " bytes are more than a command can have");
		}
		ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt(length)
			.putInt(checksum(payload))
			.flip();
		ByteBuffer[] record = { header, payload };
		for (long left = RECORD_HEADER + length; left > 0;) {
			left -= channel.write(record);
		}
		return RECORD_HEADER + length;
	}

	/** The position behind the last record appended. */
	long appended() {
		return this.appended;
	}

	/** Returns when everything up to the position is on disk. */
	void awaitForced(long position) {
		FileChannel target;
		long reached;
		synchronized (this.monitor) {
			while (this.forcing && this.forced < position && this.failure == null) {
				waitForChange();
			}
			check();
			if (this.forced >= position) {
				return;
			}
			// this thread forces for everyone who has appended by now
			this.forcing = true;
			target = this.channel;
			reached = this.appended;
		}
		@Nullable IOException problem = null;
		try {
			target.force(false);
		}
		catch (IOException ex) {
			problem = ex;
		}
		synchronized (this.monitor) {
			this.forcing = false;
			if (problem == null) {
				this.forced = Math.max(this.forced, reached);
			}
			this.monitor.notifyAll();
		}
		if (problem != null) {
			throw fail(problem);
		}
	}

	private void waitForChange() {
		try {
			this.monitor.wait();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for the journal", ex);
		}
	}

	/**
	 * What has been applied may not have reached the disk, and nobody can say how much of
	 * it: from here on the store answers nothing until it is started again.
	 */
	private IllegalStateException fail(IOException problem) {
		synchronized (this.monitor) {
			if (this.failure == null) {
				this.failure = problem;
				logger.error("The journal {} cannot be written; the store refuses every command until it is restarted",
						this.file.toAbsolutePath(), problem);
			}
			this.monitor.notifyAll();
		}
		return failed(problem);
	}

	private IllegalStateException failed(IOException problem) {
		return new IllegalStateException(
				"the journal " + this.file.toAbsolutePath() + " cannot be written: " + problem.getMessage(), problem);
	}

	/**
	 * Returns if the journal works.
	 * @throws IllegalStateException after a failed write
	 */
	void check() {
		synchronized (this.monitor) {
			if (this.failure != null) {
				throw failed(this.failure);
			}
		}
	}

	/**
	 * Whether a compaction would pay: the file has grown past the floor and to four times
	 * what the data took when they were last written out.
	 */
	boolean outgrown() {
		return this.appended - this.shift > Math.max(this.compactionFloor, 4 * this.snapshotEnd);
	}

	/**
	 * Begins the file that shall take this one's place. The caller writes into it the
	 * whole state as it was at {@code position}.
	 */
	Successor startSuccessor(long position) throws IOException {
		return new Successor(position);
	}

	@Override
	public void close() {
		synchronized (this.monitor) {
			while (this.forcing) {
				waitForChange();
			}
			if (this.failure == null) {
				this.failure = new IOException("it is closed");
			}
			this.monitor.notifyAll();
		}
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path successorOf(Path file) {
		return file.resolveSibling(file.getFileName() + ".next");
	}

	private static void publish(Path file) throws IOException {
		Files.move(successorOf(file), file, StandardCopyOption.ATOMIC_MOVE);
		try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
			directory.force(true);
		}
	}

	private static int checksum(ByteBuffer payload) {
		CRC32C checksum = new CRC32C();
		checksum.update(payload.duplicate());
		return (int) checksum.getValue();
	}

	private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

	private static boolean readFully(FileChannel channel, ByteBuffer target, long offset) throws IOException {
		long at = offset;
		while (target.hasRemaining()) {
			int read = channel.read(target, at);
			if (read < 0) {
				return false;
			}
			at += read;
		}
		return true;
	}

	/** Reads records one after another, from any offset, with one buffer. */
	private static final class RecordReader {

		private final FileChannel channel;

		private ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);

		/** Offset in the file of the buffer's position. */
		private long offset;

		RecordReader(FileChannel channel, long offset) {
			this.channel = channel;
			this.offset = offset;
		}

		long offset() {
			return this.offset;
		}

		/** The next intact payload, or null where there is none. */
		@Nullable ByteBuffer next() throws IOException {
			if (!fill(RECORD_HEADER)) {
				return null;
			}
			int at = this.buffer.position();
			int length = this.buffer.getInt(at);
			if (length < SMALLEST_PAYLOAD || length > LARGEST_PAYLOAD || !fill(RECORD_HEADER + length)) {
				return null;
			}
			at = this.buffer.position();
			ByteBuffer payload = this.buffer.slice(at + RECORD_HEADER, length);
			if (checksum(payload) != this.buffer.getInt(at + Integer.BYTES)) {
				return null;
			}
			this.buffer.position(at + RECORD_HEADER + length);
			this.offset += RECORD_HEADER + length;
			return payload;
		}

		private boolean fill(int needed) throws IOException {
			if (this.buffer.remaining() >= needed) {
				return true;
			}
			if (this.offset + needed > this.channel.size()) {
				return false;
			}
			ByteBuffer target = ByteBuffer.allocate(Math.max(needed, 1 << 20)).order(ByteOrder.LITTLE_ENDIAN);
			readFully(this.channel, target, this.offset);
			this.buffer = target.flip();
			return true;
		}

	}

	/** The next journal file while it is being written, beside the one in use. */
	final class Successor implements AutoCloseable {

		private final FileChannel next;

		/** Up to here, in positions, the successor says what the journal says. */
		private long reached;

		private long snapshot;

		private boolean inUse;

		private Successor(long position) throws IOException {
			this.reached = position;
			this.next = FileChannel.open(successorOf(Journal.this.file), StandardOpenOption.CREATE,
					StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE);
			writeFully(this.next, header(FILE_HEADER));
		}

		/**
		 * Writes one record of the snapshot.
		 * @return the bytes it takes in the file
		 */
		int write(ByteBuffer payload) {
			try {
				return writeRecord(this.next, payload);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/**
		 * Ends the snapshot and copies what has been appended meanwhile, until so little
		 * is left that the writers can be stopped for it.
		 */
		void catchUp() throws IOException {
			this.snapshot = this.next.position();
			this.next.write(header(this.snapshot), 0);
			do {
				copyAppended();
				this.next.force(true);
			}
			while (Journal.this.appended - this.reached > LAST_LEG);
		}

		private void copyAppended() throws IOException {
			long until = Journal.this.appended;
			while (this.reached < until) {
				long copied = Journal.this.channel.transferTo(this.reached - Journal.this.shift, until - this.reached,
						this.next);
				if (copied <= 0) {
					throw new EOFException("the journal is shorter than it should be");
				}
				this.reached += copied;
			}
		}

		/**
		 * Copies the rest and takes the journal's place. The caller keeps writers out.
		 */
		void takeOver() throws IOException {
			copyAppended();
			this.next.force(true);
			this.inUse = true;
			try {
				publish(Journal.this.file);
			}
			catch (IOException ex) {
				// nobody knows which of the two files now bears the name
				throw fail(ex);
			}
			synchronized (Journal.this.monitor) {
				while (Journal.this.forcing) {
					waitForChange();
				}
				Journal.this.channel.close();
				Journal.this.channel = this.next;
				Journal.this.shift = Journal.this.appended - this.next.position();
				Journal.this.snapshotEnd = this.snapshot;
				Journal.this.forced = Journal.this.appended;
				Journal.this.monitor.notifyAll();
			}
		}

		@Override
		public void close() throws IOException {
			if (!this.inUse) {
				this.next.close();
				Files.deleteIfExists(successorOf(Journal.this.file));
			}
		}

	}

}
