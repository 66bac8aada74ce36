/// The resident process: one cycle after the other, from the trusted policy to the report.
///
/// The only process with privilege. It opens no network connection and parses no file that a user
/// controls; workers do that, and nothing they bring is believed before it is checked here.
@NullMarked
package dev.interdict.agent.guard;

import org.jspecify.annotations.NullMarked;
