/**
 * Every service, the broker, the store and the demo issuer in one JVM, and the example
 * that is played on an empty store.
 */
@NullMarked
package se.lokalabehov.standalone;

import org.jspecify.annotations.NullMarked;
