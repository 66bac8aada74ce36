package dev.interdict.server.web.pages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stage of a rule's way from its draft to everybody. Immutable.
///
/// @param name the message `way.NAME`
/// @param how what is to be said of it, such as who did it; empty for nothing
/// @param at when it was reached, or will be; null where that is not known
/// @param current whether it is the next
public record Milestone(
    String name, boolean done, String how, @Nullable Instant at, boolean current) {
  static Milestone done(String name, String how, @Nullable Instant at) {
    return new Milestone(name, true, how, at, false);
  }

  static Milestone open(String name, String how, @Nullable Instant at) {
    return new Milestone(name, false, how, at, false);
  }

  /// The same stages, the first that is not reached marked as the next.
  static java.util.List<Milestone> marked(java.util.List<Milestone> all) {
    var marked = new java.util.ArrayList<Milestone>();
    var found = false;
    for (var each : all) {
      var current = !each.done() && !found;
      found |= current;
      marked.add(new Milestone(each.name(), each.done(), each.how(), each.at(), current));
    }
    return java.util.List.copyOf(marked);
  }
}
