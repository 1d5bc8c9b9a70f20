package se.lokalabehov.search;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NRTCachingDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The index of the catalogue and of the needs: a projection that can be thrown away and
 * built again. It is written to by one (puts and removals, then {@link #commit} with the
 * position that they reach), and read by many at once; what has been put is found after
 * the next {@link #refresh} or commit.
 *
 * <p>
 * {@link #rebuild()} builds another beside it, which takes its place in one step while
 * searches run. Every method throws {@link UncheckedIOException} when the disk fails.
 */
public final class SearchIndex implements ItemSink, Closeable {

	private static final double MOST_OF_A_SEGMENT_MB = 2;

	private static final double MOST_IN_MEMORY_MB = 16;

	private static final String CURRENT = "current";

	/** The least score of a suggestion; tuned on the dev queries. */
	static final double LEAST_SCORE = 0.5;

	private final @Nullable Path home;

	private final Swedish swedish = new Swedish();

	private final Documents documents = new Documents(this.swedish);

	private final Spelling spelling = new Spelling(Lexicon.STANDARD.synonyms());

	private final Suggesting suggesting = new Suggesting(this.swedish, this.spelling);

	private final Searching searching = new Searching(this.swedish, this.spelling);

	/** Writers hold it shared, the swap alone. */
	private final ReadWriteLock swapping = new ReentrantReadWriteLock();

	private volatile Generation current;

	private SearchIndex(@Nullable Path home, Generation current) {
		this.home = home;
		this.current = current;
	}

	/**
	 * Opens the index that a directory holds, or an empty one. An index that cannot be
	 * read (another version, a damaged file) is thrown away: its position is then empty,
	 * so whoever feeds it begins from the beginning.
	 * @param home the directory; made when it is missing
	 * @return the index
	 */
	public static SearchIndex open(Path home) {
		try {
			Files.createDirectories(home);
			Path generation = home.resolve(currentName(home));
			removeOthers(home, generation);
			try {
				return new SearchIndex(home, new Generation(onDisk(generation)));
			}
			catch (IOException | IllegalArgumentException ex) {
				if (ex instanceof LockObtainFailedException) {
					throw ex;
				}
				delete(generation);
				return new SearchIndex(home, new Generation(onDisk(generation)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What a refresh writes stays in memory until it is merged or committed: nothing that
	 * has not been committed is opened again anyway.
	 */
	private static Directory onDisk(Path directory) throws IOException {
		return new NRTCachingDirectory(FSDirectory.open(directory), MOST_OF_A_SEGMENT_MB, MOST_IN_MEMORY_MB);
	}

	/**
	 * An index without a directory, gone when it is closed.
	 * @return an empty index
	 */
	public static SearchIndex inMemory() {
		try {
			return new SearchIndex(null, new Generation(new ByteBuffersDirectory()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void put(Item item) {
		writing((generation) -> put(generation, item));
	}

	@Override
	public void remove(String id) {
		writing((generation) -> generation.writer().deleteDocuments(new Term(Fields.ID, id)));
	}

	private void put(Generation generation, Item item) throws IOException {
		generation.writer().updateDocument(new Term(Fields.ID, item.id()), this.documents.document(item));
	}

	@Override
	public void commit(Map<String, String> position) {
		writing((generation) -> generation.commit(position));
	}

	@Override
	public Map<String, String> position() {
		return this.current.position();
	}

	/** Lets what has been put be found; costs nothing when nothing has. */
	public void refresh() {
		writing(Generation::refresh);
	}

	/**
	 * Whether it can be written to: no more after a write has failed for good, as on a
	 * full disk (Lucene closes what writes then). It goes on answering.
	 * @return false when only a {@link #rebuild} helps
	 */
	public boolean isWritable() {
		return this.current.writer().isOpen();
	}

	/**
	 * How many items can be found.
	 * @return the number
	 */
	public int size() {
		return reading((searcher) -> searcher.getIndexReader().numDocs());
	}

	/**
	 * Searches.
	 * @param request what for
	 * @return a page; never fails on what is asked for
	 */
	public SearchPage search(SearchRequest request) {
		return reading((searcher) -> this.searching.search(searcher, request));
	}

	/**
	 * Suggests what resembles a text.
	 * @param request the text, and who is asking
	 * @return what is alike, the most alike first; nothing when nothing is
	 */
	public List<Suggestion> suggest(SuggestionRequest request) {
		return alike(request, LEAST_SCORE, true);
	}

	List<Suggestion> alike(SuggestionRequest request, double least, boolean explained) {
		return reading((searcher) -> this.suggesting.suggest(searcher, request, least, explained));
	}

	/**
	 * Begins to build another index beside this one. Searches go on in this one until
	 * {@link Rebuild#swap()}; puts to this one are not put to the other.
	 * @return the other, empty
	 */
	public Rebuild rebuild() {
		try {
			Path home = this.home;
			String name = "g" + System.nanoTime();
			Directory directory = (home != null) ? onDisk(home.resolve(name)) : new ByteBuffersDirectory();
			return new Rebuild(new Generation(directory), name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.swapping.writeLock().lock();
		try {
			this.current.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.swapping.writeLock().unlock();
		}
	}

	private void writing(Write write) {
		this.swapping.readLock().lock();
		try {
			write.to(this.current);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.swapping.readLock().unlock();
		}
	}

	<T> T reading(Generation.Use<T> use) {
		try {
			while (true) {
				Generation generation = this.current;
				try {
					return generation.with(use);
				}
				catch (AlreadyClosedException ex) {
					// It was swapped between being seen and being used; the new one is
					// there.
					if (generation == this.current) {
						throw ex;
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Write {

		void to(Generation generation) throws IOException;

	}

	private static String currentName(Path home) throws IOException {
		try {
			String name = Files.readString(home.resolve(CURRENT)).strip();
			return name.matches("g[0-9]+") ? name : "g0";
		}
		catch (NoSuchFileException ex) {
			return "g0";
		}
	}

	/** Indexes whose building was broken off. */
	private static void removeOthers(Path home, Path current) throws IOException {
		try (Stream<Path> files = Files.list(home)) {
			for (Path file : files.toList()) {
				if (Files.isDirectory(file) && !file.equals(current)
						&& file.getFileName().toString().matches("g[0-9]+")) {
					delete(file);
				}
			}
		}
	}

	private static void delete(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return;
		}
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
		Files.delete(directory);
	}

	/**
	 * An index that is being built beside the one that answers.
	 */
	public final class Rebuild implements ItemSink, Closeable {

		private final Generation generation;

		private final String name;

		private boolean done;

		private Rebuild(Generation generation, String name) {
			this.generation = generation;
			this.name = name;
		}

		@Override
		public void put(Item item) {
			try {
				SearchIndex.this.put(this.generation, item);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void remove(String id) {
			try {
				this.generation.writer().deleteDocuments(new Term(Fields.ID, id));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void commit(Map<String, String> position) {
			try {
				this.generation.commit(position);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public Map<String, String> position() {
			return this.generation.position();
		}

		/**
		 * Takes the place of the index that answers; what has been put but not committed
		 * is committed with the position of the last commit. A search that has begun ends
		 * in the old one, every later one is answered by the new.
		 */
		public void swap() {
			SearchIndex.this.swapping.writeLock().lock();
			try {
				this.generation.commit(this.generation.position());
				Generation old = SearchIndex.this.current;
				Path home = SearchIndex.this.home;
				if (home != null) {
					Path written = Files.writeString(home.resolve(CURRENT + ".new"), this.name, StandardCharsets.UTF_8);
					Files.move(written, home.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE,
							StandardCopyOption.REPLACE_EXISTING);
				}
				SearchIndex.this.current = this.generation;
				this.done = true;
				old.close();
				if (home != null) {
					removeOthers(home, home.resolve(this.name));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			finally {
				SearchIndex.this.swapping.writeLock().unlock();
			}
		}

		/** Throws away what has been built, unless it has taken its place. */
		@Override
		public void close() {
			if (this.done) {
				return;
			}
			this.done = true;
			try {
				this.generation.close();
				Path home = SearchIndex.this.home;
				if (home != null) {
					delete(home.resolve(this.name));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/** What the candidates for a text are scored by, to fit the score on. */
	Map<String, Asked.Likeness> likenesses(String text) {
		return reading((searcher) -> this.suggesting.likenesses(searcher, text));
	}

	/** The query that a request comes to, to be measured against Lucene itself. */
	Query query(IndexSearcher searcher, SearchRequest request) throws IOException {
		return this.searching.query(searcher, request);
	}

	static Set<Kind> everyKind() {
		return Set.of(Kind.values());
	}

}
