package dev.interdict.server.fleetsim;

import java.time.Duration;
import java.time.Instant;

/// When agents come again.
sealed interface Coming {
  /// The server's time when it is `now` for the machines.
  Instant server(Instant now);

  /// About once in an interval, and after a failure sooner, each as it likes: for tests in which
  /// what happens is to depend on the seed alone.
  record ByThemselves() implements Coming {
    @Override
    public Instant server(Instant now) {
      return now;
    }
  }

  /// As the agent does: once in an interval, or when the server asks it to. No date brings it
  /// sooner.
  ///
  /// @param factor how many of its seconds go by in one of the server's
  record AsAsked(Duration interval, int factor) implements Coming {
    /// That of a real one, however fast time goes by for the machines: agents go by what it says.
    @Override
    public Instant server(Instant now) {
      return Instant.now();
    }

    /// The time until the next contact, of which the server may choose half to one and a half
    /// intervals.
    ///
    /// @param seconds that the server asked for; 0 if it asked for none
    /// @param part of a second, from 0 to 1, that the machine waits longer by chance
    Duration next(int seconds, double part) {
      var asked = Duration.ofMillis((long) ((seconds + part) * 1000 * factor));
      var least = interval.dividedBy(2);
      var most = interval.plus(least);
      if (seconds == 0) {
        return interval;
      }
      return asked.compareTo(least) < 0 ? least : asked.compareTo(most) > 0 ? most : asked;
    }
  }
}
