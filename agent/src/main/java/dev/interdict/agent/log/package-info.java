/// The log of the resident guard: lines on the standard error, which the service manager keeps, or
/// in bounded files where there is none that does.
///
/// Comes in: what the program says through SLF4J. Goes out: one line each. It has no settings but
/// the least level, so that nothing of a logging library stays in memory; commands and workers log
/// through Logback.
@NullMarked
package dev.interdict.agent.log;

import org.jspecify.annotations.NullMarked;
