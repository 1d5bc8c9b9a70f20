/**
 * What tests of several rooms need: a token issuer, a real broker and store, a running
 * service and who calls it.
 */
@NullMarked
package se.lokalabehov.testsupport;

import org.jspecify.annotations.NullMarked;
