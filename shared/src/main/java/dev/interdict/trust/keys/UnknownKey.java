package dev.interdict.trust.keys;

import dev.interdict.json.Json;

/// A key of a type or scheme that this version does not know. It verifies nothing, so that metadata
/// may introduce a new scheme beside an old one without shutting older readers out.
public record UnknownKey(Json.Obj json) implements TufKey {
  @Override
  public String fingerprint() {
    return "unknown:" + id();
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    return false;
  }
}
