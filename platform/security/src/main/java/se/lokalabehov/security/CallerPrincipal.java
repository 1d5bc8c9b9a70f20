package se.lokalabehov.security;

/**
 * A principal that stands for a caller. A login other than a bearer token (the portal's
 * browser session) puts one in the security context, so that {@link Caller#current()}
 * works there too.
 */
public interface CallerPrincipal {

	/**
	 * Who it stands for.
	 * @return the caller
	 */
	Caller caller();

}
