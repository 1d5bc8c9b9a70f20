/**
 * Speed, measured beside the limit and beside what others would pick. Servers that are
 * measured are processes of their own; nothing about time is asserted.
 */
@NullMarked
package se.lokalabehov.benchmarks;

import org.jspecify.annotations.NullMarked;
