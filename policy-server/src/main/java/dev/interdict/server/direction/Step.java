package dev.interdict.server.direction;

/// One member of a rule that is different, and which way it goes.
///
/// @param path as the rule file writes it, such as `timeline.effective`; empty for the whole rule
/// @param words what is different, for people
public record Step(String path, Course course, String words) {

  /// Which way.
  public enum Course {
    /// On no device anything happens that would not have happened before, nor sooner.
    SAFER,
    /// Anything else, whatever it is.
    GRAVER
  }

  static Step safer(String path, String words) {
    return new Step(path, Course.SAFER, words);
  }

  static Step graver(String path, String words) {
    return new Step(path, Course.GRAVER, words);
  }
}
