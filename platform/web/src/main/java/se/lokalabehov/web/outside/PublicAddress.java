package se.lokalabehov.web.outside;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public network: not those of this machine, of this
 * network or of a cloud's own services, and not those that only carry one of them in
 * themselves.
 */
final class PublicAddress {

	/** Not of the public network (IANA's special-purpose registry, RFC 6890). */
	private static final List<Range> SPECIAL_4 = ranges("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
			"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
			"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
			// Azure gives out its machines' metadata here.
			"168.63.129.16/32");

	/** The only part of IPv6 that is given out to be reached by everybody (RFC 4291). */
	private static final Range GLOBAL_6 = Range.of("2000::/3");

	/** What of it is not: protocols (Teredo with them), documentation. */
	private static final List<Range> SPECIAL_6 = ranges("2001::/23", "2001:db8::/32", "3fff::/20");

	private static final Range SIX_TO_FOUR = Range.of("2002::/16");

	private PublicAddress() {
	}

	static boolean is(InetAddress address) {
		byte[] bytes = address.getAddress();
		if (bytes.length == 4) {
			return SPECIAL_4.stream().noneMatch((range) -> range.holds(bytes));
		}
		return GLOBAL_6.holds(bytes) && SPECIAL_6.stream().noneMatch((range) -> range.holds(bytes))
				&& !(SIX_TO_FOUR.holds(bytes) && !isPublic4(bytes, 2)) && !(isIsatap(bytes) && !isPublic4(bytes, 12));
	}

	private static boolean isPublic4(byte[] bytes, int at) {
		byte[] inner = Arrays.copyOfRange(bytes, at, at + 4);
		return SPECIAL_4.stream().noneMatch((range) -> range.holds(inner));
	}

	/** A tunnel to the IPv4 address at its end (RFC 5214). */
	private static boolean isIsatap(byte[] bytes) {
		return (bytes[8] & 0xFC) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && (bytes[11] & 0xFF) == 0xFE;
	}

	private static List<Range> ranges(String... all) {
		return Stream.of(all).map(Range::of).toList();
	}

	/**
	 * The addresses whose first bits are the same.
	 */
	private record Range(BigInteger first, int length, int free) {

		static Range of(String written) {
			int slash = written.indexOf('/');
			byte[] bytes = literal(written.substring(0, slash)).getAddress();
			int free = bytes.length * 8 - Integer.parseInt(written.substring(slash + 1));
			return new Range(new BigInteger(1, bytes).shiftRight(free), bytes.length, free);
		}

		boolean holds(byte[] address) {
			return address.length == this.length && new BigInteger(1, address).shiftRight(this.free).equals(this.first);
		}

	}

	/** An address that is written as one: no name server is asked. */
	static InetAddress literal(String written) {
		try {
			return InetAddress.getByName(written);
		}
		catch (java.net.UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
