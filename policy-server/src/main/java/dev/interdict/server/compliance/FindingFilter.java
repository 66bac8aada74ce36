package dev.interdict.server.compliance;

import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import org.jspecify.annotations.Nullable;

/// Which findings a list shows.
///
/// @param scope the departments that whoever asks sees
/// @param device of this device alone; null for any
/// @param rings into which their devices were put
/// @param people whose their workstations are, by the company's list
/// @param text part of a host name, or the start of a device id
/// @param falling whether devices come in the other order
public record FindingFilter(
    Scope scope,
    @Nullable String device,
    Terms rules,
    Terms departments,
    Terms os,
    Terms rings,
    Terms sources,
    Terms people,
    @Nullable String text,
    boolean falling) {
  /// Every finding of the fleet.
  public static final FindingFilter ALL = read(Scope.WHOLE, null, Asked.NOTHING);

  /// The filter that the keys `rule, dept, os, ring, detector, owner, q, sort` name.
  ///
  /// @param device of this device alone; null for any
  /// @throws IllegalArgumentException if one of them cannot be
  public static FindingFilter read(Scope scope, @Nullable String device, Asked asked) {
    return new FindingFilter(
        scope,
        device,
        asked.names("rule"),
        asked.names("dept"),
        asked.systems(),
        asked.names("ring"),
        asked.names("detector"),
        asked.names("owner"),
        asked.text("q"),
        asked.order("device").map(Order::falling).orElse(false));
  }
}
