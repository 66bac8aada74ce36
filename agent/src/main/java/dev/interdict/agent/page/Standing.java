package dev.interdict.agent.page;

import java.io.IOException;
import java.util.Map;

/// What the guard says to this person now.
///
/// @param reached whether it says anything
record Standing(boolean reached, Said status, Said held, Said data) {
  /// Asks for it.
  static Standing asked(Guard guard) {
    try {
      var status = new Said(guard.ask("status", null, Map.of()));
      return new Standing(true, status, part(guard, "held"), part(guard, "my-data"));
    } catch (IOException e) {
      var none = new Said(null);
      return new Standing(false, none, none, none);
    }
  }

  /// A part without which the rest is still worth showing.
  private static Said part(Guard guard, String verb) {
    try {
      return new Said(guard.ask(verb, null, Map.of()));
    } catch (IOException e) {
      return new Said(null);
    }
  }
}
