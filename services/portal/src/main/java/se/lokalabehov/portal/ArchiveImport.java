package se.lokalabehov.portal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.portal.ArchivePackage.Registered;
import se.lokalabehov.security.Caller;

/**
 * Takes in what {@link ArchivePackage} wrote elsewhere. The whole package is read and its
 * checksums are compared before anything is changed. Each story goes to the service that
 * owns its topic, which keeps it to the letter or says that it has something else under
 * that key; so the same package can be taken in again, and goes on where it stopped.
 */
@Component
class ArchiveImport {

	/** Of one file in the package; a PDF is at most 50 MB. */
	private static final long MOST_BYTES = 64L * 1024 * 1024;

	/** Of all of it, unpacked. */
	private static final long MOST_IN_ALL = 4L * 1024 * 1024 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Services services;

	private final Matters matters;

	ArchiveImport(Services services, Matters matters) {
		this.services = services;
		this.matters = matters;
	}

	/** What becomes of a story. */
	enum Fate {

		/** Taken over, or would be. */
		TAKEN_OVER,
		/** Is here already. */
		HERE_ALREADY,
		/** Something else is here. */
		ANOTHER_STORY,
		/** The service can not read it. */
		UNREADABLE

	}

	/**
	 * What became of a package, or would.
	 *
	 * @param problem why nothing was taken in, the key of a message
	 * @param about which file that is about
	 * @param counts stories, by what became of them
	 * @param files how many PDF files were given back to their records
	 * @param left what was not taken over although it was not here, by its file
	 */
	record Result(@Nullable String problem, @Nullable String about, Map<Fate, Integer> counts, int files,
			Map<String, Fate> left) {

		static Result problem(String problem, String about) {
			return new Result(problem, about, Map.of(), 0, Map.of());
		}

	}

	/**
	 * Takes a package in.
	 * @param dry only looks
	 * @param key the form's
	 * @throws Services.Away when a service is away; what was taken in stays
	 */
	Result take(Path zip, boolean dry, Caller caller, String key) {
		try (ZipFile file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8)) {
			Map<String, ZipEntry> entries = entries(file);
			Optional<Result> wrong = compare(file, entries);
			return wrong.isPresent() ? wrong.get() : take(file, entries, dry, caller, key);
		}
		catch (ZipException | JacksonException | IllegalArgumentException ex) {
			return Result.problem("archive.import.unreadable", "");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** By their names below the one directory. */
	private static Map<String, ZipEntry> entries(ZipFile file) {
		Map<String, ZipEntry> entries = new TreeMap<>();
		for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements();) {
			ZipEntry entry = all.nextElement();
			int slash = entry.getName().indexOf('/');
			if (!entry.isDirectory() && slash > 0) {
				entries.put(entry.getName().substring(slash + 1), entry);
			}
		}
		return entries;
	}

	/** Whether everything is there and unchanged; says what is not. */
	private static Optional<Result> compare(ZipFile file, Map<String, ZipEntry> entries) throws IOException {
		ZipEntry manifest = entries.get(ArchivePackage.MANIFEST);
		if (manifest == null || !entries.containsKey("bagit.txt")) {
			return Optional.of(Result.problem("archive.import.no-bag", ""));
		}
		Map<String, String> expected = new LinkedHashMap<>();
		for (String line : new String(bytes(file, manifest), StandardCharsets.UTF_8).split("\n")) {
			String[] parts = line.split("  ", 2);
			if (parts.length == 2) {
				expected.put(parts[1], parts[0]);
			}
		}
		long all = 0;
		for (Map.Entry<String, String> one : expected.entrySet()) {
			ZipEntry entry = entries.get(one.getKey());
			if (entry == null) {
				return Optional.of(Result.problem("archive.import.missing", one.getKey()));
			}
			byte[] bytes = bytes(file, entry);
			all += bytes.length;
			if (all > MOST_IN_ALL) {
				return Optional.of(Result.problem("archive.import.too-large", ""));
			}
			if (!sha256(bytes).equals(one.getValue())) {
				return Optional.of(Result.problem("archive.import.changed", one.getKey()));
			}
		}
		return entries.keySet()
			.stream()
			.filter((name) -> name.startsWith("data/") && !expected.containsKey(name))
			.findFirst()
			.map((name) -> Result.problem("archive.import.unlisted", name));
	}

