/// From rules that lint let through to a signed list that devices believe.
///
/// Comes in: drafts and the keys at hand. Goes out: a new serial in the TUF repository, a row in
/// `publication`, an entry in the audit log. What our own client would refuse is never shown, and a
/// serial is never used twice. It owns the table `publication` and the signing schedule.
@NullMarked
package dev.interdict.server.publish;

import org.jspecify.annotations.NullMarked;
