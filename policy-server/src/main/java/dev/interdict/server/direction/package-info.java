/// Tells whether a change of the list makes agents do more than before or not: by it is decided
/// whether one person may publish the change or two must agree. Pure functions of two rules; what
/// is not known to be safer counts as graver.
@NullMarked
package dev.interdict.server.direction;

import org.jspecify.annotations.NullMarked;
