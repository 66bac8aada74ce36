package dev.interdict.evidence;

import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleMatch;
import dev.interdict.policy.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is known of one installation.
///
/// @param source which way of looking saw it
/// @param version as its record states it; null where nothing states one
/// @param location its path, in the text form that inventories use
/// @param identity what it is
/// @param programs the program files that belong to it
public record Evidence(
    String source,
    @Nullable String version,
    String location,
    Subject identity,
    List<Subject> programs) {
  public Evidence {
    programs = List.copyOf(programs);
  }

  /// What the rule says of it.
  public RuleMatch match(Rule rule) {
    return RuleMatch.of(rule, identity, programs);
  }

  /// The place of a program as matchers ask for it.
  ///
  /// @param path its path in the text form of inventories
  /// @param home the path of the home it belongs to; null for software of the machine
  /// @param sha256 of the file; null where it was not read
  public static Subject program(String path, @Nullable String home, @Nullable String sha256) {
    var inHome =
        home != null && path.startsWith(home + "/") ? path.substring(home.length() + 1) : null;
    return new Subject.OfProgram(inHome, path, sha256, new Subject.Signature.NotRead());
  }
}
