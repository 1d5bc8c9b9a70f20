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
import se.lokalabehov.web.outside.Outside;

/**
 * Puts the harvester together; every minute it looks whose time it is.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HarvestProperties.class)
class HarvestConfiguration {

	@Bean(destroyMethod = "close")
	Outside outside(HarvestProperties properties) {
		return new Outside(properties.limits());
	}

	@Bean
	Harvester harvester(Eventing eventing, Shelf shelf, Outside outside, HarvestProperties properties, Clock clock) {
		return new Harvester(eventing, shelf, new Fetching(outside), properties, clock);
	}

	@Bean(destroyMethod = "close")
	EveryMinute everyMinute(Harvester harvester, Outside outside) {
		return new EveryMinute(harvester, outside);
	}

	/**
	 * Its own threads, and no bean of them: that would take the place of the
	 * application's. Two, so that a slow source does not hold up all others.
	 */
	static final class EveryMinute implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {

		private static final Logger log = LoggerFactory.getLogger(EveryMinute.class);

		private static final int THREADS = 2;

		private static final int SECONDS = 60;

		private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS,
				Thread.ofPlatform().daemon().name("harvester-", 1).factory());

		private final Harvester harvester;

		private final Outside outside;

		EveryMinute(Harvester harvester, Outside outside) {
			this.harvester = harvester;
			this.outside = outside;
		}

		@Override
		public void onApplicationEvent(ApplicationReadyEvent ready) {
			for (int i = 0; i < THREADS; i++) {
				this.threads.scheduleWithFixedDelay(this::harvest, 1, SECONDS, TimeUnit.SECONDS);
			}
		}

		/** Looks at once, as soon as a thread is free. */
		void now() {
			this.threads.execute(this::harvest);
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
			this.harvester.stop();
			// What is waited for does not come any more.
			this.outside.close();
			this.threads.shutdown();
			try {
				if (!this.threads.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
					log.warn("a harvest did not end; another goes on with it when its time is out");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
