/**
 * The fault suite: the whole platform killed, frozen, cut off and poisoned while every
 * kind of command is sent, and what must hold afterwards.
 */
@NullMarked
package se.lokalabehov.crash;

import org.jspecify.annotations.NullMarked;
