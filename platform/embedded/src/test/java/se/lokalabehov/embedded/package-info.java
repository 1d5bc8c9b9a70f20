/**
 * Tests of the embedded broker and store, with real drivers against real files.
 */
@NullUnmarked
package se.lokalabehov.embedded;

import org.jspecify.annotations.NullUnmarked;
