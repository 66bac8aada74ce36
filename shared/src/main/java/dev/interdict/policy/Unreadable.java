package dev.interdict.policy;

import dev.interdict.json.Fault;
import java.util.List;

/// A rule that was signed but not understood here, so it is skipped and reported.
///
/// @param rule its id as far as it could be read, else its place in the document
/// @param faults why
public record Unreadable(String rule, List<Fault> faults) {
  public Unreadable {
    faults = List.copyOf(faults);
  }
}
