package se.lokalabehov.reportcatalogue;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Views;

/**
 * What the service keeps, and what it listens to.
 */
@Configuration(proxyBeanMethods = false)
class ReportCatalogueConfiguration {

	@Bean
	Aggregates<CatalogueRecord, CatalogueEvent> records(Eventing eventing) {
		eventing.index("records", List.of("state.content.publisher"));
		return eventing.aggregates(AggregateType.of("records", Topics.CATALOGUE, CatalogueEvent.class,
				CatalogueRecord.class, CatalogueRecord::after));
	}

	@Bean
	Views<NationalNeedSeen> nationalNeeds(Eventing eventing) {
		return eventing.project(Projection.<CompilationEvent, NationalNeedSeen>of("national-needs-seen",
				Topics.COMPILATION, NationalNeedSeen.class, NationalNeedSeen::after));
	}

}
