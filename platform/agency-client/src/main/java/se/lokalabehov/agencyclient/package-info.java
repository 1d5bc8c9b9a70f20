/**
 * The system of a national agency, as small as it can be; knows no other room.
 */
@NullMarked
package se.lokalabehov.agencyclient;

import org.jspecify.annotations.NullMarked;
