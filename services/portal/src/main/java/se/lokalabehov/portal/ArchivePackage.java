package se.lokalabehov.portal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Eventing;

/**
 * Everything of one organisation's, to archive or to take along: a BagIt bag (RFC 8493)
 * in one ZIP file. It has each matter's whole story twice, as CloudEvents to the letter
 * (what {@link ArchiveImport} takes in) and as text for people, with the registration
 * numbers, the releases, and the files. What is in it and what the fields mean stands in
 * the bag itself.
 */
@Component
class ArchivePackage {

	static final String STORIES = "data/handelser/";

	static final String REGISTRATIONS = "data/registreringar.json";

	static final String FILES = "data/filer/";

	static final String MANIFEST = "manifest-sha256.txt";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String EXPLANATION = "se/lokalabehov/portal/arkivpaket.txt";

	private final Eventing eventing;

	private final Matters matters;

	private final Services services;

	private final Clock clock;

	ArchivePackage(Eventing eventing, Matters matters, Services services, Clock clock) {
		this.eventing = eventing;
		this.matters = matters;
		this.services = services;
		this.clock = clock;
	}

	/** What the file is called, without its ending; and the one directory in it. */
	String name(OrganisationId organisation) {
		return "lokala-behov-" + organisation.value() + "-"
				+ LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN);
	}

	/**
	 * Writes the package.
	 * @throws org.apache.kafka.common.KafkaException when the broker does not answer
	 * @throws Services.Away when the service that has the files is away
	 */
	void write(OrganisationId organisation, OutputStream out) throws IOException {
		List<Matter> all = this.matters.of(organisation);
		Map<String, List<Envelope<String>>> stories = stories(all);
		try (Bag bag = new Bag(out, name(organisation))) {
			bag.put("data/LAS-MIG.txt", new ClassPathResource(EXPLANATION).getContentAsByteArray());
			CsvText csv = new CsvText("typ", "id", "rubrik", "diarienummer", "inkom eller upprättades", "senast ändrad",
					"händelser", "fil");
			for (Matter matter : all) {
				List<Envelope<String>> story = Objects.requireNonNull(stories.get(matter.key()), matter::key);
				String file = file(matter.node());
				bag.put(STORIES + file + ".json", StoryText.json(story).getBytes(StandardCharsets.UTF_8));
				bag.put("data/lasbart/" + file + ".txt",
						StoryText.text(matter, story).getBytes(StandardCharsets.UTF_8));
				csv.row(matter.node().kind().label(), matter.node().id(), matter.node().title(),
						(matter.number() != null) ? matter.number() : "", matter.since().toString(),
						matter.node().latest().time().toString(), String.valueOf(story.size()),
						"handelser/" + file + ".json");
			}
			bag.put("data/arenden.csv", csv.bytes());
			bag.put(REGISTRATIONS, JSON
				.writeValueAsBytes(this.matters.registrations(organisation).stream().map(Registered::of).toList()));
			for (Matter matter : all) {
				for (FileAttached file : matter.node().events(FileAttached.class).toList()) {
					file(bag, matter.node(), file);
				}
			}
			bag.finish(Map.of("Source-Organization", Names.of(organisation), "Bagging-Date",
					LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN).toString(), "External-Description",
					"Lokala behov av kunskap: " + all.size() + " ärenden", "External-Identifier", name(organisation)));
		}
	}

	private void file(Bag bag, Node record, FileAttached file) throws IOException {
		this.services.file("records/{id}/files/{sha256}",
				(bytes) -> bag.put(FILES + record.id() + "/" + file.sha256() + ".pdf", bytes.readAllBytes()),
				record.id(), file.sha256());
	}

	/** {@code NEED/need-1234}; what a file name can not have is percent-encoded. */
	private static String file(Node node) {
		return node.kind() + "/" + URLEncoder.encode(node.id(), StandardCharsets.UTF_8);
	}

	/** The whole story of each, from its topic: what the trace knows of is there. */
	Map<String, List<Envelope<String>>> stories(List<Matter> matters) {
		Map<String, List<Envelope<String>>> stories = new TreeMap<>();
		Map<Topic<?>, List<Matter>> byTopic = matters.stream()
			.collect(Collectors.groupingBy((matter) -> Traces.topicOf(matter.node().kind())));
		byTopic.forEach((topic, ofTopic) -> {
			Set<String> keys = ofTopic.stream().map((matter) -> matter.node().id()).collect(Collectors.toSet());
			Map<String, List<Envelope<String>>> sent = this.eventing.sent(topic, keys);
			ofTopic.forEach((matter) -> {
				List<Envelope<String>> story = Objects.requireNonNull(sent.get(matter.node().id()),
						() -> matter.key() + " is in no topic");
				// As far as the trace has come, so that all of the package tells the
				// same.
				stories.put(matter.key(), story.subList(0, Math.min(story.size(), matter.node().entries().size())));
			});
		});
		return stories;
	}

	/**
	 * A registration in the package.
	 */
	record Registered(String organisation, String matter, List<Registration.Number> numbers,
			List<Registration.Release> releases) {

		static Registered of(Registration one) {
			return new Registered(one.organisation().value(), one.matter(), one.numbers(), one.releases());
		}

		Registration registration() {
			return new Registration(new OrganisationId(this.organisation), this.matter, this.numbers, this.releases);
		}

	}

	/**
	 * The bag while it is written: every file goes through once, its hash into the
	 * manifest.
	 */
	private static final class Bag implements AutoCloseable {

		private final ZipOutputStream zip;

		private final String directory;

		private final List<String> manifest = new ArrayList<>();

		private final List<String> tags = new ArrayList<>();

		private long bytes;

		Bag(OutputStream out, String directory) {
			this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
			this.directory = directory;
		}

		void put(String name, byte[] content) throws IOException {
			this.manifest.add(written(name, content));
			this.bytes += content.length;
		}

		private String written(String name, byte[] content) throws IOException {
			this.zip.putNextEntry(new ZipEntry(this.directory + "/" + name));
			try {
				MessageDigest digest = MessageDigest.getInstance("SHA-256");
				DigestOutputStream to = new DigestOutputStream(this.zip, digest);
				to.write(content);
				this.zip.closeEntry();
				return HexFormat.of().formatHex(digest.digest()) + "  " + name + "\n";
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private void tag(String name, String content) throws IOException {
			this.tags.add(written(name, content.getBytes(StandardCharsets.UTF_8)));
		}

		void finish(Map<String, String> info) throws IOException {
			tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
			Map<String, String> all = new TreeMap<>(info);
			all.put("Payload-Oxum", this.bytes + "." + this.manifest.size());
			tag("bag-info.txt",
					all.entrySet()
						.stream()
						.map((entry) -> entry.getKey() + ": " + entry.getValue() + "\n")
						.collect(Collectors.joining()));
			tag(MANIFEST, String.join("", this.manifest));
			written("tagmanifest-sha256.txt", String.join("", this.tags).getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public void close() throws IOException {
			this.zip.close();
		}

	}

}
