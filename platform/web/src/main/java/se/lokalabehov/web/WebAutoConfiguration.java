package se.lokalabehov.web;

import java.time.Clock;
import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.ObservationFilter;
import jakarta.validation.Validator;
import org.apache.catalina.core.StandardHost;
import org.hibernate.validator.messageinterpolation.ResourceBundleMessageInterpolator;
import org.hibernate.validator.resourceloading.PlatformResourceBundleLocator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.eventing.Audit;

/**
 * Puts the door into every service that has this module on its class path.
 */
@AutoConfiguration(afterName = "se.lokalabehov.eventing.EventingAutoConfiguration",
		beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(Problems.class)
@EnableConfigurationProperties(UnderWay.Settings.class)
class WebAutoConfiguration {

	private final JsonMapper json = Json.mapper();

	@Bean
	@ConditionalOnMissingBean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	@ConditionalOnMissingBean(ErrorController.class)
	ProblemController problemController() {
		return new ProblemController();
	}

	/** Last, so that it is this mapper and no other that reads requests. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ServerHttpMessageConvertersCustomizer strictJson() {
		return (converters) -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(this.json));
	}

	@Bean
	Checking checking(Validator validator) {
		return new Checking(this.json, validator);
	}

	/** Before Tomcat adds one of its own that tells in English what it is. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
		return (factory) -> factory.addContextCustomizers((context) -> {
			if (context.getParent() instanceof StandardHost host) {
				host.setErrorReportValveClass(ProblemValve.class.getName());
			}
		});
	}

	@Bean
	FilterRegistrationBean<BodyFilter> bodyFilter() {
		FilterRegistrationBean<BodyFilter> filter = new FilterRegistrationBean<>(new BodyFilter(this.json));
		filter.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
		return filter;
	}

	@Bean
	FilterRegistrationBean<UnderWay> underWay(UnderWay.Settings settings) {
		FilterRegistrationBean<UnderWay> filter = new FilterRegistrationBean<>(new UnderWay(settings));
		filter.setOrder(Ordered.LOWEST_PRECEDENCE);
		return filter;
	}

	@Bean
	@ConditionalOnBean(Audit.class)
	FilterRegistrationBean<AuditFilter> auditFilter(Audit audit) {
		FilterRegistrationBean<AuditFilter> filter = new FilterRegistrationBean<>(new AuditFilter(audit));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return filter;
	}

	@Bean
	@ConditionalOnBean(Audit.class)
	FilterRegistrationBean<AuditFilter.Inside> auditFilterInside(Audit audit) {
		FilterRegistrationBean<AuditFilter.Inside> filter = new FilterRegistrationBean<>(new AuditFilter.Inside(audit));
		filter.setOrder(Ordered.LOWEST_PRECEDENCE - 2);
		return filter;
	}

	/**
	 * A trace tells which address was asked, not what was searched for.
	 */
	@Bean
	ObservationFilter addressesWithoutQueries() {
		return (context) -> {
			KeyValue url = context.getHighCardinalityKeyValue("http.url");
			if (url != null && url.getValue().indexOf('?') >= 0) {
				context.addHighCardinalityKeyValue(
						KeyValue.of("http.url", url.getValue().substring(0, url.getValue().indexOf('?'))));
			}
			return context;
		};
	}

	@Bean
	WebMvcConfigurer doorAsControllerParameters(Clock clock) {
		return new WebMvcConfigurer() {
			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.addAll(ArgumentResolvers.all(clock));
			}

			@Override
			public void addInterceptors(InterceptorRegistry interceptors) {
				interceptors.addInterceptor(new PlainParameters());
			}
		};
	}

	@Bean
	ValidationConfigurationCustomizer swedishConstraints() {
		return (configuration) -> configuration.messageInterpolator(
				new ResourceBundleMessageInterpolator(new PlatformResourceBundleLocator(Messages.BUNDLE)));
	}

}