	private static byte[] bytes(ZipFile file, ZipEntry entry) throws IOException {
		try (InputStream in = file.getInputStream(entry)) {
			byte[] bytes = in.readNBytes((int) MOST_BYTES + 1);
			if (bytes.length > MOST_BYTES) {
				throw new ZipException("too large: " + entry.getName());
			}
			return bytes;
		}
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A story in the package.
	 */
	private record Packed(String file, Topic<?> topic, String events) {
	}

	private Result take(ZipFile zip, Map<String, ZipEntry> entries, boolean dry, Caller caller, String key)
			throws IOException {
		List<Packed> stories = new ArrayList<>();
		for (Map.Entry<String, ZipEntry> entry : entries.entrySet()) {
			if (entry.getKey().startsWith(ArchivePackage.STORIES)) {
				String kind = entry.getKey().substring(ArchivePackage.STORIES.length()).replaceFirst("/.*", "");
				stories.add(new Packed(entry.getKey(), Traces.topicOf(Kind.valueOf(kind)),
						new String(bytes(zip, entry.getValue()), StandardCharsets.UTF_8)));
			}
		}
		// From the last moment to the first: what follows from an event is there before
		// it, so nothing follows twice.
		List<Topic<?>> order = Topics.all();
		stories.sort(
				Comparator.<Packed>comparingInt((story) -> -order.indexOf(story.topic())).thenComparing(Packed::file));
		Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
		Map<String, Fate> left = new TreeMap<>();
		for (Packed story : stories) {
			Fate fate = adopt(story, dry);
			counts.merge(fate, 1, Integer::sum);
			if (fate == Fate.ANOTHER_STORY || fate == Fate.UNREADABLE) {
				left.put(story.file(), fate);
			}
		}
		int files = 0;
		if (!dry) {
			ZipEntry registrations = Objects.requireNonNull(entries.get(ArchivePackage.REGISTRATIONS));
			for (Registered one : JSON.readValue(bytes(zip, registrations), new TypeReference<List<Registered>>() {
			})) {
				this.matters.adopt(one.registration(), caller);
			}
			files = files(zip, entries, key);
		}
		return new Result(null, null, counts, files, left);
	}

	private Fate adopt(Packed story, boolean dry) {
		Services.Answer answer = this.services.operate(room(story.topic()), Map.of("action",
				dry ? "try-adopting" : "adopt", "target", story.topic().name(), "story", story.events()));
		JsonNode adoption = answer.body().path("adoption");
		return adoption.isString() ? Fate.valueOf(adoption.asString()) : Fate.UNREADABLE;
	}

	private static Room room(Topic<?> topic) {
		for (Room room : Room.values()) {
			if (room.service().equals(topic.owner())) {
				return room;
			}
		}
		throw new IllegalArgumentException("nobody owns " + topic.name());
	}

	private int files(ZipFile zip, Map<String, ZipEntry> entries, String key) throws IOException {
		int given = 0;
		for (Map.Entry<String, ZipEntry> entry : entries.entrySet()) {
			String[] parts = entry.getKey().split("/");
			if (entry.getKey().startsWith(ArchivePackage.FILES) && parts.length == 4) {
				Services.Answer answer = this.services.send(
						sha256((key + entry.getKey()).getBytes(StandardCharsets.UTF_8)),
						"records/{id}/files?name={name}", MediaType.APPLICATION_PDF,
						new ByteArrayResource(bytes(zip, entry.getValue())), false, parts[2], "arkiv.pdf");
				given += answer.ok() ? 1 : 0;
			}
		}
		return given;
	}

}
