/// Turns what other products ban into rule files for a person to review.
///
/// In: exports of Santa, of Jamf's Restricted Software, and of Fleet or osquery. Out: rule files,
/// and a list of what was not translated, with why. Nothing is guessed: what our rules cannot say
/// exactly is left out, or looks only. No rule is graver than what it came from.
@NullMarked
package dev.interdict.server.cli.importing;

import org.jspecify.annotations.NullMarked;
