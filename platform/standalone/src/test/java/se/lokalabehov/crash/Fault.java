package se.lokalabehov.crash;

/**
 * A row of the suite.
 *
 * @param row its number in the table, and a letter where a row has several
 * @param name the fault, and how
 * @param holds the letters of what must hold: L D O P R H
 * @param needs what it is played on
 * @param injection puts the fault in once and takes it away again
 */
record Fault(String row, String name, String holds, Rig.Needs needs, Injection injection) {

	/** Puts the fault in once, looks whether the truth is told meanwhile, and heals. */
	interface Injection {

		/**
		 * Does it.
		 * @param rig where
		 * @param time the how manieth, from 0
		 * @throws Exception when it can not be done
		 */
		void inject(Rig rig, int time) throws Exception;

	}

}
