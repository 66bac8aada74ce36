package dev.interdict.demo;

import dev.interdict.demo.stage.Children;
import java.net.URI;

/// The server of the demo, running.
///
/// @param devices where agents reach it
/// @param console where people do
/// @param trustRoot `sha256:` and the fingerprint of its first root
record PolicyServer(
    Children.Child process,
    URI devices,
    URI console,
    String admin,
    String password,
    String trustRoot) {

  /// Leaves the password out.
  @Override
  public String toString() {
    return "PolicyServer[" + devices + "]";
  }
}
