package dev.interdict.server.failures;

import dev.interdict.json.Fields;
import dev.interdict.report.ErrorClass;

/// What a class of failures means and what to do about it, in words for whoever has to.
///
/// @param word as in reports, such as `file-in-use`
/// @param meaning one sentence
/// @param next the first thing to try
public record FailureClass(String word, String meaning, String next) {
  /// That of a class's word; one that only a newer agent can name is `other`.
  public static FailureClass of(String word) {
    for (var one : ErrorClass.values()) {
      if (Fields.written(one).equals(word)) {
        return of(one);
      }
    }
    return of(ErrorClass.OTHER);
  }

  private static FailureClass of(ErrorClass error) {
    var word = Fields.written(error);
    return switch (error) {
      case FILE_IN_USE ->
          new FailureClass(
              word,
              "A program holds the files open and came back each time it was ended.",
              "Restart the workstation; the agent tries again after it.");
      case ACCESS_DENIED ->
          new FailureClass(
              word,
              "The operating system did not let the agent change these files.",
              "Look for attributes, read-only mounts and policies on the folder.");
      case TAMPER_PROTECTION ->
          new FailureClass(
              word,
              "Another security product protects the files.",
              "Have the agent allowed in that product.");
      case NETWORK_PATH ->
          new FailureClass(
              word,
              "It lies on a network drive, where the agent removes nothing.",
              "Remove it on the file server.");
      case OWNER_UNKNOWN ->
          new FailureClass(
              word,
              "Nobody can say which package or account the files belong to.",
              "Look at the findings on the workstation's page and remove them by hand.");
      case PACKAGE_MANAGER_ERROR ->
          new FailureClass(
              word,
              "The machine's package manager refused, often because others need the package.",
              "Run the same removal by hand and read what it says.");
      case REAPPEARED ->
          new FailureClass(
              word,
              "It was removed and came back, again and again.",
              "Find what installs it: a start script, a deployment, a project.");
      case TIMEOUT ->
          new FailureClass(
              word,
              "Removal did not end in its time.",
              "Look for a hanging installer or file system; restart the workstation.");
      case NO_SPACE ->
          new FailureClass(
              word,
              "There is no room for the quarantine, so nothing was touched.",
              "Free some space; the agent tries again.");
      case PROTECTED ->
          new FailureClass(
              word,
              "It is on the list of what is never touched.",
              "Check the rule: it matches more than it should.");
      case LIMIT_EXCEEDED ->
          new FailureClass(
              word,
              "More matches on this workstation than the rule allows.",
              "Check the rule, then raise its limit or remove by hand.");
      case CHANGED ->
          new FailureClass(
              word,
              "What was found was another thing when it came to removing it.",
              "Usually gone with the next scan; else look who changes it.");
      case OTHER ->
          new FailureClass(
              word,
              "The agent gave no class that this server knows.",
              "Look at the workstation's page and its agent's log.");
    };
  }
}
