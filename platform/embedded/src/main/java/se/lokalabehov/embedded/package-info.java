/**
 * A Kafka broker and a store that speaks the MongoDB protocol, inside the JVM: the
 * embedded default.
 */
@NullMarked
package se.lokalabehov.embedded;

import org.jspecify.annotations.NullMarked;
