package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.PdfReader.Reading;
import se.lokalabehov.reportcatalogue.PdfText.Verdict;
import se.lokalabehov.reportcatalogue.search.FileTexts;
import se.lokalabehov.web.PersonalData;

/**
 * The PDF files of records: received to the disk, looked through, kept under the hash of
 * their bytes with their text beside them, and only then told of. What no record names
 * any longer, because it was blanked, goes for good.
 */
final class RecordFiles implements FileTexts {

	/** Fifty megabytes. */
	static final long LIMIT = 50L * 1024 * 1024;

	private static final String PDF = ".pdf";

	private static final String TEXT = ".txt";

	private static final String UPLOAD = "upload-";

	private static final String NO_PDF = "Filen är ingen hel PDF. Spara dokumentet som PDF och ladda upp det.";

	/** How near the end of a file its end must be marked. */
	private static final int TAIL = 1024;

	/** So long an upload may be under way before its file counts as nobody's. */
	private static final Duration UNDER_WAY = Duration.ofHours(1);

	/** So long a file waits for its record: somewhat longer than a login lasts. */
	private static final Duration WAITING = Duration.ofHours(12);

	private static final int AT_A_TIME = 500;

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final KeptFiles files;

	private final PdfReader reader;

	private final Clock clock;

	RecordFiles(Aggregates<CatalogueRecord, CatalogueEvent> records, KeptFiles files, PdfReader reader, Clock clock) {
		this.records = records;
		this.files = files;
		this.reader = reader;
		this.clock = clock;
	}

	/**
	 * A file that was received.
	 *
	 * @param path where it lies until it is kept
	 * @param sha256 of its bytes
	 * @param size in bytes
	 */
	record Received(Path path, String sha256, long size) implements AutoCloseable {

		@Override
		public void close() throws IOException {
			Files.deleteIfExists(this.path);
		}

	}

