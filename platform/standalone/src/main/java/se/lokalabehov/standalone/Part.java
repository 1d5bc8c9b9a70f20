package se.lokalabehov.standalone;

import java.net.URI;

import se.lokalabehov.demoissuer.DemoIssuerApplication;
import se.lokalabehov.feedback.FeedbackApplication;
import se.lokalabehov.nationalhandoff.NationalHandoffApplication;
import se.lokalabehov.needintake.NeedIntakeApplication;
import se.lokalabehov.portal.PortalApplication;
import se.lokalabehov.prioritisation.PrioritisationApplication;
import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;

/**
 * What runs in an application context and on a port of its own. A new service is one
 * constant here.
 */
enum Part {

	PORTAL("portal", 8080, PortalApplication.class),

	NEED_INTAKE("need-intake", 8081, NeedIntakeApplication.class),

	PRIORITISATION("prioritisation", 8082, PrioritisationApplication.class),

	NATIONAL_HANDOFF("national-handoff", 8083, NationalHandoffApplication.class),

	FEEDBACK("feedback", 8084, FeedbackApplication.class),

	REPORT_CATALOGUE("report-catalogue", 8085, ReportCatalogueApplication.class),

	DEMO_ISSUER("demo-issuer", 9000, DemoIssuerApplication.class);

	private final String configuration;

	private final int usualPort;

	private final Class<?> application;

	Part(String configuration, int usualPort, Class<?> application) {
		this.configuration = configuration;
		this.usualPort = usualPort;
		this.application = application;
	}

	/** The service's name, which is also that of its configuration file. */
	String configuration() {
		return this.configuration;
	}

	int usualPort() {
		return this.usualPort;
	}

	/** Where this part is when the portal is there, by the usual distance of ports. */
	URI beside(URI portal) {
		return URI.create(portal.getScheme() + "://" + portal.getHost() + ":"
				+ (portal.getPort() + this.usualPort - PORTAL.usualPort));
	}

	Class<?> application() {
		return this.application;
	}

	/** The parts between which events go, behind the portal. */
	boolean isService() {
		return this != DEMO_ISSUER && this != PORTAL;
	}

}
