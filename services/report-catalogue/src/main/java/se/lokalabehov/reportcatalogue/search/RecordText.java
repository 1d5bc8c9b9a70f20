package se.lokalabehov.reportcatalogue.search;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRedacted;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.search.Item;
import se.lokalabehov.search.Kind;

/**
 * What can be found of a record of the catalogue.
 *
 * @param content what it says; none when it was withdrawn or blanked
 * @param changed when that was said
 */
record RecordText(@Nullable Content content, Instant changed) {

	static RecordText after(@Nullable RecordText before, Envelope<CatalogueEvent> told) {
		return switch (told.event()) {
			case RecordPublished published -> new RecordText(published.content(), told.time());
			case RecordRevised revised -> new RecordText(revised.content(), told.time());
			case RecordWithdrawn withdrawn -> new RecordText(null, told.time());
			case RecordRedacted redacted -> new RecordText(null, told.time());
			default -> Objects.requireNonNull(before, "a record begins when it is published");
		};
	}

	/** Found by everyone; none when there is nothing to find. */
	@Nullable Item item(String id) {
		Content said = this.content;
		if (said == null) {
			return null;
		}
		Report report = said.report();
		return new Item(Found.RECORDS.item(id), kind(said.kind()), said.title(), said.description(), body(said),
				(report != null) ? report.authors() : List.of(), said.publisher().value(),
				(report != null) ? Integer.valueOf(report.year()) : null, said.language(), said.areas(),
				said.targetGroups(), (report != null) ? report.method() : null, Found.day(this.changed),
				List.of(Item.PUBLIC));
	}

	private static String body(Content said) {
		ResearchProject project = said.project();
		Stream<String> ofTheProject = (project == null) ? Stream.empty()
				: Stream.concat(Stream.of(project.responsible(), project.principal(), project.goals()), Stream.concat(
						project.administrations().stream(), project.deliverables().stream().map(Deliverable::what)));
		return Stream.concat(said.identifiers().stream(), ofTheProject).collect(Collectors.joining("\n"));
	}

	static Kind kind(CatalogueEvent.Kind kind) {
		return switch (kind) {
			case REPORT -> Kind.REPORT;
			case RESEARCH_PROJECT -> Kind.PROJECT;
			case KNOWLEDGE_SUPPORT -> Kind.SUPPORT;
		};
	}

}
