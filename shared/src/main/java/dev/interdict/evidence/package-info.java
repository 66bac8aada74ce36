/// What an inventory says of one installation, and what a rule would make of it: the same on a
/// workstation (`interdict-agent scan --rule`) and for an author (`interdict rule test`).
///
/// Comes in: a rule, and an inventory's items. Goes out: an explanation, for reading only. Whether
/// anything is done about a match is decided elsewhere. Pure.
@NullMarked
package dev.interdict.evidence;

import org.jspecify.annotations.NullMarked;
