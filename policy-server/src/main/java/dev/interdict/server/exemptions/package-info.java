/// Exemptions from request to end: who asks, who decides, what is signed, and when it ends.
///
/// In: the requests in devices' reports, which are claims, those that employees file at the
/// console, and the decisions of people. Out: rows in `filed_request` and `exemption`, entries in
/// the audit log, and the signed shards that devices read.
///
/// The database is the truth and the signed shards are made of it: a decision is written down first
/// and published after, so that a crash between the two loses none and publishes none that is not
/// there. No exemption without an end, and none by one person alone.
@NullMarked
package dev.interdict.server.exemptions;

import org.jspecify.annotations.NullMarked;
