/// The worker's side of notices on a Linux desktop and in terminals; it runs as the person
/// addressed.
///
/// Comes in: an [dev.interdict.agent.platform.session.Errand]. Goes out: a message on the session's
/// notification service, or lines on terminals; what the person chose; and whether the session asks
/// for quiet. Everything here trusts the session no more than the person does, and every call to it
/// is bounded in time.
@NullMarked
package dev.interdict.agent.platform.linux.desktop;

import org.jspecify.annotations.NullMarked;
