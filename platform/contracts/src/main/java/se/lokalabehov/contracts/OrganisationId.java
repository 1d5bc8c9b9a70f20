package se.lokalabehov.contracts;

/**
 * An organisation of the directory: a municipality ("0180"), an RSS ("RSS-01"), an agency
 * ("SOS"), SKR, NSK-S ("NSKS") or a FoU environment.
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record OrganisationId(String value) implements Id {

	public OrganisationId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
