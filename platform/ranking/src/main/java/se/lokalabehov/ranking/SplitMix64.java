package se.lokalabehov.ranking;

/**
 * The generator of chance, the same in every language: Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators" (OOPSLA 2014). All numbers are of 64 bits,
 * overflow is cut off: <pre>
 * state = state + 0x9E3779B97F4A7C15
 * z = (state xor (state >>> 30)) * 0xBF58476D1CE4E5B9
 * z = (z xor (z >>> 27)) * 0x94D049BB133111EB
 * next = z xor (z >>> 31)
 * </pre> A number below n is the upper 64 bits of the 128 bit product next * n, both
 * without sign.
 */
final class SplitMix64 {

	private long state;

	SplitMix64(long seed) {
		this.state = seed;
	}

	long next() {
		this.state += 0x9E3779B97F4A7C15L;
		long z = this.state;
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** From 0 to bound - 1. */
	int below(long bound) {
		return (int) Math.unsignedMultiplyHigh(next(), bound);
	}

}
