package se.lokalabehov.ranking;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Numbers as text without loss. */
final class Exact {

	private Exact() {
	}

	/**
	 * A fraction as decimal text without trailing zeros, for example {@code 12.5}, or as
	 * {@code 437/3} where no decimals suffice.
	 */
	static String text(long numerator, long denominator) {
		BigInteger p = BigInteger.valueOf(numerator);
		BigInteger q = BigInteger.valueOf(denominator);
		BigInteger common = p.gcd(q);
		p = p.divide(common);
		q = q.divide(common);
		try {
			BigDecimal decimal = new BigDecimal(p).divide(new BigDecimal(q));
			return (decimal.scale() <= 6) ? plain(decimal) : p + "/" + q;
		}
		catch (ArithmeticException ex) {
			return p + "/" + q;
		}
	}

	/**
	 * To six decimals, half even: what is printed of a figure that is no whole number.
	 */
	static BigDecimal rounded(double value) {
		return normal(BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN));
	}

	static BigDecimal normal(BigDecimal value) {
		return (value.signum() == 0) ? BigDecimal.ZERO : value.stripTrailingZeros();
	}

	private static String plain(BigDecimal value) {
		return normal(value).toPlainString();
	}

}
