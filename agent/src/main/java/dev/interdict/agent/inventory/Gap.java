package dev.interdict.agent.inventory;

/// A place that was not inspected, so that nothing can be said of it. A device with a gap is partly
/// inspected and never counts as clear.
///
/// @param source the source that could not look
/// @param path where
/// @param reason why
/// @param detail in words, for the person who must mend it
public record Gap(String source, BytePath path, UnreadableException.Reason reason, String detail) {

  /// The gap that an unreadable place leaves.
  public static Gap of(String source, UnreadableException e) {
    return new Gap(source, e.path(), e.reason(), String.valueOf(e.getMessage()));
  }
}
