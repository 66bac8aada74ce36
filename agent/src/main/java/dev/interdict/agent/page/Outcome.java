package dev.interdict.agent.page;

import java.util.Map;

/// What came of the person's last answer, to be said once.
///
/// @param done whether it was taken
/// @param key of the message
/// @param values of the message: texts, whole numbers and instants as texts
record Outcome(boolean done, String key, Map<String, String> values) {
  Outcome {
    values = Map.copyOf(values);
  }
}
