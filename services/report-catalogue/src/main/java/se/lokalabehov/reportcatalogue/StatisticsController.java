package se.lokalabehov.reportcatalogue;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.web.Answers;

/**
 * How the catalogue is used, over HTTP. Nothing here is about a person, so everybody sees
 * it.
 */
@RestController
@RequestMapping("/api/v1/records")
@Tag(name = "records")
class StatisticsController {

	private static final String OPENED = Use.What.OPENED.sum();

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final Use use;

	private final Views<Citing> needsCiting;

	private final Views<Citing> feedbackCiting;

	StatisticsController(Aggregates<CatalogueRecord, CatalogueEvent> records, Use use, Views<Citing> needsCiting,
			Views<Citing> feedbackCiting) {
		this.records = records;
		this.use = use;
		this.needsCiting = needsCiting;
		this.feedbackCiting = feedbackCiting;
	}

	/**
	 * How one record is used.
	 *
	 * @param citedByNeeds how many needs, of municipalities and regions, name it
	 * @param citedByFeedback how many national needs were answered with it
	 * @param days those of the last year on which it was used, oldest first
	 */
	record OfRecord(String record, long shown, long opened, long fetched, long citedByNeeds, long citedByFeedback,
			List<Use.Day> days) {
	}

	/**
	 * How the records of a publisher are used, or all of them.
	 *
	 * @param publisher whose; none when all publishers' are told of
	 * @param records how many there are that are not withdrawn
	 * @param neverOpened how many of them nobody has opened; they are listed by
	 * {@code GET /api/v1/records?use=NEVER_OPENED}
	 */
	record OfPublisher(@Nullable OrganisationId publisher, long records, long neverOpened, long shown, long opened,
			long fetched) {
	}

	@GetMapping("/{id}/statistics")
	@Operation(summary = "Visar hur mycket en post används, utan uppgift om av vem")
	ResponseEntity<Object> ofRecord(@PathVariable String id) {
		if (this.records.find(id).isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		Use.Sums sums = this.use.sums(Criteria.where("_id").is(id));
		Criteria citing = Criteria.where("state.records").is(id);
		return ResponseEntity.ok(new OfRecord(id, sums.shown(), sums.opened(), sums.fetched(),
				this.needsCiting.count(citing), this.feedbackCiting.count(citing), this.use.days(id)));
	}

	@GetMapping("/statistics")
	@Operation(summary = "Visar hur mycket en utgivares poster används, eller alla, utan uppgift om av vem")
	ResponseEntity<Object> ofPublisher(@RequestParam @Nullable OrganisationId publisher) {
		Use.Sums sums = this.use.sums(standing(publisher));
		return ResponseEntity.ok(new OfPublisher(publisher, this.records.count(standing(publisher)),
				this.records.count(standing(publisher).and(OPENED).exists(false)), sums.shown(), sums.opened(),
				sums.fetched()));
	}

	private static Criteria standing(@Nullable OrganisationId publisher) {
		Criteria standing = Criteria.where("state.withdrawn").exists(false);
		return (publisher != null) ? standing.and("state.content.publisher").is(publisher.value()) : standing;
	}

}
