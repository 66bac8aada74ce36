/// Which days people work, where a rule's zone lies.
///
/// Comes in: a time zone and a day. Goes out: whether it is a weekend or a public holiday, and
/// which. Pure; what is known of a country, and from where, is said with each.
@NullMarked
package dev.interdict.server.draft.holiday;

import org.jspecify.annotations.NullMarked;
