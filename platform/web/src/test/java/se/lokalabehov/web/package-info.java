/**
 * The door, tried over real HTTP.
 */
@NullMarked
package se.lokalabehov.web;

import org.jspecify.annotations.NullMarked;
