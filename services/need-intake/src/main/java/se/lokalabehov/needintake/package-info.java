/**
 * Moments 2 and 3: the municipalities are asked and answer with needs, and their RSS
 * makes a list of regional needs of them and delivers it.
 */
@NullMarked
package se.lokalabehov.needintake;

import org.jspecify.annotations.NullMarked;
