package se.lokalabehov.reportcatalogue.oai;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;

import org.bson.Document;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.util.function.SingletonSupplier;

import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecords;

/**
 * Puts the provider together.
 */
@Configuration(proxyBeanMethods = false)
class OaiConfiguration {

	private static final String SECRETS = "secrets";

	private static final String TOKEN_KEY = "resumption-tokens";

	private static final int KEY_LENGTH = 32;

	@Bean
	ServletRegistrationBean<OaiServlet> oai(OpenRecords records, CatalogueProperties properties, Clock clock,
			Eventing eventing) {
		String told = properties.tokenKey();
		// Not before it is needed: a context is made without a store too (deploy).
		Supplier<byte[]> key = (told != null) ? () -> told.getBytes(StandardCharsets.UTF_8)
				: SingletonSupplier.of(() -> keptKey(eventing.store()));
		return new ServletRegistrationBean<>(
				new OaiServlet(new Provider(records, new ResumptionTokens(key), properties, clock)), "/oai", "/oai/*");
	}

	/** The key of this installation, made at its first start. */
	private static byte[] keptKey(MongoTemplate store) {
		if (store.findById(TOKEN_KEY, Document.class, SECRETS) == null) {
			byte[] key = new byte[KEY_LENGTH];
			new SecureRandom().nextBytes(key);
			try {
				store.insert(new Document("_id", TOKEN_KEY).append("key", Base64.getEncoder().encodeToString(key)),
						SECRETS);
			}
			catch (DuplicateKeyException ex) {
				// Another instance was faster: its key holds.
			}
		}
		Document kept = Objects.requireNonNull(store.findById(TOKEN_KEY, Document.class, SECRETS));
		return Base64.getDecoder().decode(kept.getString("key"));
	}

}
