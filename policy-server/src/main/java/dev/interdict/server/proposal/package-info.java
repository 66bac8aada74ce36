/// What makes agents do more and is no draft of a rule: to let go of what is held, and to let
/// devices tell more. Comes in: what one person proposes, what another decides. Goes out: rows,
/// entries of the audit log, the consent that publishing asks for. Signs nothing.
@NullMarked
package dev.interdict.server.proposal;

import org.jspecify.annotations.NullMarked;
