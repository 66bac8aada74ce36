package dev.interdict.server.api;

import dev.interdict.json.Fault;
import dev.interdict.server.wording.Sentence;

/// What is wrong with one value of a body. Immutable.
///
/// @param at where, as a JSON pointer (RFC 6901); empty for the body itself
record Wrong(String at, Sentence what) {
  /// What only English says.
  static Wrong of(Fault fault) {
    return new Wrong(fault.pointer(), Sentence.plain(fault.message()));
  }
}
