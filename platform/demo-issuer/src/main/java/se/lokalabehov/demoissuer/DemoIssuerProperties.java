package se.lokalabehov.demoissuer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the demo issuer is set up; {@code demo-issuer.yml} has the values.
 *
 * @param issuer its name ({@code iss}) and the address where browsers reach it
 * @param directory where the signing key is kept, so that tokens survive a restart
 * @param tokenLifetime how long an access token lasts
 * @param redirectUris where a browser may be sent after it has logged in to the portal
 * @param postLogoutRedirectUris where a browser may be sent after it has logged out
 */
@ConfigurationProperties("lokala-behov.demo-issuer")
record DemoIssuerProperties(String issuer, Path directory, @DefaultValue("1h") Duration tokenLifetime, @DefaultValue( {
		"http://localhost:8080/login/oauth2/code/lokala-behov",
		"http://127.0.0.1:8080/login/oauth2/code/lokala-behov" }) Set<String> redirectUris,
		@DefaultValue({ "http://localhost:8080/", "http://127.0.0.1:8080/" }) Set<String> postLogoutRedirectUris){
}
