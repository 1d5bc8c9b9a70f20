/**
 * Spring Modulith's event externalisation with its registry in MongoDB.
 */
@NullMarked
package se.lokalabehov.benchmarks.others.modulith;

import org.jspecify.annotations.NullMarked;
