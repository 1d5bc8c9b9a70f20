package se.lokalabehov.reportcatalogue;

import java.time.Clock;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;

/**
 * What the service keeps, and what it listens to.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties({ CatalogueProperties.class, FileProperties.class })
class ReportCatalogueConfiguration {

	@Bean
	Aggregates<CatalogueRecord, CatalogueEvent> records(Eventing eventing) {
		eventing.index("records", List.of("state.content.publisher"));
		eventing.index("records", List.of("state.custodian"));
		eventing.index("records", List.of("state.wakes"));
		eventing.index("records", List.of("state.files.sha256"));
		eventing.index("records", List.of("state.content.project.confirmedCurrent"));
		return eventing.aggregates(AggregateType.of("records", Topics.CATALOGUE, CatalogueEvent.class,
				CatalogueRecord.class, CatalogueRecord::after));
	}

	@Bean
	Aggregates<CustodyTransfer, CustodyTransfer> custodyTransfers(Eventing eventing) {
		return eventing.aggregates(AggregateType.kept("custody-transfers", CustodyTransfer.class));
	}

	@Bean
	HandingOver handingOver(Aggregates<CustodyTransfer, CustodyTransfer> custodyTransfers,
			Aggregates<CatalogueRecord, CatalogueEvent> records, Clock clock) {
		return new HandingOver(custodyTransfers, records, clock);
	}

	@Bean
	ContentFaults contentFaults(Aggregates<CatalogueRecord, CatalogueEvent> records,
			Views<NationalNeedSeen> nationalNeeds) {
		return new ContentFaults(records, nationalNeeds);
	}

	@Bean
	Aggregates<RecordImport, RecordImport> recordImports(Eventing eventing) {
		eventing.index("record-imports", List.of("state.finished"));
		return eventing.aggregates(AggregateType.kept("record-imports", RecordImport.class));
	}

	@Bean
	Aggregates<RecordImport.Progress, RecordImport.Progress> recordImportProgress(Eventing eventing) {
		return eventing.aggregates(AggregateType.kept("record-import-progress", RecordImport.Progress.class));
	}

	@Bean
	Importing importing(Aggregates<RecordImport, RecordImport> recordImports,
			Aggregates<RecordImport.Progress, RecordImport.Progress> recordImportProgress,
			Aggregates<CatalogueRecord, CatalogueEvent> records, Clock clock) {
		return new Importing(recordImports, recordImportProgress, records, clock);
	}

	/** In a directory when one is named, otherwise in MongoDB. */
	@Bean
	RecordFiles recordFiles(Aggregates<CatalogueRecord, CatalogueEvent> records, Eventing eventing,
			FileProperties properties, Clock clock) {
		KeptFiles files = (properties.directory() != null) ? new DirectoryFiles(properties.directory())
				: new GridFsFiles(eventing.store());
		return new RecordFiles(records, files, new PdfReader(properties.readingTime()), clock);
	}

	@Bean
	Reminding reminding(Aggregates<CatalogueRecord, CatalogueEvent> records, Clock clock) {
		return new Reminding(records, clock);
	}

	@Bean
	Use use(Eventing eventing, Clock clock) {
		eventing.index(Use.DAYS, List.of("record"));
		return new Use(eventing.store(), clock);
	}

	@Bean
	Views<Citing> needsCiting(Eventing eventing) {
		return eventing.project(
				Projection.<NeedEvent, Citing>of("needs-citing", Topics.NEED, Citing.class, Citing::after),
				"state.records");
	}

	@Bean
	Views<Citing> feedbackCiting(Eventing eventing) {
		return eventing.project(
				Projection.<FeedbackEvent, Citing>of("feedback-citing", Topics.FEEDBACK, Citing.class, Citing::after),
				"state.records");
	}

	@Bean
	Views<NationalNeedSeen> nationalNeeds(Eventing eventing) {
		return eventing.project(Projection.<CompilationEvent, NationalNeedSeen>of("national-needs-seen",
				Topics.COMPILATION, NationalNeedSeen.class, NationalNeedSeen::after));
	}

	/** What machines read is public; OAI-PMH also asks by POST, which changes nothing. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain machinesSecurityFilterChain(HttpSecurity http) throws Exception {
		return http.securityMatcher("/oai", "/oai/*", "/dcat", "/dcat.*", "/sitemap.xml")
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET)
				.permitAll()
				.requestMatchers(HttpMethod.HEAD)
				.permitAll()
				.requestMatchers(HttpMethod.POST, "/oai")
				.permitAll()
				.anyRequest()
				.denyAll())
			.build();
	}

}
