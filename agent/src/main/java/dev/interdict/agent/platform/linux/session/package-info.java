/// Notices in a person's own desktop session on Linux.
///
/// Comes in: a [dev.interdict.agent.notice.Notice]. Goes out: a
/// [dev.interdict.agent.notice.Receipt]. The guard's side finds the session and starts a worker as
/// that person; the worker alone speaks to the session's bus. The guard never connects to a bus
/// that a user controls, and believes of the worker's answer only what its few words can say.
@NullMarked
package dev.interdict.agent.platform.linux.session;

import org.jspecify.annotations.NullMarked;
