/// Notices in a person's own session on Windows: toasts in the session that a worker is in, and in
/// the last hour a message box in any session.
///
/// Comes in: a [dev.interdict.agent.notice.Notice]. Goes out: a
/// [dev.interdict.agent.notice.Receipt]. Nothing here has run on Windows: it is built from
/// Microsoft's manuals and tested with programs that stand in for theirs. A service cannot start a
/// worker in another person's session yet, so a guard that is a service shows no toasts.
@NullMarked
package dev.interdict.agent.platform.windows.session;

import org.jspecify.annotations.NullMarked;
