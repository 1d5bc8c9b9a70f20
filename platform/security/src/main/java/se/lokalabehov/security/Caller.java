package se.lokalabehov.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import se.lokalabehov.contracts.OrganisationId;

/**
 * Who is calling: somebody, for one organisation, in some roles. A controller takes it as
 * a parameter. Nobody is {@link #anonymous()}, who has no role and belongs to no
 * organisation of the directory, so that a rule need not ask first.
 *
 * @param subject a pseudonym that is the same each time the same person of the same
 * issuer calls: 16 hex digits; no name, no address
 * @param organisation for whom
 * @param roles in which roles, perhaps none
 * @param tooWeak the roles that the issuer gave, but that this login is not sure enough
 * for (level of assurance): they do not count
 */
public record Caller(String subject, OrganisationId organisation, Set<Role> roles,
		Set<Role> tooWeak) implements CallerPrincipal {

	private static final Caller ANONYMOUS = new Caller("anonymous", new OrganisationId("-"), Set.of());

	public Caller {
		roles = Set.copyOf(roles);
		tooWeak = Set.copyOf(tooWeak);
	}

	/**
	 * A caller whose roles all count.
	 * @param subject the pseudonym
	 * @param organisation for whom
	 * @param roles in which roles
	 */
	public Caller(String subject, OrganisationId organisation, Set<Role> roles) {
		this(subject, organisation, roles, Set.of());
	}

	/**
	 * Whether the caller has a role, for whatever organisation.
	 * @param role the role
	 * @return true when it has
	 */
	public boolean is(Role role) {
		return this.roles.contains(role);
	}

	/**
	 * Whether the caller has a role for a certain organisation.
	 * @param role the role
	 * @param organisation the organisation
	 * @return true when it has
	 */
	public boolean is(Role role, OrganisationId organisation) {
		return is(role) && this.organisation.equals(organisation);
	}

	/**
	 * Whether nobody has logged in.
	 * @return true for {@link #anonymous()}
	 */
	public boolean isAnonymous() {
		return this.equals(ANONYMOUS);
	}

	@Override
	public Caller caller() {
		return this;
	}

	/**
	 * Nobody: the public.
	 * @return a caller without role or organisation
	 */
	public static Caller anonymous() {
		return ANONYMOUS;
	}

	/**
	 * Who is calling on this thread.
	 * @return the caller of the security context, anonymous when there is none
	 */
	public static Caller current() {
		@Nullable Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null && authentication.isAuthenticated()
				&& authentication.getPrincipal() instanceof CallerPrincipal principal) {
			return principal.caller();
		}
		return ANONYMOUS;
	}

	/**
	 * The pseudonym of somebody.
	 * @param issuer who vouches for the person ({@code iss})
	 * @param subject the issuer's own name for the person ({@code sub})
	 * @return the first 16 hex digits of the SHA-256 of {@code issuer|subject}
	 */
	public static String pseudonym(String issuer, String subject) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest((issuer + '|' + subject).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
