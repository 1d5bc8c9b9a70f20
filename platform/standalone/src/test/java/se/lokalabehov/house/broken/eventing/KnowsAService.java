package se.lokalabehov.house.broken.eventing;

/** Breaks: the mechanism knows a service, which only the standalone may. */
class KnowsAService {

	final Class<?> service = se.lokalabehov.house.broken.portal.Anything.class;

	final se.lokalabehov.house.broken.portal.Anything anything = new se.lokalabehov.house.broken.portal.Anything();

}
