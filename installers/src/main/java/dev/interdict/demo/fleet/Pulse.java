package dev.interdict.demo.fleet;

import java.util.List;
import java.util.Optional;

/// Whose turn it is to report again: one after the other, so that none stays away longer than a
/// round. Not thread-safe.
final class Pulse {
  private final List<FleetDevice> devices;
  private int turn;

  Pulse(List<FleetDevice> devices) {
    this.devices = List.copyOf(devices);
  }

  /// The next device; none where there is none, or where the next one has fallen silent.
  Optional<FleetDevice> next() {
    if (devices.isEmpty()) {
      return Optional.empty();
    }
    var device = devices.get(turn);
    turn = (turn + 1) % devices.size();
    return Optional.of(device).filter(one -> !(one.life().fate() instanceof Fate.Silent));
  }
}
