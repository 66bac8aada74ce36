package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.report.RuleState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the devices that a filter lets through, by host name; those that a text finds by what of
/// their name it found.
///
/// @param next where the following page starts; null on the last
/// @param total devices on all pages
/// @param more whether `total` is what was counted, of a text that finds very many or of devices
///   that are counted one by one, and there may be more than that
public record DevicePage(List<Row> rows, @Nullable Cursor next, long total, boolean more) {
  public DevicePage {
    rows = List.copyOf(rows);
  }

  /// The place after a row. Stable while devices come and go, unlike a page number.
  ///
  /// @param host the name, or what of it was found
  public record Cursor(String host, DeviceId id) {}

  /// One device.
  ///
  /// @param id of an entry of the company's list that no device counts as, the entry's own
  /// @param ring empty of such an entry for which the list names none
  /// @param lastContact null of such an entry
  /// @param status null where the filter names no rule
  /// @param reported what the device itself last said, which an overlay may hide; null if nothing
  /// @param due the device's own date under the rule
  public record Row(
      DeviceId id,
      String host,
      String department,
      String os,
      String ring,
      String agentVersion,
      @Nullable Instant lastContact,
      @Nullable Status status,
      @Nullable RuleState reported,
      @Nullable Instant due,
      @Nullable String error) {}
}
