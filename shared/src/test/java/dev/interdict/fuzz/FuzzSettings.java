package dev.interdict.fuzz;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much to try, as the command line says.
///
/// @param seconds for each parser (`fuzz.seconds`); 0 for a fixed number of rounds
/// @param rounds where no time is given (`fuzz.rounds`)
/// @param seed from which all changes follow (`fuzz.seed`)
/// @param parser the only one to try (`fuzz.parser`), or null for all
/// @param round the only one to run (`fuzz.round`), or -1 for all
/// @param patience after which an input counts as one that hangs
record FuzzSettings(
    long seconds, int rounds, long seed, @Nullable String parser, int round, Duration patience) {

  /// A long run takes new changes each time; every build the same ones.
  static FuzzSettings ofThisRun() {
    var seconds = Long.getLong("fuzz.seconds", 0);
    return new FuzzSettings(
        seconds,
        Integer.getInteger("fuzz.rounds", 300),
        Long.getLong("fuzz.seed", seconds == 0 ? 1 : System.currentTimeMillis()),
        System.getProperty("fuzz.parser"),
        Integer.getInteger("fuzz.round", -1),
        Duration.ofSeconds(Integer.getInteger("fuzz.patience", 30)));
  }

  boolean wants(String name) {
    return parser == null || parser.equals(name);
  }

  boolean goesOn(int next, long nanosSinceStart) {
    return seconds > 0 ? nanosSinceStart < seconds * 1_000_000_000L : next < rounds;
  }
}
