/**
 * What is decided in moments 4 and 6: compiling, screening and handing over, as pure
 * functions of states and of what is known from the other rooms.
 */
@NullMarked
package se.lokalabehov.nationalhandoff.model;

import org.jspecify.annotations.NullMarked;
