/**
 * Spring Cloud Stream's StreamBridge, without an outbox.
 */
@NullMarked
package se.lokalabehov.benchmarks.others.stream;

import org.jspecify.annotations.NullMarked;
