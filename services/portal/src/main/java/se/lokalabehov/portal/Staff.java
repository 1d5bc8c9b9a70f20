package se.lokalabehov.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.security.Role;

/**
 * Who an organisation has invited and shut out, and every change of who has which role,
 * as far as the portal has seen it: the issuer gives roles, and tells when somebody logs
 * in or stays logged in.
 *
 * @param invited those who were invited and have not been here yet
 * @param shutOut pseudonyms of those who may not come in
 * @param changes everything that has happened, in order
 */
record Staff(List<Invitation> invited, Set<String> shutOut, List<Change> changes) {

	static final Staff NOBODY = new Staff(List.of(), Set.of(), List.of());

	/**
	 * An invitation.
	 *
	 * @param email of whom, in lower case
	 * @param name of whom
	 * @param roles what they are meant to be; given at the issuer
	 * @param at when
	 */
	record Invitation(String email, String name, Set<Role> roles, Instant at) {
	}

	/**
	 * What happened.
	 */
	enum What {

		/** Somebody was asked to log in. */
		INVITED,

		/** An invitation was taken back. */
		UNINVITED,

		/** Somebody logged in for the first time. */
		CAME,

		/** The issuer gave somebody other roles. */
		ROLES,

		/** Somebody logged in for another organisation. */
		LEFT,

		/** Somebody may not come in any more. */
		SHUT_OUT,

		/** Somebody may come in again. */
		LET_IN

	}

	/**
	 * A change.
	 *
	 * @param at when
	 * @param what what
	 * @param whom to whom: an address, or the pseudonym of who has none
	 * @param roles which they have after it, or are meant to have
	 * @param by who did it, by the same names; none when the issuer did
	 * @param reason why, where it was said
	 */
	record Change(Instant at, What what, String whom, Set<Role> roles, @Nullable String by, @Nullable String reason) {
	}

	Staff {
		invited = List.copyOf(invited);
		shutOut = Set.copyOf(shutOut);
		changes = List.copyOf(changes);
	}

	private Staff with(Change change) {
		List<Change> more = new ArrayList<>(this.changes);
		more.add(change);
		return new Staff(this.invited, this.shutOut, more);
	}

	Optional<Invitation> invitation(String email) {
		return this.invited.stream().filter((one) -> one.email().equals(email)).findFirst();
	}

	Staff inviting(Invitation invitation, String by) {
		List<Invitation> all = new ArrayList<>(without(invitation.email()));
		all.add(invitation);
		return new Staff(all, this.shutOut, this.changes)
			.with(new Change(invitation.at(), What.INVITED, invitation.email(), invitation.roles(), by, null));
	}

	Staff uninviting(Invitation invitation, String by, Instant at) {
		return new Staff(without(invitation.email()), this.shutOut, this.changes)
			.with(new Change(at, What.UNINVITED, invitation.email(), invitation.roles(), by, null));
	}

	private List<Invitation> without(String email) {
		return this.invited.stream().filter((one) -> !one.email().equals(email)).toList();
	}

	/** Somebody is here for the first time, has other roles, or has left. */
	Staff seeing(What what, String whom, Set<Role> roles, Instant at) {
		return new Staff(without(whom), this.shutOut, this.changes).with(new Change(at, what, whom, roles, null, null));
	}

	Staff shuttingOut(String id, String whom, Set<Role> roles, String by, String reason, Instant at) {
		Set<String> more = new HashSet<>(this.shutOut);
		more.add(id);
		return new Staff(this.invited, more, this.changes).with(new Change(at, What.SHUT_OUT, whom, roles, by, reason));
	}

	Staff lettingIn(String id, String whom, Set<Role> roles, String by, Instant at) {
		Set<String> fewer = new HashSet<>(this.shutOut);
		fewer.remove(id);
		return new Staff(this.invited, fewer, this.changes).with(new Change(at, What.LET_IN, whom, roles, by, null));
	}

}