	/**
	 * Takes a body in.
	 * @return what was received; a larger size than {@link #LIMIT} when it was cut off
	 * there
	 */
	static Received receive(InputStream body) throws IOException {
		Path path = Files.createTempFile("upload", PDF);
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			long size = 0;
			try (OutputStream out = new DigestOutputStream(Files.newOutputStream(path), digest)) {
				byte[] buffer = new byte[64 * 1024];
				for (int read; size <= LIMIT && (read = body.read(buffer)) >= 0; size += read) {
					out.write(buffer, 0, read);
				}
			}
			return new Received(path, HexFormat.of().formatHex(digest.digest()), size);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			Files.deleteIfExists(path);
			throw ex;
		}
	}

	/**
	 * What became of a file that no record has yet.
	 *
	 * @param refusal why it was not taken, none when it was
	 * @param upload by which a record names it
	 */
	record Taken(@Nullable Refusal refusal, String upload, Reading reading) {
	}

	/**
	 * Takes a file that a record is to be published with, and keeps it until then, at
	 * most for as long as a login lasts.
	 */
	Taken take(Received received, boolean confirmed, Act act) throws IOException, InterruptedException {
		if (!isPdf(received)) {
			return new Taken(refusal("ingen-pdf", NO_PDF), "", Reading.of(Verdict.DAMAGED));
		}
		Reading reading = this.reader.read(received.path());
		Refusal refusal = refused(reading, confirmed);
		if (refusal != null) {
			return new Taken(refusal, "", reading);
		}
		String upload = UPLOAD + Act.sha256("upload|" + act.key() + "|" + received.sha256());
		keep(received, upload, reading.text());
		return new Taken(null, upload, reading);
	}

	/**
	 * Gives a file that was taken to the record that is to be published with it.
	 * @param upload as {@link #take} said
	 * @param name what it is called
	 * @return none when it is there no longer
	 */
	Optional<FileAttached> taken(String upload, String name) throws IOException {
		Optional<Resource> pdf = isUpload(upload) ? this.files.find(upload + PDF) : Optional.empty();
		Optional<String> text = isUpload(upload) ? text(upload) : Optional.empty();
		if (pdf.isEmpty() || text.isEmpty()) {
			return Optional.empty();
		}
		try (InputStream in = pdf.get().getInputStream(); Received received = receive(in)) {
			keep(received, received.sha256(), text.get());
			int pages = (int) text.get().chars().filter((one) -> one == '\f').count();
			return Optional.of(new FileAttached(received.sha256(), name, received.size(), pages));
		}
	}

	private static boolean isUpload(String name) {
		return name.matches(UPLOAD + "[0-9a-f]{64}");
	}

	/**
	 * Attaches a received file to a record, when there is nothing to remark on it.
	 * @param name what it is called
	 * @param confirmed whether somebody has said that what looks like a person's number
	 * is none
	 */
	Outcome<CatalogueRecord> attach(String id, Received received, String name, boolean confirmed, Act act)
			throws IOException, InterruptedException {
		if (!isPdf(received)) {
			return Outcome.refuse(refusal("ingen-pdf", NO_PDF));
		}
		Reading reading = this.reader.read(received.path());
		Refusal refusal = refused(reading, confirmed);
		if (refusal != null) {
			return Outcome.refuse(refusal);
		}
		keep(received, received.sha256(), reading.text());
		FileAttached file = new FileAttached(received.sha256(), name, received.size(), reading.pages());
		// The bytes count to what is asked for, as with every other body.
		Act whole = new Act(act.by(), act.role(), act.subject(), act.at(), act.key(),
				Act.sha256(act.fingerprint() + received.sha256()), act.expectedVersion());
		Outcome<CatalogueRecord> outcome = this.records.execute(id, whole,
				(before) -> Cataloguing.attach(Objects.requireNonNull(before), file));
		// Should another record have lost the same file meanwhile, it is there again.
		keep(received, received.sha256(), reading.text());
		return outcome;
	}

	/** It begins and ends as one; nothing else lies before or behind. */
	private static boolean isPdf(Received received) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(received.path().toFile(), "r")) {
			byte[] begin = new byte[5];
			byte[] end = new byte[(int) Math.min(TAIL, received.size())];
			if (received.size() < begin.length) {
				return false;
			}
			file.readFully(begin);
			file.seek(received.size() - end.length);
			file.readFully(end);
			return new String(begin, StandardCharsets.ISO_8859_1).equals("%PDF-")
					&& new String(end, StandardCharsets.ISO_8859_1).contains("%%EOF");
		}
	}

	private static @Nullable Refusal refused(Reading reading, boolean confirmed) {
		return switch (reading.verdict()) {
			case ENCRYPTED -> refusal("krypterad-pdf",
					"PDF-filen är krypterad eller skyddad. Ta bort skyddet, spara om filen och ladda upp den igen.");
			case ACTIVE -> refusal("aktiv-pdf",
					"PDF-filen innehåller skript, formulär, film eller annat som körs. Spara om den som PDF/A, eller skriv ut den till en ny PDF, och ladda upp den.");
			case ATTACHMENTS -> refusal("pdf-med-bilagor",
					"Det ligger andra filer i PDF-filen. Ta bort bilagorna, spara om filen och ladda upp den. En bilaga som är en PDF kan laddas upp för sig.");
			case DAMAGED -> refusal("skadad-pdf",
					"PDF-filen är skadad och går inte att läsa. Skapa den på nytt och ladda upp den.");
			case TOO_MUCH -> refusal("for-stor-pdf",
					"PDF-filen tar för mycket tid eller minne att läsa, eller har mer än %d sidor. Dela upp den, eller skriv ut den till en ny PDF."
						.formatted(PdfText.MAX_PAGES));
			case READ -> personal(reading, confirmed);
		};
	}

	private static @Nullable Refusal personal(Reading reading, boolean confirmed) {
		Optional<String> certain = where(reading, true);
		if (certain.isPresent()) {
			return refusal("personuppgift", "Det finns ett personnummer eller samordningsnummer " + certain.get()
					+ ". Ta bort det ur dokumentet, skapa PDF-filen på nytt och ladda upp den.");
		}
		Optional<String> uncertain = confirmed ? Optional.empty() : where(reading, false);
		return uncertain
			.map((where) -> refusal("personuppgift-bekrafta",
					"Det finns något som liknar ett personnummer " + where
							+ ". Är det inte det, skicka samma begäran med X-Confirm-No-Personal-Data: true."))
			.orElse(null);
	}

	private static Optional<String> where(Reading reading, boolean certain) {
		return first(reading.text(), certain)
			.map((at) -> "på sidan "
					+ (1 + reading.text().substring(0, at).chars().filter((character) -> character == '\f').count()))
			.or(() -> first(reading.beside(), certain)
				.map((at) -> "i filens egenskaper, anteckningar eller bokmärken"));
	}

	private static Optional<Integer> first(String text, boolean certain) {
		return numbersIn(text).filter((found) -> found.certain() == certain)
			.map(PersonalData.Finding::start)
			.findFirst();
	}

	/**
	 * Names, addresses and phone numbers belong in a report; numbers of persons do not.
	 */
	static Stream<PersonalData.Finding> numbersIn(String text) {
		return PersonalData.find(text)
			.stream()
			.filter((found) -> found.kind() == PersonalData.Kind.PERSONAL_NUMBER
					|| found.kind() == PersonalData.Kind.COORDINATION_NUMBER);
	}

	private static Refusal refusal(String code, String detail) {
		return new Refusal(Refusal.Kind.INVALID, code, detail, List.of(new Refusal.Field("file", detail)));
	}

	private void keep(Received received, String name, String text) throws IOException {
		Path beside = Files.createTempFile("upload", TEXT);
		try {
			Files.writeString(beside, text);
			// The text first: what is there as a file has its text.
			this.files.keep(name + TEXT, beside);
			this.files.keep(name + PDF, received.path());
		}
		finally {
			Files.deleteIfExists(beside);
		}
	}

	/** The file of a record, as it was uploaded. */
	Optional<Resource> pdf(FileAttached file) {
		return this.files.find(file.sha256() + PDF);
	}

	/** What can be read in it, with a form feed after each page; for the search. */
	@Override
	public Optional<String> text(String sha256) {
		return this.files.find(sha256 + TEXT).map((resource) -> {
			try {
				return resource.getContentAsString(StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/** Removes for good those of a blanked record's files that no other record has. */
	void forget(CatalogueRecord blanked) {
		dropUnlessNamed(Stream.concat(blanked.files().stream(), blanked.removed().stream())
			.map(FileAttached::sha256)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	/** What a crash has left behind: files that no record names. */
	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
	void sweep() {
		this.files.since(this.clock.instant().minus(WAITING))
			.stream()
			.filter((name) -> name.startsWith(UPLOAD))
			.forEach(this.files::drop);
		List<String> all = this.files.since(this.clock.instant().minus(UNDER_WAY))
			.stream()
			.filter((name) -> !name.startsWith(UPLOAD))
			.map((name) -> name.substring(0, name.indexOf('.')))
			.distinct()
			.toList();
		for (int i = 0; i < all.size(); i += AT_A_TIME) {
			dropUnlessNamed(new TreeSet<>(all.subList(i, Math.min(all.size(), i + AT_A_TIME))));
		}
	}

	private void dropUnlessNamed(Set<String> hashes) {
		if (hashes.isEmpty()) {
			return;
		}
		this.records
			.all(new Criteria().orOperator(Criteria.where("state.files.sha256").in(hashes),
					Criteria.where("state.removed.sha256").in(hashes)))
			.stream()
			.map(Stored::state)
			.flatMap((record) -> Stream.concat(record.files().stream(), record.removed().stream()))
			.forEach((file) -> hashes.remove(file.sha256()));
		hashes.forEach((hash) -> {
			this.files.drop(hash + PDF);
			this.files.drop(hash + TEXT);
		});
	}

}
