package se.lokalabehov.reportcatalogue.harvest;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.eventing.Eventing;

/**
 * Puts the harvester together; every minute it looks whose time it is.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HarvestProperties.class)
class HarvestConfiguration {

	@Bean(destroyMethod = "close")
	Fetching fetching(HarvestProperties properties) {
		return new Fetching(properties);
	}

	@Bean
	Harvester harvester(Eventing eventing, Shelf shelf, Fetching fetching, HarvestProperties properties, Clock clock) {
		return new Harvester(eventing, shelf, fetching, properties, clock);
	}

	@Bean(destroyMethod = "close")
	EveryMinute everyMinute(Harvester harvester, HarvestProperties properties) {
		return new EveryMinute(harvester, !properties.sources().isEmpty());
	}

	/**
	 * Its own thread, and no bean of it: that would take the place of the application's.
	 */
	static final class EveryMinute implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {

		private static final Logger log = LoggerFactory.getLogger(EveryMinute.class);

		private final ScheduledExecutorService thread = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("harvester").factory());

		private final Harvester harvester;

		private final boolean wanted;

		EveryMinute(Harvester harvester, boolean wanted) {
			this.harvester = harvester;
			this.wanted = wanted;
		}

		@Override
		public void onApplicationEvent(ApplicationReadyEvent ready) {
			if (this.wanted) {
				this.thread.scheduleWithFixedDelay(this::harvest, 1, 60, TimeUnit.SECONDS);
			}
		}

		private void harvest() {
			try {
				this.harvester.harvestWhatIsDue();
			}
			catch (RuntimeException ex) {
				log.error("a harvest stopped; the next one goes on where it was", ex);
			}
		}

		@Override
		public void close() {
			this.thread.shutdownNow();
		}

	}

}
