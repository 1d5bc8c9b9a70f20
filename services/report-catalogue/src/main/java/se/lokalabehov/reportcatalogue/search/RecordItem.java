package se.lokalabehov.reportcatalogue.search;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.reportcatalogue.open.OpenRecord;
import se.lokalabehov.search.Item;
import se.lokalabehov.search.Kind;

/**
 * What can be found of a record of the catalogue: what it says, and what its files say.
 */
final class RecordItem {

	private RecordItem() {
	}

	/** Found by everyone; none when there is nothing to find. */
	static @Nullable Item of(OpenRecord record, FileTexts files) {
		Content said = record.content();
		if (said == null || !record.isReadable()) {
			return null;
		}
		Report report = said.report();
		return new Item(Found.RECORDS.item(record.id()), kind(said.kind()), said.title(), said.description(),
				body(said, record, files), (report != null) ? report.authors() : List.of(), said.publisher().value(),
				(report != null) ? Integer.valueOf(report.year()) : null, said.language(), said.areas(),
				said.targetGroups(), (report != null) ? report.method() : null, Found.day(record.changed()),
				List.of(Item.PUBLIC));
	}

	private static String body(Content said, OpenRecord record, FileTexts files) {
		ResearchProject project = said.project();
		Stream<String> ofTheProject = (project == null) ? Stream.empty()
				: Stream.concat(Stream.of(project.responsible(), project.principal(), project.goals()), Stream.concat(
						project.administrations().stream(), project.deliverables().stream().map(Deliverable::what)));
		Stream<String> ofTheFiles = record.files()
			.stream()
			.map(FileAttached::sha256)
			.map(files::text)
			.flatMap(Optional::stream);
		return Stream.of(said.identifiers().stream(), ofTheProject, ofTheFiles)
			.flatMap((parts) -> parts)
			.collect(Collectors.joining("\n"));
	}

	static Kind kind(CatalogueEvent.Kind kind) {
		return switch (kind) {
			case REPORT -> Kind.REPORT;
			case RESEARCH_PROJECT -> Kind.PROJECT;
			case KNOWLEDGE_SUPPORT -> Kind.SUPPORT;
		};
	}

}
