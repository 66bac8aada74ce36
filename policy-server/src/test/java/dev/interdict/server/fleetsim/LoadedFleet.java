package dev.interdict.server.fleetsim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A company with what its machines remember, whose load begins at `starts`.
record LoadedFleet(Company company, Keys keys, Roster roster, Instant starts) {

  Hours hours() {
    return new Hours(company, true, List.of());
  }

  /// Agents that come as real ones do.
  ///
  /// @param factor how much faster than the server's their time goes by
  Agents agents(int factor) {
    var coming = new Coming.AsAsked(company.interval(), factor);
    return new Agents(company, hours(), keys, roster, List.of(), coming);
  }

  /// All machines, each due once within an interval from `from` on.
  Wheel wheel(Agents agents, Instant from) {
    return wheel(agents, from, company.devices());
  }

  /// The first machines, each due once within an interval from `from` on.
  Wheel wheel(Agents agents, Instant from, int devices) {
    var wheel = new Wheel(company.machines(), from, Duration.ofMillis(10), 1 << 17);
    for (var machine = 0; machine < devices; machine++) {
      wheel.schedule(machine, agents.first(machine, from));
    }
    return wheel;
  }
}
