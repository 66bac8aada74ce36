/// How a Linux session says that its person is not to be disturbed now.
///
/// Comes in: the session, as a process of that person sees it. Goes out: a wish, or null. Each way
/// is one class and one line in
/// [dev.interdict.agent.platform.linux.desktop.disturbance.Disturbances]. What a service does not
/// say counts as "may be disturbed": a notice that nobody can show is worse than one that comes at
/// a bad moment.
@NullMarked
package dev.interdict.agent.platform.linux.desktop.disturbance;

import org.jspecify.annotations.NullMarked;
