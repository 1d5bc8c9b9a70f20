package se.lokalabehov.search;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;

/**
 * One index on its directory: what is written to it and what is read of it.
 */
final class Generation implements Closeable {

	private static final double BUFFER_MEGABYTES = 96;

	private final Directory directory;

	private final IndexWriter writer;

	private final SearcherManager searchers;

	private volatile Map<String, String> position;

	Generation(Directory directory) throws IOException {
		this.directory = directory;
		this.writer = new IndexWriter(directory,
				new IndexWriterConfig().setRAMBufferSizeMB(BUFFER_MEGABYTES).setCommitOnClose(false));
		this.position = positionOf(this.writer);
		this.searchers = new SearcherManager(this.writer, null);
	}

	private static Map<String, String> positionOf(IndexWriter writer) {
		Map<String, String> position = new HashMap<>();
		Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
		if (data != null) {
			data.forEach((entry) -> position.put(entry.getKey(), entry.getValue()));
		}
		return Map.copyOf(position);
	}

	IndexWriter writer() {
		return this.writer;
	}

	Map<String, String> position() {
		return this.position;
	}

	void commit(Map<String, String> reached) throws IOException {
		this.writer.setLiveCommitData(reached.entrySet(), true);
		this.writer.commit();
		this.position = Map.copyOf(reached);
		refresh();
	}

	void refresh() throws IOException {
		this.searchers.maybeRefreshBlocking();
	}

	/** Does something with the newest searcher; it stays whole while that is done. */
	<T> T with(Use<T> use) throws IOException {
		IndexSearcher searcher = this.searchers.acquire();
		try {
			return use.of(searcher);
		}
		finally {
			this.searchers.release(searcher);
		}
	}

	/** What is done with a searcher. */
	@FunctionalInterface
	interface Use<T> {

		T of(IndexSearcher searcher) throws IOException;

	}

	@Override
	public void close() throws IOException {
		this.searchers.close();
		this.writer.close();
		this.directory.close();
	}

}
