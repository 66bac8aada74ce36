package dev.interdict.server.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a mail that counts is about.
///
/// @param key of its turn
/// @param title of what somebody asked for; null for the one that says how many rules all comply
///   with
/// @param rules the ids of the rules to count, in their order
/// @param link where people see more; null for nowhere
record Summary(String key, @Nullable String title, List<String> rules, @Nullable String link) {
  Summary {
    rules = List.copyOf(rules);
  }
}
