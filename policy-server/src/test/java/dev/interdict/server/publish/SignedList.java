package dev.interdict.server.publish;

import dev.interdict.server.fleet.SimulatedFleet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// A list that was published, as the operations know it: without one there is no rule to be exempt
/// from.
public final class SignedList {
  private SignedList() {}

  /// Writes down that it was published.
  ///
  /// @param list its text
  /// @param serial of it
  public static void publish(SimulatedFleet fleet, InputStream list, long serial) {
    var publications = new Publications(fleet.database, fleet.audit, fleet.clock);
    try (list) {
      publications.begin(serial, "anna", "test", "0".repeat(64), list.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    publications.shown(serial, serial);
  }
}
