package dev.interdict.agent.page;

import dev.interdict.agent.pipe.GuardAnswer;
import java.io.IOException;
import java.util.Map;

/// What the guard says to this person now.
///
/// @param reached whether it says anything
record Standing(boolean reached, GuardAnswer status, GuardAnswer held, GuardAnswer data) {
  /// Asks for it.
  static Standing asked(Guard guard) {
    try {
      var status = new GuardAnswer(guard.ask("status", null, Map.of()));
      return new Standing(true, status, part(guard, "held"), part(guard, "my-data"));
    } catch (IOException e) {
      var none = new GuardAnswer(null);
      return new Standing(false, none, none, none);
    }
  }

  /// A part without which the rest is still worth showing.
  private static GuardAnswer part(Guard guard, String verb) {
    try {
      return new GuardAnswer(guard.ask(verb, null, Map.of()));
    } catch (IOException e) {
      return new GuardAnswer(null);
    }
  }
}
