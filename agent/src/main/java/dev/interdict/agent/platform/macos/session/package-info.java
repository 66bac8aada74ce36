/// Notices in a person's own session on macOS: a worker is started in that session and asks
/// AppleScript to show them.
///
/// Comes in: a [dev.interdict.agent.notice.Notice]. Goes out: a
/// [dev.interdict.agent.notice.Receipt]. Nothing here has run on macOS: it is built from Apple's
/// manuals and tested with programs that stand in for Apple's.
@NullMarked
package dev.interdict.agent.platform.macos.session;

import org.jspecify.annotations.NullMarked;
