package dev.interdict.agent.notice;

import java.time.Instant;

/// What came of showing a notice. Only [Shown] starts a minimum notice.
///
/// "Shown" on a desktop is what the person's own session said. Somebody who forges it in their own
/// session shortens nobody's notice but their own. No text of a session is ever carried here.
public sealed interface Receipt {

  /// It appeared.
  ///
  /// @param at by the clock of whoever asked, not of the session
  record Shown(Channel channel, Instant at) implements Receipt {}

  /// Nobody is there to see it.
  record NoSession() implements Receipt {}

  /// Somebody is there and asks not to be disturbed; it was not tried.
  record DoNotDisturb(Wish reason) implements Receipt {}

  /// It was not tried, because trying would not be safe or not be ours to do.
  record Refused(Reason reason) implements Receipt {}

  /// It was tried and did not appear.
  record Failed(Reason reason) implements Receipt {}

  /// Where a notice can appear.
  enum Channel {
    DESKTOP,
    TERMINAL,
    /// The page that the person's own computer serves to them.
    PAGE
  }

  /// How a session says that its person is not to be disturbed.
  enum Wish {
    /// Do Not Disturb is switched on.
    DND,
    FULL_SCREEN,
    PRESENTING,
    CALL,
    /// The screen is locked: nobody is looking.
    LOCKED
  }

  /// Why it did not appear.
  enum Reason {
    /// Only root can speak in another person's session.
    NOT_OURS,
    /// A program that root would have to start is missing, or not root's alone to change.
    UNTRUSTED_PROGRAM,
    /// The session's folder or socket does not belong to the person.
    UNTRUSTED_SESSION,
    /// The process that shows it could not be started.
    NOT_STARTED,
    /// The session did not answer in time.
    TIME_LIMIT,
    /// The process that shows it answered something that is no answer.
    BAD_ANSWER,
    /// The session's message bus or notification service reported an error.
    SESSION_ERROR,
    /// The terminal's character set cannot express the text.
    CHARACTER_SET,
    /// The terminal did not take the text.
    WRITE_ERROR
  }
}
