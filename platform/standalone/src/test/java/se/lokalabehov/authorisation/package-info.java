/**
 * Who may see and do what, over HTTP against the whole platform: every endpoint for every
 * caller (domain rule 7).
 */
@NullMarked
package se.lokalabehov.authorisation;

import org.jspecify.annotations.NullMarked;
