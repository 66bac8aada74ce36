package dev.interdict.policy;

import dev.interdict.json.Fields;

/// What is left for a while where a removed command was: a text that says what was removed, by
/// which rule, and what to use instead. A rule without one leaves nothing.
///
/// @param ask whom to ask about it, in words
public record Stub(Localized ask) {

  static Stub read(Fields fields) {
    var stub = new Stub(Localized.read(fields.object("ask")));
    fields.end();
    return stub;
  }
}
