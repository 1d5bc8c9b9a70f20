/**
 * The crash run: the whole platform killed again and again while every kind of command is
 * sent, and what must hold afterwards.
 */
@NullMarked
package se.lokalabehov.crash;

import org.jspecify.annotations.NullMarked;
