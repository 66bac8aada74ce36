package dev.interdict.server.fleet.expected;

import dev.interdict.server.fleet.SimulatedFleet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// Device lists as tests write them.
public final class DeviceLists {
  private DeviceLists() {}

  public static ListImport read(SimulatedFleet fleet, String csv) {
    try {
      return fleet.expected.read(
          new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a list would change.
  public static Plan plan(SimulatedFleet fleet, String csv) {
    try (var list = read(fleet, csv)) {
      return list.plan();
    }
  }

  /// Applies a list that is wholly good and retires nothing.
  public static Plan apply(SimulatedFleet fleet, String csv) {
    try (var list = read(fleet, csv)) {
      return list.apply("anna", false, false, OptionalLong.empty());
    }
  }

  /// Applies a list and retires what is missing, however much that is.
  public static Plan applyWhole(SimulatedFleet fleet, String csv) {
    try (var list = read(fleet, csv)) {
      return list.apply("anna", false, true, OptionalLong.of(list.plan().retiring(true)));
    }
  }
}
