/// What an employee reads: notices in words, in their language.
///
/// Comes in: a [dev.interdict.agent.notice.Notice], or a message's key with its values. Goes out:
/// [dev.interdict.agent.wording.Texts] and lines for a terminal. It runs in short-lived processes
/// of the person addressed, never in the guard. No text in it can steer a terminal or a desktop:
/// every value that comes from elsewhere is inert.
@NullMarked
package dev.interdict.agent.wording;

import org.jspecify.annotations.NullMarked;
